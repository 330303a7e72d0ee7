import type { Mistake } from './core/book.ts';
import { diagnose, type Diagnosis } from './core/diagnosis.ts';
import type { Frame } from './core/facts.ts';
import type { Illegality, Verdict } from './core/verdict.ts';
import type { Engine } from './engine/engine.ts';
import { original } from './program/javascript.ts';
import { readProgram, type Program } from './program/program.ts';
import type { Kata } from './store/katas.ts';

/** What judging files comes to: a program with its verdict and diagnosis, or why they are no move. */
export type Judged =
  | { program: Program; verdict: Verdict; diagnosis: Diagnosis }
  | { program: Program | null; illegality: Illegality; verdict: Verdict | null };

/**
 * Judges files as a move of a kata: reads the program, lets the probes play, names the mistake.
 * @param root the folder that the files lie in, or would lie in
 */
export async function judge(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  root: string,
  files: ReadonlyMap<string, Uint8Array>,
  signal?: AbortSignal,
): Promise<Judged> {
  const read = readProgram(files, { entry: kata.entry, exports: kata.exports });
  if ('illegality' in read) return { program: null, illegality: read.illegality, verdict: null };
  return judgeProgram(engine, kata, book, root, read.program, signal);
}

/** As `judge`, for a program that was read already. */
export async function judgeProgram(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  root: string,
  program: Program,
  signal?: AbortSignal,
): Promise<Judged> {
  const code = Object.entries(program.javascript);
  const verdict = await engine.judge(
    {
      root,
      entry: kata.entry,
      sources: Object.fromEntries(code.map(([file, js]) => [file, js.code])),
      ...(code.some(([, js]) => js.map !== null) ? { original: (at) => mapBack(program, at) } : {}),
      probes: kata.probes,
    },
    signal ? { signal } : {},
  );
  if (verdict.illegality) return { program, illegality: verdict.illegality, verdict };
  return {
    program,
    verdict,
    diagnosis: diagnose(verdict.results, book, { files: program.sources, entry: kata.entry }),
  };
}

function mapBack(program: Program, at: Frame): Frame {
  const map = program.javascript[at.file]?.map;
  const place = map ? original(map, at.line, at.column) : null;
  return place ? { ...at, ...place } : at;
}
