import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

export function createCache<V>({ load, ttlMs, clock }: Options<V>): Cache<V> {
  const values = new Map<string, V>();
  const goodUntil = new Map<string, number>();

  function isFresh(key: string): boolean {
    const until = goodUntil.get(key);
    return until !== undefined && clock.now() < until;
  }

  async function refresh(key: string): Promise<V> {
    const value = await load(key);
    values.set(key, value);
    goodUntil.set(key, clock.now() + ttlMs);
    return value;
  }

  async function get(key: string): Promise<V> {
    if (isFresh(key)) return values.get(key) as V;
    return refresh(key);
  }

  function invalidate(key: string): void {
    values.delete(key);
    goodUntil.delete(key);
  }

  return { get, invalidate, size: () => values.size };
}
