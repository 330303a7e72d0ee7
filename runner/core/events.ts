import type { Diagnosis } from './diagnosis.ts';
import type { Outcome, VerdictKind } from './verdict.ts';

export const RUNGS = ['idea', 'plan', 'better-approach'] as const;
/** What the ladder opens, in this order. */
export type Rung = (typeof RUNGS)[number];

/** One line of the event log: a fact in the past tense, never changed. `seq` and `at` are added when it is stored. */
export type GameEvent =
  | KataOpened
  | MovePlayed
  | AnalysisRead
  | RungOpened
  | Resigned
  | WasReset
  | RetryBegun
  | RetryWon
  | Chosen
  | Contested;

/** When an event was stored: ISO time, and its number in the log from 1. */
export interface Stored {
  seq: number;
  at: string;
}

/** What the engine found, as the log keeps it. The whole verdict with all facts lies in the snapshot `evidence`. */
export interface Judgement {
  verdict: Exclude<VerdictKind, 'illegal'>;
  position: number;
  outcomes: Readonly<Record<string, Outcome>>;
  /** the one-line symptom of each probe that did not hold */
  messages: Readonly<Record<string, string>>;
  diagnosis: Diagnosis;
  /** snapshot of the verdict with all its facts */
  evidence: string;
}

/** The kata was opened and its starter judged: the position before the first move. */
export interface KataOpened {
  type: 'kata-opened';
  kata: string;
  /** changes when the kata's own files change */
  version: string;
  hash: string;
  files: Readonly<Record<string, string>>;
  starter: Judgement;
  /** the rungs that its ladder has, when that is not all of them */
  rungs?: readonly Rung[];
}

export interface MovePlayed {
  type: 'move-played';
  kata: string;
  /** from 1 within the game */
  move: number;
  /** of the normalised program */
  hash: string;
  /** a hash per statement, for telling how much changed */
  statements: readonly string[];
  /** snapshot hash by path */
  files: Readonly<Record<string, string>>;
  judgement: Judgement;
  /** the accepted design nearest to a won move */
  nearest?: { design: string; isReference: boolean };
}

/** The analysis of a lost move was read: its question answered, or skipped (`choice` null), which counts as well. */
export interface AnalysisRead {
  type: 'analysis-read';
  kata: string;
  move: number;
  choice: number | null;
  right: boolean;
}

export interface RungOpened {
  type: 'rung-opened';
  kata: string;
  rung: Rung;
  /** earned by different moves whose analysis was read, or offered after several with one diagnosis or much time */
  by: 'earned' | 'offered';
  move: number;
}

export interface Resigned {
  type: 'resigned';
  kata: string;
}

/** The working copies were set back to the starter; what was there lies in the named backup. */
export interface WasReset {
  type: 'reset';
  kata: string;
  backup: string;
}

/** The position before a move was put into the working copies; what was there lies in the named backup. */
export interface RetryBegun {
  type: 'retry-begun';
  kata: string;
  /** the move that is to be played better */
  move: number;
  backup: string;
}

/** A move that loses nothing against that position and does not repeat the diagnosis. */
export interface RetryWon {
  type: 'retry-won';
  kata: string;
  move: number;
  /** number of the move that won it */
  by: number;
}

/** The learner chose this kata to go on with. */
export interface Chosen {
  type: 'kata-chosen';
  kata: string;
}

/** The learner says that an analysis is wrong; the bundle for the author lies in the named file. */
export interface Contested {
  type: 'contested';
  kata: string;
  move: number;
  bundle: string;
}
