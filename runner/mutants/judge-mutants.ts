import type { Mistake } from '../core/book.ts';
import type { Engine } from '../engine/engine.ts';
import { judgeProgram } from '../judging.ts';
import type { Kata } from '../store/katas.ts';
import type { Candidate } from './mutants-of.ts';
import { judgementOf, type Judgement } from './outcome.ts';

/** A mutant with what became of it. */
export interface JudgedMutant extends Candidate {
  judgement: Judgement;
}

/**
 * Judges mutants side by side, as moves of the kata.
 * @param sideBySide how many are under way at once; the engine's lanes, and a little more so that none waits
 * @throws the signal's reason when it is aborted
 */
export async function judgeMutants(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  candidates: readonly Candidate[],
  { sideBySide, signal, done }: { sideBySide: number; signal: AbortSignal; done: () => void },
): Promise<JudgedMutant[]> {
  const judged: JudgedMutant[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < candidates.length) {
      signal.throwIfAborted();
      const i = next++;
      judged[i] = await judgeOne(engine, kata, book, candidates[i]!, signal);
      done();
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return judged;
}

/** Judges one mutant. */
async function judgeOne(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  candidate: Candidate,
  signal: AbortSignal,
): Promise<JudgedMutant> {
  const judged = await judgeProgram(engine, kata, book, candidate.folder, candidate.program, signal);
  const diagnosis = 'diagnosis' in judged ? judged.diagnosis : ({ status: 'none' } as const);
  return { ...candidate, judgement: judgementOf(judged.verdict, diagnosis) };
}
