import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphOf, type GlyphInput } from './glyph.ts';
import { known, NONE, outOfBook } from './testing.ts';

const input = (more: Partial<GlyphInput> = {}): GlyphInput => ({
  won: false,
  before: 50,
  position: 50,
  outcomesBefore: { a: 'held', b: 'refuted' },
  outcomes: { a: 'held', b: 'crashed' },
  diagnosis: outOfBook('b'),
  seenBefore: false,
  firstMove: false,
  helped: false,
  otherDesign: false,
  ...more,
});

describe('the glyph of a won move', () => {
  it.each<[string, Partial<GlyphInput>, string, string]>([
    ['the first move without help', { firstMove: true }, '!!', 'won-at-first-move'],
    ['the first move by another design', { firstMove: true, otherDesign: true }, '!!', 'won-at-first-move'],
    ['the first move after a rung was looked at', { firstMove: true, helped: true }, '!', 'won'],
    ['another design than the reference', { otherDesign: true }, '!?', 'won-by-another-design'],
    ['a later move', {}, '!', 'won'],
  ])('is for %s as the rules say', (_, more, glyph, rule) => {
    expect(glyphOf(input({ won: true, diagnosis: NONE, ...more }))).toEqual({ glyph, rule });
  });
});

describe('the glyph of a lost move', () => {
  it.each<[string, Partial<GlyphInput>, string, string]>([
    ['nothing lost', { position: 60 }, '', 'quiet'],
    ['4 points lost', { position: 46 }, '', 'quiet'],
    ['5 points lost', { position: 45 }, '?!', 'lost-5'],
    ['9 points lost', { position: 41 }, '?!', 'lost-5'],
    ['10 points lost', { position: 40 }, '?', 'lost-10'],
    ['19 points lost', { position: 31 }, '?', 'lost-10'],
    ['20 points lost', { position: 30 }, '??', 'lost-20'],
    ['a mistake that loses at once', { diagnosis: known('m', '??'), position: 90 }, '??', 'losing-mistake'],
    ['a mistake that loses under ordinary conditions', { diagnosis: known('m', '?') }, '?', 'wrong-mistake'],
    ['a mistake that is paid for later', { diagnosis: known('m', '?!') }, '?!', 'costly-mistake'],
    ['the same mistake again', { diagnosis: known('m', '?!'), seenBefore: true }, '?', 'same-again'],
    ['no probe won or lost', { outcomes: { a: 'held', b: 'refuted' } }, '?!', 'changed-nothing'],
    ['a probe that is new', { outcomes: { a: 'held', b: 'refuted', c: 'held' } }, '', 'quiet'],
  ])('is for %s as the rules say', (_, more, glyph, rule) => {
    expect(glyphOf(input(more))).toEqual({ glyph, rule });
  });

  it.each<[string, Partial<GlyphInput>, string, string]>([
    ['position over a mild mistake', { diagnosis: known('m', '?!'), position: 10 }, '??', 'lost-20'],
    [
      'a grave mistake over a gained position',
      { diagnosis: known('m', '??'), position: 95 },
      '??',
      'losing-mistake',
    ],
    [
      'again over nothing changed',
      { diagnosis: known('m', '?!'), seenBefore: true, outcomes: { a: 'held', b: 'refuted' } },
      '?',
      'same-again',
    ],
    ['the mistake over a loss as grave', { diagnosis: known('m', '?'), position: 40 }, '?', 'wrong-mistake'],
  ])('lets the worst rule count: %s', (_, more, glyph, rule) => {
    expect(glyphOf(input(more))).toEqual({ glyph, rule });
  });

  it('never gets better when the position gets worse, and is never praise', () => {
    const order = ['', '?!', '?', '??'];
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.nat(100),
        fc.nat(100),
        fc.boolean(),
        fc.constantFrom('??', '?', '?!' as const),
        (before, x, y, seenBefore, severity) => {
          const at = (position: number) =>
            order.indexOf(
              glyphOf(input({ before, position, seenBefore, diagnosis: known('m', severity) })).glyph,
            );
          expect(at(Math.min(x, y))).toBeGreaterThanOrEqual(at(Math.max(x, y)));
          expect(at(x)).toBeGreaterThanOrEqual(order.indexOf(severity));
        },
      ),
    );
  });
});
