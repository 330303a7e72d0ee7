import { afterAll, describe, expect, test } from 'vitest';
import { problemWords } from '../screen/problems.ts';
import { findKatas } from '../store/katas.ts';
import { checkKata } from './check-kata.ts';
import { createCheckingEngine } from './checking-engine.ts';

const engine = createCheckingEngine();
afterAll(() => engine.close());

/**
 * What `kibitzer check` proves at once, for the katas that are there. Whether it stays so under other conditions and in
 * other spellings is proved by the command itself, which CI runs; it need not judge again what was judged here.
 */
describe.each(await findKatas())('$id', (kata) => {
  test('is as its author declares it', { timeout: 300_000 }, async () => {
    const { judged, problems, parts } = await checkKata(engine, kata, { again: false });
    expect(problems.map((p) => `${p.where}: ${problemWords(p)}`)).toEqual([]);
    expect(judged.filter((j) => j.what === 'design').every((j) => j.verdict.kind === 'won')).toBe(true);
    expect(judged.filter((j) => j.what === 'move').length).toBeGreaterThan(5);
    // what no process can show says where it comes from instead
    expect(parts.cards.every((c) => c.executes !== undefined || c.believed !== undefined)).toBe(true);
  });
});
