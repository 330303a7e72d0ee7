import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

interface Entry<V> {
  answer: Promise<V>;
  goodUntil: number;
}

export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const entries = new Map<string, Entry<V>>();

  function get(key: string): Promise<V> {
    const known = entries.get(key);
    if (known && clock.now() < known.goodUntil) return known.answer;
    const entry: Entry<V> = { answer: load(key), goodUntil: Infinity };
    entries.set(key, entry);
    entry.answer.then(
      () => {
        entry.goodUntil = clock.now() + ttlMs;
      },
      () => {},
    );
    while (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    return entry.answer;
  }

  return { get, invalidate: (key) => void entries.delete(key), size: () => entries.size };
}
