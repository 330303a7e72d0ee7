import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { stripTypes } from '../program/strip.ts';

/** The stage with the learner's code in another process: same schedules, same trace, same verdict as in one. */
const fixtures = path.join(import.meta.dirname, 'fixtures');
const root = path.join(fixtures, 'stage');

let engine: Engine;
beforeAll(() => {
  engine = createEngine({ spares: 1 });
});
afterAll(() => engine.close());

async function play(version: string) {
  const entry = `${version}.ts`;
  const verdict = await engine.judge({
    root,
    entry,
    sources: { [entry]: stripTypes(readFileSync(path.join(root, entry), 'utf8')) },
    probes: path.join(fixtures, 'stage-probes.ts'),
  });
  const [result, peer] = verdict.results;
  const { 'ms-per-schedule': ms, ...seen } = result!.observations;
  console.log(`${version}: ${String(seen.schedules)} schedules, ${Number(ms).toFixed(2)} ms each`);
  const steps = result!.facts.flatMap((f) => (f.kind === 'step' ? [f] : []));
  const lines = peer!.facts.flatMap((f) => (f.kind === 'step' ? [`${f.task} ${f.label}`] : []));
  return {
    peer: { outcome: peer!.outcome, schedules: peer!.observations.schedules, lines },
    outcome: result!.outcome,
    message: result!.message,
    seen,
    steps: steps.map((s) => `${s.task}: ${s.label} <- ${s.site?.near.file}:${s.site?.near.line}`),
  };
}

describe('over the board', { timeout: 60_000 }, () => {
  it('look-then-book breaks with one switch, in the trace that one process shows', async () => {
    const first = await play('look-then-book');
    expect(first).toMatchObject({
      peer: { outcome: 'refuted', lines: ['Ann looks', 'Bob looks', 'Bob books', 'Ann books'] },
      outcome: 'refuted',
      message: "told yes: Ann and Bob; the seat is Ann's",
      seen: { preemptions: 1, exhausted: false },
    });
    expect(first.steps).toEqual([
      "Ann: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = null <- look-then-book.ts:6",
      "Bob: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = null <- look-then-book.ts:6",
      "Bob: UPDATE seat SET taken_by = 'Bob' WHERE id = 'A1' → 1 changed <- look-then-book.ts:8",
      "Ann: UPDATE seat SET taken_by = 'Ann' WHERE id = 'A1' → 1 changed <- look-then-book.ts:8",
      "Cy: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = 'Ann' <- look-then-book.ts:6",
    ]);
    expect(await play('look-then-book')).toEqual(first);
  });

  it('a guarded UPDATE holds in all schedules', async () => {
    expect(await play('guarded-update')).toMatchObject({
      peer: { outcome: 'held', schedules: 4 },
      outcome: 'held',
      seen: { schedules: 12, exhausted: true },
    });
  });

  it('an immediate transaction holds', async () => {
    expect(await play('immediate')).toMatchObject({
      outcome: 'held',
      seen: { schedules: 500, preemptions: 2 },
    });
  });
});
