import { expect, test } from 'vitest';
import { SeededRandom } from './random.ts';

test('the same seed gives the same numbers, another seed gives others', () => {
  const draw = (seed: number): unknown[] => {
    const random = new SeededRandom(seed);
    return [random.float(), random.int(100), ...random.bytes(4)];
  };
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
});

test('numbers stay in range and spread over it', () => {
  const random = new SeededRandom(1);
  const seen = Array.from({ length: 1000 }, () => random.int(10));
  expect(new Set(seen)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
});

test('scripted numbers come first', () => {
  const random = new SeededRandom(1);
  random.script([0, 0.5]);
  expect([random.float(), random.int(10)]).toEqual([0, 5]);
});

test('another one starts anew, and functions work when they are taken off', () => {
  const random = new SeededRandom(9);
  const first = random.float();
  const { float } = random.another();
  expect(float()).toBe(first);
  expect(random.another(10).float()).not.toBe(first);
});
