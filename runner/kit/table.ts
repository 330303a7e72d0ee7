import path from 'node:path';
import type { Fact, Frame } from '../core/facts.ts';
import type { Example, Observation, Outcome, ProbeSpec } from '../core/verdict.ts';
import type { Instruments } from './instruments.ts';

/** What the engine wants to hear while probes run. */
export interface Scorer {
  started(probe: ProbeSpec): void;
  saw(probe: string, name: string, value: Observation): void;
  fact(probe: string, fact: Fact): void;
  finished(probe: string, end: ProbeEnd): void;
}

export interface ProbeEnd {
  outcome: Outcome;
  message?: string | undefined;
  expected?: string | undefined;
  actual?: string | undefined;
  error?: unknown;
  /** the learner's frames, where they are known otherwise than from the error */
  frames?: readonly Frame[];
  /** the player broke the rules of the board */
  tampering?: boolean;
  /** the code of a test of an imported suite */
  example?: Example | undefined;
  /** how often it ran each counted place of the learner's code */
  ran?: Record<number, number>;
}

/** Where the learner's code runs: in this process, or in a player on the other side of the board. */
export interface Host {
  /** the folder in which the databases of a probe lie, once it has begun; the system's temporary folder unless given */
  readonly worlds?: string;
  /** gets instruments ready for a probe, in a fresh process where the one before is gone */
  begin(probe: ProbeSpec): Instruments | Promise<Instruments>;
  /** a plain copy of data that may live on the other side */
  copy<T>(value: T): T;
  /** the last word on how a probe ended: a player that is gone overrides what the test itself concluded */
  end(probe: ProbeSpec, end: ProbeEnd): Promise<ProbeEnd>;
}

/** The position on the table: whose code is judged and who keeps score. One per process. */
export interface Table {
  /** absolute path of the learner's folder, ending in a separator */
  root: string;
  /** file below `root` that probes load */
  entry: string;
  /** JavaScript of the learner's files by path, when the engine sends it; otherwise files are read from disk */
  sources: ReadonlyMap<string, string> | null;
  scorer: Scorer | null;
  /** null: learner code runs in this process */
  host?: Host | null;
  /** outcomes known before this run: a fresh process goes on where a killed one stopped */
  known: ReadonlyMap<string, Outcome>;
  /** seed for chance and shuffling */
  seed: number;
}

let current: Table | null = null;

/** Puts a position on the table; `root` is made absolute. */
export function setTable(t: Omit<Table, 'root'> & { root: string }): void {
  current = { ...t, root: path.resolve(t.root) + path.sep };
}

/**
 * The position on the table. Under plain `vitest run` it comes from the environment: KIBITZER_MOVE names the
 * learner's folder and KIBITZER_ENTRY the file in it (default: the only .ts file there that is not world.ts).
 */
export function table(): Table {
  if (current) return current;
  const folder = process.env.KIBITZER_MOVE;
  if (!folder) {
    throw new Error(
      'no position on the table: set KIBITZER_MOVE to the folder of a move (a starter, a bad move, a solution)',
    );
  }
  const entry = process.env.KIBITZER_ENTRY ?? '';
  setTable({ root: folder, entry, sources: null, scorer: null, known: new Map(), seed: 1 });
  return current!;
}

/** Whether one of these names of built-in things stands in learner code; true where its text is not at hand. */
export function mentionsAny(...names: readonly string[]): boolean {
  const { sources } = table();
  return sources === null || [...sources.values()].some((text) => names.some((n) => text.includes(n)));
}
