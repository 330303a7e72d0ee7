import { describe, expect, it } from 'vitest';
import { compare, mayRetry } from './retry.ts';
import { judgement, KATA, known, outOfBook, table } from './testing.ts';

/** The starter holds a; move 1 gains b; move 2 loses a by the mistake `late`. */
function game() {
  const t = table(judgement({ outcomes: { a: 'held', b: 'refuted' } }));
  t.play({ outcomes: { a: 'held', b: 'held', c: 'refuted' }, diagnosis: known('live') });
  t.play({ outcomes: { a: 'refuted', b: 'held', c: 'refuted' }, diagnosis: known('late') });
  return t;
}
const begin = (t: ReturnType<typeof table>, move: number): void =>
  t.put([{ type: 'retry-begun', kata: KATA, move, backup: '' }]);
const tried = (outcomes: Parameters<typeof judgement>[0], hash = 'new') => ({
  hash,
  judgement: judgement(outcomes),
});

describe('which moves can be played once more', () => {
  it('is any that was not won', () => {
    const t = game();
    t.win();
    expect(mayRetry(t.game(), 2)).toBeNull();
    expect(mayRetry(t.game(), 3)).toEqual({ code: 'move-won', move: 3 });
    expect(mayRetry(t.game(), 4)).toEqual({ code: 'no-such-move', moves: 3 });
    expect(mayRetry(t.game(), 0)).toEqual({ code: 'no-such-move', moves: 3 });
  });
});

describe('a try', () => {
  const { game: g } = game();

  it('wins when it keeps what held before the move, with another diagnosis, even while other probes fail', () => {
    const outcomes = { a: 'held', b: 'held', c: 'refuted' } as const;
    expect(compare(g(), 2, tried({ outcomes, diagnosis: known('live') }))).toEqual({ is: 'won' });
  });

  it('does not when it loses a probe that held in the position', () => {
    const outcomes = { a: 'held', b: 'unreached', c: 'held' } as const;
    expect(compare(g(), 2, tried({ outcomes, diagnosis: known('live') }))).toEqual({
      is: 'loses',
      probes: ['b'],
    });
  });

  it('does not when it repeats the diagnosis, named or not', () => {
    const outcomes = { a: 'held', b: 'held', c: 'refuted' } as const;
    expect(compare(g(), 2, tried({ outcomes, diagnosis: known('late') }))).toEqual({ is: 'repeats' });
    const t = game();
    t.play({ outcomes: { a: 'held', b: 'refuted' }, diagnosis: outOfBook('b') });
    const better = { a: 'held', b: 'held' } as const;
    expect(compare(t.game(), 3, tried({ outcomes: better, diagnosis: outOfBook('b') }))).toEqual({
      is: 'repeats',
    });
    expect(compare(t.game(), 3, tried({ outcomes: better, diagnosis: outOfBook('c') }))).toEqual({
      is: 'won',
    });
  });

  it('is none when it is the position itself', () => {
    expect(compare(g(), 2, { hash: 'h1', judgement: g().moves[0]!.judgement })).toEqual({ is: 'unchanged' });
    expect(compare(g(), 1, { hash: 'starter', judgement: judgement() })).toEqual({ is: 'unchanged' });
  });
});

describe('a game', () => {
  const better = { outcomes: { a: 'held', b: 'held', c: 'refuted' }, diagnosis: known('live') } as const;

  it('notes the move that wins a retry, and then none is open', () => {
    const t = game();
    begin(t, 2);
    expect(t.game()).toMatchObject({ retrying: 2, retries: [{ move: 2, wonBy: null }] });
    t.play({ outcomes: { a: 'refuted' } });
    expect(t.game().retrying).toBe(2);
    t.play(better);
    expect(t.game()).toMatchObject({ retrying: null, retries: [{ move: 2, wonBy: 4 }] });
    t.play({ outcomes: { a: 'held', b: 'held' }, diagnosis: known('again') });
    expect(t.game().retries).toEqual([{ move: 2, wonBy: 4 }]);
  });

  it('has one retry open at a time, and none after a reset', () => {
    const t = game();
    begin(t, 2);
    begin(t, 1);
    expect(t.game()).toMatchObject({ retrying: 1, retries: [{ move: 2 }, { move: 1 }] });
    t.put([{ type: 'reset', kata: KATA, backup: '' }]);
    expect(t.game().retrying).toBeNull();
    begin(t, 9);
    expect(t.game().retrying).toBeNull();
  });
});
