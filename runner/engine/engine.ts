import type { Suite } from '../core/suite.ts';
import type { Verdict } from '../core/verdict.ts';
import type { WhatIfJob } from './arbiter-protocol.ts';
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
  /** absolute path of the kata's probes.ts; of an imported kata the folder of its tests, which mirrors the learner's */
  probes: string;
  /** the tests of an imported kata, which are played instead of probes */
  suite?: Suite;
  /** how many places of the code count how often they run, when they do; probes then tell it, and tests what they called */
  places?: number;
  /** with a suite, on code that counts: further results tell with which small changes a test would hold */
  whatIf?: WhatIfJob;
  /** seed of the run's chance, default 1 */
  seed?: number;
  /** time zone of the processes that judge, an IANA name; default UTC */
  zone?: string;
  /** plays the probes in another order: 1 from the last to the first, further numbers draw one; see probe-order.ts */
  order?: number;
}

export interface JudgeOptions {
  /** aborting kills the run; the promise then rejects with the signal's reason */
  signal?: AbortSignal;
}

/** Files and kata in, verdict with facts out. Learner code never runs in the process that calls it. */
export interface Engine {
  judge(position: Position, options?: JudgeOptions): Promise<Verdict>;
  /**
   * Says what will be judged next: probes are loaded, and players that wait play this position, so that the learner's
   * code meets warm processes. It must be trusted, such as a program that the kata ships.
   */
  rehearse?(position: Position): void;
  /** ends every process the engine started */
  close(): void;
}
