import type { Track } from '../core/kata.ts';
import stringWidth from 'fast-string-width';
import { count, cut, flow, harmlessView, pad, paragraph, spread } from './layout.ts';
import type { Look } from './look.ts';

export type KataState = 'new' | 'under-way' | 'won' | 'resigned';

/** What the first screen shows. */
export interface StartView {
  tracks: readonly { track: Track; katas: readonly { id: string; state: KataState }[] }[];
  kata: { id: string; promise: string; track: Track; level: number; state: KataState };
  /** first paragraph of the story, Markdown */
  story: string;
  /** what the starter really does, executed; null while it is being played */
  symptom: { plays: string; message: string } | null;
  moves: number;
  position: number | null;
  /** path of the file to edit, as the learner would type it */
  file: string;
}

const MARK: Record<KataState, string> = { new: '·', 'under-way': '○', won: '●', resigned: '×' };
const STATE_WORD: Record<KataState, string> = {
  new: 'new',
  'under-way': 'under way',
  won: 'won',
  resigned: 'resigned',
};

/** Title, tracks, and the kata's story; the symptom follows with `symptomLines` when it is known. */
export function startScreen(v: StartView, look: Look): string[] {
  const lines = [
    ...paragraph(`${look.paint.bold('kibitzer')} — learn design from your own bad moves`, look),
    '',
  ];
  const widest = Math.max(0, ...v.tracks.map((t) => t.track.length));
  for (const t of v.tracks) {
    if (look.plain) {
      lines.push(
        ...paragraph(
          `${t.track}: ${t.katas.map((k) => `${k.id} (${STATE_WORD[k.state]})`).join(', ')}`,
          look,
        ),
      );
      continue;
    }
    const katas = t.katas.map((k) => {
      const text = `${MARK[k.state]} ${k.id}`;
      return k.id === v.kata.id ? look.paint.bold(text) : k.state === 'won' ? look.paint.good(text) : text;
    });
    lines.push(...flow(katas, '   ', look, ` ${pad(t.track, widest)}  `));
  }
  lines.push(
    '',
    ...spread(
      ` ${look.plain ? 'Kata: ' : '▸ '}${look.paint.bold(v.kata.id)} — ${lowerFirst(v.kata.promise)}`,
      `${v.kata.track} ${v.kata.level}`,
      look,
    ),
  );
  lines.push('', ...paragraph(plainText(v.story), look), '');
  return lines;
}

/** What the starter does, or where the game stands. */
export function symptomLines(view: StartView, look: Look): string[] {
  const v = harmlessView(view);
  const lines: string[] = [];
  if (v.symptom) {
    lines.push(` ${look.paint.bold('The starter, played as it stands')}`);
    if (look.plain) lines.push(...paragraph(`${v.symptom.plays}: ${v.symptom.message}`, look));
    else lines.push(...spreadNear(v.symptom.plays, look.paint.warn(v.symptom.message), look));
    lines.push('');
  }
  if (v.moves > 0 && v.position !== null) {
    lines.push(
      ...paragraph(
        `${count(v.moves, 'move')} played, ${v.kata.state === 'won' ? 'won, ' : ''}position ${v.position} of 100.`,
        look,
      ),
    );
  }
  lines.push(...paragraph(`${look.paint.accent(v.file)} — edit and save; every save is a move.`, look));
  return lines;
}

function spreadNear(left: string, right: string, look: Look): string[] {
  const l = `   ${cut(left, look.width - 8)}`;
  return stringWidth(l) + 4 + stringWidth(right) < look.width
    ? [`${l}    ${right}`]
    : [l, ...paragraph(right, look, '     ')];
}

const lowerFirst = (s: string): string => s.charAt(0).toLowerCase() + s.slice(1);

/** Inline Markdown without its marks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/(^|\W)[*_]([^*_\s](?:[^*_]*[^*_\s])?)[*_](?=\W|$)/g, '$1$2')
    .replace(/`([^`]+)`/g, '$1');
}
