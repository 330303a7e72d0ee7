import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedStatements, normalise, normaliseProgram } from './normalise.ts';
import { toJavaScript } from './javascript.ts';

const hash = (code: string) => normalise(code).hash;
const changed = (a: string, b: string) => changedStatements(normalise(a), normalise(b));

const CLUB = `import { randomUUID } from 'node:crypto';

const LETTER = 'Dear member';

export function openClub(db, clock) {
  const late = db.prepare("SELECT * FROM member WHERE paid_until < ?");
  return {
    suspendOverdue(day) {
      const rows = late.all(day);
      for (const { email, name: who = 'member' } of rows) {
        if (!email) continue;
        db.prepare('UPDATE member SET status = ? WHERE email = ?').run('suspended', email);
      }
      return rows.map((row) => ({ id: randomUUID(), to: row.email, text: LETTER, at: clock.now() }));
    },
  };
}
`;

describe('what is no move', () => {
  it.each<[string, string, string]>([
    ['quotes', `f('a', "b", \`c\`);`, `f("a", 'b', 'c');`],
    ['semicolons', 'const a = 1;\nf(a);;\n', 'const a = 1\nf(a)'],
    ['trailing commas', 'f([1, 2], { a: 1 }, (b, c) => b);', 'f([1, 2,], { a: 1, }, (b, c,) => b,);'],
    ['parentheses', 'const f = a => a + (b * 2);', 'const f = (a) => (a + b * 2);'],
    ['parentheses of a chain of conditions', 'f(a && (b && c));', 'f(a && b && c);'],
    ['comments', '// x\nf(/* y */ 1); // z', 'f(1)'],
    ['blank lines', 'f(1)\n\n\n\ng(2)', 'f(1); g(2)'],
    ['CRLF', 'f(`a\nb`);\ng();', 'f(`a\r\nb`);\r\ng();\r\n'],
    [
      'braces',
      'for (const a of b) if (a) f(a); else g();',
      'for (const a of b) {\n  if (a) {\n    f(a);\n  } else {\n    g();\n  }\n}',
    ],
    ['an empty branch', 'if (a) ; else b();', 'if (a) {} else b();'],
    [
      'shorthand',
      'const a = 1; f({ a }); const { b } = c; g(b);',
      'const a = 1; f({ a: a }); const { b: b } = c; g(b);',
    ],
    ['quoted keys', 'f({ a: 1, 2: 3 }); class A { b() {} }', `f({ 'a': 1, '2': 3 }); class A { 'b'() {} }`],
    ['how a number is written', 'f(1000, 255, 0.5, 10n);', 'f(1_000, 0xff, .50, 0xan);'],
    ['an export of types only', 'export const a = 1;', 'export const a = 1; export {};'],
  ])('%s', (_, a, b) => {
    expect(hash(a)).toBe(hash(b));
    expect(changed(a, b)).toBe(0);
  });

  it.each<[string, string, string]>([
    ['a local', 'const a = 1; f(a);', 'const b = 1; f(b);'],
    ['parameters', 'export function f(a, b) { return a - b; }', 'export function f(x, y) { return x - y; }'],
    [
      'parameters, crosswise',
      'export function f(a, b) { return a - b; }',
      'export function f(b, a) { return b - a; }',
    ],
    [
      'a function that is not exported',
      'function f() { return g(f); } f();',
      'function h() { return g(h); } h();',
    ],
    [
      'a class that is not exported',
      'class A { static a = new A(); } f(A);',
      'class B { static a = new B(); } f(B);',
    ],
    [
      'a shadowed name',
      'const a = 1; { const a = 2; f(a); } f(a);',
      'const a = 1; { const b = 2; f(b); } f(a);',
    ],
    [
      'a closure',
      'const n = 0; const f = () => () => n; g(f);',
      'const m = 0; const h = () => () => m; g(h);',
    ],
    [
      'destructuring with defaults',
      'const { a, b: { c = 1 } = {}, ...d } = o; f(a, c, d);',
      'const { a: x, b: { c: y = 1 } = {}, ...z } = o; f(x, y, z);',
    ],
    ['array patterns', 'const [a, , b = a] = o; f(a, b);', 'const [x, , y = x] = o; f(x, y);'],
    ['an assignment to a pattern', 'let a; ({ a } = o); f(a);', 'let b; ({ a: b } = o); f(b);'],
    ['a catch parameter', 'try { f(); } catch (e) { g(e); }', 'try { f(); } catch (error) { g(error); }'],
    [
      'a label',
      'a: for (;;) { b: for (;;) { continue a; break b; } }',
      'x: for (;;) { y: for (;;) { continue x; break y; } }',
    ],
    [
      'a private name',
      'class A { #a = 1; get b() { return this.#a; } has(o) { return #a in o; } } f(A);',
      'class A { #z = 1; get b() { return this.#z; } has(o) { return #z in o; } } f(A);',
    ],
    [
      'private names of nested classes',
      'f(class { #a; g() { return class { #a; h(o) { return o.#a; } }; } });',
      'f(class { #a; g() { return class { #b; h(o) { return o.#b; } }; } });',
    ],
    ['an imported name', `import { a } from 'm'; f(a);`, `import { a as b } from 'm'; f(b);`],
    [
      'a default import and a namespace',
      `import a, * as b from 'm'; f(a, b);`,
      `import x, * as y from 'm'; f(x, y);`,
    ],
    ['the local behind an export', 'const a = 1; export { a };', 'const b = 1; export { b as a };'],
    ['a function expression', 'f(function g() { return g; });', 'f(function h() { return h; });'],
    ['a hoisted function', 'f(); function f() {}', 'g(); function g() {}'],
    ['a name in a template', 'const a = 1; f(`x${a}y`);', 'const b = 1; f(`x${b}y`);'],
    [
      'a default export',
      'export default function a() { return a; }',
      'export default function b() { return b; }',
    ],
    ['a parameter used by a default', 'f((a, b = a) => b);', 'f((x, y = x) => y);'],
    [
      'top-level await',
      'const a = await f(); for await (const b of a) g(b);',
      'const x = await f(); for await (const y of x) g(y);',
    ],
    ['a var declared twice', 'var a = 1; var a = 2; f(a);', 'var b = 1; var b = 2; f(b);'],
    [
      'a static block',
      'f(class { static { const a = 1; g(a); } });',
      'f(class { static { const b = 1; g(b); } });',
    ],
  ])('renaming %s', (_, a, b) => {
    expect(hash(a)).toBe(hash(b));
    expect(changed(a, b)).toBe(0);
  });

  it('a whole file, formatted and renamed', () => {
    const other = CLUB.replace(/\blate\b/g, 'overdue')
      .replace(/\brows\b/g, 'found')
      .replace(/\brow\b/g, 'r')
      .replace(/\bdb\b/g, 'database')
      .replace(/\bLETTER\b/g, 'GREETING')
      .replaceAll(';', '')
      .replaceAll('\n', '\r\n')
      .replaceAll("'", '"')
      .replace('const overdue', '// which ones?\r\n  const overdue');
    expect(other).not.toBe(CLUB);
    expect(hash(other)).toBe(hash(CLUB));
  });

  it('types', () => {
    const strip = (text: string) => (toJavaScript('club.ts', text) as { code: string }).code;
    expect(
      hash(
        strip(
          `import type { A } from './a.ts';\nimport { type B, c } from './b.ts';\ninterface C { a: A }\nexport function f(a: A, b?: B): C { return c(a!, b as C); }`,
        ),
      ),
    ).toBe(hash(`import { c } from './b.ts'; export function f(a, b) { return c(a, b); }`));
  });
});

