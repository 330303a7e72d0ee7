/** Files by path with forward slashes, as text. */
export type Texts = Readonly<Record<string, string>>;

/** An exercise as it was found on disk, before anything of it was run. */
export interface FoundKata {
  /** the kata's id without its track */
  slug: string;
  track: string;
  title: string;
  /** one clause, without full stop */
  promise: string;
  /** 1 to 5 */
  level: number;
  /** Markdown */
  brief: string;
  hints: Hints;
  /** what the learner starts from */
  starter: Texts;
  /** accepted code, whole; null when none came with it */
  reference: Texts | null;
  /** test files and what they need besides the learner's files */
  tests: Texts;
  /** which of them are test files */
  specs: readonly string[];
  /** the learner's file that is named first */
  entry: string;
  /** the learner's files that tests import */
  modules: readonly string[];
}

/** Hints, as paragraphs with blank lines between them; empty where there are none. */
export interface Hints {
  idea: string;
  plan: string;
}

/** Why an exercise was passed over; words are in screen/imported.ts. */
export interface Skipped {
  slug: string;
  code: SkipCode;
  args: Readonly<Record<string, string | number>>;
}

export type SkipCode =
  | 'bad-metadata'
  | 'missing-file'
  | 'no-tests'
  | 'unreadable'
  | 'not-carried'
  | 'reference-loses'
  | 'starter-wins'
  | 'broken';

/** Thrown while an exercise is read; becomes a row of the table. */
export class Skip extends Error {
  readonly code: SkipCode;
  readonly args: Skipped['args'];

  constructor(code: SkipCode, args: Skipped['args'] = {}) {
    super(code);
    this.code = code;
    this.args = args;
  }
}
