import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const entries = new Map<string, { value: V; goodUntil: number }>();
  const locks = new Map<string, Promise<void>>();

  async function get(key: string): Promise<V> {
    for (;;) {
      const entry = entries.get(key);
      if (entry && clock.now() < entry.goodUntil) return entry.value;
      const lock = locks.get(key);
      if (!lock) break;
      await lock;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    locks.set(key, promise);
    const value = await load(key);
    if (locks.get(key) === promise) {
      locks.delete(key);
      entries.delete(key);
      entries.set(key, { value, goodUntil: clock.now() + ttlMs });
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    }
    resolve();
    return value;
  }

  function invalidate(key: string): void {
    entries.delete(key);
    locks.delete(key);
  }

  return { get, invalidate, size: () => entries.size };
}