describe('what is a move', () => {
  it.each<[string, string, string]>([
    ['an exported name', 'export function f() {}', 'export function g() {}'],
    ['an exported variable', 'export const { a } = o;', 'export const { a: b } = o;'],
    ['a name behind `as`', 'const a = 1; export { a as b };', 'const a = 1; export { a as c };'],
    ['a string', `f('a');`, `f('b');`],
    ['a number', 'f(1);', 'f(2);'],
    ['number or string', 'f(1);', `f('1');`],
    ['a bigint', 'f(1n);', 'f(1);'],
    ['a regular expression', 'f(/a/);', 'f(/a/g);'],
    ['a template', 'f(`a${1}`);', 'f(`b${1}`);'],
    ['what a tag function sees', 'f`\\n`;', 'f`\n`;'],
    ['a property name', 'f(a.b);', 'f(a.c);'],
    ['a key', 'f({ a: 1 });', 'f({ b: 1 });'],
    ['an operator', 'f(a < b);', 'f(a <= b);'],
    ['grouping', 'f((a + b) * c);', 'f(a + b * c);'],
    ['which class', 'class A {} class B {} f(A);', 'class A {} class B {} f(B);'],
    ['one link of a chain', 'f(a?.b?.c);', 'f(a?.b.c);'],
    ['optional chaining', 'f(a?.b.c);', 'f((a?.b).c);'],
    ['a global', 'setTimeout(f);', 'setImmediate(f);'],
    ['the order of statements', 'f(); g();', 'g(); f();'],
    ['swapped variables', 'const a = 1; const b = 2; f(a, b);', 'const a = 1; const b = 2; f(b, a);'],
    [
      'another variable of the same name',
      'const a = 1; { const b = 2; f(a); }',
      'const a = 1; { const b = 2; f(b); }',
    ],
    [
      'swapped parameters',
      'export function f(a, b) { return a - b; }',
      'export function f(a, b) { return b - a; }',
    ],
    ['const or let', 'const a = 1; f(a);', 'let a = 1; f(a);'],
    ['await', 'await f();', 'f();'],
    ['async', 'export async function f() {}', 'export function f() {}'],
    ['a directive', `export function f() { 'use strict'; }`, `export function f() { ('use strict'); }`],
    ['the module imported from', `import a from 'm'; f(a);`, `import a from 'n'; f(a);`],
    ['the name imported', `import { a } from 'm'; f(a);`, `import { b as a } from 'm'; f(a);`],
    ['an import for its effect', `import 'm'; f();`, `f();`],
    ['an import attribute', `import a from 'm' with { type: 'json' }; f(a);`, `import a from 'm'; f(a);`],
    ['import.meta', 'f(import.meta.url);', 'f(import.meta.dirname);'],
    ['a label', 'a: for (;;) for (;;) break a;', 'a: for (;;) for (;;) break;'],
    ['a private or a public field', 'f(class { #a = 1; });', 'f(class { a = 1; });'],
    [
      'which private name',
      'f(class { #a; #b; g() { return this.#a; } });',
      'f(class { #a; #b; g() { return this.#b; } });',
    ],
    [
      'a prototype',
      'const __proto__ = {}; f({ __proto__: __proto__ });',
      'const __proto__ = {}; f({ __proto__ });',
    ],
    ['static', 'f(class { a() {} });', 'f(class { static a() {} });'],
    ['arguments', 'f(function () { return arguments; });', 'const x = 1; f(function () { return x; });'],
  ])('%s', (_, a, b) => {
    expect(hash(a)).not.toBe(hash(b));
    expect(changed(a, b)).toBeGreaterThanOrEqual(1);
  });
});

