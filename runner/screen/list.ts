import stringWidth from 'fast-string-width';
import { pad, paragraph } from './layout.ts';
import type { Look } from './look.ts';
import type { KataState } from './start.ts';
import { startWords, STATE_NAME } from './words.ts';

export interface ListRow {
  id: string;
  track: string;
  level: number;
  promise: string;
  /** katas that come before it and are not over yet */
  after: readonly string[];
  state: KataState;
  moves: number;
  position: number | null;
}

/** All katas, in the order of the ladder, with where each stands; numbered when one is to be chosen. */
export function listScreen(
  rows: readonly ListRow[],
  chosen: string | null,
  look: Look,
  numbered = false,
): string[] {
  const id = Math.max(0, ...rows.map((r) => r.id.length));
  const state = Math.max(0, ...rows.map((r) => stateText(r).length));
  const track = Math.max(0, ...rows.map((r) => trackText(r).length));
  const digits = String(rows.length).length;
  const head = (r: ListRow, first: string): string =>
    `${first}${pad(r.id, id)}  ${pad(stateText(r), state)}  ${pad(trackText(r), track)}`;
  const after = (r: ListRow): string => (r.after.length > 0 ? `  ${startWords.after(r.after)}` : '');
  const marked = (r: ListRow, i: number): string =>
    ` ${numbered ? `${String(i + 1).padStart(digits)}  ` : ''}${r.id === chosen ? '▸' : ' '} `;
  // one look for all: a list with some of its rows folded is hard to go down with the eye
  const fits = (line: (r: ListRow, i: number) => string): boolean =>
    rows.every((r, i) => stringWidth(line(r, i)) <= look.width);
  const inOne = (r: ListRow, i: number): string => `${head(r, marked(r, i))}  ${r.promise}${after(r)}`;
  const inTwo = (r: ListRow, i: number): string => `${head(r, marked(r, i))}${after(r)}`;
  const [one, two] = [fits(inOne), fits(inTwo)];
  return rows.flatMap((r, i) => {
    if (look.plain) {
      const number = numbered ? `${String(i + 1).padStart(digits)}  ` : '';
      const mark = r.id === chosen ? startWords.chosen : '';
      return paragraph(
        `${mark}${r.id}: ${r.promise}. ${startWords.level(r.track, r.level)}. ${stateText(r) || STATE_NAME.new}${r.after.length > 0 ? `, ${startWords.after(r.after)}` : ''}.`,
        look,
        ` ${number}`,
      );
    }
    if (one) return [inOne(r, i).trimEnd()];
    const first = marked(r, i);
    const rest = ' '.repeat(first.length + 2);
    if (two) return [inTwo(r, i).trimEnd(), ...paragraph(r.promise, look, rest)];
    const where = [stateText(r), trackText(r), after(r).trim()].filter((s) => s !== '').join('  ');
    return [
      ...paragraph(r.id, look, first),
      ...paragraph(where, look, rest),
      ...paragraph(r.promise, look, rest),
    ];
  });
}

const trackText = (r: ListRow): string => `${r.track} ${r.level}`;

function stateText(r: ListRow): string {
  const word = r.state === 'new' ? '' : STATE_NAME[r.state];
  return r.moves > 0 ? `${word}, ${startWords.moves(r.moves, r.state === 'won' ? null : r.position)}` : word;
}
