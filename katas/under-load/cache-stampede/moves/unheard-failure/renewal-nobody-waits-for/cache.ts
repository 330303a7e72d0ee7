import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

interface Slot<V> {
  kept: { value: V; goodUntil: number } | null;
  renewal: Promise<V> | null;
}

/** Gives the answer that has run out to whoever asks while one of them has it renewed. */
export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const slots = new Map<string, Slot<V>>();

  const full = (): [string, Slot<V>][] => [...slots].filter(([, slot]) => slot.kept !== null);

  function makeRoom(): void {
    const kept = full();
    for (const [key, slot] of kept.slice(0, Math.max(0, kept.length - maxEntries))) {
      slot.kept = null;
      if (!slot.renewal) slots.delete(key);
    }
  }

  async function renew(key: string, slot: Slot<V>): Promise<V> {
    try {
      const value = await load(key);
      if (slots.get(key) === slot) {
        slot.kept = { value, goodUntil: clock.now() + ttlMs };
        slots.delete(key);
        slots.set(key, slot);
        makeRoom();
      }
      return value;
    } finally {
      slot.renewal = null;
      if (!slot.kept && slots.get(key) === slot) slots.delete(key);
    }
  }

  return {
    async get(key) {
      let slot = slots.get(key);
      if (!slot) slots.set(key, (slot = { kept: null, renewal: null }));
      const { kept } = slot;
      if (kept && clock.now() < kept.goodUntil) return kept.value;
      slot.renewal ??= renew(key, slot);
      if (!kept) return slot.renewal;
      return kept.value;
    },
    invalidate: (key) => void slots.delete(key),
    size: () => full().length,
  };
}
