import { count, paragraph } from './layout.ts';
import type { Look } from './look.ts';
import { checkSayings, problemWords, skipWords, type ProblemCode } from './problems.ts';

/** What `check` found out about a kata. */
export interface CheckView {
  id: string;
  moves: number;
  designs: number;
  cards: { all: number; executed: number };
  variants: {
    /** runs beside the first ones, under other conditions and in other spellings */
    runs: number;
    /** spellings that were not possible */
    skipped: readonly { where: string; way: string; why: string }[];
  };
  /** how much of the kata there is in other languages; what is not there is read in English */
  translations: readonly {
    language: string;
    texts: number;
    there: number;
    missing: readonly string[];
    stale: readonly string[];
  }[];
  problems: readonly {
    code: ProblemCode;
    where: string;
    args: Readonly<Record<string, string | number>>;
  }[];
}

/** The figures of a kata, its problems, and what could not be tried. */
export function checkScreen(v: CheckView, look: Look): string[] {
  const { paint } = look;
  const found =
    v.problems.length === 0 ? paint.good('no problem') : paint.bad(count(v.problems.length, 'problem'));
  const lines = paragraph(
    `${paint.bold(v.id)}: ${found}. ${count(v.moves, 'bad move')} and ${count(v.designs, 'accepted design')}, ` +
      `played ${count(v.variants.runs, 'more time')} under other conditions and in other spellings; ` +
      `${v.cards.executed} of ${count(v.cards.all, 'card')} executed.`,
    look,
  );
  for (const p of v.problems)
    lines.push(...paragraph(`${p.where}: ${problemWords(p)}`, look, look.plain ? ' - ' : '   · ', Infinity));
  const skipped = Map.groupBy(v.variants.skipped, skipWords);
  for (const [words, where] of skipped)
    lines.push(...paragraph(`Not tried on ${count(where.length, 'file set')}: ${words}.`, look, '   '));
  for (const t of v.translations) {
    lines.push(...paragraph(checkSayings.language(t.language, t.there, t.texts), look, '   '));
    const all = [
      ...t.missing.map((text) => checkSayings.missing(t.language, text)),
      ...t.stale.map((text) => checkSayings.stale(t.language, text)),
    ];
    // without any there is nothing to complete: the kata is English
    const shown = t.there === 0 ? [] : all.slice(0, MOST_TEXTS);
    for (const text of shown) lines.push(...paragraph(text, look, look.plain ? ' - ' : '   · '));
    if (shown.length > 0 && shown.length < all.length)
      lines.push(...paragraph(checkSayings.more(all.length - shown.length), look, '     '));
  }
  return lines;
}

/** Texts that are missing in a language and named here. */
const MOST_TEXTS = 10;
