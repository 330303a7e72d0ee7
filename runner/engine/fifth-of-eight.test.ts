import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Verdict } from '../core/verdict.ts';
import { createEngine } from './arbiter-engine.ts';

const PROBES = fileURLToPath(new URL('./fixtures/eight-probes.ts', import.meta.url));
const engine = createEngine({ spares: 2 });
afterAll(() => engine.close());

const judge = (source: string): Promise<Verdict> =>
  engine.judge({
    root: path.join(import.meta.dirname, 'nowhere'),
    entry: 'ask.js',
    sources: { 'ask.js': source },
    probes: PROBES,
  });
const outcomes = (v: Verdict): string => v.results.map((r) => r.outcome).join(' ');

/** What goes on for ever when question 5 is asked, and the line on which it does. */
const ENDLESS: Record<string, { code: string; line: number | null }> = {
  'a loop': {
    code: `export const ask = (n) => {
  let i = 0;
  while (n === 5) i++;
  return n;
};`,
    line: 3,
  },
  'a loop of microtasks': {
    code: `const again = () => {
  Promise.resolve().then(again);
};
export const ask = (n) => {
  if (n === 5) again();
  return new Promise((done) => (n === 5 ? setTimeout(done, 1) : done(n)));
};`,
    line: 2,
  },
  'a promise that never settles': {
    code: `export const ask = (n) => (n === 5 ? new Promise(() => {}) : n);`,
    line: null,
  },
};

test.each(Object.entries(ENDLESS))(
  '%s in the fifth of eight probes costs that probe and no other',
  { timeout: 60_000 },
  async (_name, { code, line }) => {
    const verdict = await judge(code);
    expect(outcomes(verdict)).toBe('held held held held timed-out held held held');
    if (line !== null) expect(verdict.results[4]!.frames[0]?.line).toBe(line);
    // the players that were lost are replaced, and the next move is judged as if nothing had been
    const next = await judge('export const ask = (n) => n;');
    expect(outcomes(next)).toBe('held held held held held held held held');
    expect(next.results.every((r) => r.ms < 500)).toBe(true);
  },
);

test('a top-level await that never settles in the fifth load', { timeout: 60_000 }, async () => {
  // each probe loads the module anew, without globals of the one before; the fifth load is the one that waits
  const verdict = await judge(
    `process.loads = (process.loads ?? 0) + 1;\nif (process.loads === 5) await new Promise(() => {});\nexport const ask = (n) => n;`,
  );
  expect(outcomes(verdict)).toBe('held held held held timed-out held held held');
});
