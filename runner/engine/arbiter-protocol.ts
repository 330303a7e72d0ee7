import type { Fact, Frame } from '../core/facts.ts';
import type { Observation, Outcome, ProbeSpec } from '../core/verdict.ts';

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
}

/** What the arbiter is asked. */
export type Request =
  | { type: 'judge'; job: Job } /** the move that is judged now is of no interest any more */
  | { type: 'abort' }
  | { type: 'close' };

/** What the arbiter says, as it happens: what it has said stays known if it is ended. */
export type ArbiterMessage =
  | { type: 'ready' }
  | { type: 'collected'; probes: ProbeSpec[] }
  /** a player of this process id plays from now on */
  | { type: 'player'; pid: number }
  | { type: 'started'; probe: string }
  | { type: 'saw'; probe: string; name: string; value: Observation }
  | { type: 'fact'; probe: string; fact: Fact }
  | {
      type: 'finished';
      probe: string;
      outcome: Outcome;
      message?: string | undefined;
      expected?: string | undefined;
      actual?: string | undefined;
      frames: Frame[];
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
