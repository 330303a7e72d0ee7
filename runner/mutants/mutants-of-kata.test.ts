import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { copySmallKata, type Copy } from '../authoring/fixtures/copy.ts';
import type { Engine } from '../engine/engine.ts';
import { createMutantsEngine } from './mutants-engine.ts';
import { mutantsOfKata } from './mutants-of-kata.ts';
import type { KataReport } from './report.ts';

let engine: Engine;
let copy: Copy;
beforeAll(async () => {
  engine = createMutantsEngine({ fresh: true });
  copy = await copySmallKata();
});
afterAll(() => {
  engine.close();
  copy[Symbol.dispose]();
});
afterEach(() => copy.restore());

type Options = Parameters<typeof mutantsOfKata>[3];
const QUIET: Options = { signal: new AbortController().signal, onProgress: () => {} };

function report(o: Options = QUIET): Promise<KataReport> {
  return mutantsOfKata(engine, copy.kata, copy.kata.folder, o);
}

test(
  'mutants of all designs are judged: copies that are none get their name, and the rest adds up',
  { timeout: 120_000 },
  async () => {
    const steps: [number, number][] = [];
    const r = await report({ ...QUIET, onProgress: (done, total) => void steps.push([done, total]) });
    expect(r.mutants).toBe(r.killed + r.equivalent + r.survived);
    expect(r.killed).toBe(r.named + r.outOfBook + r.crashed);
    const total = r.mutants + r.unpromised + r.illegal + 3;
    expect(steps.at(-1)).toEqual([total, total]);

    const at = r.confusion.columns.indexOf('inner-list');
    const given = (from: string): number => r.confusion.rows.find((row) => row.from === from)!.counts[at]!;
    // `this.#added.slice()` → `this.#added`, `[...added]` → `(added)`, and the stored move
    expect([given('receiver'), given('inner-list')]).toEqual([1, 1]);
    expect(given('array')).toBeGreaterThan(0);
  },
);

test('a design that loses is no ground to stand on', async () => {
  copy.change('solutions/reference/counter.ts', '[...added]', 'added');
  await expect(report()).rejects.toMatchObject({ code: 'DESIGN_LOSES' });
});

test('a list of equivalents that cannot be read says so, with the file', async () => {
  copy.write('kata/equivalents.json', '[{ "was": "x" }]');
  await expect(report()).rejects.toMatchObject({
    code: 'EQUIVALENTS_UNREADABLE',
    message: expect.stringContaining('equivalents.json'),
  });
});

test('it can be stopped in the middle', async () => {
  const interrupt = new AbortController();
  const running = report({
    signal: interrupt.signal,
    onProgress: (done) => {
      if (done === 5) interrupt.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
});
