import type { Fact, Happening, ProbeContext, Reading, Site, Timetable, TimetablePlayed } from 'kibitzer/kit';
import type * as Starter from './starter/cache.ts';

export type Play = ProbeContext<typeof Starter>;
export type Ask = Extract<Happening, { what: 'asks' }>;
export type Step = Extract<Fact, { kind: 'step' }>;

export const SECOND = 1000;
export const TTL = 60 * SECOND;

/** Plays callers against a new cache of one minute. */
export async function play(t: Play, plan: Timetable & { maxEntries?: number }): Promise<Seen> {
  const { maxEntries, ...timetable } = plan;
  // who looks at the computer's clock, or sets a timer, finds the same time
  t.ambient.shift({ now: t.clock });
  const cache = t.mod.createCache<unknown>(options(t, maxEntries));
  return new Seen(JSON.parse(await t.provider.play(cache, JSON.stringify(timetable))) as TimetablePlayed);
}

export function options(t: Play, maxEntries?: number): Parameters<typeof Starter.createCache<unknown>>[0] {
  const { load } = t.provider;
  return { load, ttlMs: TTL, clock: t.clock, ...(maxEntries === undefined ? {} : { maxEntries }) };
}

/** What was seen in a play: questions to the provider, and what callers got. */
export class Seen {
  readonly log: readonly Happening[];
  readonly #readings: readonly Reading[];

  constructor({ log, readings }: TimetablePlayed) {
    this.log = log;
    this.#readings = readings;
  }

  /** Questions to the provider for a key, from a moment on and before another. */
  asks(key: string, from = 0, to = Infinity): Ask[] {
    return this.log.filter((h): h is Ask => h.what === 'asks' && h.key === key && h.at >= from && h.at < to);
  }

  /** How a load ended, if it did. */
  endOf(n: number): Happening | undefined {
    return this.log.find((h) => (h.what === 'answers' || h.what === 'fails') && h.n === n);
  }

  /** What a caller got, if anything. */
  got(who: string): { at: number; threw: boolean; value: string } | null {
    const h = this.log.find((x) => (x.what === 'gets' || x.what === 'throws') && x.who === who);
    return h && (h.what === 'gets' || h.what === 'throws')
      ? { at: h.at, threw: h.what === 'throws', value: h.value }
      : null;
  }

  /** What a caller got, in words. */
  told(who: string): string {
    const got = this.got(who);
    return got === null
      ? 'waits for ever'
      : got.threw
        ? `gets the error “${got.value}”`
        : `gets ${got.value}`;
  }

  /** The first error that nobody took over. */
  get unhandled(): string | null {
    const h = this.log.find((x) => x.what === 'unhandled');
    return h && h.what === 'unhandled' ? h.value : null;
  }

  /** The question at which most loads of a key were under way, and how many that were. */
  most(key: string): { loads: number; at: Ask | null } {
    let under = 0;
    let most: { loads: number; at: Ask | null } = { loads: 0, at: null };
    for (const h of this.log) {
      if (h.what === 'asks' && h.key === key && ++under > most.loads) most = { loads: under, at: h };
      if ((h.what === 'answers' || h.what === 'fails') && h.key === key) under--;
    }
    return most;
  }

  /** The line at which the cache first, or last, looked at the clock in what followed from this. */
  clockAfter(h: Happening | undefined, which: 'first' | 'last' = 'first'): Site | null {
    const i = h ? this.log.indexOf(h) : -1;
    if (i < 0) return null;
    const next = this.log[i + 1]?.reads ?? this.#readings.length;
    const found = this.#readings.slice(this.log[i]!.reads, next);
    return found.at(which === 'first' ? 0 : -1)?.site ?? null;
  }
}

/** `61 s`, `4.99 s`, `10 ms` */
export function time(ms: number): string {
  return ms < SECOND ? `${ms} ms` : `${Number((ms / SECOND).toFixed(2))} s`;
}

/** How many loads there were, for so many who asked. */
export const loadsAs = (asks: readonly Ask[], many: number): string =>
  asks.length === 1 ? 'one' : asks.length >= many ? 'each' : asks.length === 0 ? 'none' : 'some';

/** Lines of a story, in the order in which they are told. */
export class Story {
  readonly #t: Play;
  #at = 0;

  constructor(t: Play) {
    this.#t = t;
  }

  tell(task: string, label: string, site: Site | null = null): void {
    this.#t.fact({ kind: 'step', at: ++this.#at, task, label, site });
  }
}
