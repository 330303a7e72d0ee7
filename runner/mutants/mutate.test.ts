import { describe, expect, test } from 'vitest';
import { stripTypes } from '../program/strip.ts';
import { mutate, MUTATORS } from './mutate.ts';

/** What takes the place of what, by the mutators of a kind. */
function changes(kind: string, text: string): string[] {
  return mutate('a.ts', { text, code: stripTypes(text) })
    .filter((m) => m.kind === kind)
    .map((m) => `${m.original} → ${m.replacement}`);
}

/** The whole text of each mutant of a kind. */
function texts(kind: string, text: string): string[] {
  return mutate('a.ts', { text, code: stripTypes(text) })
    .filter((m) => m.kind === kind)
    .map((m) => m.text);
}

describe('operators', () => {
  test('arithmetic, but not where text is joined', () => {
    expect(changes('arithmetic', 'f(a + b * c);')).toEqual(['a + b * c → a - b * c', 'b * c → b / c']);
    expect(changes('arithmetic', "f(a + '!'); f('#' + a + b); f(`x` + a);")).toEqual([]);
  });

  test('boundaries and negated comparisons', () => {
    expect(changes('equality', 'f(a < b);')).toEqual(['a < b → a <= b', 'a < b → a >= b']);
    expect(changes('equality', 'f(a !== b);')).toEqual(['a !== b → a === b']);
  });

  test('logic: parts stay together, and a default is dropped or always taken', () => {
    expect(texts('logical', 'f(a || b || c);')).toEqual(['f((a || b) && c);', 'f((a && b) || c);']);
    expect(texts('logical', 'f(a ?? b);')).toEqual(['f(a && b);', 'f(a);', 'f(b);']);
  });

  test('conditions are always or never true, and no mutant is made twice', () => {
    expect(changes('conditional', 'if (a) f();')).toEqual(['a → true', 'a → false']);
    expect(changes('conditional', 'while (a) f();')).toEqual(['a → false']);
    expect(texts('conditional', 'f(a > 1 || b);')).toEqual(['f(true);', 'f(false);', 'f(false || b);']);
    expect(texts('conditional', 'f(x ? 1 : 2);')).toEqual(['f(true ? 1 : 2);', 'f(false ? 1 : 2);']);
  });

  test('unary, update and assignment', () => {
    expect(changes('unary', 'f(!a, -b);')).toEqual(['!a → a', '-b → b']);
    expect(texts('update', 'i++; --j;')).toEqual(['i--; --j;', 'i++; ++j;']);
    expect(texts('assignment', "a += 1; b += 'x'; c ??= 2;")).toEqual([
      "a -= 1; b += 'x'; c ??= 2;",
      "a += 1; b += 'x'; c &&= 2;",
    ]);
  });
});

describe('values', () => {
  test('texts are emptied, empty ones are not; names of modules and keys stay', () => {
    expect(changes('string', "import 'x'; f('a', ''); g({ 'k': `b${c}` });")).toEqual([
      "'a' → ''",
      "'' → 'mutant'",
      '`b${c}` → ``',
    ]);
  });

  test('arrays: emptied, and a copy that is none', () => {
    expect(changes('array', 'f([a, b], [...c], []);')).toEqual([
      '[a, b] → []',
      '[...c] → []',
      '[...c] → (c)',
      "[] → ['mutant']",
    ]);
  });

  test('objects: emptied, and without each property', () => {
    expect(texts('object', 'f({ a, b: 1, c });')).toEqual([
      'f({});',
      'f({ b: 1, c });',
      'f({ a, c });',
      'f({ a, b: 1 });',
    ]);
  });

  test('patterns: valid ones only, flags too', () => {
    const found = changes('regex', 'f(/^[&<]+$/g);');
    expect(found).toContain('/^[&<]+$/g → /[&<]+$/g');
    expect(found).toContain('/^[&<]+$/g → /^[<]+$/g');
    expect(found).toContain('/^[&<]+$/g → /^[&<]+$/');
    for (const one of found) {
      const [, pattern, flags] = /→ \/(.*)\/(\w*)$/.exec(one)!;
      expect(() => new RegExp(pattern!, flags)).not.toThrow();
    }
  });

  test('numbers are off by one, truth is turned', () => {
    expect(changes('number', 'f(9);')).toEqual(['9 → 10']);
    expect(changes('boolean', 'f(true);')).toEqual(['true → false']);
  });

  test('queries, in strings and in the fixed parts of templates', () => {
    expect(changes('sql', "f('SELECT a FROM t WHERE b < 1 AND c = 2 ORDER BY a');")).toEqual(
      [
        'b <= 1 AND c = 2 ORDER BY a',
        'b >= 1 AND c = 2 ORDER BY a',
        'b < 1 AND c <> 2 ORDER BY a',
        'b < 1 OR c = 2 ORDER BY a',
        'b < 1 AND c = 2',
      ].map((end) => `'SELECT a FROM t WHERE b < 1 AND c = 2 ORDER BY a' → 'SELECT a FROM t WHERE ${end}'`),
    );
    expect(texts('sql', 'f(`UPDATE t SET a = 1 WHERE ${B} AND id = ?`);')).toEqual([
      'f(`UPDATE t SET a = 1 WHERE ${B} AND id <> ?`);',
      'f(`UPDATE t SET a = 1 WHERE ${B} OR id = ?`);',
    ]);
    expect(texts('sql', "f('BEGIN IMMEDIATE'); f('Tom = Jerry');")).toEqual([
      "f('BEGIN'); f('Tom = Jerry');",
    ]);
  });
});