describe('a program of several files', () => {
  const a = 'export const a = 1;';
  const b = `import { a } from './a.ts'; f(a);`;

  it('does not depend on the order of the files', () => {
    expect(normaliseProgram({ 'a.ts': a, 'b.ts': b })).toEqual(normaliseProgram({ 'b.ts': b, 'a.ts': a }));
  });

  it('depends on where the code stands', () => {
    expect(normaliseProgram({ 'a.ts': a, 'b.ts': b }).hash).not.toBe(
      normaliseProgram({ 'a.ts': b, 'b.ts': a }).hash,
    );
  });

  it('ignores a file without code', () => {
    expect(normaliseProgram({ 'a.ts': a, 'world.ts': '\n  \nexport {};' })).toEqual(
      normaliseProgram({ 'a.ts': a }),
    );
  });

  it('has hashes of the promised form', () => {
    const { hash, statements } = normalise(CLUB);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(statements.every((s) => /^[0-9a-f]{8}$/.test(s))).toBe(true);
  });
});

describe('changedStatements', () => {
  // import, LETTER, openClub, late, return, rows, for, if, continue, update, return
  it('counts statements at any depth', () => {
    expect(normalise(CLUB).statements).toHaveLength(11);
  });

  it.each<[string, string, string]>([
    ['arguments and a local', 'return f(arguments);', 'return f(b);'],
    ['one local used twice and two', 'f(a, () => { g(b); }, a);', 'f(b, () => { g(b); }, a);'],
  ])('tells apart %s', (_, one, two) => {
    const inside = (line: string) => normalise(`export function x(a, b) { ${line} }`).statements;
    expect(inside(one)).not.toEqual(inside(two));
  });

  it('counts members of classes', () => {
    expect(normalise('class A { a = 1; static { f(); } b() { return 1; } }').statements).toHaveLength(6);
  });

  it.each<[string, number, (code: string) => string]>([
    ['nothing', 0, (c) => c],
    ['a comment and a name', 0, (c) => c.replace(/\brows\b/g, 'r')],
    ['one line deep inside', 1, (c) => c.replace("'suspended'", "'late'")],
    ['one line added', 1, (c) => c.replace('const rows', 'const now = clock.now();\n      const rows')],
    ['one line removed', 1, (c) => c.replace('if (!email) continue;', 'if (!email) ;')],
    ['one line for two', 1, (c) => c.replace('const late = db.prepare', 'const late = db.statement')],
    ['two lines', 2, (c) => c.replace("'suspended'", "'late'").replace('late.all(day)', 'late.all()')],
    ['another name imported, and where it is used', 2, (c) => c.replaceAll('randomUUID', 'randomInt')],
    [
      'a condition around two lines',
      1,
      (c) => c.replace('const late', 'if (db) { f(); }\n const late').replace('f();', ''),
    ],
    ['lines in another order', 1, (c) => c.replace(/(const LETTER.*\n)\n([^]*)/, '$2$1')],
  ])('%s: %i', (_, n, edit) => {
    expect(changed(CLUB, edit(CLUB))).toBe(n);
    expect(changed(edit(CLUB), CLUB)).toBe(n);
  });
});

