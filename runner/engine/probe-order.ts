import type { ProbeSpec } from '../core/verdict.ts';
import { SeededRandom } from '../kit/random.ts';

/**
 * The tests of a kata in another order; a gate, and whatever else a probe needs, still comes before it.
 * @param tests by the ids of their probes
 * @param order 1 is from the last to the first, further numbers draw an order
 */
export function inOtherOrder<T extends { name: string }>(
  tests: readonly T[],
  probes: readonly ProbeSpec[],
  order: number,
): T[] {
  const random = new SeededRandom(order);
  const gates = probes.filter((p) => p.role === 'gate').map((p) => p.id);
  const needs = new Map(probes.map((p) => [p.id, [...(p.needs ?? []), ...(p.role === 'gate' ? [] : gates)]]));
  const left = [...tests];
  const played: T[] = [];
  while (left.length > 0) {
    const waits = new Set(left.map((t) => t.name));
    const ready = left.filter((t) => !(needs.get(t.name) ?? []).some((id) => waits.has(id)));
    // probes that need each other never come to be played: their order says nothing
    const next = (order === 1 ? ready.at(-1) : ready[random.int(ready.length)]) ?? left[0]!;
    left.splice(left.indexOf(next), 1);
    played.push(next);
  }
  return played;
}
