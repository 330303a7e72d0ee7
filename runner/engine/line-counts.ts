import { COUNTS } from '../core/counts.ts';

/**
 * Counting which places of the learner's code a probe runs. The counted code is made by the trusted side
 * (program/counted.ts); it counts in an array that is a global of the player.
 */
const MOST_PLACES = 100_000;

/** Makes the array in this process, before learner code is loaded. @returns takes the counts and sets them back */
export function countHere(places: number): () => string {
  const counts = new Uint32Array(Math.min(places, MOST_PLACES));
  Object.defineProperty(globalThis, COUNTS, { value: counts });
  return () => {
    let text = '';
    for (let i = 0; i < counts.length; i++) {
      const n = counts[i]!;
      if (n === 0) continue;
      text += `${i}:${n} `;
      counts[i] = 0;
    }
    return text;
  };
}

/** Counts as a player told them; it may lie, so anything that is no list of numbers is left out. */
export function readCounts(told: unknown): Record<number, number> {
  const counts: Record<number, number> = {};
  if (typeof told !== 'string') return counts;
  for (const [, place, n] of told.matchAll(/(\d{1,6}):(\d{1,10}) /g)) counts[Number(place)] = Number(n);
  return counts;
}