// A small program as a tree whose names are numbers: it can be printed with any names.
type Tree =
  | { kind: 'const' | 'let' | 'use' | 'pattern'; a: number; b: number; literal: number }
  | { kind: 'function' | 'arrow' | 'loop' | 'catch' | 'class'; a: number; literal: number; body: Tree[] };

const { trees } = fc.letrec<{ trees: Tree[]; tree: Tree; leaf: Tree; nest: Tree }>((tie) => ({
  trees: fc.array(tie('tree'), { maxLength: 5 }),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('nest')),
  leaf: fc.record({
    kind: fc.constantFrom('const', 'let', 'use', 'pattern'),
    a: fc.nat(20),
    b: fc.nat(20),
    literal: fc.nat(9),
  }),
  nest: fc.record({
    kind: fc.constantFrom('function', 'arrow', 'loop', 'catch', 'class'),
    a: fc.nat(20),
    literal: fc.nat(9),
    body: tie('trees'),
  }),
}));

/** Prints the program; `name` gets the number of a binding in the whole program and in its chain of scopes. */
function print(program: Tree[], name: (unique: number, visible: number) => string): string {
  let count = 0;
  const block = (body: Tree[], outer: string[]): string => {
    const names = [...outer];
    const declare = () => {
      const fresh = name(count++, names.length);
      names.push(fresh);
      return fresh;
    };
    const use = (n: number) => (names.length === 0 ? 'globalThis' : names[n % names.length]!);
    const lines = body.map((tree): string => {
      const value = `${use(tree.a)} + ${tree.literal}`;
      switch (tree.kind) {
        case 'const':
        case 'let':
          return `${tree.kind} ${declare()} = ${value};`;
        case 'use':
          return `console.log(${use(tree.a)}, ${use(tree.b)}.key, ${tree.literal});`;
        case 'pattern': {
          const object = use(tree.b);
          return `const { key: ${declare()}, other: [${declare()} = ${value}] } = ${object};`;
        }
        case 'function': {
          const fn = declare();
          const parameter = name(count++, names.length);
          return `function ${fn}(${parameter} = ${tree.literal}) {\n${block(tree.body, [...names, parameter])}}`;
        }
        case 'arrow': {
          const parameter = name(count++, names.length);
          return `console.log((${parameter}) => {\n${block(tree.body, [...names, parameter])}});`;
        }
        case 'loop': {
          const item = name(count++, names.length);
          return `for (const ${item} of [${value}]) {\n${block(tree.body, [...names, item])}}`;
        }
        case 'catch': {
          const error = name(count++, names.length);
          return `try { f(${value}); } catch (${error}) {\n${block(tree.body, [...names, error])}}`;
        }
        case 'class':
          return `class ${declare()} { #p = ${tree.literal}; m() {\n${block(tree.body, names)} return this.#p; } }`;
      }
    });
    return lines.map((line) => `${line}\n`).join('');
  };
  return block(program, []);
}

