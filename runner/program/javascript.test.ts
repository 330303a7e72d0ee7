import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { original, toJavaScript, type Parsed } from './javascript.ts';

function translate(text: string, file = 'club.ts'): Parsed {
  const result = toJavaScript(file, text);
  if ('illegality' in result) throw new Error(JSON.stringify(result.illegality));
  return result;
}

function refuse(text: string, file = 'club.ts') {
  const result = toJavaScript(file, text);
  if (!('illegality' in result)) throw new Error(`accepted: ${result.code}`);
  return result.illegality;
}

/** Runs a script and says where it throws, in the learner's text. */
function thrownAt(text: string): { line: number; column: number } | null {
  const { code, map } = translate(text);
  try {
    runInNewContext(code, {}, { filename: 'learner' });
  } catch (error) {
    const at = /learner:(\d+):(\d+)/.exec((error as Error).stack!.split('\n    at ').slice(1).join('\n'));
    return original(map, Number(at![1]), Number(at![2]));
  }
  throw new Error('nothing was thrown');
}

/** Where `throw`'s `new Error` stands in the text. */
function written(text: string) {
  const before = text.slice(0, text.indexOf('new Error'));
  const lines = before.split(/\r\n|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

describe('stripping', () => {
  // must be the first: Node warns once per process
  it('prints no warning', () => {
    const spy = vi.spyOn(process, 'emitWarning');
    translate('let a: number = 1;');
    expect(spy).not.toHaveBeenCalled();
  });
  afterEach(() => vi.restoreAllMocks());

  it('keeps every position', () => {
    const text = 'const f = <T,>(x: Map<string, T[]>): T | null => x.get("a")?.[0] ?? null;\nexport { f };\n';
    const { code, map } = translate(text);
    expect(map).toBeNull();
    expect(code).toHaveLength(text.length);
    expect(code.indexOf('x.get')).toBe(text.indexOf('x.get'));
    expect(code).not.toContain('Map<');
  });

  it.each([
    [
      'after types',
      'type A = { b: number };\nfunction f(a: A, é: string): never { throw new Error("x") }\nf({ b: 1 }, "");',
    ],
    ['with CRLF', 'interface A {\r\n  b: number;\r\n}\r\nlet a: A | null = null; throw new Error("x");\r\n'],
    [
      'in a generic method',
      'class C<T extends object> {\n  private m<U>(u: U, t?: T): U { if (u as unknown) throw new Error("x"); return u!; }\n  go() { this.m(1) }\n}\nnew C().go();',
    ],
    [
      'after letters outside of ASCII',
      'type A = "日本 🎲";\nconst a = "日本" as A | string; throw new Error(a);',
    ],
  ])('an error is where it was written: %s', (_, text) => {
    expect(thrownAt(text)).toEqual(written(text));
  });

  it('drops imports of types, written in either way', () => {
    const { code, ast } = translate(
      "import type { Clock } from './world.ts';\nimport { type Log } from './world.ts';\nimport './setup.ts';\nexport { type Log } from './world.ts';\nexport const a: Clock | Log = 1;\n",
    );
    expect(code).not.toContain('world');
    expect(code).toContain("import './setup.ts';");
    expect(ast.body.map((s) => s.type)).toEqual(['ImportDeclaration', 'ExportNamedDeclaration']);
  });
});

describe('transforming', () => {
  const needsMore = {
    enum: 'enum Status {\n  Paid = "paid",\n  Late = "late",\n}\nfunction f(s: Status): void {\n  if (s === Status.Late) throw new Error("x");\n}\n\n\nf(Status.Late);\n',
    'const enum':
      'const enum Status { Paid, Late }\n\nlet s: Status = Status.Late;\nif (s) throw new Error("x");\n',
    'parameter property':
      'class Club {\n  constructor(private readonly day: string, public n = 1) {}\n\n  check(): void {\n    if (this.day && this.n) throw new Error(this.day);\n  }\n}\nnew Club("2026-06-01").check();\n',
    namespace:
      'namespace Day {\n  export const first: string = "a";\n}\n\n\nif (Day.first) {\n  throw new Error("x");\n}\n',
    decorator:
      'function logged(target: Function, context: unknown) { return target as any; }\n\nclass Club {\n  // a comment\n  @logged\n  check(day: string): void {\n    throw new Error(day);\n  }\n}\nnew Club().check("a");\n',
    accessor:
      'class Club {\n  accessor n: number = 1;\n  go() { throw new Error(String(this.n)); }\n}\nnew Club().go();\n',
    'old assertion': 'const a = <string>"x";\nif (a) throw new Error(a);\n',
    'import equals': 'namespace A { export const b = 1; }\nimport c = A.b;\nif (c) throw new Error("x");\n',
  };
  it.each(Object.entries(needsMore))('maps positions back: %s', (_, text) => {
    expect(translate(text).map).not.toBeNull();
    expect(thrownAt(text)).toEqual(written(text));
  });

  it('maps positions back with CRLF', () => {
    const text = needsMore['parameter property'].replaceAll('\n', '\r\n');
    expect(thrownAt(text)).toEqual(written(text));
  });

  it('knows code that the learner did not write', () => {
    const { map, code } = translate(needsMore.decorator);
    expect(code.startsWith('var __')).toBe(true);
    expect(original(map, 1, 1)).toBeNull();
  });

  it('drops an exported type that is not marked as one', () => {
    const { code } = translate('interface Letter { to: string }\nexport const a = 1;\nexport { Letter };\n');
    expect(code).not.toContain('Letter');
  });
});

describe('JavaScript files', () => {
  it('parses .js and .mjs as they are', () => {
    const text = '// type stripping would leave this alone\nexport const a = (b) => b < 1 > 2;\n';
    expect(translate(text, 'club.js')).toMatchObject({ code: text, map: null });
    expect(translate(text, 'club.mjs')).toMatchObject({ code: text, map: null });
  });

  it('refuses types there', () => {
    expect(refuse('export const a: number = 1;', 'club.js')).toMatchObject({
      code: 'syntax',
      frame: { line: 1 },
    });
  });
});

describe('syntax errors', () => {
  it.each([
    ['let a = 1;\nlet é = "ü" b: = 3;\n', 2, 13, 'club.ts does not parse: expected ";" but found "b".'],
    ['function f() {\n  return 1;\n', 3, 1, 'club.ts does not parse: unexpected end of file.'],
    ['const s = "abc\n', 1, 15, 'club.ts does not parse: unterminated string literal.'],
    [
      'const x = 1;\nconst x = 2;\n',
      2,
      7,
      'club.ts does not parse: the symbol "x" has already been declared.',
    ],
    ['const a: = 3;\n', 1, 10, 'club.ts does not parse: unexpected "=".'],
    ['enum A { X }\nlet y = ;\n', 2, 9, 'club.ts does not parse: unexpected ";".'],
    ['let a = 1;\nreturn a;\n', 2, 1, "club.ts does not parse: 'return' outside of function."],
    ['enum A { X }\n\nreturn A;\n', 3, 1, "club.ts does not parse: 'return' outside of function."],
    [
      'function f() { await g(); }\n',
      1,
      16,
      'club.ts does not parse: "await" can only be used inside an "async" function.',
    ],
    ['<<<<<<< HEAD\nlet a = 1;\n', 1, 1, 'club.ts does not parse: unexpected "<<".'],
  ])('%j', (text, line, column, message) => {
    const found = refuse(text);
    expect(found).toMatchObject({ code: 'syntax', message, frame: { file: 'club.ts', line, column } });
    expect(found.hint).toMatch(
      /^Look (at line \d+, column \d+, and just before it|for a bracket or a quote that is opened and never closed)\.$/,
    );
  });

  it('shows no stack and no escape codes', () => {
    for (const text of [
      'let a = `\u001b[31m ${ ;',
      'let a = \u001b[31m;',
      'let a = 1 \u202e b;',
      'let a = "\u001b]0;x\u0007" b',
    ]) {
      const { message, hint } = refuse(text);
      expect(message + hint).not.toMatch(/[\p{Cc}\u202e]|\n\s+at /u);
    }
  });
});

describe('code nested too deeply', () => {
  it.each([
    ['brackets', `${'['.repeat(60_000)}${']'.repeat(60_000)}`],
    ['blocks', `${'{'.repeat(60_000)}${'}'.repeat(60_000)}`],
    ['a chain of arrows', `${'a=>'.repeat(20_000)}1`],
    ['a long sum', `const a = 1${'+1'.repeat(30_000)};`],
  ])('%s: refused, and the next file is read as ever', (_, text) => {
    const result = toJavaScript('club.ts', text);
    if ('illegality' in result) expect(result.illegality.code).toBe('too-large');
    expect(translate('let a: number = 1;')).toMatchObject({ code: 'let a         = 1;', map: null });
    expect(refuse('let a: number = ;').code).toBe('syntax');
  });
});
