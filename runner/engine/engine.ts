import type { Verdict } from '../core/verdict.ts';
import type { Frame } from '../core/facts.ts';

/** One move as the engine gets it: code that already parses, and the probes that play against it. */
export interface Position {
  /** absolute path that the files have, or would have, on disk; stack frames are recognised by it */
  root: string;
  entry: string;
  /** JavaScript by path below root */
  sources: Record<string, string>;
  /** maps a position in `sources` back to the learner's own text; absent when positions are exact already */
  original?: (at: Frame) => Frame;
  /** absolute path of the kata's probes.ts */
  probes: string;
  seed?: number;
}

export interface JudgeOptions {
  /** aborting kills the run; the promise then rejects with the signal's reason */
  signal?: AbortSignal;
}

/** Files and kata in, verdict with facts out. Learner code never runs in the process that calls it. */
export interface Engine {
  judge(position: Position, options?: JudgeOptions): Promise<Verdict>;
  /** ends every process the engine started */
  close(): void;
}
