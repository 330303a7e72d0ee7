import type { Site } from '../core/facts.ts';
import type { Reading, VirtualClock } from './clock.ts';
import { settle } from './clock.ts';
import { learnerSite } from './frames.ts';
import { onStage } from './stage-run.ts';
import type { Stage } from './stage.ts';

/** How questions are answered that none of the earlier rules is about. */
export interface ReplyRule {
  /** only questions for this key */
  key?: string;
  /** only the n-th question for a key, from 1 */
  nth?: number;
  /** only questions asked so many milliseconds after the beginning of the play, or earlier */
  until?: number;
  /** how long it takes, in milliseconds of the virtual clock; on a stage the schedule decides that instead */
  ms: number;
  /** the answer, in a list of one; an empty list is `undefined`. Left out it is the key and the number: `hamburg 1` */
  answer?: readonly unknown[];
  /** message of the error with which it fails instead */
  error?: string;
}

/** A call of the learner's code at a moment of the play, or several at once: `who` is numbered then. */
export interface TimedCall {
  /** milliseconds after the beginning of the play */
  at: number;
  who: string;
  method: string;
  args: readonly unknown[];
  times?: number;
}

/** What is played: callers, what the provider answers them, and how long it is looked at, in milliseconds. */
export interface Timetable {
  calls: readonly TimedCall[];
  replies: readonly ReplyRule[];
  until: number;
}

/**
 * One line of what happened. `at` counts milliseconds from the beginning, `reads` the looks at the clock by learner
 * code before it, `n` the questions from 1. Values are printed: `"text"`, `0`, `undefined`.
 */
export type Happening = { at: number; reads: number } & (
  | { what: 'calls'; who: string; call: string }
  /** `by` is the task, on a stage */
  | { what: 'asks'; n: number; key: string; by: string | null; site: Site | null }
  | { what: 'answers' | 'fails'; n: number; key: string }
  | { what: 'gets' | 'throws'; who: string; value: string }
  /** nobody has taken an error over */
  | { what: 'unhandled'; value: string }
);

/** What came of a play. */
export interface TimetablePlayed {
  log: Happening[];
  /** looks at the clock by learner code, oldest first */
  readings: Reading[];
}

// taken before any learner code can replace them
const { parse, stringify } = JSON;
const on = process.on.bind(process);
const off = process.off.bind(process);

/**
 * A provider: somebody outside whom the learner's code asks and who answers later, or fails. It lives in the learner's
 * process together with the callers of the play, so that a hundred questions cost one crossing of the board; plays and
 * what came of them cross as text. It knows from which line it was asked.
 *
 * All operations may be taken off the object and called alone.
 */
export class Provider {
  #clock: VirtualClock;
  #stage: Stage;
  #replies: readonly ReplyRule[] = [];
  #log: Happening[] = [];
  #began = 0;
  #asked = new Map<string, number>();
  #n = 0;
  #edition = 1;

  constructor(clock: VirtualClock, stage: Stage) {
    this.#clock = clock;
    this.#stage = stage;
  }

