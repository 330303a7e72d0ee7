import type { Fact, Site } from '../core/facts.ts';
import { learnerSite } from './frames.ts';

/** Time as learners receive it. Instants are milliseconds since 1970 (UTC). */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One look at the clock by learner code: `detail` is what it saw. */
export type Reading = Extract<Fact, { kind: 'read' }>;

interface Timer {
  at: number;
  order: number;
  what: string;
  site: Site | null;
  fire: () => void;
}

/** Readings kept; a loop of thousands is no further evidence. */
const READINGS_KEPT = 500;
// taken before any learner code can replace them
const realImmediate = setImmediate;
const RealDate = Date;

/** Lets promise chains settle: an immediate runs only when the queue of promise jobs is empty. */
export async function settle(rounds = 3): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise<void>((done) => realImmediate(done));
}

/**
 * A clock that moves only when a probe moves it. Starts at 2026-01-01T00:00:00Z. `now` and `sleep` may be taken off
 * the object and called alone, as `Date.now` may.
 */
export class VirtualClock implements Clock {
  /** every look by learner code so far, oldest first, with its line */
  readonly readings: Reading[] = [];
  #now: number;
  #step = 0;
  #timers: Timer[] = [];
  #order = 0;

  constructor(start = RealDate.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  readonly now = (): number => {
    const seen = this.#now;
    const site = this.readings.length < READINGS_KEPT ? learnerSite() : null;
    if (site) this.readings.push({ kind: 'read', what: 'clock', detail: printInstant(seen), site });
    this.#now += this.#step;
    return seen;
  };

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((done, fail) => {
      if (signal?.aborted) return fail(signal.reason);
      const cancel = this.schedule(ms, `sleep(${ms})`, done);
      signal?.addEventListener('abort', () => (cancel(), fail(signal.reason)), { once: true });
    });

  /** Plans a call `ms` from now, on behalf of the learner's line `site`; returns what takes it back. */
  schedule(ms: number, what: string, fire: () => void, site: Site | null = learnerSite()): () => void {
    const timer: Timer = {
      at: this.#now + Math.max(0, ms),
      order: this.#order++,
      what,
      site,
      fire,
    };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer);
    };
  }

  /** Moves on by `ms`: timers fire in order of time, then of creation; promise jobs are drained between two firings. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#timers
        .filter((t) => t.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((t) => t !== next);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
      await settle();
    }
    this.#now = Math.max(this.#now, until);
    await settle();
  }

  /** Moves on to the next timer and fires it; promise jobs are left to the caller. @returns false when none waits */
  fireNext(): boolean {
    const next = this.#timers.sort((a, b) => a.at - b.at || a.order - b.order).shift();
    if (!next) return false;
    this.#now = Math.max(this.#now, next.at);
    next.fire();
    return true;
  }

  /** Forgets all timers: they never fire. */
  forget(): void {
    this.#timers = [];
  }

  /** Jumps to an instant, also backwards; no timer fires. */
  set(at: number): void {
    this.#now = at;
  }

  /** From now on each reading moves the clock by `ms`, as real ones do; 0 stops that. */
  moveAtEachReading(ms: number): void {
    this.#step = ms;
  }

  /** A further clock that shares nothing with this one. */
  another(start: number): VirtualClock {
    return new VirtualClock(start);
  }

  /** Timers that have not fired; `order` counts all timers that were ever planned. */
  pending(): readonly { at: number; order: number; what: string; site: Site | null }[] {
    return this.#timers.map(({ at, order, what, site }) => ({ at, order, what, site }));
  }

  /** How many timers were planned so far. */
  planned(): number {
    return this.#order;
  }
}

/** An instant for evidence: `2026-05-31 23:59:59.999Z`; the number itself where it is no date. */
export function printInstant(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new RealDate(at).toISOString().replace('T', ' ') : String(at);
}
