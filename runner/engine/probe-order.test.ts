import { expect, test } from 'vitest';
import type { ProbeSpec } from '../core/verdict.ts';
import { inOtherOrder } from './probe-order.ts';

const spec = (id: string, more: Partial<ProbeSpec> = {}): ProbeSpec => ({
  id,
  sentence: 1,
  plays: id,
  ...more,
});
const PROBES = [
  spec('works', { role: 'gate' }),
  spec('first'),
  spec('second', { needs: ['first'] }),
  spec('third', { needs: ['second'] }),
  spec('alone'),
];
const TESTS = PROBES.map((p) => ({ name: p.id }));
const played = (order: number, probes = PROBES): string[] =>
  inOtherOrder(TESTS, probes, order).map((t) => t.name);

test('each number gives an order, the same each time; what a probe needs comes before it', () => {
  const orders = new Set<string>();
  for (let order = 1; order <= 40; order++) {
    const names = played(order);
    orders.add(names.join());
    expect(played(order)).toEqual(names);
    expect(names.toSorted()).toEqual(TESTS.map((t) => t.name).toSorted());
    expect(names[0]).toBe('works');
    expect(names.indexOf('first')).toBeLessThan(names.indexOf('second'));
    expect(names.indexOf('second')).toBeLessThan(names.indexOf('third'));
  }
  // alone may stand in four places
  expect(orders.size).toBe(4);
});

test('the first number turns the order round', () => {
  expect(played(1)).toEqual(['works', 'alone', 'first', 'second', 'third']);
});

test('probes that need each other are played all the same', () => {
  const circle = [spec('works', { role: 'gate' }), spec('first', { needs: ['third'] }), ...PROBES.slice(2)];
  expect(played(3, circle)).toHaveLength(TESTS.length);
});
