import { describe, expect, it } from 'vitest';
import { original } from './javascript.ts';
import { readProgram, type ReadOptions } from './program.ts';

const GOOD = 'export function openClub(): number {\n  return 1;\n}\n';

function read(files: Record<string, string | Uint8Array>, options: Partial<ReadOptions> = {}) {
  const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text as string)] as const);
  return readProgram(new Map(bytes), { entry: 'club.ts', exports: ['openClub'], ...options });
}

function accept(...args: Parameters<typeof read>) {
  const result = read(...args);
  if ('illegality' in result) throw new Error(JSON.stringify(result.illegality));
  return result.program;
}

function refuse(...args: Parameters<typeof read>) {
  const result = read(...args);
  if ('program' in result) throw new Error('accepted');
  return result.illegality;
}

const at = (line: number, column: number, file = 'club.ts') => ({
  file,
  line,
  column,
  fn: null,
  isAsync: false,
});

describe('a program', () => {
  it('carries sources, JavaScript, hash and statements', () => {
    expect(accept({ 'club.ts': `\uFEFF${GOOD}` })).toEqual({
      sources: { 'club.ts': GOOD },
      javascript: { 'club.ts': { code: GOOD.replace(': number', '        '), map: null } },
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      statements: [expect.stringMatching(/^[0-9a-f]{8}$/), expect.stringMatching(/^[0-9a-f]{8}$/)],
    });
  });

  it('has the same hash with a mark, CRLF, other types and other formatting', () => {
    const { hash } = accept({ 'club.ts': GOOD });
    expect(accept({ 'club.ts': `\uFEFF${GOOD.replaceAll('\n', '\r\n')}` }).hash).toBe(hash);
    expect(
      accept({ 'club.ts': 'type A = 1\nexport function openClub(): A { return 1 as const }' }).hash,
    ).toBe(hash);
  });

  it('is what the entry reaches, wherever it lies', () => {
    const program = accept({
      'club.ts': "import { a } from './lib/a.ts';\nexport * from './star.ts';\nexport const openClub = a;\n",
      'lib/a.ts':
        "import { b } from '../b.mjs';\nexport const a = async () => [b, await import('./c.ts')];\n",
      'b.mjs': "import { readFileSync } from 'node:fs';\nexport const b = readFileSync;\n",
      'lib/c.ts': 'export {};\n',
      'star.ts': 'export const x = 1;\n',
      'half-finished.ts': 'const = ;',
      'notes.md': 'nothing',
    });
    expect(Object.keys(program.sources).toSorted()).toEqual([
      'b.mjs',
      'club.ts',
      'lib/a.ts',
      'lib/c.ts',
      'star.ts',
    ]);
    expect(Object.keys(program.javascript)).toEqual(Object.keys(program.sources));
  });

  it('may import a name that comes through `export *`', () => {
    accept({
      'club.ts': `import { b } from './a.ts';\nb();\n${GOOD}`,
      'a.ts': "export * from './b.ts';\n",
      'b.ts': 'export const b = () => 1;\n',
    });
  });

  it('may import in a circle', () => {
    const files = {
      'club.ts': "import { a } from './a.ts';\nexport function openClub() { return a; }\n",
      'a.ts': "import { openClub } from './club.ts';\nexport const a = () => openClub();\n",
    };
    expect(Object.keys(accept(files).sources)).toHaveLength(2);
  });

  it('keeps its hash when a file that nothing imports changes, or a file of types', () => {
    const club =
      "import type { A } from './world.ts';\nimport { type B } from './world.ts';\nexport function openClub(a: A): B { return a; }\n";
    const { hash } = accept({ 'club.ts': club, 'world.ts': 'export interface A {}\n' });
    expect(accept({ 'club.ts': club, 'world.ts': 'export type A = 1;\n', 'try.ts': 'f(' }).hash).toBe(hash);
    expect(accept({ 'club.ts': club.split('\n').slice(2).join('\n') }).hash).toBe(hash);
  });

  it('is transformed only where it must be', () => {
    const { javascript } = accept({
      'club.ts': `import { Day } from './day.ts';\n${GOOD}void Day;`,
      'day.ts': '\nexport enum Day { First }\n',
    });
    expect(javascript['club.ts']!.map).toBeNull();
    const { code, map } = javascript['day.ts']!;
    const line = code.slice(0, code.indexOf('First')).split('\n').length;
    expect(original(map, line, code.split('\n')[line - 1]!.indexOf('Day') + 1)).toMatchObject({ line: 2 });
  });

  it('accepts every form of a named export', () => {
    for (const text of [
      'export const openClub = () => 1;',
      'export class openClub {}',
      'const a = 1; export { a as openClub };',
      'export const { openClub, b: [c] } = { openClub: 1, b: [2] };',
      "export { openClub } from './b.ts';",
      "export * from './b.ts';",
      "export * as openClub from './b.ts';",
      'export async function* openClub() {}',
      'export enum openClub { A }',
      'export default 1; export let openClub = 1;',
    ]) {
      accept({ 'club.ts': text, 'b.ts': GOOD });
    }
  });
});

