import { expect } from 'vitest';
import type { Cases } from './case.ts';

/** What the learner's code returns, as a probe sees it. */
export const results: Cases = {
  'a Map': ({ m }) => {
    expect(m.make.map()).toEqual(new Map([['a', { n: 1 }]]));
    expect(m.make.map()).not.toEqual(new Map([['a', { n: 2 }]]));
    expect(m.make.map()).toBeInstanceOf(Map);
    expect([...m.make.map().keys()]).toEqual(['a']);
  },
  'a Map in a built-in': ({ m }) => {
    expect(new Map(m.make.map()).size).toBe(1);
    expect(Object.fromEntries(m.make.map())).toEqual({ a: { n: 1 } });
  },
  'Map.prototype.get.call': ({ m }) => {
    expect(Map.prototype.get.call(m.make.map(), 'a')).toEqual({ n: 1 });
  },
  'a Map, strictly': ({ m }) => {
    expect(m.make.map()).toStrictEqual(new Map([['a', { n: 1 }]]));
  },
  'a Set': ({ m }) => {
    expect(m.make.set()).toEqual(new Set([1, 2]));
    expect(m.make.set()).not.toEqual(new Set([1, 3]));
    expect(m.make.set().has(2)).toBe(true);
  },
  'set operations': ({ m }) => {
    expect([...new Set([1, 5]).intersection(m.make.set())]).toEqual([1]);
  },
  'a Date': ({ m }) => {
    expect(m.make.date()).toEqual(new Date(0));
    expect(m.make.date().getTime()).toBe(0);
  },
  'a RegExp': ({ m }) => {
    expect(m.make.pattern().test('caat')).toBe(true);
    expect(m.make.pattern()).toEqual(/a+/g);
    expect(m.make.pattern()).not.toEqual(/a+/);
    expect('caat').toMatch(m.make.pattern());
  },
  bytes: ({ m }) => {
    expect(m.make.bytes()).toEqual(new Uint8Array([1, 2]));
    expect(m.make.buffer().toString()).toBe('hi');
  },
  'symbols as keys': ({ m }) => {
    expect(m.make.symbols()[Symbol.for('k')]).toBe(1);
    expect([...m.make.symbols()]).toEqual([1]);
  },
  'no prototype': ({ m }) => {
    expect(m.make.bare()).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(m.make.bare())).toBe(null);
  },
  'an object with a getter': ({ m }) => {
    expect(m.make.getter()).toEqual({ a: 1 });
  },
  'a URL': ({ m }) => {
    expect(m.make.url().pathname).toBe('/y');
    expect(String(m.make.url())).toBe('http://x/y');
  },
  'a URL in a built-in': ({ m }) => {
    expect(new URL('z', m.make.url()).href).toBe('http://x/z');
  },
  'an array with a hole': ({ m }) => {
    expect(1 in m.make.sparse()).toBe(false);
    expect(m.make.sparse()).toHaveLength(3);
  },
  'a generator that takes values': ({ m }) => {
    const generator = m.make.generator();
    generator.next();
    expect(generator.next('v').value).toBe('v');
  },
  'a function with fields': ({ m }) => {
    const f = m.make.withFields();
    expect(f.extra).toBe(1);
    expect(f(2)).toBe(2);
  },
  'a boxed number': ({ m }) => {
    expect(m.make.boxed() + 1).toBe(4);
    expect(JSON.stringify([m.make.boxed()])).toBe('[3]');
    expect(m.make.boxed()).toEqual(new Number(3));
  },
  'a WeakMap': ({ m }) => {
    const map = m.make.weakMap();
    const key = {};
    map.set(key, 1);
    expect(map.get(key)).toBe(1);
  },
  'structuredClone of a returned array': {
    refused: /could not be cloned/,
    run: ({ m }) => {
      expect(structuredClone(m.spread([1]))).toEqual([1]);
    },
  },
  'frozen by the probe': ({ m }) => {
    const list = m.spread([1]);
    Object.freeze(list);
    expect(() => m.push(list, 2)).toThrow(TypeError);
    expect(Object.isFrozen(list)).toBe(true);
  },
  'a live binding': ({ m }) => {
    const before = m.live;
    m.bump();
    expect(m.live).toBe(before + 1);
  },
  'NaN, -0, undefined, bigint, a lone surrogate': ({ m }) => {
    for (const x of [
      NaN,
      -0,
      undefined,
      10n,
      -(2n ** 70n),
      null,
      Infinity,
      -Infinity,
      '\u0000\ud800',
      1e300,
    ]) {
      expect(
        Object.is(
          m.call((y: unknown) => y, x),
          x,
        ),
      ).toBe(true);
    }
  },
};
