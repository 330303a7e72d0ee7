import { expect, test } from 'vitest';
import { play, thrown } from './fixtures/play.ts';
import { LIMITS } from './limits.ts';

test('a list that is read again is not sent again, and a changed element is seen', async () => {
  const { it } = await play(`(() => {
    const rows = Array.from({ length: 5000 }, (_, id) => ({ id, name: 'x'.repeat(50) }));
    return { rows, rename: (i, name) => { rows[i].name = name; }, add: () => rows.push({ id: -1 }) };
  })()`);
  const { rows, rename, add } = it;
  expect(rows[7].name).toHaveLength(50);
  rename(7, 'seven');
  expect(rows[7].name).toBe('seven');
  rename(7, 'x'.repeat(50));
  expect(rows[7].name).toBe('x'.repeat(50));
  rows[7].name = 'mine';
  rename(7, 'x'.repeat(50));
  expect(rows[7].name).toBe('x'.repeat(50));
  add();
  expect(rows).toHaveLength(5001);
  expect(rows.at(-1)).toEqual({ id: -1 });
});

test('writes to returned data reach the original', async () => {
  const { it } = await play(`(() => {
    const data = { list: [3, 1, 2], inner: { a: 1, gone: 1 } };
    return { data: () => data, told: () => JSON.stringify(data) };
  })()`);
  const data = it.data();
  data.list.sort();
  data.list.push({ mine: true });
  data.inner.a = 2;
  delete data.inner.gone;
  Object.assign(data.inner, { b: [1] });
  expect(it.told()).toBe('{"list":[1,2,3,{"mine":true}],"inner":{"a":2,"b":[1]}}');
  expect(data).toEqual({ list: [1, 2, 3, { mine: true }], inner: { a: 2, b: [1] } });
});

test('frozen and sealed data stay so on both sides', async () => {
  const { it } = await play(`({
    frozen: Object.freeze({ a: [1] }),
    sealed: Object.seal({ a: 1 }),
    closed: Object.preventExtensions([1]),
    freeze: (x) => Object.freeze(x),
    is: (x) => [Object.isFrozen(x), Object.isSealed(x), Object.isExtensible(x)],
  })`);
  const frozen = it.frozen;
  expect(Object.isFrozen(frozen)).toBe(true);
  expect(thrown(() => (frozen.a = 2))).toBeInstanceOf(TypeError);
  expect(Object.isSealed(it.sealed) && !Object.isFrozen(it.sealed)).toBe(true);
  expect(Object.isExtensible(it.closed)).toBe(false);
  const mine = { a: 1 };
  it.freeze(mine);
  expect(Object.isFrozen(mine)).toBe(true);
  expect(it.is(Object.seal([1]))).toEqual([false, true, false]);
});

test('data of the probe is in step while it awaits, both ways', async () => {
  const { it } = await play(`(x, done) => { setTimeout(() => { x.list.push(x.n); done(); }, 5); }`);
  const x = { n: 1, list: [] as number[] };
  const { promise, resolve } = Promise.withResolvers<void>();
  it(x, resolve);
  x.n = 2;
  await promise;
  expect(x.list).toEqual([2]);
});

test('Maps, Sets, Dates and bytes of the learner are in step, both ways', async () => {
  const { it } = await play(`(() => {
    const map = new Map([['a', 1]]), set = new Set(), date = new Date(0), bytes = new Uint8Array(2);
    return {
      all: () => ({ map, set, date, bytes }),
      change: () => { map.set('b', 2); set.add(1); date.setTime(7); bytes[0] = 9; },
      told: () => [[...map], [...set], +date, [...bytes]],
    };
  })()`);
  const { map, set, date, bytes } = it.all();
  it.change();
  expect([[...map], [...set], +date, [...bytes]]).toEqual([
    [
      ['a', 1],
      ['b', 2],
    ],
    [1],
    7,
    [9, 0],
  ]);
  map.delete('a');
  set.clear();
  date.setTime(8);
  bytes[1] = 3;
  expect(it.told()).toEqual([[['b', 2]], [], 8, [9, 3]]);
  expect(it.all().map).toBe(map);
});

test('shared data beyond the limit is an error that says so, and harms nothing', async () => {
  const { player, it } = await play('(x) => x.length', {});
  const big = () => Array.from({ length: LIMITS.entriesInStep / 4 }, () => 0);
  expect(it(big())).toBe(LIMITS.entriesInStep / 4);
  it(big());
  it(big());
  const error = thrown(() => it([1, big()]));
  expect(error).toMatchObject({ name: 'RangeError', code: 'ERR_BOARD_LIMIT' });
  expect(String(error)).toMatch(/entries of shared data/);
  expect(it([1, 2, 3])).toBe(3);
  expect(player.gone).toBe(null);
});

