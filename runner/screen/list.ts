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
  return rows.flatMap((r, i) => {
    const number = numbered ? `${String(i + 1).padStart(digits)}  ` : '';
    if (look.plain) {
      const mark = r.id === chosen ? startWords.chosen : '';
      return paragraph(
        `${mark}${r.id}: ${r.promise}. ${startWords.level(r.track, r.level)}. ${stateText(r) || STATE_NAME.new}.`,
        look,
        ` ${number}`,
      );
    }
    const first = ` ${number}${r.id === chosen ? '▸' : ' '} `;
    const whole = `${first}${pad(r.id, id)}  ${pad(stateText(r), state)}  ${pad(trackText(r), track)}  ${r.promise}`;
    if (stringWidth(whole) <= look.width) return [whole.trimEnd()];
    const rest = ' '.repeat(first.length + 2);
    const where = [stateText(r), trackText(r)].filter((s) => s !== '').join('  ');
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