  /**
   * What learner code is given to ask with. On a stage, in the tasks of `t.stage.explore`, answers come when the
   * schedule picks them, and are the number of the edition that was out when the question was asked.
   */
  readonly load = (key: string): Promise<unknown> => {
    const n = ++this.#n;
    const nth = (this.#asked.get(key) ?? 0) + 1;
    this.#asked.set(key, nth);
    const by = onStage.getStore()?.name ?? null;
    this.#note({ what: 'asks', n, key, by, site: learnerSite() });
    if (by !== null) return this.#onStage(n, key, nth);
    const rule = this.#rule(key, nth, this.#time());
    return new Promise((done, fail) => {
      this.#clock.schedule(rule.ms, `load(${stringify(key)})`, () => {
        this.#note({ what: rule.error === undefined ? 'answers' : 'fails', n, key });
        if (rule.error !== undefined) fail(new Error(rule.error));
        else done(rule.answer ? rule.answer[0] : `${key} ${nth}`);
      });
    });
  };

  /** On a stage: a world begins; nothing was asked or looked at yet, and edition 1 is out. @param text a list of ReplyRule as JSON */
  readonly begin = (text: string): void => {
    this.#replies = parse(text) as ReplyRule[];
    this.#log = [];
    this.#asked.clear();
    this.#n = 0;
    this.#edition = 1;
    this.#clock.readings.length = 0;
    this.#began = 0;
    this.#began = this.#time();
  };

  /** On a stage: the next edition comes out. */
  readonly publish = (): void => {
    this.#edition++;
    this.#note({ what: 'calls', who: 'provider', call: `edition ${this.#edition} comes out` });
  };

  /** On a stage: a caller goes away, and goes on when the schedule picks this. */
  readonly later = (): Promise<void> => this.#stage.point('comes back', () => undefined);

  /** On a stage: what happened in this world. @returns a TimetablePlayed as JSON */
  readonly happened = (): string =>
    stringify({ log: this.#log, readings: this.#clock.readings } satisfies TimetablePlayed);

  /**
   * Plays a timetable against an object of the learner's, on the virtual clock.
   * @param text a Timetable as JSON
   * @returns a TimetablePlayed as JSON
   */
  readonly play = async (subject: object, text: string): Promise<string> => {
    const { calls, replies, until } = parse(text) as Timetable;
    this.begin('[]');
    this.#replies = replies;
    const unhandled = (error: unknown): void => this.#note({ what: 'unhandled', value: print(error) });
    on('unhandledRejection', unhandled);
    try {
      for (const call of calls.toSorted((a, b) => a.at - b.at)) {
        const passes = call.at - this.#time();
        if (passes > 0) await this.#clock.advance(passes);
        if (call.times === undefined) this.#call(subject, call, call.who);
        else for (let i = 1; i <= call.times; i++) this.#call(subject, call, `${call.who} ${i}`);
        // a call is through with what it does at once before the next one
        if (call.times === undefined) await settle(1);
      }
      await this.#clock.advance(Math.max(0, until - this.#time()));
    } finally {
      off('unhandledRejection', unhandled);
    }
    return stringify({ log: this.#log, readings: this.#clock.readings } satisfies TimetablePlayed);
  };

  #call(subject: object, { method, args }: TimedCall, who: string): void {
    this.#note({ what: 'calls', who, call: `${method}(${args.map(print).join(', ')})` });
    const ended = (what: 'gets' | 'throws', value: unknown): void =>
      this.#note({ what, who, value: print(value) });
    try {
      const answer = (subject as Record<string, (...args: unknown[]) => unknown>)[method]!(...args);
      if (!isThenable(answer)) return ended('gets', answer);
      answer.then(
        (value) => ended('gets', value),
        (error: unknown) => ended('throws', error),
      );
    } catch (error) {
      ended('throws', error);
    }
  }

  #onStage(n: number, key: string, nth: number): Promise<unknown> {
    const edition = this.#edition;
    const rule = this.#rule(key, nth, 0);
    return this.#stage.point(`load ${n}`, () => {
      this.#note({ what: rule.error === undefined ? 'answers' : 'fails', n, key });
      if (rule.error !== undefined) throw new Error(rule.error);
      return edition;
    });
  }

  #rule(key: string, nth: number, at: number): ReplyRule {
    const rule = this.#replies.find(
      (r) => (r.key ?? key) === key && (r.nth ?? nth) === nth && at <= (r.until ?? at),
    );
    return rule ?? { ms: 0 };
  }

  /** Milliseconds since the beginning. It is no look of learner code's at the clock, whoever is on the stack. */
  #time(): number {
    const { readings } = this.#clock;
    const before = readings.length;
    const passed = this.#clock.now() - this.#began;
    readings.length = before;
    return passed;
  }

  #note(happening: Unplaced): void {
    const place = { at: this.#time(), reads: this.#clock.readings.length };
    this.#log.push({ ...place, ...happening } as Happening);
  }
}

type Unplaced = Happening extends infer H ? (H extends Happening ? Omit<H, 'at' | 'reads'> : never) : never;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** A value as text; of an error its message. */
function print(value: unknown): string {
  if (value instanceof Error) return value.message;
  if (typeof value === 'string') return stringify(value);
  return typeof value === 'object' && value !== null ? (stringify(value) ?? 'an object') : String(value);
}
