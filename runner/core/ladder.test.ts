import { describe, expect, it } from 'vitest';
import { changedStatements, ladderOf } from './ladder.ts';
import { judgement, known, NONE, outOfBook, table } from './testing.ts';

const OTHER = { diagnosis: known('live', '?'), outcomes: { a: 'refuted', b: 'held' } } as const;
const state = (t: ReturnType<typeof table>) => ladderOf(t.game(), t.now);
const why = (t: ReturnType<typeof table>) => state(t).refusal;

describe('the ladder', () => {
  it('asks for an attempt first', () => {
    const t = table();
    expect(why(t)).toEqual({ code: 'no-move-yet' });
    expect(t.open('idea')).toBe('no-move-yet');
    t.wait(600);
    expect(t.open('idea')).toBe('no-move-yet');
  });

  it('stays shut while the analysis is unread', () => {
    const t = table();
    t.play();
    expect(why(t)).toEqual({ code: 'analysis-unread', move: 1 });
    expect(t.open('idea')).toBe('analysis-unread');
  });

  it.each([
    ['right', 1],
    ['wrong', 0],
    ['a skip', null],
  ])('opens the idea with the first read analysis, by %s', (_, choice) => {
    const t = table();
    t.play();
    t.read(choice);
    expect(state(t)).toMatchObject({
      open: ['idea'],
      next: 'plan',
      refusal: { code: 'needs-another-move', since: 1 },
    });
    expect(t.open('idea')).toBe('done');
    expect(t.open('idea')).toBe('nothing');
  });

  it('opens rungs in order', () => {
    const t = table();
    t.play();
    t.read();
    expect(t.open('better-approach')).toBe('not-open');
    expect(t.open('plan')).toBe('needs-another-move');
  });

  it.each<[string, Parameters<ReturnType<typeof table>['play']>]>([
    ['other outcomes', [{ outcomes: { a: 'refuted', b: 'refuted' } }]],
    ['another diagnosis', [{ diagnosis: known('live') }]],
    ['no diagnosis at all', [{ diagnosis: outOfBook('b') }]],
    ['three other statements', [{}, ['s1', 's2', 's3', 's4', 's5', 's6']]],
    ['three statements gone', [{}, []]],
  ])('opens one more rung with a further move that shows %s, once it is read', (_, move) => {
    const t = table();
    t.play();
    t.read();
    t.play(...move);
    expect(why(t)).toEqual({ code: 'analysis-unread', move: 2 });
    t.read();
    expect(state(t)).toMatchObject({ open: ['idea', 'plan'], next: 'better-approach' });
  });

  it.each<[string, readonly string[], number]>([
    ['only literals', ['s1', 's2', 's3'], 0],
    ['one statement', ['s1', 's2', 'x'], 1],
    ['two statements', ['s1', 'y', 'x'], 2],
  ])('does not count a move with the same result that changed %s', (_, statements, changed) => {
    const t = table();
    t.play();
    t.read();
    t.play({}, statements);
    t.read();
    expect(why(t)).toEqual({ code: 'not-different', move: 2, since: 1, changed });
    expect(t.open('plan')).toBe('not-different');
  });

  it('compares with the last move that counted, so that small steps add up', () => {
    const t = table();
    t.play();
    t.read();
    t.play({ position: 41, diagnosis: known('late') }, ['s1', 's2', 'x']);
    t.read();
    t.play({}, ['x', 'y', 'z']);
    t.read();
    expect(state(t).open).toEqual(['idea', 'plan']);
  });

  it('opens the last rung with a third different move, and then has no next', () => {
    const t = table();
    for (const diagnosis of [known('late'), known('live'), known('again')]) {
      t.play({ diagnosis });
      t.read();
    }
    expect(state(t)).toEqual({
      open: ['idea', 'plan', 'better-approach'],
      next: null,
      refusal: null,
      offered: null,
    });
    t.play({ diagnosis: known('late') }, ['q']);
    t.read();
    expect(t.game().level).toBe(3);
  });

  it('gives one rung per move, however often it is looked at', () => {
    const t = table();
    t.play();
    t.read();
    t.read(1);
    t.open('idea');
    t.read(2);
    expect(t.game().level).toBe(1);
  });
});