describe('any program', () => {
  it('keeps its hash when its locals are renamed', () => {
    fc.assert(
      fc.property(trees, (program) => {
        const plain = normalise(print(program, (unique) => `v${unique}`));
        const backwards = normalise(print(program, (unique) => `w${999 - unique}`));
        // the same name in scopes that do not see each other
        const reused = normalise(print(program, (_, visible) => `n${visible}`));
        expect(backwards).toEqual(plain);
        expect(reused).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('has another hash when one literal changes, by one statement', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (program, pick) => {
        const code = print(program, (unique) => `v${unique}`);
        const literals = [...code.matchAll(/\b\d\b/g)];
        fc.pre(literals.length > 0);
        const { index } = literals[pick % literals.length]!;
        const other = `${code.slice(0, index)}77${code.slice(index + 1)}`;
        expect(hash(other)).not.toBe(hash(code));
        expect(changed(code, other)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it('has another hash when one use names another variable', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (program, pick) => {
        const code = `const x = 0, y = 0;\n${print(program, (unique) => `v${unique}`)}`;
        const uses = [...code.matchAll(/(?<=console\.log\()(v\d+)(?=,)/g)];
        fc.pre(uses.length > 0);
        const { index, 0: name } = uses[pick % uses.length]!;
        const using = (other: string) => code.slice(0, index) + other + code.slice(index + name.length);
        expect(new Set([hash(code), hash(using('x')), hash(using('y'))]).size).toBe(3);
      }),
      { numRuns: 300 },
    );
  });
});

describe('this folder', () => {
  it('can be normalised itself', () => {
    for (const file of ['canonical.ts', 'program.ts', 'strip.ts', 'normalise.test.ts']) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      const parsed = toJavaScript(file, text);
      if ('illegality' in parsed) throw new Error(parsed.illegality.message);
      expect(hash(parsed.code)).toBe(hash(parsed.code.replaceAll('\n', '\r\n')));
    }
  });
});
