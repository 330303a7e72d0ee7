import { expect, vi } from 'vitest';
import type { Cases } from './case.ts';

/** What a probe passes, as the learner's code sees it. */
export const passed: Cases = {
  'a mock as a callback': ({ m }) => {
    const f = vi.fn((x: { a: number }) => x.a);
    expect(m.call(f, { a: 2 })).toBe(2);
    expect(f).toHaveBeenCalledWith({ a: 2 });
  },
  'a mock gets an instance': ({ m }) => {
    const f = vi.fn();
    const point = new m.Point(1, 2);
    m.call(f, point);
    expect(f.mock.calls[0]![0]).toBe(point);
  },
  'a class of the probe, lent': ({ m, lend }) => {
    class Q {
      v = 1;
      hi() {
        return 'hi';
      }
    }
    lend(Q);
    expect(m.call((q: Q) => q.hi(), new Q())).toBe('hi');
    expect(m.newIt(Q).v).toBe(1);
    expect(m.newIt(Q)).toBeInstanceOf(Q);
    expect(m.isA(new Q(), Q)).toBe(true);
    expect(m.isA({}, Q)).toBe(false);
  },
  'a class of the probe, not lent': {
    refused: /was not lent|functions can be called/,
    run: ({ m }) => {
      class Q {}
      expect(m.isA(new Q(), Q)).toBe(true);
    },
  },
  'kinds of things': ({ m }) => {
    expect(m.kind([])).toBe('[object Array]');
    expect(m.kind(new Map())).toBe('[object Map]');
    expect(m.kind(() => 0)).toBe('[object Function]');
    expect(m.isA([], Array)).toBe(true);
    expect(m.isA(new Error('x'), Error)).toBe(true);
    expect(m.isA(new RangeError('x'), RangeError)).toBe(true);
  },
  'structuredClone by the learner': ({ m }) => {
    expect(m.clone({ a: [1] })).toEqual({ a: [1] });
    expect(m.clone(new Map([[1, 2]]))).toEqual(new Map([[1, 2]]));
  },
  'a generator of the probe': ({ m }) => {
    const numbers = function* () {
      yield 1;
      yield 2;
    };
    expect(m.spread(numbers())).toEqual([1, 2]);
  },
  'an array that is mutated': ({ m }) => {
    const list = [1];
    m.push(list, 2);
    expect(list).toEqual([1, 2]);
  },
  'a map that is mutated': ({ m }) => {
    const map = new Map();
    m.fillMap(map);
    expect(map.get('z')).toBe(1);
  },
  'a date that is mutated': ({ m }) => {
    const date = new Date(0);
    m.moveDate(date);
    expect(date.getFullYear()).toBe(1999);
  },
  'bytes that are mutated': ({ m }) => {
    const bytes = new Uint8Array(2);
    m.fillBytes(bytes);
    expect([...bytes]).toEqual([7, 7]);
  },
  'an instance that is mutated': ({ m }) => {
    class Q {
      x = 1;
    }
    const q = new Q();
    m.setX(q);
    expect(q.x).toBe(9);
  },
  'a frozen array': ({ m }) => {
    expect(() => m.push(Object.freeze([1]), 2)).toThrow(TypeError);
  },
  'an object with a getter, asked once': ({ m }) => {
    let asked = 0;
    const it = {
      get a() {
        asked++;
        return 1;
      },
    };
    expect(m.json(it)).toBe('{"a":1}');
    expect(asked).toBe(1);
  },
  'an AbortSignal': ({ m }) => {
    const controller = new AbortController();
    expect(m.aborted(controller.signal)).toBe(false);
    controller.abort();
    expect(m.aborted(controller.signal)).toBe(true);
  },
  'identity there and back': ({ m }) => {
    for (const it of [
      { a: 1 },
      () => 0,
      [1],
      new Map(),
      new Date(),
      new Error('x'),
      Symbol('s'),
      new m.Point(1, 1),
    ]) {
      m.keep(it);
      expect(m.give()).toBe(it);
      expect(m.same(it, it)).toBe(true);
    }
  },
  'aliasing is seen': ({ m }) => {
    const list = m.spread([1]);
    m.keep(list);
    m.push(m.give(), 5);
    expect(list).toEqual([1, 5]);
  },
  'a deep graph': ({ m }) => {
    let deep: { deep?: unknown } = {};
    for (let i = 0; i < 500; i++) deep = { deep };
    expect(m.same(deep, deep)).toBe(true);
  },
  'a deep graph back': ({ m }) => {
    const back = m.call(() => {
      let deep: { deep?: unknown } = {};
      for (let i = 0; i < 40; i++) deep = { deep };
      return deep;
    });
    let depth = 0;
    for (let at = back; at.deep; at = at.deep) depth++;
    expect(depth).toBe(40);
  },
  'a cycle': ({ m }) => {
    const it: { self?: unknown } = {};
    it.self = it;
    expect(m.same(it, it.self)).toBe(true);
    m.keep(it);
    expect(m.give().self).toBe(it);
  },
  'endless recursion through both': ({ m }) => {
    const f = (n: number): unknown => m.call(f, n + 1);
    expect(() => f(0)).toThrow(RangeError);
  },
};
