import type { Fact, Frame } from '../core/facts.ts';
import type { Suite } from '../core/suite.ts';
import type { CountedPlace } from '../core/suspects.ts';
import type { Example, Observation, Outcome, ProbeSpec } from '../core/verdict.ts';

/** One move for the arbiter. */
export interface Job {
  /** absolute path of the learner's folder */
  root: string;
  entry: string;
  /** JavaScript by path below root */
  sources: Record<string, string>;
  /** absolute path of probes.ts */
  probes: string;
  /** changes when the kata's files change: the arbiter then loads its probes again */
  version: string;
  seed: number;
  zone: string;
  order: number | null;
  /** the tests of an imported kata; `probes` is then their folder */
  suite: Suite | null;
  /** places of the code that count how often they run; 0 when they do not */
  places: number;
  /** after a suite was played on code that counts: finds out with which small change a test would hold */
  whatIf: WhatIfJob | null;
}

export interface WhatIfJob {
  /** the test */
  probe: string;
  /** the places that count, by number */
  places: readonly CountedPlace[];
  /** what stands before the paths of the sources that can go otherwise */
  prefix: string;
  /** numbers of the ways in which the code can go otherwise, by line (`keyOf`) */
  ways: Readonly<Record<string, readonly number[]>>;
  /** time for all of them */
  limitMs: number;
}

/** What the arbiter is asked. */
export type Request =
  | { type: 'judge'; job: Job }
  /** what players that wait shall play, now and whenever one has been started: it must be trusted */
  | { type: 'rehearse'; job: Job }
  /** the move that is judged now is of no interest any more */
  | { type: 'abort' }
  | { type: 'close' };

/** What the arbiter says, as it happens: what it has said stays known if it is ended. */
export type ArbiterMessage =
  | { type: 'ready' }
  | { type: 'collected'; probes: ProbeSpec[] }
  /** a player of this process id plays from now on */
  | { type: 'player'; pid: number }
  | {
      type: 'finished';
      probe: string;
      outcome: Outcome;
      message?: string | undefined;
      expected?: string | undefined;
      actual?: string | undefined;
      observations: { [name: string]: Observation };
      facts: Fact[];
      frames: Frame[];
      example?: Example | undefined;
      ran?: Record<number, number> | undefined;
      /** the module did not load: the message is the loader's */
      loading?: boolean | undefined;
      /** the player broke the rules of the board */
      tampering?: boolean | undefined;
      ms: number;
    }
  /** not the learner's fault: the kata's probes do not load, or no player starts here */
  | { type: 'broken'; message: string }
  | {
      type: 'done';
      /** what ended the first player that ended itself */
      ended: string | null;
      /** what the learner's code printed, base64 */
      output: string;
      /** bytes that were printed beyond that */
      printed: number;
    };
