import type { Mistake } from './core/book.ts';
import type { Files } from './core/designs.ts';
import { diagnose, type Diagnosis } from './core/diagnosis.ts';
import type { Frame } from './core/facts.ts';
import type { Illegality, Verdict } from './core/verdict.ts';
import type { Engine, Position } from './engine/engine.ts';
import { locate } from './locate.ts';
import { original } from './program/javascript.ts';
import { readProgram, type Program } from './program/program.ts';
import { structureOf } from './program/structure.ts';
import { readSuite } from './store/imported.ts';
import type { Kata } from './store/katas.ts';

/** What judging files comes to: a program with its verdict and diagnosis, or why they are no move. */
export type Judged =
  | { program: Program; verdict: Verdict; diagnosis: Diagnosis }
  | { program: Program | null; illegality: Illegality; verdict: Verdict | null };

/**
 * Judges files as a move of a kata: reads the program, lets the probes play, names the mistake.
 * @param root the folder that the files lie in, or would lie in
 * @param before gives the files of the last move that held a probe, or null; when it is there, the lines behind a loss
 * that no mistake of the book explains are looked for, which takes a second run
 */
export async function judge(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  root: string,
  files: ReadonlyMap<string, Uint8Array>,
  signal?: AbortSignal,
  before?: (probe: string) => Files | null,
): Promise<Judged> {
  const read = readMove(kata, files);
  if ('illegality' in read) return { program: null, illegality: read.illegality, verdict: null };
  return judgeProgram(engine, kata, book, root, read.program, signal, before);
}

/** Reads files as a program of a kata, as far as that goes without running them. */
export function readMove(kata: Kata, files: ReadonlyMap<string, Uint8Array>): ReturnType<typeof readProgram> {
  const { entry, exports } = kata;
  if (!kata.imported) return readProgram(files, { entry, exports });
  return readProgram(files, { entry, exports, also: readSuite(kata).modules, loose: true });
}

/** As `judge`, for a program that was read already. */
export async function judgeProgram(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  root: string,
  program: Program,
  signal?: AbortSignal,
  before?: (probe: string) => Files | null,
): Promise<Judged> {
  const code = Object.entries(program.javascript);
  const position: Position = {
    root,
    entry: kata.entry,
    sources: Object.fromEntries(code.map(([file, js]) => [file, js.code])),
    ...(code.some(([, js]) => js.map !== null) ? { original: (at) => mapBack(program, at) } : {}),
    probes: kata.probes,
    ...(kata.imported ? { suite: readSuite(kata) } : {}),
  };
  const verdict = await engine.judge(position, signal ? { signal } : {});
  if (verdict.illegality) return { program, illegality: verdict.illegality, verdict };
  const diagnosis = diagnose(verdict.results, book, {
    files: program.sources,
    entry: kata.entry,
    structure: structureOf(program.javascript),
  });
  const found = { verdict, diagnosis };
  if (!before || diagnosis.status !== 'out-of-book') return { program, ...found };
  return { program, ...(await locate(engine, position, program, found, before, signal)) };
}

function mapBack(program: Program, at: Frame): Frame {
  const map = program.javascript[at.file]?.map;
  const place = map ? original(map, at.line, at.column) : null;
  return place ? { ...at, ...place } : at;
}
