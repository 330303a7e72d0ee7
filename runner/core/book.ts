import type { Fact, Frame } from './facts.ts';
import type { Observation, Outcome, ProbeResult } from './verdict.ts';

/** In chess notation: `??` loses at once · `?` loses under ordinary conditions · `?!` holds, but pays for it later. */
export type Severity = '??' | '?' | '?!';

/** A condition over the vector: the outcomes of probes and the observations made in them. */
export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  | { probe: string; is: Outcome | readonly Outcome[] }
  | { saw: string; in: string; is: Observation | RegExp | ((seen: Observation) => boolean) };

/** What a mistake's functions read: the results of one move. */
export interface Vector {
  readonly results: readonly ProbeResult[];
  probe(id: string): ProbeResult | undefined;
  /** facts of one probe, all or of one kind */
  facts<K extends Fact['kind']>(probe: string, kind: K): readonly Extract<Fact, { kind: K }>[];
  facts(probe: string): readonly Fact[];
  saw(probe: string, name: string): Observation | undefined;
}

/** Finds a line to show, by text or structure, when no fact has one. It never decides anything. */
export interface Locator extends Structure {
  /** the first line of the learner's files that matches, as a frame; null when none does */
  line(pattern: RegExp): Frame | null;
  /** the declaration of an exported name; falls back to line 1 of the entry file */
  exported(name: string): Frame;
}

/** Places found by what the code does there: names and layout do not matter. */
export interface Structure {
  /**
   * The first place where a number is used with one of the operators, however it is written: `86_400_000`,
   * `24 * HOUR`, or a constant's name. Else its first use with any operator, else where it stands; null where nothing
   * is worth it.
   * @param values what counts: `[86_400_000]`
   */
  constant(values: readonly number[], operators: readonly string[]): Frame | null;
  /**
   * Whether the function at a place does nothing but ask something outside of the program and hand the answer on, as
   * `now: () => Date.now()` does: then its caller is the line to show.
   */
  asksOnly(at: Frame): boolean;
  /**
   * Where the program keeps, outside of all functions, what its functions change: variables that they assign, lists and
   * maps that they fill, instances made while the module loads, static fields.
   * @param about a name that it has to do with: `DatabaseSync` it is made with, a member `currency` that is read of it,
   * the key `total` under which it is handed out. The best match is found, whatever it is called itself
   * @param o `gathers`: prefers what has something of that name put into it by calls, as `listeners.push(o.notify)` does
   */
  keptOutside(about: string, o?: { gathers?: boolean }): Frame | null;
}

export interface Question {
  /** one sentence that ends with a question mark: "Which of these lines sent statement 2?" */
  ask: string;
  /** further lines to offer beside the right one; filled up from the evidence and the code around */
  among?: readonly Frame[];
}

export interface Mistake {
  /** kebab-case, unique in the kata */
  id: string;
  /** what goes wrong, a clause without capital or full stop: "the list is read after the rows have changed" */
  title: string;
  severity: Severity;
  /** evaluated over the vector; a mistake is named only on its own evidence */
  when: Condition;
  /** while this one is present, those are not judged */
  masks?: readonly string[];
  /** those follow from it and are not reported beside it */
  implies?: readonly string[];
  /** consulted only when more than one candidate of the highest severity is left */
  sorter?: Condition;
  /** the smallest executed case that beats the move, oldest first */
  evidence: (v: Vector) => readonly Fact[];
  /** index into `evidence` of the fact that loses; the last one when left out */
  decisive?: (v: Vector) => number;
  /** the result in one line: "3 members suspended, 0 letters written" */
  outcome: (v: Vector) => string;
  /** the line to show */
  point: (v: Vector, locate: Locator) => Frame | null;
  /** `at` is what `point` found */
  question: (v: Vector, at: Frame | null) => Question;
  /** said after the question: why it was that line, one sentence that may name line numbers */
  because?: (v: Vector, at: Frame) => string;
  principle: string;
  /** a sentence that begins "This works only if …"; may name lines through the vector */
  belief: string | ((v: Vector, at: Frame | null) => string);
  idea: string;
  plan: string;
  themes: readonly string[];
}

/** One review question about a mistake, on other code than the kata's. */
export interface Card {
  id: string;
  mistake: string | null;
  themes: readonly string[];
  question: string;
  code: string;
  choices: readonly string[];
  /** index into `choices` */
  answer: number;
  because: string;
  /** runs the code and gives the choice that it shows, word for word: `check` compares it with the answer */
  executes?: (bench: CardBench) => string | Promise<string>;
  /** instead of `executes`, where nothing can be run: why */
  believed?: string;
}

/** What a card's code is run with. Everything is new for each card; the process is in UTC. */
export interface CardBench {
  /**
   * Runs the card's code as the body of an async function.
   * @param scope what the code finds by name; it goes before what is global (`Date`, `db`, …)
   * @param more code that follows: it may use what the card's code declares, and return it
   */
  run(scope?: Readonly<Record<string, unknown>>, more?: string): Promise<CardRun>;
  /** an empty database in memory, after these statements */
  database(sql?: string): CardDatabase;
  /** a page as a browser reads it */
  page(html: string): CardPage;
}

/** What came of a card's code. */
export interface CardRun {
  returned: unknown;
  /** what it gave to `console.log`, a line each */
  printed: string;
  /** what it threw; null when it came to its end */
  thrown: Error | null;
}

/** The part of node:sqlite's DatabaseSync that cards need. */
export interface CardDatabase {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: unknown[]): { changes: number | bigint };
    get(...values: unknown[]): Record<string, unknown> | undefined;
    all(...values: unknown[]): Record<string, unknown>[];
    iterate(...values: unknown[]): Iterable<Record<string, unknown>>;
  };
  close(): void;
}

/** What a browser makes of a page. */
export interface CardPage {
  /** what a reader sees */
  readonly text: string;
  /** in the order of the page */
  readonly elements: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly text: string;
  }[];
}

/** Declares a mistake; only fixes the type. */
export function mistake(m: Mistake): Mistake {
  return m;
}

/** Declares a card; only fixes the type. */
export function card(c: Card): Card {
  return c;
}
