import { expect, test, vi } from 'vitest';
import { play, thrown } from './fixtures/play.ts';

/** Ways of a returned or mutated value to decide a comparison by itself. */
const LIES = {
  'an asymmetric matcher': `({ asymmetricMatch: () => true, $$typeof: Symbol.for('jest.asymmetricMatcher') })`,
  'a matcher class': `new (class { asymmetricMatch() { return true; } toAsymmetricMatcher() { return 'x'; } })()`,
  'a matcher behind a prototype': `Object.create({ asymmetricMatch: () => true })`,
  'a matcher in an error': `Object.assign(new Error('x'), { asymmetricMatch: () => true })`,
  'an error of a matching class': `new (class extends Error { asymmetricMatch() { return true; } })('x')`,
  'a matcher in a list': `[{ asymmetricMatch: () => true }]`,
  'a matcher without a prototype': `Object.assign(Object.create(null), { asymmetricMatch: () => true })`,
  'a getter of a matcher': `({ get asymmetricMatch() { return () => true; } })`,
  'a proxy that says yes to everything': `new Proxy({}, { get: () => () => true, has: () => true })`,
  'a poser as a Set': `({ constructor: Set, size: 2, [Symbol.toStringTag]: 'Set', *[Symbol.iterator]() {}, has: () => true })`,
  'a poser as a Set by its prototype': `Object.create({ get constructor() { return Set; }, get size() { return 2; }, get [Symbol.toStringTag]() { return 'Set'; }, *[Symbol.iterator]() {}, has() { return true; } })`,
  'a poser as a Map': `({ constructor: Map, size: 2, [Symbol.toStringTag]: 'Map', *[Symbol.iterator]() {}, has: () => true, get: () => 1 })`,
  'a poser as an immutable Set': `({ size: 2, '@@__IMMUTABLE_SET__@@': true, '@@__IMMUTABLE_ITERABLE__@@': true, *[Symbol.iterator]() {} })`,
  'a poser as a DOM node': `({ nodeType: 1, nodeName: 'P', isEqualNode: () => true })`,
  'a poser as a moment': `({ [Symbol.toStringTag]: 'Temporal.Instant', equals: () => true, toString: () => 'x' })`,
  'a Set that lies about itself': `Object.assign(new Set([7, 8]), { has: () => true })`,
  'a sub-Set with an empty iterator': `new (class extends Set { *[Symbol.iterator]() {} })([7, 8])`,
  'a URL with another face': `Object.defineProperty(new URL('http://a/'), 'href', { get: () => 'http://b/' })`,
};

const SECRETS: [string, unknown][] = [
  ['an object', { secret: 1, size: 2 }],
  ['a list', [1, 'secret']],
  ['a Set', new Set([1, 2])],
  [
    'a Map',
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ],
  ['an error', new Error('secret')],
  ['a date', new Date(5)],
  ['a URL', new URL('http://secret/')],
  ['a node', { nodeType: 1, nodeName: 'P', isEqualNode: () => false, secret: 1 }],
  [
    'an iterable',
    {
      *[Symbol.iterator]() {
        yield 1;
      },
      size: 2,
    },
  ],
];

test('no lie equals anything', async () => {
  const { player } = await play('1');
  player.deadline = Infinity;
  for (const [lie, text] of Object.entries(LIES)) {
    const it = player.root.make(`() => ${text}`);
    for (const [name, secret] of SECRETS) {
      const failed = (check: () => void) => expect(thrown(check), `${lie} passed for ${name}`).toBeDefined();
      const pairs = [
        [it(), secret],
        [secret, it()],
        [{ in: it() }, { in: secret }],
        [{ in: secret }, { in: it() }],
      ];
      for (const [a, b] of pairs) {
        failed(() => expect(a).toEqual(b));
        failed(() => expect(a).toStrictEqual(b));
        failed(() => expect([a]).toContainEqual(b));
      }
      // Some secrets have no fields of their own, which any object matches.
      if (thrown(() => expect({}).toMatchObject(secret as object))) {
        failed(() => expect(it()).toMatchObject(secret as object));
      }
    }
  }
  expect(player.gone).toBe(null);
}, 60_000);

