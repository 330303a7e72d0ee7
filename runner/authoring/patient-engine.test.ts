import { expect, test } from 'vitest';
import { result } from '../core/testing.ts';
import type { Outcome, Verdict } from '../core/verdict.ts';
import type { Engine, Position } from '../engine/engine.ts';
import { patientEngine, under } from './patient-engine.ts';

const POSITION: Position = { root: '/a', entry: 'a.ts', sources: {}, probes: '/p.ts', seed: 5 };

/** An engine whose one probe ends in these ways, one after the other. */
function ending(...outcomes: Outcome[]): Engine & { asked: Position[] } {
  const asked: Position[] = [];
  return {
    asked,
    async judge(position) {
      const outcome = outcomes[asked.length] ?? 'held';
      asked.push(position);
      return { kind: 'lost', results: [result('works', outcome)] } as unknown as Verdict;
    },
    close: () => {},
  };
}

test.each<[string, Outcome[], number, Outcome]>([
  ['what holds is judged once', ['held'], 1, 'held'],
  ['what is refuted is judged once', ['refuted'], 1, 'refuted'],
  ['a time-out that does not happen again was the machine’s', ['timed-out', 'refuted'], 2, 'refuted'],
  [
    'a time-out that happens three times is believed',
    ['timed-out', 'timed-out', 'timed-out'],
    3,
    'timed-out',
  ],
])('%s', async (_name, outcomes, times, outcome) => {
  const engine = ending(...outcomes);
  const verdict = await patientEngine(engine).judge(POSITION);
  expect([engine.asked.length, verdict.results[0]!.outcome]).toEqual([times, outcome]);
});

test('conditions replace those of the position', async () => {
  const engine = ending();
  await under(engine, { seed: 9, zone: 'Asia/Tokyo' }).judge(POSITION);
  expect(engine.asked[0]).toMatchObject({ seed: 9, zone: 'Asia/Tokyo', entry: 'a.ts' });
});
