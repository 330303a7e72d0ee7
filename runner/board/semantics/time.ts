import { expect } from 'vitest';
import type { Cases } from './case.ts';

/** Promises, microtasks and timers. */
export const time: Cases = {
  'rejects and resolves': async ({ m }) => {
    await expect(m.reject()).rejects.toThrow(m.Oops);
    await expect(m.resolve(2)).resolves.toBe(2);
  },
  'a thenable': async ({ m }) => {
    expect(await m.make.thenable()).toBe(5);
  },
  'one await flushes microtasks': async ({ m }) => {
    const before = m.counted();
    m.soon();
    expect(m.counted()).toBe(before);
    await Promise.resolve();
    expect(m.counted()).toBe(before + 1);
  },
  'two calls in one tick are one batch': async ({ m }) => {
    m.batch.load(1);
    m.batch.load(2);
    await Promise.resolve();
    expect(m.batch.log()).toEqual([[1, 2]]);
  },
  'a timer': async ({ m }) => {
    expect(await m.sleep(5)).toBe('woke');
  },
  'globals are shared': {
    differs: 'each process has its own; instruments live in the player and are driven through the kit',
    run: ({ m }) => {
      (globalThis as Record<string, unknown>)['boardProbe'] = 5;
      try {
        expect(m.fromGlobal()).toBe(5);
      } finally {
        delete (globalThis as Record<string, unknown>)['boardProbe'];
      }
    },
  },
  'a clock replaced by the probe': {
    differs: 'each process has its own clock; the kit has a virtual one for the player',
    run: ({ m }) => {
      const real = Date.now;
      Date.now = () => 42;
      try {
        expect(m.now()).toBe(42);
      } finally {
        Date.now = real;
      }
    },
  },
};
