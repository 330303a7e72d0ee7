import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CallFact } from '../../core/facts.ts';
import type { ProbeSpec, Verdict } from '../../core/verdict.ts';
import { createEngine } from '../arbiter-engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-suite-'));
const engine = createEngine({ spares: 1 });
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

let suites = 0;

/** Judges code by a test file, both JavaScript. */
function play(
  code: string,
  spec: string,
  more: { probes?: ProbeSpec[]; places?: number } = {},
): Promise<Verdict> {
  const tests = path.join(folder, String(++suites));
  mkdirSync(tests);
  writeFileSync(path.join(tests, 'code.test.js'), spec);
  const { probes = [], places = 0 } = more;
  return engine.judge({
    root: path.join(folder, 'learner'),
    entry: 'code.js',
    sources: { 'code.js': code },
    probes: tests,
    suite: { specs: ['code.test.js'], modules: ['code.js'], probes, leftOut: [], budgetMs: 1000 },
    places,
  });
}

const ends = (v: Verdict): Record<string, string> =>
  Object.fromEntries(v.results.map((r) => [r.probe, r.outcome]));
const result = (v: Verdict, probe: string): Verdict['results'][number] =>
  v.results.find((r) => r.probe === probe)!;
const IMPORTS =
  "import { test, it, describe, expect, vi, beforeAll } from 'vitest';\nimport * as code from './code';\n";

describe('a player that is lost', () => {
  test('costs the test that ran; the rest is played by another one', async () => {
    const v = await play(
      'export const f = (n) => {\n  while (n === 2) {\n  }\n  return n;\n};',
      `${IMPORTS}const made = { n: code.f(0) };
      test('one', () => expect(code.f(1)).toBe(1));
      test('two', () => expect(code.f(2)).toBe(2));
      test('three', () => expect(code.f(3) + made.n).toBe(3));`,
    );
    expect(ends(v)).toEqual({ one: 'held', two: 'timed-out', three: 'held' });
    expect(result(v, 'two').frames[0]).toMatchObject({ file: 'code.js', line: 2 });
    expect(v.kind).toBe('lost-on-time');
  });

  test('is told whatever the test makes of it', async () => {
    const v = await play(
      'export const f = () => process.exit(0);',
      `${IMPORTS}test('one', () => expect(() => code.f()).toThrow());\ntest('two', () => {});`,
    );
    expect(ends(v)).toEqual({ one: 'crashed', two: 'held' });
    expect(result(v, 'one').message).toMatch(/ended the program itself with process\.exit\(0\)/);
  });

  test('a promise that never settles runs out of time', async () => {
    const v = await play(
      'export const f = () => new Promise(() => {});',
      `${IMPORTS}test('one', async () => { await code.f(); }, 200);\ntest('two', () => {});`,
    );
    expect(ends(v)).toEqual({ one: 'timed-out', two: 'held' });
  });
});

describe('what fails around tests', () => {
  const probes = ['one', 'two'].map((id) => ({ id, sentence: 0, plays: id }));
  const tests = "test('one', () => {});\ntest('two', () => {});";

  test('code that does not load is no move', async () => {
    const v = await play("throw new Error('not yet');", IMPORTS + tests, { probes });
    expect(v.kind).toBe('illegal');
    expect(v.illegality).toMatchObject({ code: 'load-error', message: expect.stringContaining('not yet') });
  });

  test('a suite that the code keeps from being read loses its first test', async () => {
    const v = await play(
      'export class A { constructor() { throw new Error("no"); } }',
      `${IMPORTS}new code.A();\n${tests}`,
      { probes },
    );
    expect(ends(v)).toEqual({ one: 'crashed', two: 'unreached' });
    expect(result(v, 'one').message).toBe('Error: no');
    expect(v.kind).toBe('lost');
  });

  test('a hook that fails before all loses the first of its tests', async () => {
    const v = await play(
      'export const f = () => { throw new TypeError("no"); };',
      `${IMPORTS}test('one', () => {});\ndescribe('x', () => { beforeAll(() => code.f()); test('two', () => {}); });`,
    );
    expect(ends(v)).toEqual({ one: 'held', 'x-two': 'crashed' });
  });

  test('a name that the code does not export is undefined, and no link error', async () => {
    const v = await play(
      'export const g = 1;',
      "import { test, expect } from 'vitest';\nimport { f, g } from './code';\ntest('one', () => expect(f(1)).toBe(1));\ntest('two', () => expect(g).toBe(1));",
    );
    expect(ends(v)).toEqual({ one: 'crashed', two: 'held' });
    expect(result(v, 'one').message).toBe('TypeError: f is not a function');
  });
});

describe('what is not carried', () => {
  test.each([
    ["import _ from 'lodash';\n", /imports "lodash"/],
    [`${IMPORTS}vi.mock('./code', () => ({}));\n`, /uses mock\(\), which puts another module/],
    ["const { test } = require('vitest');\ntest('one', () => {});", /is CommonJS/],
  ])('%j is refused with its reason', async (spec, why) => {
    await expect(play('export const f = 1;', spec)).rejects.toThrow(why);
  });

  test('a spy on what each process has of its own', async () => {
    const v = await play(
      'export const f = () => console.log(1);',
      `${IMPORTS}test('one', () => { vi.spyOn(console, 'log'); });`,
    );
    expect(result(v, 'one').message).toMatch(/^NotCarried: spies on console/);
  });
});

describe('a run that is looked into', () => {
  const code =
    'export class Till {\n  #sum = 0;\n  add(n) { __kibitzer_ran[0]++; this.#sum += n; return this; }\n  get sum() { __kibitzer_ran[1]++; return this.#sum; }\n}\n';
  const spec = `import { it, expect } from 'vitest';
import { Till } from './code';
it('adds', () => {
  const till = new Till();
  till.add(2).add(3);
  expect(till.sum).toBe(6);
});
it('is empty', () => {
  expect(new Till().sum).toBe(0);
});
`;

  test('tells what was called, what came back, and where the test stopped', async () => {
    const v = await play(code, spec, { places: 2 });
    const adds = result(v, 'adds');
    const calls = adds.facts.filter((f): f is CallFact => f.kind === 'call');
    expect(calls.map((c) => [c.at, c.call, c.back])).toEqual([
      [4, 'new Till()', ''],
      [5, 'till.add(2)', expect.stringContaining('Till')],
      [5, 'till.add(3)', expect.stringContaining('Till')],
      [6, 'till.sum', '5'],
    ]);
    expect(adds).toMatchObject({ expected: '6', actual: '5', message: 'expected 5 to be 6' });
    expect(adds.example).toEqual({
      file: 'code.test.js',
      line: 4,
      lines: ['const till = new Till();', 'till.add(2).add(3);', 'expect(till.sum).toBe(6);'],
      at: 6,
    });
  });

  test('tells how often each place ran', async () => {
    const v = await play(code, spec, { places: 2 });
    expect(result(v, 'adds').ran).toEqual({ 0: 2, 1: 1 });
    expect(result(v, 'is-empty').ran).toEqual({ 1: 1 });
  });
});
