import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Card, Mistake } from '../core/book.ts';
import { parseBrief, type Brief } from '../core/brief.ts';
import type { KataSpec } from '../core/kata.ts';
import { parseNotes, type Notes } from '../core/notes.ts';
import {
  readBrief,
  readDesigns,
  readMoves,
  readNotes,
  readStarter,
  type Design,
  type Kata,
  type StoredMove,
} from '../store/katas.ts';
import type { Report } from './problem.ts';

/** Everything an author has written for a kata, read. */
export interface Parts {
  kata: Kata;
  book: readonly Mistake[];
  cards: readonly Card[];
  /** brief.md as text */
  markdown: string;
  brief: Brief;
  notes: Notes;
  starter: Readonly<Record<string, string>>;
  designs: readonly Design[];
  moves: readonly StoredMove[];
}

/**
 * Reads a kata. A part that is missing or does not load is reported, and empty.
 * @param edition a number for each state of the files, so that modules are loaded anew; 0 loads them once
 */
export async function readParts(known: Kata, report: Report, edition = 0): Promise<Parts> {
  const part = async <T>(name: string, otherwise: T, read: () => T | Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      report('unreadable', name, { says: error instanceof Error ? error.message : String(error) });
      return otherwise;
    }
  };
  // it was loaded when the kata was found; only another edition of it may say something else
  const kata =
    edition === 0
      ? known
      : await part('kata.ts', known, async () => {
          const loaded = await load(path.join(known.folder, 'kata.ts'), edition);
          const { folder, solutions, probes } = known;
          return { ...(loaded.default as KataSpec), folder, solutions, probes };
        });
  const module = async <T>(name: string, exported: string): Promise<readonly T[]> => {
    const loaded = await load(path.join(kata.folder, name), edition);
    const list = loaded[exported];
    if (!Array.isArray(list)) throw new TypeError(`it does not export a list named ${exported}`);
    return list as T[];
  };
  const markdown = await part('brief.md', '', () => readBrief(kata));
  return {
    kata,
    book: await part('mistakes.ts', [], () => module<Mistake>('mistakes.ts', 'mistakes')),
    cards: await part('cards.ts', [], () => module<Card>('cards.ts', 'cards')),
    markdown,
    brief: parseBrief(markdown),
    notes: parseNotes(await part('notes.md', '', () => readNotes(kata))),
    starter: await part('starter', {}, () => readStarter(kata)),
    designs: await part('solutions', [], () => readDesigns(kata)),
    moves: await part('moves', [], () => readMoves(kata)),
  };
}

const EDITION = /[?&]edition=\d+/;
let hooked = false;

/** Loads a module and what it imports from beside it, anew for each edition. */
export async function load(file: string, edition: number): Promise<Record<string, unknown>> {
  const url = pathToFileURL(file);
  if (edition > 0) {
    url.search = `?edition=${edition}`;
    hook();
  }
  return (await import(url.href)) as Record<string, unknown>;
}

/** What a module of an edition imports by a relative path is of that edition. */
function hook(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const mark = EDITION.exec(context.parentURL ?? '');
      if (!mark || !/^\.\.?\//.test(specifier)) return next(specifier, context);
      const resolved = next(specifier, context);
      return { ...resolved, url: `${resolved.url}?${mark[0].slice(1)}` };
    },
  });
}
