import { afterAll, describe, expect, test } from 'vitest';
import { problemWords } from '../screen/problems.ts';
import { findKatas } from '../store/katas.ts';
import { checkKata } from './check-kata.ts';
import { createCheckingEngine } from './checking-engine.ts';

const engine = createCheckingEngine();
afterAll(() => engine.close());

/** What `kibitzer check` proves, for the katas that are there: it shares what is remembered with the command. */
describe.each(await findKatas())('$id', (kata) => {
  test('is as its author declares it', { timeout: 600_000 }, async () => {
    const { judged, problems, variants, parts } = await checkKata(engine, kata);
    expect(problems.map((p) => `${p.where}: ${problemWords(p)}`)).toEqual([]);
    expect(judged.filter((j) => j.what === 'design').every((j) => j.verdict.kind === 'won')).toBe(true);
    expect(judged.filter((j) => j.what === 'move').length).toBeGreaterThan(5);
    expect(variants.runs).toBe(3 * judged.length);
    expect(parts.cards.every((c) => c.executes !== undefined)).toBe(true);
  });
});
