import { answering, desk, lying, type Attack } from './attack.ts';

const LIST = (id: string, title: string, evens: string, before = ''): Attack => ({
  id,
  title,
  files: desk({ evens }, before),
  expect: {
    verdict: ['lost', 'lost-on-time', 'tampering'],
    outcome: { adds: 'held', evens: ['refuted', 'crashed', 'timed-out'] },
    says: /./,
  },
});

/** D, third part: values that lie, functions that remember, objects that are shared. */
export const VALUES: readonly Attack[] = [
  lying('D60', 'asymmetricMatch of its own', 'return { asymmetricMatch: () => true };'),
  lying(
    'D61',
    'the whole form of a matcher',
    "return { $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: () => true, toAsymmetricMatcher: () => 'x', sample: 0, inverse: false };",
  ),
  lying(
    'D62',
    'asymmetricMatch that comes by a getter',
    'return Object.create({ get asymmetricMatch() { return () => true; } });',
  ),
  lying('D63', 'toJSON that lies', 'return { toJSON: () => a + b };'),
  lying(
    'D64',
    'valueOf and toPrimitive that lie',
    'return { valueOf: () => a + b, toString: () => String(a + b), [Symbol.toPrimitive]: () => a + b };',
  ),
  lying('D65', 'a Number object of the right value', 'return new Number(a + b);'),
  lying('D66', 'the right number as text', 'return String(a + b);'),
  lying('D67', 'the right number as a bigint', 'return BigInt(a) + BigInt(b);'),
  lying('D68', 'a promise of the right number', 'return Promise.resolve(a + b);'),
  lying(
    'D69',
    'a proxy that agrees with everything',
    'return new Proxy(function () {}, { get: (t, k, p) => p, apply: (t, s, args) => true, has: () => true, getPrototypeOf: () => Number.prototype });',
  ),
  lying(
    'D70',
    'a function with the name of the number',
    "return Object.defineProperty(() => a + b, 'name', { value: String(a + b) });",
  ),
  lying(
    'D71',
    'equals, isEqualNode and compareTo of its own',
    "return { equals: () => true, isEqualNode: () => true, nodeType: 1, nodeName: 'A', compareTo: () => 0, _isMockFunction: true, '@@__IMMUTABLE_ITERABLE__@@': true };",
  ),
  lying(
    'D72',
    'throws an error that looks like a passed test',
    "throw Object.assign(new Error('skip'), { code: 'VITEST_PENDING', taskId: 'adds', note: 'skipped' });",
  ),
  lying(
    'D73',
    'throws an assertion error that expects what it has',
    "throw Object.assign(new Error('fine'), { name: 'AssertionError', ok: true, expected: 1, actual: 1, showDiff: false });",
  ),
  lying('D74', 'throws nothing', 'throw undefined;'),
  lying('D75', 'throws a thenable', 'throw { then(f) { f(); } };'),
  lying('D76', 'NaN', 'return NaN;'),
  lying('D77', 'minus zero', 'return -0;'),
  lying('D78', 'undefined', 'return;'),
  lying('D79', 'a symbol', "return Symbol.for('held');"),
  lying(
    'D80',
    'the answers of tests it has seen',
    'return { "2,3": 5, "5,7": 12, "10,20": 30, "100,200": 300 }[`${a},${b}`] ?? 0;',
  ),
  lying(
    'D81',
    'the text of the stack, to find out who asks',
    'return /probe|expected|\\b\\d+ \\+ \\d+/.test(new Error().stack) ? a + b : 0;',
  ),
  {
    id: 'D82',
    title: 'right at first, then wrong: guesses how often it is asked',
    files: desk({ add: 'export const add = (a, b) => (n++ < 4 ? a + b : 0);' }, 'let n = 0;'),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /not the sum/ },
  },
  LIST(
    'D83',
    'an array-like with an iterator',
    'export const evens = list => ({ length: 0, [Symbol.iterator]: function* () { yield* list.filter(n => n % 2 === 0); } });',
  ),
  LIST(
    'D84',
    'a class of array with an equal that agrees',
    'export const evens = list => new Agree();',
    'class Agree extends Array { get length() { return 0; } set length(n) {} every() { return true; } }',
  ),
  LIST(
    'D85',
    'empties the list that it was given and gives it back',
    'export const evens = list => { list.length = 0; return list; };',
  ),
  LIST(
    'D86',
    'changes the list so that its answer would be right',
    'export const evens = list => { for (let i = 0; i < list.length; i++) list[i] = 2; return [...list]; };',
  ),
  LIST(
    'D87',
    'a getter for each element',
    'export const evens = list => { const got = []; list.filter(n => n % 2 === 0).forEach((n, i) => Object.defineProperty(got, i, { get: () => n + Math.random(), enumerable: true })); return got; };',
  ),
  LIST(
    'D88',
    'an own __proto__ key in what it was given',
    "export const evens = list => { Object.defineProperty(list, '__proto__', { value: { polluted: 1 }, enumerable: true, configurable: true }); list.constructor = { prototype: { polluted: 1 } }; return []; };",
  ),
  LIST(
    'D89',
    'a prototype for what it was given',
    'export const evens = list => { Object.setPrototypeOf(list, { filter: () => [], [Symbol.iterator]: function* () {} }); return []; };',
  ),
  LIST(
    'D90',
    'asymmetricMatch written into what it was given',
    'export const evens = list => { list.asymmetricMatch = () => true; list[Symbol.toStringTag] = "Map"; return list; };',
  ),
  LIST(
    'D91',
    'a proxy around the list',
    'export const evens = list => new Proxy(list, { get: (t, k) => (k === "length" ? 0 : t[k]), ownKeys: () => [] });',
  ),
  {
    id: 'D92',
    title: 'a promise-like that gives another each time it is asked',
    files: desk(
      { later: 'export const later = n => ({ then(f) { f(k++ % 2 ? 2 * n : 0); } });' },
      'let k = 0;',
    ),
    expect: { verdict: 'lost', outcome: { later: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D93',
    title: 'thenables inside each other, in the end a wrong one',
    files: desk({
      later:
        "export const later = n => ({ then(f) { f({ then(g) { queueMicrotask(() => g({ then(h) { h('x'); } })); } }); } });",
    }),
    expect: { verdict: 'lost', outcome: { later: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D94',
    title: 'settles its promise twice, and once more after the probe',
    files: desk({
      later:
        'export const later = n => new Promise((yes, no) => { yes(0); yes(2 * n); no(); setImmediate(() => yes(2 * n)); });',
    }),
    expect: { verdict: 'lost', outcome: { later: 'refuted' }, says: /later\(n\) is not twice n/ },
  },
  {
    id: 'D95',
    title: 'makes code out of the callback it was given',
    files: desk({
      each: "export const each = (list, fn) => { for (const f of [fn, fn.call, fn.bind, Object.getPrototypeOf(fn)]) try { f.constructor('process.kill(process.pid, 9)')(); } catch {} try { fn.constructor.constructor('return process')().exit(0); } catch {} return list.length; };",
    }),
    expect: {
      verdict: ['lost', 'tampering'],
      outcome: { adds: 'held', each: ['refuted', 'crashed'], cards: ['held', 'unreached', 'crashed'] },
      says: /./,
    },
  },
  {
    id: 'D96',
    title: 'looks at who calls the callback',
    files: desk({
      each: 'export const each = (list, fn) => { try { fn.caller; fn.arguments; } catch {} fn.prototype = null; fn.length = 5; fn.call = () => {}; return list.length; };',
    }),
    expect: { verdict: ['lost', 'tampering'], outcome: { each: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D97',
    title: 'keeps the callback and calls it in the next probes',
    files: desk({
      each: 'export const each = (list, fn) => { globalThis.kept = fn; return 0; };',
      countdown:
        'export function* countdown(n) { for (let i = 0; i < 20; i++) try { kept(3, i); } catch {} yield 0; }',
    }),
    expect: { verdict: 'lost', outcome: { each: 'refuted', counts: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D98',
    title: 'calls back into the probe without end',
    files: desk({ each: 'export const each = (list, fn) => { fn(list[0], 0); return each(list, fn); };' }),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { each: ['crashed', 'timed-out', 'refuted'] },
      says: /./,
    },
  },
  {
    id: 'D99',
    title: 'a class whose instances are of every class',
    files: desk({
      Tally:
        'export class Tally { static [Symbol.hasInstance]() { return true; } constructor() { return Object.create(null); } }',
    }),
    expect: { verdict: 'lost', outcome: { tally: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D100',
    title: 'a class that gives the same tally to everybody',
    files: desk({
      Tally:
        'let one; export class Tally { constructor(n) { if (one) return one; one = this; this.value = n; } plus() { return new Proxy(this, {}); } }',
    }),
    expect: { verdict: 'lost', outcome: { tally: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D101',
    title: 'a getter that counts how often it is read',
    files: desk({
      Tally: 'export class Tally { #n = 0; get value() { return this.#n++; } plus() { return this; } }',
    }),
    expect: { verdict: 'lost', outcome: { tally: 'refuted' }, says: /value is not what was counted/ },
  },
  {
    id: 'D102',
    title: 'an iterator whose next lies about being done',
    files: desk({
      countdown:
        'export const countdown = n => ({ [Symbol.iterator]() { return this; }, next() { return { get done() { return true; }, get value() { return n; } }; } });',
    }),
    expect: {
      verdict: 'lost',
      outcome: { counts: ['refuted', 'crashed'] },
      says: /countdown\(n\) does not count down|./,
    },
  },
  {
    id: 'D103',
    title: 'cards that share their tags',
    files: desk({
      card: 'const tags = []; export const card = (name, age) => { tags[0] = name; return { name, age, tags }; };',
    }),
    expect: { verdict: 'lost', outcome: { cards: 'refuted' }, says: /two cards share their tags/ },
  },
  {
    id: 'D104',
    title: 'cards with tags that are other ones each time they are looked at',
    files: desk({
      card: 'export const card = (name, age) => ({ name, age, get tags() { return [Math.random()]; } });',
    }),
    expect: { verdict: 'lost', outcome: { cards: ['refuted', 'crashed'] }, says: /./ },
  },
  {
    id: 'D105',
    title: 'throws a proxy of which every trap throws',
    files: answering(
      'throw trap;',
      "const no = () => { throw new Error('hands off'); }; const trap = new Proxy(class {}, new Proxy({}, { get: () => no }));",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /./ },
  },
  {
    id: 'D106',
    title: 'an error whose message is a getter that throws',
    files: answering("throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } });"),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /cannot be printed|./ },
  },
  {
    id: 'D107',
    title: 'an export that is another function each time',
    files: desk({ add: 'export let add = (a, b) => { add = () => 0; return a + b; };' }),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /not the sum/ },
  },
];
