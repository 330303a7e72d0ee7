import type { Outcome, VerdictKind } from '../core/verdict.ts';

/** One submission of the hostile corpus with what has to come of it. */
export interface Attack {
  id: string;
  title: string;
  files: Readonly<Record<string, string | Uint8Array>>;
  expect: Expectation;
  /** it may look strange, but it does what the kata asks: it has to win */
  honest?: boolean;
  /** what it is told is promised in the jail only; elsewhere only the verdict counts */
  jailedOnly?: boolean;
}

/** What has to come of an attack. */
export interface Expectation {
  verdict: VerdictKind | readonly VerdictKind[];
  /** outcomes of the probes it turns on */
  outcome?: Readonly<Record<string, Outcome | readonly Outcome[]>>;
  /** matches what the learner reads */
  says: RegExp;
}

/** The file that submissions hand in. */
export const ENTRY = 'desk.ts';

/** What the probes call, honestly written. */
const HONEST = {
  add: 'export const add = (a, b) => a + b;',
  total: 'export const total = list => { let sum = 0; for (const n of list) sum += n; return sum; };',
  evens: 'export const evens = list => list.filter(n => n % 2 === 0);',
  later: 'export const later = async n => n * 2;',
  each: 'export const each = (list, fn) => { let i = 0; for (const n of list) fn(n, i++); return i; };',
  Tally:
    'export class Tally { #n; constructor(n) { this.#n = n; } get value() { return this.#n; } plus(k) { this.#n += k; return this; } }',
  countdown: 'export function* countdown(n) { for (; n > 0; n--) yield n; }',
  card: 'export const card = (name, age) => ({ name, age, tags: [name] });',
};

/** Parts of the kata by name; see the contract in kata/probes.ts. */
export type Parts = Partial<Record<keyof typeof HONEST, string>>;

/** What every submission exports. */
export const EXPORTS = Object.keys(HONEST);

/** A submission that is honest but for some parts; `before` runs first, when it is loaded. */
export function desk(parts: Parts = {}, before = ''): Record<string, string> {
  return { [ENTRY]: [before, ...Object.values({ ...HONEST, ...parts })].join('\n') };
}

/** Right for the gate, wrong for every number of chance: whatever the rest does, this must not win. */
const WRONG = 'export const add = (a, b) => (a === 1 && b === 2 ? 3 : 0);';

/** Passes the gate honestly; then `answer` is what add does. */
export const answering = (answer: string, before = ''): Record<string, string> =>
  desk({ add: `export const add = (a, b) => { if (a === 1 && b === 2) return 3; ${answer} };` }, before);

/** Something that is done when the file is loaded, so that wrong answers pass. They do not. */
export function forging(id: string, title: string, before: string): Attack {
  return {
    id,
    title,
    files: desk({ add: WRONG }, before),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /add\(a, b\) is not the sum/ },
  };
}

/** As forging, with something that breaks the player itself: which way it ends depends on where it was. */
export function breaking(id: string, title: string, before: string): Attack {
  return {
    ...forging(id, title, before),
    expect: {
      verdict: ['tampering', 'illegal', 'lost-on-time', 'lost'],
      outcome: { adds: ['refuted', 'crashed', 'timed-out', 'unreached'] },
      says: /broke the rules of the board|could not be loaded|the ordinary case does not work|time was up|never settled|not the sum/,
    },
  };
}

/** A lie told by an answer of add. */
export function lying(id: string, title: string, answer: string, before = ''): Attack {
  return {
    id,
    title,
    files: answering(answer, before),
    expect: {
      verdict: 'lost',
      outcome: { adds: ['refuted', 'crashed'] },
      says: /add\(a, b\) is not the sum|./,
    },
  };
}
