/** A place in the learner's files, found at run time from a stack, never guessed from text. Lines and columns count from 1. */
export interface Frame {
  /** path relative to the learner's folder, with forward slashes */
  file: string;
  line: number;
  column: number;
  /** the function's name, or null at module level and in anonymous functions */
  fn: string | null;
  isAsync: boolean;
}

/** Where something happened: `near` is where the call is written, `cause` the outermost learner frame on the same stack. */
export interface Site {
  near: Frame;
  cause: Frame;
}

/** What the code really did: the currency of evidence. Facts are plain data and travel between processes as JSON. */
export type Fact =
  | SqlFact
  | { kind: 'http'; who: string; request: string; response: string; note?: string; site: Site | null }
  | { kind: 'step'; at: number; task: string; label: string; site: Site | null }
  | { kind: 'crypto'; call: string; detail: string; site: Site | null }
  | { kind: 'ambient'; what: string; detail?: string; site: Site | null }
  | { kind: 'read'; what: string; detail?: string; site: Site | null }
  | { kind: 'page'; wrote: string; became: string; site: Site | null }
  | { kind: 'count'; what: string; seen: number; allowed: number }
  | { kind: 'log'; level: string; text: string; site: Site | null }
  | { kind: 'handle'; what: string; open: number; site: Site | null }
  | { kind: 'value'; name: string; expected: string; actual: string }
  | CallFact
  | { kind: 'note'; text: string; site: Site | null };

/** What a test did with the learner's code, and what came back. */
export interface CallFact {
  kind: 'call';
  /** as it would be written: `account.deposit(50)` */
  call: string;
  /** the value, or the error when it threw; empty for what was constructed */
  back: string;
  threw?: boolean;
  /** line of the test that did it */
  at: number;
  site: null;
}

export interface SqlFact {
  kind: 'sql';
  /** order within one world, from 1 */
  seq: number;
  op: 'exec' | 'run' | 'get' | 'all' | 'iterate';
  /** white space folded to single blanks */
  sql: string;
  params: readonly (string | number | null)[];
  /** rows that came back (reads) */
  rows: number;
  /** rows that changed (writes) */
  changes: number;
  inTransaction: boolean;
  connection: string;
  site: Site | null;
  error?: string;
}

/** The site of a fact, or null when the fact has none. */
export function siteOf(fact: Fact): Site | null {
  return 'site' in fact ? fact.site : null;
}
