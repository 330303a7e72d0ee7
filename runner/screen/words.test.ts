import { describe, expect, it } from 'vitest';
import type { Refusal } from '../core/ladder.ts';
import { ladderHint, ladderScreen } from './ladder.ts';
import { bare, plain, rich } from './testing.ts';
import {
  GLYPH_NAME,
  inWords,
  KEY_WORDS,
  OUTCOME_NAME,
  refusalWords,
  RULE_WORDS,
  RUNG_NAME,
  sameProgramWords,
  sayings,
  VERDICT_NAME,
  verdictWords,
} from './words.ts';

const REFUSALS: Refusal[] = [
  { code: 'no-move-yet' },
  { code: 'analysis-unread', move: 3 },
  { code: 'needs-another-move', since: 3 },
  ...[0, 1, 2].map((changed): Refusal => ({ code: 'not-different', move: 4, since: 3, changed })),
];
const said = Object.values(sayings).flatMap((s) => (typeof s === 'string' ? [s] : []));
const SENTENCES = [
  ...REFUSALS.map(refusalWords),
  ...said,
  ...(['same-diagnosis', 'long'] as const).map((why) => sayings.offered(why, 'plan', '[p]', '[x]')),
  sayings.contested('f'),
  sayings.wasReset('k', 'b'),
  sayings.wasReset('k', null),
  sayings.askReset('k'),
  sayings.resigned('f'),
  sayings.noSuchNumber('9'),
  sayings.starterAgain('k'),
  sayings.unsaved('disk full'),
  sameProgramWords(0, true),
  sameProgramWords(3, false),
  verdictWords('tampering')!,
  ...[GLYPH_NAME, OUTCOME_NAME, RULE_WORDS, RUNG_NAME, VERDICT_NAME].flatMap((o) => Object.values(o)),
  ...Object.values(KEY_WORDS).map((k) => k.long),
];

describe('every sentence', () => {
  it.each(SENTENCES)('is short, kind and about the code: %s', (text) => {
    expect(text).not.toMatch(
      /!|you forgot|simply|just |obviously|wrong answer|failed|\bfail\b|sorry|oops|please|undefined|\bnull\b/i,
    );
    expect(text).not.toMatch(/\p{Extended_Pictographic}/u);
    expect(text.length).toBeLessThan(170);
    expect(text.trim()).toBe(text);
  });
});

describe('a refusal', () => {
  it.each(REFUSALS.map((r) => [r.code, r] as const))(
    '%s is whole sentences, also behind the rung that is open',
    (_, refusal) => {
      expect(refusalWords(refusal)).toMatch(/^[A-Z].*\.$/);
      const ladder = { open: ['idea'], next: 'plan', refusal, offered: null } as const;
      const text = bare(ladderHint(ladder, rich(200))).replaceAll(/\s+/g, ' ');
      expect(text).toBe(` The idea is open: [i]. ${refusalWords(refusal)}`);
      expect(text.match(/next rung/gi)?.length ?? 0).toBeLessThanOrEqual(1);
    },
  );

  it('says precisely why', () => {
    expect(refusalWords({ code: 'not-different', move: 4, since: 3, changed: 0 })).toMatch(
      /move 4.*move 3.*no statement/is,
    );
    expect(refusalWords({ code: 'not-different', move: 4, since: 3, changed: 2 })).toMatch(
      /only two statements/,
    );
    expect(sameProgramWords(3, false)).toMatch(/same program as move 3 \(only renamed/);
    expect(sameProgramWords(0, true)).toMatch(/same code as the starter/);
  });
});

describe('the ladder', () => {
  const offered = { open: ['idea'], next: 'plan', refusal: null, offered: 'same-diagnosis' } as const;
  it('offers help with its key and the way out', () => {
    expect(bare(ladderHint(offered, rich()))).toMatch(/Three moves, one diagnosis\..*plan.*\[p\].*\[x\]/s);
    expect(bare(ladderHint(offered, plain()))).toMatch(/key p.*key x/s);
  });
  it('is silent when nothing is left to say', () => {
    expect(ladderHint({ open: [], next: null, refusal: null, offered: null }, rich())).toEqual([]);
  });
  it('gives no reason in a game that is over', () => {
    const closed = { open: [], next: 'idea', refusal: { code: 'no-move-yet' }, offered: null } as const;
    expect(bare(ladderScreen('k', closed, true, rich()))).not.toContain('Play a move');
    expect(bare(ladderScreen('k', closed, false, rich()))).toContain('Play a move');
  });
});

it('numbers are words up to nine', () => {
  expect([0, 1, 9, 10].map(inWords)).toEqual(['none', 'one', 'nine', '10']);
});
