import { describe, expect, test } from 'vitest';
import { structureOf } from './structure.ts';

const of = (...files: string[]) =>
  structureOf(
    Object.fromEntries(files.map((code, i) => [i === 0 ? 'a.js' : `part-${i}.js`, { code, map: null }])),
  );

describe('a constant', () => {
  const DAY = [86_400_000];
  test.each([
    ['as a number', 'const a = 1;\nexport const end = (t) =>\n  t + 86_400_000;', 3],
    ['as a product', 'export const end = (t) => {\n  return t + 24 * 60 * 60 * 1000;\n};', 2],
    ['by a name', 'const DAY = 864e5;\nexport const end = (t) => t + DAY;', 2],
    [
      'by a name that says nothing',
      'const v1 = 3_600_000;\nconst v2 = 24 * v1;\nexport const end = (t) => t + v2;',
      3,
    ],
    ['added in place', 'const D = 864e5;\nexport function end(t) {\n  t += D;\n  return t;\n}', 3],
    [
      'with that operator before one with another',
      'export const end = (t) =>\n  Math.floor(t / 864e5)\n  + 864e5;',
      3,
    ],
    [
      'with another operator, where there is no better',
      'const D = 864e5;\nexport const end = (t) => t % D;',
      2,
    ],
    ['where it stands, if nothing more is done with it', 'export const end = (t) =>\n  later(t, 864e5);', 2],
  ])('%s', (_how, code, line) => {
    expect(of(code).constant(DAY, ['+', '+='])).toMatchObject({ file: 'a.js', line });
  });

  test('from another file', () => {
    const { constant } = of(
      "import { D } from './part-1.js';\nexport const end = (t) => t + D;",
      'const D = 864e5;\nexport { D };',
    );
    expect(constant(DAY, ['+'])).toMatchObject({ file: 'a.js', line: 2 });
  });

  test.each([
    'export const end = (t) => t + 864e4;',
    'let D = 1;\nexport const end = (t) => t + D;',
    'const A = B, B = A;',
  ])('is not in %j', (code) => expect(of(code).constant(DAY, ['+'])).toBeNull());
});

describe('a function that only asks', () => {
  /** The function around the mark `/*?*\/`. */
  const asks = (code: string): boolean => {
    const [before] = code.split('/*?*/') as [string];
    const lines = before.split('\n');
    return of(code).asksOnly({
      file: 'a.js',
      line: lines.length,
      column: lines.at(-1)!.length + 1,
      fn: null,
      isAsync: false,
    });
  };
  test.each([
    'const now = () => /*?*/Date.now();',
    'function now() {\n  return /*?*/Date.now();\n}\nexport const f = () => now();',
    'const clock = { now() { const d = /*?*/new Date(); return d.getTime(); } };',
    "import { randomInt } from 'node:crypto';\nconst int = (below) => /*?*/randomInt(below);",
    'const EPOCH = 5;\nclass Clock { now() { return /*?*/Date.now() - EPOCH; } }',
  ])('%j', (code) => expect(asks(code)).toBe(true));

  test.each([
    'const start = (d) => d;\nexport const isEarly = (d) => /*?*/Date.now() < start(d);',
    'export const buy = () => ({ at: /*?*/Date.now() });',
    'export const buy = (a, b) => /*?*/Date.now() + a + b;',
    'export function buy() {\n  if (x) return 1;\n  return /*?*/Date.now();\n}',
    "import { early } from './early.js';\nexport const isEarly = (d) => early(/*?*/Date.now(), d);",
    '/*?*/Date.now();',
  ])('is not %j', (code) => expect(asks(code)).toBe(false));
});