test.each([
  ['an object', () => ({ a: 1 }), (lie: string) => `(x) => { Object.assign(x, ${lie}); }`],
  ['a list', () => [1], (lie: string) => `(x) => { x[0] = ${lie}; }`],
  ['a map', () => new Map([['a', 1]]), (lie: string) => `(x) => { x.set('a', ${lie}); }`],
  [
    'an instance',
    () =>
      new (class {
        a = 1;
      })(),
    (lie: string) => `(x) => { try { Object.assign(x, ${lie}); } catch {} }`,
  ],
])('%s of the probe cannot be turned into a matcher', async (_name, make, mutate) => {
  const { it } = await play(mutate(`{ asymmetricMatch: () => true }`));
  const mine = make();
  it(mine);
  expect('asymmetricMatch' in mine).toBe(false);
  expect(thrown(() => expect(mine).toEqual({ secret: 1 }))).toBeDefined();
});

test('a function that poses as a mock is none', async () => {
  const { it } = await play(
    `Object.assign(() => 1, { _isMockFunction: true, getMockName: () => 'f', mock: { calls: [[1]], results: [] } })`,
  );
  expect(vi.isMockFunction(it)).toBe(false);
  expect(thrown(() => expect(it).toHaveBeenCalledTimes(1))).toBeDefined();
});

const CODE = `'globalThis.boardOwned = 1'`;

test.each([
  ['an async callback', async () => 1, `(f) => f.constructor(${CODE})()`],
  ['a callback', () => 1, `(f) => f.constructor(${CODE})()`],
  [
    'a generator',
    (function* () {
      yield 1;
    })(),
    `(g) => Object.getPrototypeOf(g).constructor.constructor(${CODE})().next()`,
  ],
  [
    'a generator, deeper',
    (function* () {
      yield 1;
    })(),
    `(g) => g.constructor.constructor.constructor(${CODE})()`,
  ],
  ['a generator function', function* () {}, `(f) => f.constructor(${CODE})().next()`],
  ['a class', class {}, `(C) => C.constructor(${CODE})()`],
  ['an instance', new (class Q {})(), `(q) => q.constructor.constructor(${CODE})()`],
  ['an object', { f() {} }, `(o) => o.f.constructor(${CODE})()`],
  ['an error', new RangeError('x'), `(e) => e.constructor.constructor(${CODE})()`],
  ['a signal', new AbortController().signal, `(s) => s.addEventListener.constructor(${CODE})()`],
  ['bind', () => 1, `(f) => f.call.call(f.bind.constructor, null, ${CODE})()`],
])('no road from %s to code in the arbiter', async (_name, value, text) => {
  const { it, player } = await play(text);
  try {
    await it(value);
  } catch {
    // refused, or ran over there
  }
  expect((globalThis as Record<string, unknown>)['boardOwned']).toBe(undefined);
  expect(player.gone).toBe(null);
});

test.each([
  ['Function', Function],
  // oxlint-disable-next-line no-eval
  ['eval', eval],
  ['AsyncFunction', (async () => {}).constructor],
  ['globalThis', globalThis],
  ['process', process],
  ['Reflect.apply', Reflect.apply],
  ['Function.prototype.call', Function.prototype.call],
  ['Array.prototype', Array.prototype],
  ['a WeakMap', new WeakMap()],
  ['a DataView', new DataView(new ArrayBuffer(1))],
])('%s is not handed out', async (_name, value) => {
  const { it } = await play('(x) => x');
  expect(thrown(() => it(value))).toMatchObject({ code: 'ERR_BOARD_REFUSED' });
  expect(it(1)).toBe(1);
});

test('functions can be called and nothing else', async () => {
  const { it } = await play(`(f, act) => {
    try { return act === 'set' ? (f.call = 1) : act === 'read' ? f.fields : act === 'proto' ? f.prototype : new f(); } catch (e) { return e.code ?? e.name; }
  }`);
  const f = Object.assign(function () {}, { fields: 1 });
  for (const act of ['set', 'read', 'proto', 'new']) expect(it(f, act)).toBe('ERR_BOARD_REFUSED');
});

test('a failed check in a callback does not tell what was expected, and still reaches the probe', async () => {
  const { player, it } = await play(
    `(f) => { try { f(1); } catch (e) { globalThis.seen = e.message + JSON.stringify({ ...e }) + e.stack; throw e; } }`,
  );
  const error = thrown(() => it((x: unknown) => expect(x).toBe('the secret'))) as Error;
  expect(error.message).toMatch(/the secret/);
  expect(player.root.make('globalThis.seen')).toMatch(/a check of the probe failed/);
  expect(player.root.make('globalThis.seen')).not.toMatch(/secret|board/);
});

test('nothing was added to what all objects inherit', () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.keys(Array.prototype)).toEqual([]);
  expect('bad' in {}).toBe(false);
});
