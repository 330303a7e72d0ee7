import type { Diagnosis } from './diagnosis.ts';
import type { Outcome } from './verdict.ts';

export type Glyph = '!!' | '!' | '!?' | '' | '?!' | '?' | '??';

/** Which rule gave a move its glyph; the rules are in docs/glyphs.md. */
export type GlyphRule =
  | 'won-at-first-move'
  | 'won-by-another-design'
  | 'won'
  | 'losing-mistake'
  | 'wrong-mistake'
  | 'costly-mistake'
  | 'lost-20'
  | 'lost-10'
  | 'lost-5'
  | 'same-again'
  | 'changed-nothing'
  | 'quiet';

/** What a glyph is decided from. */
export interface GlyphInput {
  won: boolean;
  /** positions 0–100 */
  before: number;
  position: number;
  outcomesBefore: Readonly<Record<string, Outcome>>;
  outcomes: Readonly<Record<string, Outcome>>;
  diagnosis: Diagnosis;
  /** the same mistake was named at an earlier move of this game */
  seenBefore: boolean;
  firstMove: boolean;
  /** a rung of the ladder was opened before this move */
  helped: boolean;
  /** nearest accepted design is another than the reference */
  otherDesign: boolean;
}

const ORDER: readonly Glyph[] = ['??', '?', '?!', ''];

/**
 * The glyph of a move and the rule that gave it. Of all rules that apply to a lost move the worst counts. Cut points
 * follow the loss of position as chess sites do (5, 10, 20 points), with the mistake's severity as a floor.
 */
export function glyphOf(i: GlyphInput): { glyph: Glyph; rule: GlyphRule } {
  if (i.won) {
    if (i.firstMove && !i.helped) return { glyph: '!!', rule: 'won-at-first-move' };
    if (i.otherDesign) return { glyph: '!?', rule: 'won-by-another-design' };
    return { glyph: '!', rule: 'won' };
  }
  const found: { glyph: Glyph; rule: GlyphRule }[] = [{ glyph: '', rule: 'quiet' }];
  const loss = i.before - i.position;
  if (i.diagnosis.status === 'known') {
    const { severity } = i.diagnosis;
    found.push({
      glyph: severity,
      rule: severity === '??' ? 'losing-mistake' : severity === '?' ? 'wrong-mistake' : 'costly-mistake',
    });
    if (i.seenBefore) found.push({ glyph: '?', rule: 'same-again' });
  }
  if (loss >= 20) found.push({ glyph: '??', rule: 'lost-20' });
  else if (loss >= 10) found.push({ glyph: '?', rule: 'lost-10' });
  else if (loss >= 5) found.push({ glyph: '?!', rule: 'lost-5' });
  const ids = new Set([...Object.keys(i.outcomes), ...Object.keys(i.outcomesBefore)]);
  if ([...ids].every((id) => i.outcomes[id] === i.outcomesBefore[id]))
    found.push({ glyph: '?!', rule: 'changed-nothing' });
  return found.sort((a, b) => ORDER.indexOf(a.glyph) - ORDER.indexOf(b.glyph))[0]!;
}
