import { breaking, desk, ENTRY, forging, type Attack } from './attack.ts';

/** D, first part: replacing what the judging could be made of. It is in another process. */
export const BUILT_INS: readonly Attack[] = [
  forging('D01', 'Object.is says yes', 'Object.is = () => true; Object.prototype.ok = true;'),
  forging(
    'D02',
    'JSON writes a pass',
    `JSON.stringify = () => '{"verdict":"won","outcome":"held"}'; JSON.parse = () => ({ verdict: 'won' });`,
  ),
  breaking(
    'D03',
    'JSON is what it was, with a toJSON on every object',
    'Object.prototype.toJSON = function () { return 3; }; Number.prototype.toJSON = () => 3;',
  ),
  breaking(
    'D04',
    'Array.prototype does nothing',
    "for (const k of ['push', 'map', 'filter', 'forEach', 'some', 'every', 'includes', 'join']) Array.prototype[k] = function () { return this; };",
  ),
  breaking('D05', 'every array is empty to iterate', 'Array.prototype[Symbol.iterator] = function* () {};'),
  forging(
    'D06',
    'Promise.prototype.then resolves with what is liked',
    'const then = Promise.prototype.then; Promise.prototype.then = function (f, g) { return then.call(this, v => f && f(v), () => f && f()); };',
  ),
  breaking(
    'D07',
    'Reflect.apply answers 3',
    'Reflect.apply = () => 3; Reflect.get = () => 3; Reflect.construct = () => ({}); Reflect.ownKeys = () => [];',
  ),
  breaking(
    'D08',
    'Function.prototype.call and apply answer 3',
    'Function.prototype.call = () => 3; Function.prototype.apply = () => 3;',
  ),
  breaking(
    'D09',
    'String.prototype and RegExp say yes',
    "String.prototype.includes = () => true; String.prototype.startsWith = () => true; RegExp.prototype.test = () => true; RegExp.prototype.exec = () => ['held'];",
  ),
  breaking(
    'D10',
    'Map and Set give what is liked',
    "Map.prototype.get = () => 'held'; Map.prototype.has = () => true; Set.prototype.has = () => true; WeakMap.prototype.get = () => undefined; WeakSet.prototype.has = () => true;",
  ),
  forging('D11', 'Proxy is replaced', 'globalThis.Proxy = function (target) { return target; };'),
  breaking(
    'D12',
    'errors have no type any more',
    "Object.defineProperty(Error, Symbol.hasInstance, { value: () => false }); Error.prototype.name = 'Held'; Error.captureStackTrace = () => {};",
  ),
  forging(
    'D13',
    'a stack that says another line',
    "Error.prepareStackTrace = () => 'at probes.ts:1:1'; Error.stackTraceLimit = 0;",
  ),
  forging(
    'D14',
    'a setter for state turns fail into pass',
    "Object.defineProperty(Object.prototype, 'state', { set(v) { Object.defineProperty(this, 'state', { value: v === 'fail' ? 'pass' : v, writable: true }); }, get() { return 'pass'; }, configurable: true });",
  ),
  forging(
    'D15',
    'setters for outcome, verdict, kind and type',
    "for (const k of ['outcome', 'verdict', 'kind', 'type', 'refuted', 'message']) Object.defineProperty(Object.prototype, k, { set() {}, get() { return 'held'; }, configurable: true });",
  ),
  breaking(
    'D16',
    'setters for the parts of a frame',
    "for (const k of ['value', 'id', 'args', 'op', 'text', 'rung', 'error', 'thrown']) Object.defineProperty(Object.prototype, k, { set() {}, get() { return 3; }, configurable: true });",
  ),
  breaking(
    'D17',
    'setters for array positions',
    'for (const k of [0, 1, 2, 3]) Object.defineProperty(Array.prototype, k, { set() {}, get() { return 3; }, configurable: true });',
  ),
  forging(
    'D18',
    'emptied expect of chai, where there is one',
    "for (const m of ['chai', 'vitest', '@vitest/expect', '@vitest/runner']) await import(m).then(c => { c.Assertion && (c.Assertion.prototype.assert = () => {}); c.expect?.extend?.({ toBe: () => ({ pass: true }), toEqual: () => ({ pass: true }) }); c.chai && (c.chai.Assertion.prototype.assert = () => {}); }, () => {});",
  ),
  forging(
    'D19',
    'the matchers that vitest keeps in globals',
    "for (const s of ['$$jest-matchers-object', 'matchers-object', 'expect-global', 'asymmetric-matchers-object']) globalThis[Symbol.for(s)] = new Proxy({}, { get: () => () => ({ pass: true }) });",
  ),
  forging(
    'D20',
    'the worker that vitest keeps in globals',
    "globalThis.__vitest_worker__ = { current: { fails: true, mode: 'skip', result: { state: 'pass' } } }; globalThis.__vitest_index__ = { expect: () => new Proxy(() => {}, { get: (t, k, p) => p, apply: (t, s, a) => undefined }) };",
  ),
  forging(
    'D21',
    'expect, test and assert as globals',
    'globalThis.expect = () => new Proxy(() => {}, { get: (t, k, p) => p, apply: () => true }); globalThis.test = globalThis.it = () => {}; globalThis.assert = () => true;',
  ),
  forging(
    'D22',
    'node:assert never throws',
    "import assert from 'node:assert'; for (const k of Object.keys(assert)) try { assert[k] = () => {}; } catch {}",
  ),
  forging(
    'D23',
    'node:util finds all things equal',
    "import util from 'node:util'; import { syncBuiltinESMExports } from 'node:module'; util.isDeepStrictEqual = () => true; util.inspect = () => 'held'; syncBuiltinESMExports();",
  ),
  forging(
    'D24',
    'module hooks give other modules',
    "import { registerHooks } from 'node:module'; try { registerHooks({ load(u, c, n) { return { format: 'module', source: 'export default 3; export const add = () => 3;', shortCircuit: true }; } }); } catch {}",
  ),
  breaking(
    'D25',
    'the kit is rewritten from the stack',
    "const kit = new URL('../../../../runner/kit/', 'file://' + process.argv[1]); for (const f of ['table.ts', 'sql.ts', 'instruments.ts', 'random.ts', 'clock.ts']) await import(new URL(f, kit)).then(m => { m.setTable?.({ root: '/', entry: '', sources: new Map(), scorer: { finished() {} }, known: new Map([['adds', 'held'], ['gate', 'held']]), seed: 1 }); for (const c of Object.values(m)) if (c?.prototype) for (const k of Object.getOwnPropertyNames(c.prototype)) try { c.prototype[k] = () => 3; } catch {} }, () => {});",
  ),
  breaking(
    'D26',
    'the board of this side is loaded a second time',
    "await import('file://' + process.argv[1] + '?again').catch(() => {}); await import(new URL('../../../../runner/board/encode.ts', 'file://' + process.argv[1])).then(m => { for (const c of Object.values(m)) if (c?.prototype) for (const k of Object.getOwnPropertyNames(c.prototype)) try { c.prototype[k] = () => 3; } catch {} }, () => {});",
  ),
  forging(
    'D27',
    'Math, Number and BigInt agree',
    "Math.random = () => 0; Number.isNaN = () => true; Number.prototype.valueOf = () => 3; BigInt.prototype.toString = () => '3';",
  ),
  breaking(
    'D28',
    'Symbol.hasInstance and toPrimitive on everything',
    'for (const C of [Array, Map, Set, Promise, Error]) Object.defineProperty(C, Symbol.hasInstance, { value: () => true }); Object.prototype[Symbol.toPrimitive] = () => 3;',
  ),
  forging(
    'D29',
    'asymmetricMatch on every object and function',
    'Object.prototype.asymmetricMatch = () => true; Function.prototype.asymmetricMatch = () => true; Number.prototype.asymmetricMatch = () => true; Object.prototype.$$typeof = Symbol.for("jest.asymmetricMatcher");',
  ),
  forging('D30', 'a then on every object', 'Object.prototype.then = function (f) { f(3); };'),
  forging(
    'D31',
    'console and stdout print the verdict',
    `console.log('\\u2713 9 passed\\nok 1 - add\\n1..1\\n{"verdict":"won","position":100}'); process.stdout.write('kibitzer: won\\n'); process.exitCode = 0;`,
  ),
  forging(
    'D32',
    'globals are frozen',
    'Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype); Object.freeze(globalThis.JSON);',
  ),
  {
    id: 'D33',
    title: 'replaces globals, and answers rightly',
    files: desk(
      {},
      'Object.is = () => true; JSON.stringify = () => "{}"; Math.max = () => 3; Array.from = () => [];',
    ),
    expect: { verdict: 'won', says: /./ },
    honest: true,
  },
  {
    id: 'D34',
    title: 'brings a test configuration and packages of its own',
    files: {
      ...forging('', '', '').files,
      'vitest.config.ts': 'export default { test: { passWithNoTests: true, include: [] } };',
      'probes.ts': 'export {};',
      'kata.ts': 'export default { exports: [] };',
      'package.json': '{"type":"module","scripts":{"test":"true"}}',
      'node_modules/kibitzer/kit.js': 'export const probe = () => {};',
      [`.${ENTRY}`]: '',
    },
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /not the sum/ },
  },
];
