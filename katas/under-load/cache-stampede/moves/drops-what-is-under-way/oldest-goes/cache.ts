import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

interface Entry<V> {
  answer: Promise<V>;
  /** Infinity as long as the answer is under way */
  goodUntil: number;
}

export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const entries = new Map<string, Entry<V>>();

  function arrived(): string[] {
    return [...entries].filter(([, e]) => e.goodUntil !== Infinity).map(([key]) => key);
  }

  function ask(key: string): Promise<V> {
    const entry: Entry<V> = { answer: load(key), goodUntil: Infinity };
    const isCurrent = (): boolean => entries.get(key) === entry;
    entries.delete(key);
    entries.set(key, entry);
    while (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    entry.answer.then(
      () => {
        if (!isCurrent()) return;
        entry.goodUntil = clock.now() + ttlMs;
      },
      () => {
        if (isCurrent()) entries.delete(key);
      },
    );
    return entry.answer;
  }

  return {
    get(key) {
      const entry = entries.get(key);
      return entry && clock.now() < entry.goodUntil ? entry.answer : ask(key);
    },
    invalidate: (key) => void entries.delete(key),
    size: () => arrived().length,
  };
}
