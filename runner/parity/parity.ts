import path from 'node:path';
import { createEngine } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { Jail } from '../engine/jail.ts';
import { judge, type Judged } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { rehearse } from '../rehearsal.ts';
import { readBook, readDesigns, readMoves, readStarter, type Kata } from '../store/katas.ts';

/** One set of files whose verdict is declared. */
interface Declared {
  name: string;
  folder: string;
  files: Record<string, string>;
  /** the mistake it must be found to make; null: it must win */
  mistake: string | null;
  /** lines that may be pointed at; null: any */
  lines: readonly string[] | null;
}

/** How a learner's move is judged, in a process that has rehearsed, and how a hand-in is: in a jail, in a cold one. */
export type Mode = 'learner' | 'graded';

/** A judgement that was not like the others. */
export interface Difference {
  kata: string;
  files: string;
  mode: Mode;
  seed: number;
  expected: string;
  found: string;
}

/** What was compared. */
export interface Parity {
  katas: number;
  files: number;
  judgements: number;
  differences: Difference[];
}

/** What to compare. */
export interface ParityOptions {
  /** seeds 1 to this number */
  seeds: number;
  /** what graded mode is played in */
  jail: Jail;
  /** designs and one stored move for each mistake, instead of everything */
  sample?: boolean;
  onEnd?(kata: string, files: string): void;
}

/**
 * Judges everything a kata ships in both modes and with many seeds. The verdict, the outcome and observations of each
 * probe, the diagnosis and the line must be the same in all of them, and as declared.
 */
export async function compareModes(katas: readonly Kata[], options: ParityOptions): Promise<Parity> {
  const parity: Parity = { katas: 0, files: 0, judgements: 0, differences: [] };
  const engines: Record<Mode, Engine> = {
    learner: createEngine({ spares: 1 }),
    graded: createEngine({ spares: 1, jail: options.jail }),
  };
  try {
    for (const kata of katas) {
      rehearse(engines.learner, kata);
      parity.katas++;
      for (const declared of declaredOf(kata, options.sample ?? false)) {
        await compare(kata, declared, engines, options.seeds, parity);
        parity.files++;
        options.onEnd?.(kata.id, declared.name);
      }
    }
  } finally {
    for (const engine of Object.values(engines)) engine.close();
  }
  return parity;
}

async function compare(
  kata: Kata,
  declared: Declared,
  engines: Record<Mode, Engine>,
  seeds: number,
  parity: Parity,
): Promise<void> {
  const book = await readBook(kata);
  let first: string | null = null;
  const play = async (mode: Mode, seed: number): Promise<void> => {
    const engine: Engine = {
      judge: (position, o) => engines[mode].judge({ ...position, seed }, o),
      close() {},
    };
    const judged = await judge(engine, kata, book, declared.folder, bytesOf(declared.files));
    parity.judgements++;
    const expected = first ?? expectationOf(declared, judged);
    const found = fingerprint(judged, declared.files);
    first ??= found;
    if (found !== expected)
      parity.differences.push({ kata: kata.id, files: declared.name, mode, seed, expected, found });
  };
  await play('learner', 1);
  const run = async (mode: Mode, from: number): Promise<void> => {
    for (let seed = from; seed <= seeds; seed++) await play(mode, seed);
  };
  await Promise.all([run('learner', 2), run('graded', 1)]);
}

function declaredOf(kata: Kata, sample: boolean): Declared[] {
  const starter = path.join(kata.folder, 'starter');
  const moves = readMoves(kata);
  const seen = new Set<string>();
  return [
    { name: 'starter', folder: starter, files: readStarter(kata), mistake: kata.starter, lines: null },
    ...readDesigns(kata).map(({ name, folder, files }) => ({
      name,
      folder,
      files,
      mistake: null,
      lines: null,
    })),
    ...moves
      .filter(({ mistake }) => !sample || (!seen.has(mistake) && seen.add(mistake)))
      .map(({ mistake, name, folder, files, expect }) => ({
        name: `${mistake}/${name}`,
        folder,
        files,
        mistake,
        lines: [expect.line, ...(expect.also ?? [])],
      })),
  ];
}

/** What must have been found, in the words of `fingerprint`: what the first judgement found, if it is as declared. */
function expectationOf({ mistake, lines, files }: Declared, judged: Judged): string {
  const found = fingerprint(judged, files);
  if (mistake === null)
    return 'diagnosis' in judged && judged.verdict.kind === 'won' ? found : `a win, as declared`;
  const { diagnosis } = 'diagnosis' in judged ? judged : { diagnosis: null };
  const isNamed = diagnosis?.status === 'known' && diagnosis.mistake === mistake;
  if (!isNamed) return `${mistake}, as declared`;
  return lines === null || lines.includes(lineOf(judged, files))
    ? found
    : `${mistake} at ${lines.join(' or ')}`;
}

/** All of a judgement that must not differ, as text. */
function fingerprint(judged: Judged, files: Record<string, string>): string {
  if (!('diagnosis' in judged)) return `illegal: ${judged.illegality.message}`;
  const { verdict, diagnosis } = judged;
  return JSON.stringify({
    kind: verdict.kind,
    mistake: diagnosis.status === 'known' ? diagnosis.mistake : diagnosis.status,
    behind: diagnosis.status === 'known' ? diagnosis.behind : [],
    line: lineOf(judged, files),
    probes: verdict.results.map((r) => [r.probe, r.outcome, r.observations]),
  });
}

function lineOf(judged: Judged, files: Record<string, string>): string {
  const at = 'diagnosis' in judged && judged.diagnosis.status === 'known' ? judged.diagnosis.at : null;
  return at ? (files[at.file]?.split('\n')[at.line - 1]?.trim() ?? '') : '';
}
