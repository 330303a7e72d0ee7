import type { Track } from '../core/kata.ts';
import stringWidth from 'fast-string-width';
import { cut, flow, harmlessView, pad, paragraph, spread } from './layout.ts';
import type { Look } from './look.ts';
import { startWords, STATE_NAME } from './words.ts';

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
/** Katas of one track that are named on the first screen; an imported track can have a hundred. */
const MOST_NAMED = 12;

/** Title, tracks, and the kata's story; the symptom follows with `symptomLines` when it is known. */
export function startScreen(v: StartView, look: Look): string[] {
  const lines = [...paragraph(`${look.paint.bold('kibitzer')} — ${startWords.about}`, look), ''];
  const widest = Math.max(0, ...v.tracks.map((t) => t.track.length));
  for (const t of v.tracks) {
    if (t.katas.length > MOST_NAMED) {
      const first = look.plain ? ` ${t.track}: ` : ` ${pad(t.track, widest)}  `;
      lines.push(...flow(summary(t.katas, v.kata.id, look), look.plain ? ', ' : '   ', look, first));
      continue;
    }
    if (look.plain) {
      lines.push(
        ...paragraph(
          `${t.track}: ${t.katas.map((k) => `${k.id} (${STATE_NAME[k.state]})`).join(', ')}`,
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
      ` ${look.plain ? startWords.kata : '▸ '}${look.paint.bold(v.kata.id)} — ${lowerFirst(v.kata.promise)}`,
      `${v.kata.track} ${v.kata.level}`,
      look,
    ),
  );
  lines.push('', ...paragraph(plainText(v.story), look), '');
  return lines;
}

/** A long track in short: the kata at hand, those under way, and how many there are of the others. */
function summary(katas: StartView['tracks'][number]['katas'], chosen: string, look: Look): string[] {
  const named = katas.filter((k) => k.id === chosen || k.state === 'under-way').slice(0, MOST_NAMED);
  const items = named.map((k) => {
    const text = look.plain ? `${k.id} (${STATE_NAME[k.state]})` : `${MARK[k.state]} ${k.id}`;
    return k.id === chosen ? look.paint.bold(text) : text;
  });
  for (const state of ['won', 'resigned', 'under-way', 'new'] as const) {
    const n = katas.filter((k) => k.state === state && !named.includes(k)).length;
    if (n > 0) items.push(`${look.plain ? '' : `${MARK[state]} `}${n} ${STATE_NAME[state]}`);
  }
  return items;
}

/** What the starter does, or where the game stands. */
export function symptomLines(view: StartView, look: Look): string[] {
  const v = harmlessView(view);
  const lines: string[] = [];
  if (v.symptom) {
    lines.push(` ${look.paint.bold(startWords.symptom)}`);
    if (look.plain) lines.push(...paragraph(`${v.symptom.plays}: ${v.symptom.message}`, look));
    else lines.push(...spreadNear(v.symptom.plays, look.paint.warn(v.symptom.message), look));
    lines.push('');
  }
  if (v.moves > 0 && v.position !== null) {
    lines.push(...paragraph(startWords.played(v.moves, v.kata.state === 'won', v.position), look));
  }
  lines.push(...paragraph(`${look.paint.accent(v.file)} — ${startWords.edit}`, look));
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
