import type { Fact, Frame } from '../core/facts.ts';
import type { Observation, Outcome, ProbeSpec } from '../core/verdict.ts';

/** What the child is asked to judge: one JSON line on descriptor 3. */
export interface Job {
  /** absolute path of the learner's folder */
  root: string;
  entry: string;
  /** JavaScript by path below root */
  sources: Record<string, string>;
  /** absolute path of probes.ts */
  probes: string;
  seed: number;
  /** outcomes that a process before this one already found */
  known: Record<string, Outcome>;
}

/** What the child says, one JSON line each on descriptor 3, written at once so that nothing is lost when it dies. */
export type Message =
  | { type: 'ready' }
  | { type: 'collected'; probes: ProbeSpec[] }
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
      ms: number;
    }
  /** time or memory is up while the main thread is busy; `frames` is where it was */
  | { type: 'stuck'; why: 'time' | 'memory'; frames: Frame[] }
  | { type: 'leaving'; how: string; frames: Frame[] }
  | { type: 'uncaught'; message: string; frames: Frame[] }
  | { type: 'broken'; message: string }
  | { type: 'done' };