describe('types that are imported without saying so', () => {
  const world =
    'export interface Clock { now(): string }\nexport type Log = string;\nexport const zone = "UTC";\n';
  it.each([
    ["import { Clock } from './world.ts';", "import {       } from './world.ts';"],
    ["import { Clock, Log } from './world.ts';", "import {            } from './world.ts';"],
    [
      "import { Clock, zone, Log } from './world.ts'; zone;",
      "import {        zone      } from './world.ts'; zone;",
    ],
    [
      "import { zone, Clock as C, zone as z, } from './world.ts'; zone + z;",
      "import { zone,             zone as z  } from './world.ts'; zone + z;",
    ],
  ])('%s', (line, code) => {
    const rest = '\nexport function openClub() {}\n';
    const program = accept({ 'club.ts': line + rest, 'world.ts': world });
    expect(program.javascript['club.ts']!.code).toBe(code + rest);
  });

  it('count as types: no move', () => {
    const bare = accept({ 'club.ts': GOOD });
    const typed = accept({
      'club.ts': `import { Clock } from './world.ts';\n${GOOD}`,
      'world.ts': 'export type Clock = 1;\n',
    });
    expect(typed.hash).toBe(bare.hash);
    expect(typed.statements).toEqual(bare.statements);
  });
});

describe('bad input', () => {
  it('names the file that is unreadable, with what to do', () => {
    expect(refuse({ 'club.ts': Buffer.from(`\uFEFF${GOOD}`, 'utf16le') })).toMatchObject({
      code: 'encoding',
      message: 'club.ts is UTF-16; save it as UTF-8.',
    });
    expect(refuse({ 'club.ts': '' })).toMatchObject({ code: 'empty', frame: null });
    expect(refuse({ 'club.ts': `import './a.ts';\n${GOOD}`, 'a.ts': 'let a = ;' })).toMatchObject({
      code: 'syntax',
      frame: at(1, 9, 'a.ts'),
    });
    expect(refuse({ 'club.ts': '['.repeat(30_000) })).toMatchObject({
      code: expect.stringMatching(/too-large|syntax/),
    });
  });

  it.each<[string, string[], string, string]>([
    ['nothing', [], 'club.ts is missing.', 'Save your code as club.ts.'],
    [
      'another case',
      ['Club.ts'],
      'club.ts is missing; there is Club.ts: upper and lower case count.',
      'Rename Club.ts to club.ts.',
    ],
    ['another extension', ['club.js'], 'club.ts is missing; there is club.js.', 'Rename club.js to club.ts.'],
    ['another file', ['a.ts', 'club.md'], 'club.ts is missing.', 'Save your code as club.ts.'],
  ])('a missing file: %s', (_, names, message, hint) => {
    expect(refuse(Object.fromEntries(names.map((name) => [name, GOOD])))).toEqual({
      code: 'missing-file',
      message,
      hint,
      frame: null,
    });
  });

  it.each<[string, string, string, string, ReturnType<typeof at> | null]>([
    [
      'a default export',
      '\nexport default function openClub() {}',
      'club.ts: found a default export; the kata needs `export function openClub`.',
      'Write `export function openClub` instead of `export default`.',
      at(2, 1),
    ],
    [
      'a default export of a name',
      'function openClub() {}\nexport default openClub;',
      'club.ts: found a default export; the kata needs `export function openClub`.',
      'Write `export function openClub` instead of `export default`.',
      at(2, 1),
    ],
    [
      'a declaration without export',
      'const a = 1;\nasync function openClub() {}',
      'club.ts declares openClub but does not export it.',
      'Write `export` before its declaration.',
      at(2, 16),
    ],
    [
      'a slip of case',
      'export function openclub() {}',
      'club.ts does not export openClub; it exports openclub.',
      'The kata needs `export function openClub`.',
      at(1, 17),
    ],
    [
      'nothing of the kind',
      'export const a = 1;',
      'club.ts does not export openClub.',
      'The kata needs `export function openClub`.',
      null,
    ],
    [
      'types only',
      'export type openClub = 1;',
      'club.ts does not export openClub.',
      'The kata needs `export function openClub`.',
      null,
    ],
    [
      'comments only',
      '// todo',
      'club.ts does not export openClub.',
      'The kata needs `export function openClub`.',
      null,
    ],
    [
      'behind an enum',
      'enum A { B }\n\nexport default A;',
      'club.ts: found a default export; the kata needs `export function openClub`.',
      'Write `export function openClub` instead of `export default`.',
      at(3, 1),
    ],
  ])('a missing export: %s', (_, text, message, hint, frame) => {
    expect(refuse({ 'club.ts': text })).toEqual({ code: 'missing-export', message, hint, frame });
  });

  it('names all missing exports', () => {
    expect(
      refuse({ 'club.ts': 'export const a = 1;' }, { exports: ['a', 'openClub', 'Club'] }),
    ).toMatchObject({
      message: 'club.ts does not export openClub, Club.',
      hint: 'The kata needs `export function openClub`, `export class Club`.',
    });
  });

  it.each<[string, number, number]>([
    ['function openClub() {}\nmodule.exports = { openClub };', 2, 1],
    ["function openClub() {\n  return require('./a.ts');\n}", 2, 10],
    ['exports.openClub = () => 1;', 1, 1],
    ["const fs = require('node:fs');\nexports.openClub = fs;", 1, 12],
    ['export function openClub() {}\nmodule.exports = { openClub };', 2, 1],
    ["const { a } = require('./a').b(1);\nexport function openClub() { return a; }", 1, 15],
    ["import fs = require('fs');\nexport function openClub() { return fs; }", 1, 13],
    ['function openClub() {}\nexport = openClub;', 2, 1],
  ])('CommonJS: %j', (text, line, column) => {
    expect(refuse({ 'club.ts': text })).toEqual({
      code: 'syntax',
      message: 'club.ts is CommonJS; use export.',
      hint: 'Write `export function …` instead of module.exports, and `import … from` instead of require.',
      frame: at(line, column),
    });
  });

  it('knows what only looks like CommonJS', () => {
    accept({
      'club.ts': `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nrequire('node:fs');\n${GOOD}`,
    });
    accept({ 'club.ts': `export function openClub(module, exports) { module.exports = exports; }` });
    accept({ 'club.ts': `${GOOD}if (typeof module !== 'undefined') module.exports = { openClub };` });
  });

  it.each<[string, string, string, string]>([
    [
      "'lodash'",
      'club.ts',
      '"lodash" is not part of this kata.',
      'Do without it; Node itself and your own files are there.',
    ],
    [
      "'node:nothing'",
      'club.ts',
      '"node:nothing" is not part of this kata.',
      'Do without it; Node itself and your own files are there.',
    ],
    [
      "'/etc/passwd'",
      'club.ts',
      '"/etc/passwd" is not part of this kata.',
      'Do without it; Node itself and your own files are there.',
    ],
    ["'a.ts'", 'club.ts', '"a.ts" is not part of this kata.', 'For your own file write "./a.ts".'],
    ["'./a'", 'club.ts', 'The import "./a" lacks its file extension.', 'Write "./a.ts".'],
    ["'./a.js'", 'club.ts', 'There is no a.js; there is a.ts.', 'Write "./a.ts".'],
    [
      "'./A.ts'",
      'club.ts',
      'The file is called a.ts, not A.ts: upper and lower case count.',
      'Write "./a.ts".',
    ],
    ["'./lib'", 'club.ts', 'The import "./lib" lacks its file extension.', 'Write "./lib/index.ts".'],
    [
      "'./b.ts'",
      'club.ts',
      'club.ts imports "./b.ts", and there is no such file.',
      'Create b.ts, or remove the import.',
    ],
    ["'../a.ts'", 'club.ts', '"../a.ts" leaves the kata\'s folder.', 'Import files of this folder only.'],
    [
      "'./old.cjs'",
      'club.ts',
      'old.cjs is CommonJS; use export.',
      'Rename it to old.js and use import and export.',
    ],
    [
      "'./data.json'",
      'club.ts',
      '"./data.json" is neither TypeScript nor JavaScript.',
      'Put what you need from it into a .ts file.',
    ],
  ])('an import of %s', (specifier, file, message, hint) => {
    const files = {
      'a.ts': 'export {};\n',
      'lib/index.ts': 'export {};\n',
      'old.cjs': '1',
      'data.json': '{}',
    };
    for (const [text, column] of [
      [`import ${specifier};`, 8],
      [`import * as a from ${specifier}; a;`, 20],
      [`export * from ${specifier};`, 15],
      [`const a = () => import(${specifier}); a;`, 24],
      [`import a from ${specifier}; void a; enum E { A }`, 15],
    ] as const) {
      expect(refuse({ ...files, [file]: `${GOOD}${text}\n` })).toEqual({
        code: 'import',
        message,
        hint,
        frame: at(4, column),
      });
    }
  });

  it('leaves the policy to the caller', () => {
    const club = `import 'node:fs';\nimport './a.ts';\n${GOOD}`;
    const asked: string[] = [];
    const allowImport = (specifier: string) => (asked.push(specifier), specifier === 'lodash' ? null : 'No.');
    expect(refuse({ 'club.ts': club, 'a.ts': '1' }, { allowImport })).toMatchObject({
      code: 'import',
      message: 'No.',
      frame: at(1, 8),
    });
    accept({ 'club.ts': `import 'lodash';\n${GOOD}` }, { allowImport });
    expect(asked).toEqual(['node:fs', 'lodash']);
  });

  it.each<[string, string, string, ReturnType<typeof at>]>([
    ['import { b } from "./a.ts"; b();', 'export const a = 1;', 'a.ts does not export b.', at(1, 10)],
    ['import b from "./a.ts"; b();', 'export const a = 1;', 'a.ts has no default export.', at(1, 8)],
    [
      'import { Clock } from "./a.ts"; f(Clock);',
      'export interface Clock {}',
      'a.ts does not export Clock.',
      at(1, 10),
    ],
    [
      'export { Clock } from "./a.ts";',
      'export interface Clock {}',
      'a.ts does not export Clock.',
      at(1, 10),
    ],
  ])('a name that the other file lacks: %s', (line, other, message, frame) => {
    expect(refuse({ 'club.ts': `${line}\n${GOOD}`, 'a.ts': other })).toEqual({
      code: 'import',
      message,
      hint: 'Export it there, or remove the import; for a type write `import type` or `export type`.',
      frame,
    });
  });
});
