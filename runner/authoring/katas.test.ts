import { afterAll, describe, expect, test } from 'vitest';
import { createLanes } from '../engine/lanes.ts';
import { problemWords } from '../screen/problems.ts';
import { findKatas } from '../store/katas.ts';
import { checkKata } from './check-kata.ts';

const engine = createLanes();
afterAll(() => engine.close());

/** All bad moves get exactly their diagnosis on the declared line, all accepted designs win, and the rest is as declared. */
describe.each(await findKatas())('$id', (kata) => {
  test('is as its author declares it', { timeout: 400_000 }, async () => {
    const { judged, problems } = await checkKata(engine, kata);
    expect(problems.map((p) => `${p.where}: ${problemWords(p)}`)).toEqual([]);
    expect(judged.filter((j) => j.what === 'design').every((j) => j.verdict.kind === 'won')).toBe(true);
    expect(judged.filter((j) => j.what === 'move').length).toBeGreaterThan(5);
  });
});
