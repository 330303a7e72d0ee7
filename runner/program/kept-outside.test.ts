import { expect, test } from 'vitest';
import { structureOf } from './structure.ts';

const of = (...files: string[]) =>
  structureOf(
    Object.fromEntries(files.map((code, i) => [i === 0 ? 'a.js' : `part-${i}.js`, { code, map: null }])),
  );

const IMPORT = "import { DatabaseSync as D } from 'node:sqlite';\n";

test.each([
  ['a variable that a function assigns', 'let a = 0;\nlet b;\nexport const f = () => (b ??= new D(""));', 3],
  [
    'what is made by a helper',
    'let b;\nconst open = () => new D("");\nexport const f = () => { b = open(); };',
    2,
  ],
  ['an instance', 'const n = [];\nconst b = new D("");\nexport const f = () => b.exec("");', 3],
  ['a map', 'const m = new Map();\nexport const f = (k) => m.set(k, new D(k));', 2],
  ['an object that is filled', 'const m = {};\nexport const f = (k) => {\n  m[k] ??= new D(k);\n};', 2],
  [
    'a static field',
    'class A {\n  static #b;\n  static f = () => (A.#b ??= new D(""));\n}\nexport { A };',
    3,
  ],
  ['what a closure keeps', 'export const f = (() => {\n  let b;\n  return () => (b = new D(""));\n})();', 3],
])('%s', (_what, code, line) => {
  expect(of(IMPORT + code).keptOutside('DatabaseSync')).toMatchObject({ file: 'a.js', line });
});

test.each([
  'const LIMIT = 5;\nconst names = ["a"];\nexport const f = (x) => names.map((n) => n + x + LIMIT);',
  'export const f = () => { let b; const set = () => { b = new D(""); }; set(); return b; };',
  'const AT = /a/;\nexport const f = (o) => { o.b = new D(""); };',
])('nothing is kept in %j', (code) => expect(of(IMPORT + code).keptOutside('DatabaseSync')).toBeNull());

test('by a member that is read of it, or the key under which it is handed out', () => {
  const { keptOutside } = of(
    'let n = 0;\nlet s = {};\nlet t;\nexport const f = (o) => { s = o; n++; t = o.x; return { total: n, c: s.currency, u: t.z }; };',
  );
  expect(keptOutside('currency')?.line).toBe(2);
  expect(keptOutside('total')?.line).toBe(1);
  expect(keptOutside('z')?.line).toBe(3);
  expect(keptOutside('whatever')?.line).toBe(1);
});

test('what has it put in, over and over', () => {
  const { keptOutside } = of(
    'let s;\nconst all = [];\nexport const f = (o) => { s = o; if (s.notify) all.push(o.notify); };',
  );
  expect(keptOutside('notify')?.line).toBe(1);
  expect(keptOutside('notify', { gathers: true })?.line).toBe(2);
});

test('in another file', () => {
  const { keptOutside } = of(
    `${IMPORT}import { s } from './part-1.js';\nconst n = new Map();\nexport const f = () => { s.b = new D(''); n.set(1, 2); };`,
    'const x = 1;\nexport const s = {};',
  );
  expect(keptOutside('DatabaseSync')).toMatchObject({ file: 'part-1.js', line: 2 });
});