describe('help that is offered', () => {
  it('comes after three moves with one diagnosis, unread ones too', () => {
    const t = table();
    t.play();
    t.play();
    expect(state(t).offered).toBeNull();
    t.play();
    expect(state(t)).toMatchObject({ next: 'idea', offered: 'same-diagnosis', refusal: null });
    expect(t.open('idea')).toBe('done');
    expect(t.game().rungs).toMatchObject([{ rung: 'idea', move: 3 }]);
  });

  it('comes after three losses of one probe out of the book', () => {
    const t = table();
    for (let i = 0; i < 3; i++) t.play({ diagnosis: outOfBook('b') });
    expect(state(t).offered).toBe('same-diagnosis');
    const other = table();
    for (const probe of ['a', 'b', 'c']) other.play({ diagnosis: outOfBook(probe) });
    expect(state(other).offered).toBeNull();
  });

  it('speaks of the diagnosis of the last move', () => {
    const t = table();
    for (let i = 0; i < 3; i++) t.play();
    t.play(OTHER);
    expect(state(t).offered).toBeNull();
  });

  it('offers the plan at the third move when the first has opened the idea', () => {
    const t = table();
    t.play();
    t.read();
    t.play();
    t.read();
    expect(state(t).offered).toBeNull();
    t.play();
    expect(state(t)).toMatchObject({ open: ['idea'], next: 'plan', offered: 'same-diagnosis' });
  });

  it('is not taken away by looking at a rung that is open', () => {
    const t = table();
    t.play();
    t.read();
    t.play();
    t.play();
    expect(t.open('idea')).toBe('done');
    expect(t.open('plan')).toBe('done');
  });

  it('opens one rung and no second by reading the same move', () => {
    const t = table();
    for (let i = 0; i < 3; i++) t.play();
    t.open('idea');
    t.read();
    expect(t.game().level).toBe(1);
    expect(why(t)).toEqual({ code: 'needs-another-move', since: 3 });
  });

  it('counts anew after it was taken', () => {
    const t = table();
    for (let i = 0; i < 3; i++) t.play();
    t.open('idea');
    t.play();
    t.play();
    expect(state(t).offered).toBeNull();
    t.play();
    expect(state(t)).toMatchObject({ next: 'plan', offered: 'same-diagnosis' });
  });

  it('does not open the last rung at once when the third move has earned the plan', () => {
    const t = table();
    t.play();
    t.read();
    t.play();
    t.play({ outcomes: { a: 'refuted', b: 'refuted' } });
    t.read();
    expect(state(t)).toMatchObject({ next: 'better-approach', offered: null });
  });

  it('comes after ten minutes and two moves', () => {
    const t = table();
    t.play();
    t.wait(10);
    expect(state(t).offered).toBeNull();
    t.play(OTHER);
    expect(state(t)).toMatchObject({ next: 'idea', offered: 'long' });
    expect(t.open('idea')).toBe('done');
    t.play();
    t.wait(9);
    t.play(OTHER);
    expect(state(t).offered).toBeNull();
    t.wait(1);
    expect(state(t)).toMatchObject({ next: 'plan', offered: 'long' });
  });

  it('never closes again while time passes', () => {
    const t = table();
    t.play();
    t.play(OTHER);
    t.wait(10);
    const first = state(t).offered;
    t.wait(100_000);
    expect([first, state(t).offered]).toEqual(['long', 'long']);
  });

  it('does not count moves that won', () => {
    const t = table();
    t.play();
    t.wait(30);
    expect(
      ladderOf(
        {
          ...t.game(),
          moves: [
            ...t.game().moves,
            { ...t.game().moves[0]!, n: 2, judgement: judgement({ verdict: 'won', diagnosis: NONE }) },
          ],
        },
        t.now,
      ).offered,
    ).toBeNull();
  });
});

describe('the end of a game', () => {
  it('opens everything when it is resigned, even before the first move', () => {
    const t = table();
    t.resign();
    expect(state(t)).toMatchObject({ open: ['idea', 'plan', 'better-approach'], next: null });
    expect(t.open('better-approach')).toBe('done');
  });

  it('opens everything when it is won: an unread analysis is no dead end', () => {
    const t = table();
    t.play();
    t.win();
    expect(state(t)).toMatchObject({ open: ['idea', 'plan', 'better-approach'], next: null, refusal: null });
    expect(t.open('plan')).toBe('done');
  });
});

describe('changedStatements', () => {
  it('is the larger of added and removed, and counts repeated statements', () => {
    expect(changedStatements(['a', 'b', 'b'], ['a', 'b'])).toBe(1);
    expect(changedStatements(['a'], ['b', 'c'])).toBe(2);
    expect(changedStatements(['a', 'b'], ['b', 'a'])).toBe(0);
    expect(changedStatements([], [])).toBe(0);
  });
});
