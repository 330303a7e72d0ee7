import { wrapAnsi } from 'fast-wrap-ansi';
import stringWidth from 'fast-string-width';
import type { Look } from './look.ts';

/** Prose is not set wider than this, however wide the terminal. */
const PROSE = 88;
/** Columns to which a tab in code jumps. */
const TAB = 4;

/** Text on as many lines as it needs; the first line starts with `first`, the others are indented as far. */
export function paragraph(text: string, look: Look, first = ' ', most = PROSE): string[] {
  const indent = ' '.repeat(stringWidth(first));
  const room = Math.max(8, Math.min(look.width, most) - indent.length - 1);
  return wrapAnsi(text.replaceAll('\t', ' '), room, { hard: true, trim: true })
    .split('\n')
    .map((line, i) => (i === 0 ? first : line === '' ? '' : indent) + line);
}

/** Items on as many lines as they need, none of them broken unless it is wider than a line. */
export function flow(items: readonly string[], gap: string, look: Look, first = ' '): string[] {
  const indent = ' '.repeat(stringWidth(first));
  const room = Math.max(8, Math.min(look.width, PROSE) - indent.length - 1);
  const rows: string[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (last !== undefined && stringWidth(last + gap + item) <= room)
      rows[rows.length - 1] = last + gap + item;
    else rows.push(...wrapAnsi(item, room, { hard: true, trim: true }).split('\n'));
  }
  return rows.map((row, i) => (i === 0 ? first : indent) + row);
}

/** Left and right text on one line, or on several when the width does not allow it. */
export function spread(left: string, right: string, look: Look): string[] {
  const width = Math.min(look.width, PROSE) - 1;
  const gap = width - stringWidth(left) - stringWidth(right);
  if (right !== '' && gap >= 2) return [left + ' '.repeat(gap) + right];
  return [...paragraph(left.trimStart(), look), ...(right === '' ? [] : paragraph(right, look, '   '))];
}

/** Cuts a one-line text with an ellipsis to at most `width` columns. */
export function cut(text: string, width: number): string {
  return clip(text.replaceAll(/\s+/g, ' ').trim(), width);
}

/** Cuts a line with an ellipsis to at most `width` columns; blanks inside and in front stay. */
export function clip(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  return `${columns(line, 0, width - 1).trimEnd()}…`;
}

/** The part of a line that stands in these columns, as far as whole characters do. */
export function columns(line: string, from: number, to: number): string {
  let out = '';
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    const w = stringWidth(segment);
    if (at >= to || at + w > to) break;
    if (at >= from) out += segment;
    at += w;
  }
  return out;
}

/** Code with its tabs set as blanks, so that columns can be counted. */
export function expandTabs(line: string): string {
  let out = '';
  for (const [i, part] of line.split('\t').entries()) {
    if (i > 0) out += ' '.repeat(TAB - (stringWidth(out) % TAB));
    out += part;
  }
  return out;
}

/** What could repaint or disguise a terminal: control characters but for tabs and line ends, bidirectional overrides, zero-width spaces. */
const HARMFUL =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of others, fit to be shown: harmful characters become one visible character each, so that columns stay. */
export function harmless(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(HARMFUL, (c) =>
      c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c === '\u007f' ? '␡' : '�',
    );
}

/** A view with all its texts harmless. */
export function harmlessView<T>(view: T): T {
  if (typeof view === 'string') return harmless(view) as T;
  if (Array.isArray(view)) return view.map(harmlessView) as T;
  if (typeof view !== 'object' || view === null) return view;
  return Object.fromEntries(Object.entries(view).map(([k, v]) => [k, harmlessView(v)])) as T;
}

/** Pads to a width counted in columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** "1 row", "3 rows". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

export const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);