test.each([
  ['out', `() => 'x'.repeat(${LIMITS.frameBytes})`, []],
  ['in', '(x) => x', ['x'.repeat(LIMITS.frameBytes)]],
  ['as a list', `() => new Array(${LIMITS.entriesPerFrame + 1}).fill(0)`, []],
  ['as a very long empty list', '() => new Array(4e9)', []],
])('a value that is too large is refused, %s', async (_way, text, args) => {
  const { player, it } = await play(text);
  expect(thrown(() => it(...args)?.length)).toMatchObject({ code: 'ERR_BOARD_LIMIT' });
  expect(player.root.make('1')).toBe(1);
});

test('copy makes plain objects of this side', async () => {
  const { player, it } = await play(`(() => {
    class Club { name = 'c'; #secret = 1; get size() { return this.#secret; } }
    const club = new Club();
    return { club, all: [club, club, new Map([[1, new Set([undefined])]]), new Date(3), new Uint8Array([1]), 5n, NaN, [, 1]], f: [() => 1] };
  })()`);
  const all = player.copy(it.all);
  expect(structuredClone(all)).toEqual(all);
  expect(all[0]).toEqual({ name: 'c' });
  expect(all[0]).toBe(all[1]);
  expect(Object.getPrototypeOf(all[0])).toBe(Object.prototype);
  expect(all.slice(2)).toEqual([
    new Map([[1, new Set([undefined])]]),
    new Date(3),
    new Uint8Array([1]),
    5n,
    NaN,
    Object.assign([], { 1: 1 }),
  ]);
  expect(thrown(() => player.copy(it.f))).toBeInstanceOf(TypeError);
  expect(thrown(() => player.copy([1]))).toMatchObject({ code: 'ERR_BOARD_REFUSED' });
});

test('iterate and collect do in one call what a loop does in many', async () => {
  const { player, it } = await play(`(() => {
    let asked = 0;
    return { list: { *[Symbol.iterator]() { asked++; yield 1; yield { a: 2 }; } }, asked: () => asked,
      endless: { *[Symbol.iterator]() { for (let i = 0; ; i++) yield i; } } };
  })()`);
  expect(player.iterate(it.list, 50)).toBe(100);
  expect(it.asked()).toBe(50);
  expect(player.collect(it.list)).toEqual([1, { a: 2 }]);
  expect(player.collect(it.endless, 3)).toEqual([0, 1, 2]);
  expect(thrown(() => player.collect(it.endless))).toMatchObject({ code: 'ERR_BOARD_LIMIT' });
});

test('lending opens an instance with its class, and nothing else', async () => {
  const { player, it } = await play(`(x) => {
    const out = [];
    for (const go of [() => x.own, () => x.method(), () => x.getter, () => { x.setter = 5; return x.own; }, () => x.constructor.create().own, () => x.f.fields])
      try { out.push(go()); } catch (e) { out.push(e.code ?? e.name); }
    return out;
  }`);
  class Service {
    own = 1;
    f = Object.assign(() => 1, { fields: 1 });
    method() {
      return this.own + 1;
    }
    get getter() {
      return this.own + 2;
    }
    set setter(value: number) {
      this.own = value;
    }
    static create() {
      return new Service();
    }
  }
  const no = 'ERR_BOARD_REFUSED';
  expect(it(new Service())).toEqual([1, no, no, no, no, no]);
  expect(it(player.lend(new Service()))).toEqual([1, 2, 3, 5, 1, no]);
});

test('a promise of the probe settles in the player', async () => {
  const { it } = await play(
    `async (p) => { try { return ['ok', await p]; } catch (e) { return [e.name, e.message]; } }`,
  );
  expect(await it(Promise.resolve({ a: 1 }))).toEqual(['ok', { a: 1 }]);
  expect(await it(Promise.reject(new RangeError('no')))).toEqual(['RangeError', 'no']);
});

test('async iteration, and a callback that is async', async () => {
  const { it } = await play(
    `({ async *count(n) { for (let i = 0; i < n; i++) yield i; }, async all(f) { return [await f(1), await f(2)]; } })`,
  );
  const out: number[] = [];
  for await (const i of it.count(3)) out.push(i);
  expect(out).toEqual([0, 1, 2]);
  expect(await it.all(async (x: number) => x * 2)).toEqual([2, 4]);
});

test('calls from timers of the player reach the arbiter while it awaits something else', async () => {
  const { it } = await play(
    `(f) => { let n = 0; const t = setInterval(() => { if (f(++n) === 'stop') clearInterval(t); }, 1); }`,
  );
  const seen: number[] = [];
  await new Promise<void>((done) => {
    it((n: number) => {
      seen.push(n);
      if (n < 5) return 'go';
      done();
      return 'stop';
    });
  });
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test('two players at once do not mix', async () => {
  const a = await play('(x) => ({ x })', {});
  const b = await play('(x) => ({ x })', {});
  const fromA = a.it(1);
  const fromB = b.it(fromA);
  expect(fromB.x).toBe(fromA);
  expect(a.player.owns(fromA) && !b.player.owns(fromA)).toBe(true);
});
