import type * as subject from './subject.ts';

/** The code under test, or its stand-in. `any` because the cases use it in ways that types would forbid. */
export type Subject = { [K in keyof typeof subject]: any };

/** What a case gets besides the subject. */
export interface Tools {
  m: Subject;
  /** Player.lend; in one process the identity */
  lend<T extends object>(value: T): T;
}

/** Must hold in one process; over the board it holds as well, or is refused with an error that says so. */
export type Case = (tools: Tools) => void | Promise<void>;

/** A case that the board refuses, and the words it does that with. */
export interface RefusedCase {
  refused: RegExp;
  run: Case;
}

/** A case whose subject is shared between processes by nature; the rule for probe authors is the text. */
export interface ProcessCase {
  differs: string;
  run: Case;
}

export type Cases = Record<string, Case | RefusedCase | ProcessCase>;