describe('flow', () => {
  test('blocks, statements and arrows do nothing', () => {
    expect(texts('block', 'function f() { g(); }')).toEqual(['function f() {}']);
    expect(texts('statement', "'use strict'; function f() { g(); return 1; }")).toEqual([
      "'use strict'; function f() { ; return 1; }",
      "'use strict'; function f() { g(); ; }",
    ]);
    expect(texts('arrow', 'const f = (a: string): string => a;')).toEqual(['const f = () => undefined;']);
  });

  test('waiting, optional chaining and defaults are left out; types stay', () => {
    expect(texts('await', 'async function f() { return g(await h()); }')).toEqual([
      'async function f() { return g(h()); }',
    ]);
    expect(texts('optional-chaining', 'f(a?.b, c?.[0], d?.());')).toEqual([
      'f(a.b, c?.[0], d?.());',
      'f(a?.b, c[0], d?.());',
      'f(a?.b, c?.[0], d());',
    ]);
    expect(texts('default', 'function f(o: { a?: number } = {}) { return o; }')).toEqual([
      'function f(o: { a?: number } ) { return o; }',
    ]);
  });
});

describe('calls', () => {
  test('methods are taken for others', () => {
    expect(texts('method', 'f(b.min(c), d.replaceAll(e, g), h.getUTCDay());')).toEqual([
      'f(b.max(c), d.replaceAll(e, g), h.getUTCDay());',
      'f(b.min(c), d.replace(e, g), h.getUTCDay());',
      'f(b.min(c), d.replaceAll(e, g), h.getDay());',
    ]);
  });

  test('the argument, or the receiver, goes on without the call', () => {
    expect(texts('argument', 'x = esc(a); new Safe(b); y = lock(() => c);')).toEqual([
      'x = a; new Safe(b); y = lock(() => c);',
      'x = esc(a); new Safe(b); y = (() => c)();',
    ]);
    expect(texts('receiver', 'x = a.b(c); Math.floor(d); a.b(c);')).toEqual([
      'x = a; Math.floor(d); a.b(c);',
    ]);
  });

  test('what was asked once is asked again', () => {
    expect(texts('again', 'const a = now(); f(a, { a });')).toEqual([
      'const a = now(); f((now()), { a });',
      'const a = now(); f(a, { a: (now()) });',
    ]);
    expect(
      texts(
        'again',
        'let a = now(); const b = 1; const c = { d: () => now() }; const e = new E(); f(a, b, c, e);',
      ),
    ).toEqual([]);
  });
});

test('a mutant says where it is, in the functions around it, with its lines before and after', () => {
  const text =
    'export function f(): number {\n  const g = (a: number) =>\n    a < 1 ? 2 : 3;\n  return g(4);\n}\n';
  const found = mutate('a.ts', { text, code: stripTypes(text) }).find((m) => m.kind === 'equality');
  expect(found).toMatchObject({
    line: 3,
    column: 7,
    within: 'f.g',
    original: 'a < 1',
    replacement: 'a <= 1',
    was: 'a < 1 ? 2 : 3;',
    becomes: 'a <= 1 ? 2 : 3;',
  });
  expect(found!.text).toBe(text.replace('a < 1', 'a <= 1'));
});

test('every mutator has a kind of its own', () => {
  const kinds = MUTATORS.map((m) => m.kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});
