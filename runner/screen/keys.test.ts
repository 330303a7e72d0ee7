import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionOf, keyHelp, keyLine, KEYS, type Moment } from './keys.ts';
import { bare, MOMENTS, packed, plain, rich } from './testing.ts';
import { KEY_WORDS } from './words.ts';

const moments = fc.record<Moment>({
  choices: fc.integer({ min: 0, max: 3 }),
  unread: fc.boolean(),
  lost: fc.boolean(),
  idea: fc.boolean(),
  plan: fc.boolean(),
  betterApproach: fc.boolean(),
  moves: fc.nat(3),
  over: fc.boolean(),
  next: fc.boolean(),
});

describe('keys', () => {
  it('are given once each, and none is a digit, which answers questions', () => {
    expect(new Set(KEYS.map((k) => k.key)).size).toBe(KEYS.length);
    expect(KEYS.filter((k) => /^\d$/.test(k.key))).toEqual([]);
  });

  it('are named in their short words', () => {
    for (const k of KEYS) expect(KEY_WORDS[k.action].short.toLowerCase()).toContain(`[${k.key}]`);
  });

  it('act exactly when help lists them, and whatever the bottom line shows acts', () => {
    fc.assert(
      fc.property(moments, (m) => {
        const help = bare(keyHelp(m, rich(200)));
        for (const k of KEYS) {
          expect(actionOf(k.key, m) === k.action).toBe(
            help.includes(` ${k.key} `) && help.includes(KEY_WORDS[k.action].long),
          );
          if (keyLine(m).includes(KEY_WORDS[k.action].short)) expect(actionOf(k.key, m)).toBe(k.action);
        }
        for (const n of [1, 2, 3, 9]) expect(actionOf(String(n), m)).toBe(n <= m.choices ? 'answer' : null);
      }),
    );
  });

  it('always leave a way on: the brief, help and quit', () => {
    for (const m of Object.values(MOMENTS))
      for (const short of ['[b]rief', '[?] keys', '[q]uit']) expect(keyLine(m)).toContain(short);
  });

  it('offer help with a question before anything else, and return does what space does', () => {
    expect(keyLine(MOMENTS.question)).toMatch(/^\[1-3\] answer {2}\[space\]/);
    expect([actionOf('return', MOMENTS.question), actionOf('return', MOMENTS.lost)]).toEqual(['skip', null]);
    expect(keyLine(MOMENTS.question)).not.toContain('[i]dea');
    expect(keyLine(MOMENTS.unread)).toMatch(/^\[space\] read {2}/);
    expect([
      actionOf('0', MOMENTS.question),
      actionOf('4', MOMENTS.question),
      actionOf('', MOMENTS.question),
    ]).toEqual([null, null, null]);
  });

  it('say the same on every screen', () => {
    for (const m of Object.values(MOMENTS))
      for (const w of [40, 80])
        expect(packed(bare(keyHelp(m, plain(w))))).toBe(packed(bare(keyHelp(m, rich(w)))));
  });
});
