import { describe, expect, it } from 'vitest';
import { postMortem } from './postmortem.ts';
import { NONE, table, WON } from './testing.ts';

const DESIGNS = ['reference', 'session', 'guarded'].map((name) => ({
  name,
  title: `the ${name}`,
  about: '',
  trades: '',
  why: [],
}));
const won = { verdict: 'won', position: 100, diagnosis: NONE } as const;

describe('the review of a game', () => {
  it('has one row a move, with the position before and after', () => {
    const t = table();
    t.play({ position: 20 });
    t.play({ position: 60 });
    t.win();
    expect(postMortem(t.game(), {}, []).rows).toMatchObject([
      { n: 1, glyph: '??', before: 40, after: 20 },
      { n: 2, before: 20, after: 60 },
      { n: 3, glyph: '!', verdict: 'won', before: 60, after: 100 },
    ]);
  });

  it('praises the baits that no move took; a probe that was not reached was not taken', () => {
    const t = table();
    t.play({ outcomes: { taken: 'refuted', crashed: 'crashed', late: 'unreached', safe: 'held' } });
    t.play({ ...won, outcomes: { taken: 'held', crashed: 'held', late: 'held', safe: 'held' } });
    const baits = { taken: 'T', crashed: 'C', late: 'L', safe: 'S' };
    expect(postMortem(t.game(), baits, []).resisted).toEqual([
      { probe: 'late', praise: 'L' },
      { probe: 'safe', praise: 'S' },
    ]);
  });

  it('praises nothing in a game that was not won', () => {
    const t = table();
    t.play({ outcomes: { safe: 'held' } });
    t.resign();
    expect(postMortem(t.game(), { safe: 'S' }, DESIGNS)).toMatchObject({
      wonAt: null,
      resigned: true,
      resisted: [],
      nearest: null,
      others: DESIGNS,
    });
  });

  it('sets the design nearest to the winning move against the others', () => {
    const t = table();
    t.command({
      do: 'play',
      hash: 'w',
      statements: [],
      files: {},
      judgement: WON,
      nearest: { design: 'session', isReference: false },
    });
    const p = postMortem(t.game(), {}, DESIGNS);
    expect([p.wonAt, p.nearest!.name, p.others.map((d) => d.name)]).toEqual([
      1,
      'session',
      ['reference', 'guarded'],
    ]);
    expect(postMortem(t.game(), {}, DESIGNS.slice(2)).nearest).toBeNull();
  });
});
