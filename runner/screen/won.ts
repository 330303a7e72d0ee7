import type { PostMortem } from '../core/postmortem.ts';
import stringWidth from 'fast-string-width';
import { paragraph, pad, spread } from './layout.ts';
import type { Look } from './look.ts';
import { GLYPH_NAME, lostWords, reviewWords, RULE_WORDS, STATE_NAME, VERDICT_NAME } from './words.ts';

/** The first review of a game: its moves, what was resisted, and the designs that also win. */
export function wonScreen(p: PostMortem, position: number, look: Look): string[] {
  const last = p.rows.at(-1);
  const won = p.wonAt !== null;
  const head = look.plain
    ? paragraph(reviewWords.wonPlain(p.kata, p.wonAt, position), look)
    : spread(
        ` ${look.paint.bold(p.kata)}${p.wonAt === null ? '' : ` · ${lostWords.move(p.wonAt)}`}`,
        `${won ? look.paint.good(STATE_NAME.won) : look.paint.warn(STATE_NAME.resigned)}${won && last?.glyph ? `      ${look.paint.good(`${last.glyph} ${GLYPH_NAME[last.glyph]}`)}` : ''}      ${lostWords.position(null, position)}`,
        look,
      );
  return [...head, '', ...movesTable(p, look), ...designLines(p, look)];
}

/** One row a move: number, glyph, diagnosis, position. */
export function movesTable(p: PostMortem, look: Look): string[] {
  const lines: string[] = [];
  const widest = Math.max(12, ...p.rows.map((r) => nameOf(r).length));
  for (const r of p.rows) {
    const resisted =
      r.n === p.wonAt && p.resisted.length > 0
        ? reviewWords.resisted(p.resisted.map((x) => x.probe).join(', '))
        : '';
    if (look.plain) {
      lines.push(
        ...paragraph(
          reviewWords.movePlain(
            r.n,
            GLYPH_NAME[r.glyph],
            nameOf(r) || STATE_NAME.won,
            r.before,
            r.after,
            resisted,
          ),
          look,
        ),
      );
      continue;
    }
    const position = r.before === r.after ? `${r.after}` : `${r.before} → ${r.after}`;
    const row = ` ${String(r.n).padStart(3)} ${pad(r.glyph, 2)}  ${pad(nameOf(r), widest)}  ${position}`;
    const beside = resisted !== '' && stringWidth(row) + resisted.length + 3 <= look.width;
    lines.push(...(beside ? [`${row}   ${resisted}`] : fits(row, r, position, look)));
    if (resisted && !beside) lines.push(...paragraph(resisted, look, '         '));
  }
  for (const x of p.resisted) lines.push(...paragraph(x.praise, look, look.plain ? ' ' : '         '));
  return lines;
}

/** A row, or on a narrow screen the name and the position below each other. */
function fits(row: string, r: PostMortem['rows'][number], position: string, look: Look): string[] {
  if (stringWidth(row) <= look.width) return [row];
  return [
    ...paragraph(nameOf(r), look, ` ${String(r.n).padStart(3)} ${pad(r.glyph, 2)}  `),
    `         ${position}`,
  ];
}

function nameOf(r: PostMortem['rows'][number]): string {
  if (r.diagnosis.status === 'known') return r.diagnosis.mistake;
  if (r.diagnosis.status === 'out-of-book')
    return r.verdict === 'lost-on-time' ? VERDICT_NAME['lost-on-time']! : reviewWords.outOfBook;
  return r.verdict === 'won' ? reviewWords.everythingHeld : '';
}

function designLines(p: PostMortem, look: Look): string[] {
  const lines: string[] = [''];
  if (p.nearest) {
    lines.push(...paragraph(reviewWords.nearest(p.nearest.title, p.nearest.trades), look));
  }
  const others = p.others.filter((d) => d.title !== '');
  if (others.length > 0) {
    lines.push(...paragraph(reviewWords.otherDesigns(others.length, p.nearest !== null), look));
    for (const d of others)
      lines.push(
        ...paragraph(`${d.title}${d.trades ? ` — ${d.trades}` : ''}`, look, look.plain ? '  - ' : '   · '),
      );
  }
  return lines;
}

/** Why a move has its glyph, one line per move. */
export function glyphReasons(p: PostMortem, look: Look): string[] {
  return p.rows.flatMap((r) =>
    paragraph(`${lostWords.move(r.n)}: ${GLYPH_NAME[r.glyph]} — ${RULE_WORDS[r.rule]}`, look),
  );
}
