import { diffLines as compare } from 'diff';
import { columns, expandTabs, harmless, paragraph } from './layout.ts';
import type { Look } from './look.ts';
import { labelledDiff, lostWords } from './words.ts';

/** Lines around a difference that are shown. */
const AROUND = 2;
/** Rows of the whole, and of one line that has to be wrapped. */
const MOST = 12;
const MOST_OF_ONE = 3;
/** Characters shown in front of the first difference of two long lines. */
const LEAD = 12;

/** Expected and actual as a line diff; the parts that are equal are cut down to the neighbourhood of a difference. */
export function textDiff(expected: string, actual: string, look: Look): string[] {
  const parts = compare(`${shown(expected)}\n`, `${shown(actual)}\n`);
  const same = commonStart(parts);
  const rows: string[] = [];
  for (const [i, part] of parts.entries()) {
    const text = part.value.replace(/\n$/, '').split('\n');
    if (part.added || part.removed) {
      const paint = part.added ? look.paint.bad : look.paint.good;
      const label = part.added ? labelledDiff.got(look.plain) : labelledDiff.expected(look.plain);
      for (const line of text)
        rows.push(...row(same > 0 ? `…${line.slice(same)}` : line, label, look).map(paint));
      continue;
    }
    const near = text.filter(
      (_, n) => (i > 0 && n < AROUND) || (i < parts.length - 1 && n >= text.length - AROUND),
    );
    for (const line of near) rows.push(...row(line, labelledDiff.same(look.plain), look).map(look.paint.dim));
  }
  return rows.length > MOST ? [...rows.slice(0, MOST), look.paint.dim('     …')] : rows;
}

const shown = (text: string): string => harmless(text).split('\n').map(expandTabs).join('\n');

/** How much of one long line against another is equal and can be left out, so that the difference is in sight. */
function commonStart(parts: readonly { value: string; added?: boolean; removed?: boolean }[]): number {
  const [removed, added] = [parts.filter((p) => p.removed), parts.filter((p) => p.added)];
  if (removed.length !== 1 || added.length !== 1) return 0;
  const [a, b] = [removed[0]!.value, added[0]!.value];
  if (a.indexOf('\n') !== a.length - 1 || b.indexOf('\n') !== b.length - 1) return 0;
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n > 3 * LEAD ? n - LEAD : 0;
}

/** One line of text behind its label, wrapped with its blanks kept; very long lines are cut. */
function row(line: string, label: string, look: Look): string[] {
  const indent = ' '.repeat(label.length);
  if (line.trim() === '') return [label + (line === '' ? lostWords.emptyLine : lostWords.blanksOnly)];
  const front = look.plain ? '' : columns(/^ */.exec(line)![0], 0, 8);
  const rows = paragraph(line.trimStart(), look, label + front, look.width);
  const kept = rows.length > MOST_OF_ONE ? [...rows.slice(0, MOST_OF_ONE), `${indent}…`] : rows;
  return kept;
}
