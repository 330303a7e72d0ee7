import assert from 'node:assert';
import { inspect } from 'node:util';
import { expect, vi } from 'vitest';
import type { Cases } from './case.ts';

/** Classes and instances of the learner's, as a probe sees them. */
export const classes: Cases = {
  'an instance toEqual a plain object': ({ m }) => {
    expect(new m.Point(1, 2)).toEqual({ x: 1, y: 2 });
    expect(new m.Point(1, 2)).not.toEqual({ x: 1, y: 3 });
  },
  'an instance toStrictEqual an instance': ({ m }) => {
    expect(new m.Point(1, 2)).toStrictEqual(new m.Point(1, 2));
    expect(new m.Point(1, 2)).not.toStrictEqual(new m.Point(1, 3));
  },
  'an instance not toStrictEqual a plain object': ({ m }) => {
    expect(new m.Point(1, 2)).not.toStrictEqual({ x: 1, y: 2 });
  },
  toMatchObject: ({ m }) => {
    expect(new m.Point(1, 2)).toMatchObject({ x: 1 });
  },
  'toHaveProperty of a getter': ({ m }) => {
    expect(new m.Point(1, 2)).toHaveProperty('sum', 4);
  },
  'a private field as a brand': ({ m }) => {
    expect(m.Point.of(1).has(m.Point.of(2))).toBe(true);
    expect(m.Point.of(1).has({})).toBe(false);
  },
  'a class of the probe extends one of the learner': {
    refused: /a class that extends a class of the other side/,
    run: ({ m }) => {
      class P3 extends m.Point {
        get twice(): number {
          return (this as any).x * 2;
        }
      }
      expect(new (P3 as any)(1, 2).twice).toBe(2);
    },
  },
  'JSON.stringify asks toJSON': ({ m }) => {
    expect(JSON.stringify({ a: new m.Point(1, 2) })).toBe('{"a":{"p":1}}');
  },
  'statics, name, length, constructor': ({ m }) => {
    expect(m.Point.name).toBe('Point');
    expect(m.Point.length).toBe(2);
    expect(m.Point.of(1).constructor.name).toBe('Point');
  },
  'a spy on a method': ({ m }) => {
    const spy = vi.spyOn(m.greeter, 'name').mockReturnValue('spy');
    expect(m.greeter.greet('x')).toBe('hi spy');
    spy.mockRestore();
    expect(m.greeter.greet('x')).toBe('hi x');
  },
  'toThrow with a class': ({ m }) => {
    expect(() => m.fail(1)).toThrow(m.Oops);
    expect(() => m.fail(1)).not.toThrow(TypeError);
  },
  'toThrow with a text': ({ m }) => {
    expect(() => m.fail(1)).toThrow('bad');
    expect(() => m.fail(1)).toThrow(/ba/);
  },
  'toThrow with an error': ({ m }) => {
    expect(() => m.fail(7)).toThrow(new m.Oops('bad', 7));
  },
  'an error has its fields and cause': ({ m }) => {
    const error = m.make.error();
    expect(error.code).toBe(7);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.name).toBe('Error');
    expect(error).toBeInstanceOf(m.Oops);
    expect(error.stack).toMatch(/subject\.ts/);
  },
  'an error toEqual an error': ({ m }) => {
    expect(m.make.error()).toEqual(new m.Oops('m', 7));
    expect(m.make.error()).not.toEqual(new m.Oops('m', 8));
  },
  'a thrown text': ({ m }) => {
    let thrown: unknown;
    try {
      m.failText();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe('text');
  },
  'an AggregateError': ({ m }) => {
    expect(m.make.errors().errors[0].message).toBe('a');
    expect(m.make.errors()).toBeInstanceOf(AggregateError);
  },
  'a class that extends Map': ({ m }) => {
    expect(m.make.bag().total()).toBe(2);
    expect(m.make.bag().get('a')).toBe(2);
    expect(m.make.bag().size).toBe(1);
    expect(m.make.bag()).toBeInstanceOf(Map);
  },
  'a class that extends Array': ({ m }) => {
    const stack = m.make.stack();
    expect(stack.top()).toBe(2);
    expect(Array.isArray(stack)).toBe(true);
    expect(stack).toHaveLength(2);
    expect(stack).toEqual([1, 2]);
    expect(Array.from(stack.map((x: number) => x + 1))).toEqual([2, 3]);
  },
  'a frozen instance': ({ m }) => {
    expect(Object.isFrozen(m.make.frozen())).toBe(true);
    expect(Object.isFrozen(new m.Point(1, 2))).toBe(false);
  },
  'typeof, and a class called without new': ({ m }) => {
    expect(typeof m.Point).toBe('function');
    expect(() => m.Point()).toThrow(TypeError);
  },
  'the message of a failed check shows the value': ({ m }) => {
    let message = '';
    try {
      expect(new m.Point(1, 2)).toEqual({ x: 1, y: 3 });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/Point \{.*\}|deeply equal/);
  },
  'util.inspect': ({ m }) => {
    expect(inspect(new m.Point(1, 2))).toBe('Point { x: 1, y: 2 }');
    expect(inspect(m.spread([1, { a: [] }]))).toBe('[ 1, { a: [] } ]');
    expect(inspect({ p: m.make.map() })).toMatch(/Map\(1\)/);
    const cycle = m.call(() => m.spread([1]));
    cycle.push(cycle, { cycle });
    expect(inspect(cycle, { depth: Infinity })).toMatch(/Circular/);
  },
  'assert.deepEqual of instances': ({ m }) => {
    assert.deepEqual(new m.Point(1, 2), new m.Point(1, 2));
    assert.throws(() => assert.deepEqual(new m.Point(1, 2), new m.Point(1, 3)));
  },
  'assert.deepStrictEqual': ({ m }) => {
    assert.deepStrictEqual(m.spread([1, { a: 1 }]), [1, { a: 1 }]);
  },
  'an accessor defined by the probe': ({ m }) => {
    const point = new m.Point(1, 2);
    Object.defineProperty(point, 'x', { get: () => 40 });
    expect(point.sum).toBe(43);
    expect(point.x).toBe(40);
  },
  'a prototype set by the probe': ({ m }) => {
    const point = new m.Point(1, 2);
    Object.setPrototypeOf(point, null);
    expect(point.sum).toBe(undefined);
    expect(Object.getPrototypeOf(point)).toBe(null);
  },
};
