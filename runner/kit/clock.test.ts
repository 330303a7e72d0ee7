import { expect, test } from 'vitest';
import { printInstant, VirtualClock } from './clock.ts';
import { setTable } from './table.ts';

setTable({ root: import.meta.dirname, entry: '', sources: null, scorer: null, known: new Map(), seed: 1 });

test('timers fire in order of time, then of creation, and promise jobs are drained between two firings', async () => {
  const clock = new VirtualClock(0);
  const log: string[] = [];
  const run = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    log.push(`${name} ${clock.now()}`);
    if (name === 'a') void run('after a', 10);
  };
  void run('b', 100);
  void run('a', 50);
  void run('c', 100);
  await clock.advance(99);
  expect(log).toEqual(['a 50', 'after a 60']);
  await clock.advance(1);
  expect(log.slice(2)).toEqual(['b 100', 'c 100']);
});

test('a sleep ends early when it is called off, and leaves no timer', async () => {
  const clock = new VirtualClock(0);
  const stop = new AbortController();
  const slept = clock.sleep(1000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(slept).rejects.toThrow('enough');
  expect(clock.pending()).toEqual([]);
});

test('it jumps backwards without firing anything', () => {
  const clock = new VirtualClock(5000);
  clock.set(1000);
  expect(clock.now()).toBe(1000);
});

test('readings are recorded with what was seen, and may move the clock', () => {
  const clock = new VirtualClock(1000);
  clock.moveAtEachReading(1);
  expect([clock.now(), clock.now()]).toEqual([1000, 1001]);
  expect(clock.readings.map((r) => r.detail)).toEqual([
    '1970-01-01 00:00:01.000Z',
    '1970-01-01 00:00:01.001Z',
  ]);
  clock.moveAtEachReading(0);
  expect([clock.now(), clock.now()]).toEqual([1002, 1002]);
});

test('now and sleep work when they are taken off the clock', () => {
  const { now } = new VirtualClock(7);
  expect(now()).toBe(7);
});

test('another clock shares nothing', async () => {
  const one = new VirtualClock(0);
  const two = one.another(50);
  await one.advance(10);
  expect([one.now(), two.now()]).toEqual([10, 50]);
});

test('an instant is printed as a date where it is one', () => {
  expect(printInstant(0)).toBe('1970-01-01 00:00:00.000Z');
  expect(printInstant(NaN)).toBe('NaN');
  expect(printInstant(1e17)).toBe('100000000000000000');
});
