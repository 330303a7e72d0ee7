import { describe, expect, test } from 'vitest';
import { scoredLines, suspectsOf, keyOf, type CountedPlace, type Run } from './suspects.ts';
import { frame } from './testing.ts';

/** A place on a line of its own, of the same number. */
const place = (line: number, more: Partial<CountedPlace> & { logic?: number } = {}): CountedPlace => {
  const { logic = 0, ...rest } = more;
  return { lines: [{ at: frame(line), logic }], decidedBy: null, usedBy: [], ...rest };
};
const run = (outcome: Run['outcome'], ...places: number[]): Run => ({
  outcome,
  ran: Object.fromEntries(places.map((i) => [i, 1])),
});
const never = (): boolean => false;
const linesOf = (places: CountedPlace[], failing: Run, others: Run[]): number[] =>
  scoredLines(places, failing, others, never).map((s) => s.at.line);

describe('scored lines', () => {
  test('what no probe that holds ran comes first, and tells how many did', () => {
    const scored = scoredLines(
      [place(0), place(1), place(2)],
      run('refuted', 0, 1, 2),
      [run('held', 0), run('held', 0, 1), run('unreached')],
      never,
    );
    expect(scored.map((s) => [s.at.line, s.held, s.of])).toEqual([
      [2, 0, 2],
      [1, 1, 2],
      [0, 2, 2],
    ]);
  });

  test('what the failing probe did not run is no suspect', () => {
    expect(linesOf([place(0), place(1)], run('crashed', 0), [run('refuted', 1)])).toEqual([0]);
  });

  test('what every failing probe ran comes before what only this one ran', () => {
    const others = [run('refuted', 1), run('crashed', 1), run('held')];
    expect(linesOf([place(0), place(1)], run('refuted', 0, 1), others)).toEqual([1, 0]);
  });

  test('of equals, the one with more to get wrong comes first', () => {
    expect(linesOf([place(0), place(1, { logic: 2 })], run('refuted', 0, 1), [run('held', 0, 1)])).toEqual([
      1, 0,
    ]);
  });

  test('a decision is suspected for what it let run', () => {
    const places = [place(0, { logic: 1 }), place(1, { logic: 1 }), place(2, { decidedBy: 1 })];
    const others = [run('held', 0, 1), run('held', 0, 1)];
    expect(linesOf(places, run('refuted', 0, 1, 2), others)).toEqual([1, 2, 0]);
  });

  test('a decision is suspected for what it passed over', () => {
    const places = [place(0, { logic: 1 }), place(1, { logic: 1 }), place(2, { decidedBy: 1 })];
    const others = [run('held', 0, 1, 2), run('held', 0, 1, 2)];
    expect(linesOf(places, run('refuted', 0, 1), others)).toEqual([1, 0]);
  });

  test('a declaration at the top counts with what uses it, whenever it ran', () => {
    const places = [place(0, { usedBy: [1], logic: 1 }), place(1), place(2)];
    const others = [run('held', 0, 2)];
    expect(linesOf(places, run('refuted', 1, 2), others)).toEqual([0, 1, 2]);
  });

  test('a line that has changed since it held comes first', () => {
    const [first] = scoredLines(
      [place(0), place(1)],
      run('refuted', 0, 1),
      [run('held', 0)],
      (at) => at.line === 0,
    );
    expect(first).toMatchObject({ at: { line: 0 }, changed: true });
  });
});

describe('suspects', () => {
  const scored = scoredLines(
    [place(0), place(1), place(2), place(3), place(4), place(5)],
    run('refuted', 0, 1, 2, 3, 4, 5),
    [run('held', 0), run('held', 0, 1), run('held', 0, 1, 2)],
    never,
  );

  test('what mends all probes comes before what mends this one, and both before the rest', () => {
    const mends = new Map([
      [keyOf(frame(1)), 'probe'],
      [keyOf(frame(0)), 'all'],
    ] as const);
    const suspects = suspectsOf(scored, mends);
    expect(suspects.slice(0, 2)).toMatchObject([
      { at: { line: 0 }, mends: 'all' },
      { at: { line: 1 }, mends: 'probe' },
    ]);
    expect(suspects[2]!.mends).toBeUndefined();
  });

  test('no more than five are told, and none with its score', () => {
    const suspects = suspectsOf(scored, new Map());
    expect(suspects.length).toBe(5);
    expect(suspects.every((s) => !('score' in s))).toBe(true);
  });
});
