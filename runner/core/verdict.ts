import type { Fact, Frame } from './facts.ts';

/** How one probe ended. `refuted` = its assertion failed; `unreached` = not judged (a probe it needs did not hold, or the run ended first). */
export type Outcome = 'held' | 'refuted' | 'crashed' | 'timed-out' | 'unreached';

/** gate: the happy path, must hold before anything else counts · sorter: only tells mistakes apart · merit: only earns praise */
export type ProbeRole = 'gate' | 'probe' | 'sorter' | 'merit';

export type Observation = string | number | boolean;

/** What a kata author says of a probe; see `probe` in kibitzer/kit. */
export interface ProbeSpec {
  /** kebab-case, unique in the kata */
  id: string;
  /** the number of the brief's contract sentence that this probe stands for */
  sentence: number;
  /** what is played, as the learner would write it: `suspendOverdue('2026-06-01')` */
  plays: string;
  role?: ProbeRole;
  /** share in the position, default 1; sorters and merits have none */
  weight?: number;
  /** probes that must hold first; otherwise this one is `unreached` */
  needs?: readonly string[];
  /** real time in milliseconds, default 2000 */
  budgetMs?: number;
}

/** A failing test's own code. */
export interface Example {
  /** path of the test file */
  file: string;
  /** number of the first line */
  line: number;
  lines: readonly string[];
  /** number of the line at which the test stopped, where it is known */
  at: number | null;
}

export interface ProbeResult {
  probe: string;
  role: ProbeRole;
  outcome: Outcome;
  weight: number;
  sentence: number;
  plays: string;
  /** real time in milliseconds */
  ms: number;
  /** the one-line symptom of a probe that did not hold */
  message?: string;
  /** expected and actual, printed, where the probe compared two values */
  expected?: string;
  actual?: string;
  /** small, enumerable values seen on the way; together with the outcomes they are the vector */
  observations: Readonly<Record<string, Observation>>;
  facts: readonly Fact[];
  /** learner frames of the error, or the line that was running when time was up */
  frames: readonly Frame[];
  /** the code of a test of an imported suite that did not hold */
  example?: Example;
  /** how often it ran each counted place of the learner's code; only where that was asked for */
  ran?: Readonly<Record<number, number>>;
}

export type VerdictKind = 'won' | 'lost' | 'illegal' | 'lost-on-time' | 'tampering';

/** Why a move is illegal: the code never came as far as being judged. */
export interface Illegality {
  code:
    | 'syntax'
    | 'encoding'
    | 'empty'
    | 'missing-file'
    | 'missing-export'
    | 'import'
    | 'load-error'
    | 'gate'
    | 'too-large';
  /** what is wrong, one sentence */
  message: string;
  /** what to do next, one sentence */
  hint: string;
  frame: Frame | null;
}

/** One engine answer: data, never parsed text. */
export interface Verdict {
  kind: VerdictKind;
  /** 0–100: weighted share of gate and probes held */
  position: number;
  results: readonly ProbeResult[];
  illegality: Illegality | null;
  /** what ended the process when it ended itself: exit code, signal, uncaught error */
  ended: string | null;
  /** what the learner's code printed, made harmless, cut at a stated size */
  output: string;
  durationMs: number;
}

/** The verdict of code that could not be judged at all. */
export const NOTHING_JUDGED: Verdict = {
  kind: 'lost',
  position: 0,
  results: [],
  illegality: null,
  ended: null,
  output: '',
  durationMs: 0,
};

/** The weighted share of probes held, as a whole number from 0 to 100; 0 when there are none. */
export function positionOf(results: readonly Pick<ProbeResult, 'role' | 'outcome' | 'weight'>[]): number {
  let held = 0;
  let all = 0;
  for (const r of results) {
    if (r.role !== 'gate' && r.role !== 'probe') continue;
    all += r.weight;
    if (r.outcome === 'held') held += r.weight;
  }
  return all === 0 ? 0 : Math.round((100 * held) / all);
}
