import { inspect } from 'node:util';
import type { Fact, Site } from '../core/facts.ts';
import { learnerSite } from './frames.ts';

export type ReadFact = Extract<Fact, { kind: 'read' }>;

/** How a value is made traceable: gives the value to hand out at read number `n`; it must keep its meaning. */
export type Numbered = (value: string, n: number) => string;

/** From this read on the number stays the same, so that a loop that reads until nothing changes comes to its end. */
const MOST_NUMBERS = 500;

/**
 * Hands out objects that note where the learner's code reads them.
 *
 * A result is often one string, and nothing in it says which line put a value there. Two means lead back to the line:
 * the places where a property was read, and numbers: where the probe allows it, every read gives a value of its own,
 * so that the value found in the result names the read it came from, whatever was done to it in between.
 * Numbers are for pointing only; whether a move holds is judged with objects that give the same at every read.
 */
export class Reads {
  readonly #facts: ReadFact[] = [];

  /** every read by the learner's code so far, oldest first; read number n is at index n - 1 */
  get facts(): readonly ReadFact[] {
    return this.#facts;
  }

  /**
   * An object with the same enumerable properties, in the same order, that notes each read. To the learner's code it
   * is plain data: spreading, copying, JSON and Object.keys work, writing a property works and ends the numbers of
   * that property. Only the object's own level is watched.
   * @param plain copied, never changed
   * @param numbered changes text values at each read; left out, every read gives the value as it is
   */
  watch<T extends object>(plain: T, numbered?: Numbered): T {
    const watched: Record<string, unknown> = {};
    const values = { ...plain } as Record<string, unknown>;
    const written = new Set<string>();
    for (const key of Object.keys(plain)) {
      Object.defineProperty(watched, key, {
        enumerable: true,
        configurable: true,
        get: () => {
          const value = values[key];
          const n = this.#note(key);
          return n > 0 && numbered && typeof value === 'string' && !written.has(key)
            ? numbered(value, Math.min(n, MOST_NUMBERS))
            : value;
        },
        set: (value: unknown) => {
          written.add(key);
          values[key] = value;
        },
      });
    }
    // console.log(entry) in the learner's code shows data, not getters
    Object.defineProperty(watched, inspect.custom, { value: () => ({ ...values }), enumerable: false });
    return watched as T;
  }

  /**
   * The same function, that notes each call by learner code as a read of `what`, with its arguments as detail: what a
   * probe hands in as a callback knows by itself what it is asked, and not on which line.
   * @param fn called without `this`
   */
  calls<A extends unknown[], R>(what: string, fn: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      this.#note(what, args.map(String).join(', '));
      return fn(...args);
    };
  }

  /** The place of read number `n`, provided that it read `what`; null when it did not. */
  site(n: number, what: string): Site | null {
    const fact = this.#facts[n - 1];
    return fact?.what === what && n < MOST_NUMBERS ? fact.site : null;
  }

  /**
   * The place where `what` was read, if it was read on one line only; null otherwise: then nothing says which line it was.
   * @param except numbers of reads that are accounted for, because their value was found somewhere else
   */
  only(what: string, except: ReadonlySet<number> = new Set()): Site | null {
    const sites = this.#facts.flatMap((f, i) =>
      f.what === what && f.site && !except.has(i + 1) ? [f.site] : [],
    );
    const first = sites[0];
    const same = sites.every((s) => s.near.file === first?.near.file && s.near.line === first.near.line);
    return first && same ? first : null;
  }

  /** One fact for each property and line, oldest first: a loop over a hundred entries is one place. */
  places(): ReadFact[] {
    const places = new Map<string, ReadFact>();
    for (const f of this.#facts) {
      const key = `${f.what} ${f.site?.near.file}:${f.site?.near.line}`;
      if (!places.has(key)) places.set(key, f);
    }
    return [...places.values()];
  }

  /** Forgets all reads; numbers begin again at 1. */
  clear(): void {
    this.#facts.length = 0;
  }

  /** @returns the number of this read; 0 when it was not learner code that read */
  #note(what: string, detail?: string): number {
    const site = learnerSite();
    if (!site) return 0;
    return this.#facts.push({ kind: 'read', what, ...(detail === undefined ? {} : { detail }), site });
  }
}
