import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnosis } from '../core/diagnosis.ts';
import type { Engine } from '../engine/engine.ts';
import { KibitzerError } from '../errors.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { readBook, readDesigns, readMoves, type Kata, type StoredMove } from '../store/katas.ts';
import type { Answer } from './confusion.ts';
import { parseEquivalents, type Equivalent } from './equivalents.ts';
import { judgeMutants } from './judge-mutants.ts';
import { mutantsOf } from './mutants-of.ts';
import { judgementOf } from './outcome.ts';
import { reportOf, type AnsweredMove, type KataReport } from './report.ts';

/** The file of a kata that lists its mutants which are no mistakes. */
export const EQUIVALENTS = 'equivalents.json';

/** So many mutants are under way at once: what the lanes judge, and one that waits for the first of them. */
const SIDE_BY_SIDE = 3;

export interface MutantsOfKataOptions {
  signal: AbortSignal;
  /** how many of how many are judged */
  onProgress: (done: number, total: number) => void;
  /** at most so many mutants are judged, spread evenly over all; the others are as if they were not there */
  sample?: number;
}

/**
 * Mutates a kata's accepted designs, judges the mutants and the stored moves, and sums up.
 * @param home the folder below which files are named
 * @throws DESIGN_LOSES when a design does not win as it is; EQUIVALENTS_UNREADABLE; the signal's reason
 */
export async function mutantsOfKata(
  engine: Engine,
  kata: Kata,
  home: string,
  { signal, onProgress, sample = Infinity }: MutantsOfKataOptions,
): Promise<KataReport> {
  const book = await readBook(kata);
  const designs = readDesigns(kata);
  const entries = readEquivalents(kata);
  for (const { name, folder, files } of designs) {
    const judged = await judge(engine, kata, book, folder, bytesOf(files), signal);
    if (!('diagnosis' in judged) || judged.verdict.kind !== 'won') {
      throw new KibitzerError(
        'DESIGN_LOSES',
        `the design ${name} of ${kata.id} does not win, so nothing can be said about its mutants`,
        `run \`kibitzer check ${kata.id}\` first`,
      );
    }
  }
  const all = mutantsOf(kata, designs);
  const candidates = evenly(all, sample);
  const stored = readMoves(kata);
  let done = 0;
  const one = (): void => onProgress(++done, candidates.length + stored.length);
  const moves: AnsweredMove[] = [];
  for (const move of stored) {
    moves.push({ declared: move.mistake, answer: await answerTo(engine, kata, book, move, signal) });
    one();
  }
  const judged = await judgeMutants(engine, kata, book, candidates, {
    sideBySide: SIDE_BY_SIDE,
    signal,
    done: one,
  });
  return reportOf(kata, home, book, entries, judged, moves, all.length);
}

/** At most so many, spread evenly; always the same ones. */
function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}

async function answerTo(
  engine: Engine,
  kata: Kata,
  book: Awaited<ReturnType<typeof readBook>>,
  move: StoredMove,
  signal: AbortSignal,
): Promise<Answer> {
  const judged = await judge(engine, kata, book, move.folder, bytesOf(move.files), signal);
  const diagnosis: Diagnosis = 'diagnosis' in judged ? judged.diagnosis : { status: 'none' };
  const { fate, mistake } = judgementOf(judged.verdict, diagnosis);
  return fate === 'named' ? { mistake: mistake! } : fate;
}

function readEquivalents(kata: Kata): Equivalent[] {
  const file = path.join(kata.folder, EQUIVALENTS);
  if (!existsSync(file)) return [];
  try {
    return parseEquivalents(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new KibitzerError(
      'EQUIVALENTS_UNREADABLE',
      `this file cannot be used: ${file}\n${error instanceof Error ? error.message : String(error)}`,
      'repair it; docs/mutants.md says what it holds',
    );
  }
}
