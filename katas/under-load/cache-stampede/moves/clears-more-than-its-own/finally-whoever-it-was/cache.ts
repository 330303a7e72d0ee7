import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

interface Entry<V> {
  value: V;
  goodUntil: number;
}

export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const entries = new Map<string, Entry<V>>();
  const underWay = new Map<string, Promise<V>>();

  function keep(key: string, value: V): void {
    entries.delete(key);
    entries.set(key, { value, goodUntil: clock.now() + ttlMs });
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
  }

  function refresh(key: string): Promise<V> {
    const isCurrent = (): boolean => underWay.get(key) === loading;
    const loading = load(key)
      .then((value) => {
        if (isCurrent()) keep(key, value);
        return value;
      })
      .finally(() => {
        underWay.delete(key);
      });
    underWay.set(key, loading);
    return loading;
  }

  async function get(key: string): Promise<V> {
    const entry = entries.get(key);
    if (entry && clock.now() < entry.goodUntil) return entry.value;
    return underWay.get(key) ?? refresh(key);
  }

  function invalidate(key: string): void {
    entries.delete(key);
    underWay.delete(key);
  }

  return { get, invalidate, size: () => entries.size };
}
