import type { Hunk } from '../core/designs.ts';
import { RUNGS, type Rung } from '../core/events.ts';
import type { Ladder } from '../core/ladder.ts';
import { diffLines } from './analysis.ts';
import { capital, paragraph } from './layout.ts';
import type { Look } from './look.ts';
import { keyLineWords, refusalWords, reviewWords, RUNG_KEY, RUNG_NAME, sayings } from './words.ts';

/** Which rungs are open, and why the next one is not. */
export function ladderScreen(
  kata: string,
  ladder: Ladder,
  over: boolean,
  look: Look,
  rungs: readonly Rung[] = RUNGS,
): string[] {
  const lines = paragraph(`${look.paint.bold(kata)} — ${reviewWords.ladder}`, look);
  if (rungs.length === 0) lines.push(...paragraph(sayings.noLadder, look));
  for (const rung of rungs) {
    const open = ladder.open.includes(rung);
    const offered = rung === ladder.next && ladder.offered !== null;
    const state = open
      ? reviewWords.open(keyOf(rung, look))
      : offered
        ? reviewWords.offered(keyOf(rung, look))
        : reviewWords.closed;
    lines.push(...paragraph(`${RUNG_NAME[rung]}: ${state}`, look, '   '));
  }
  if (!over && ladder.refusal) lines.push(...paragraph(refusalWords(ladder.refusal), look));
  return lines;
}

const keyOf = (rung: Rung, look: Look): string => keyLineWords.key(RUNG_KEY[rung], look.plain);

/** What an analysis ends with: the rung to look at, and what the next one takes. */
export function ladderHint(ladder: Ladder, look: Look): string[] {
  if (ladder.next && ladder.offered)
    return paragraph(
      sayings.offered(
        ladder.offered,
        RUNG_NAME[ladder.next],
        keyOf(ladder.next, look),
        keyLineWords.key('x', look.plain),
      ),
      look,
    );
  const open = ladder.open.at(-1);
  const why = ladder.refusal ? refusalWords(ladder.refusal) : '';
  if (open)
    return paragraph(
      `${reviewWords.rungOpen(RUNG_NAME[open], keyOf(open, look))}${why ? ` ${why}` : ''}`,
      look,
    );
  return why ? paragraph(why, look) : [];
}

/** A rung of words: idea or plan. */
export function rungScreen(rung: Rung, about: string, text: string, look: Look): string[] {
  const head = paragraph(`${look.paint.bold(capital(RUNG_NAME[rung]))}${about ? ` — ${about}` : ''}`, look);
  return text ? [...head, ...paragraph(text, look, '   ')] : head;
}

/** The last rung: the way from the learner's code to the nearest accepted design, a reason for each hunk. */
export function betterApproachScreen(
  title: string,
  about: string,
  hunks: readonly Hunk[],
  look: Look,
): string[] {
  const lines = rungScreen('better-approach', title ? reviewWords.quoted(title) : '', about, look);
  if (hunks.length === 0) return [...lines, ...paragraph(reviewWords.isThatDesign, look)];
  for (const h of hunks) {
    lines.push('');
    if (h.reason)
      lines.push(
        ...paragraph(
          h.reason,
          look,
          look.plain ? ` ${capital(reviewWords.why)}: ` : ` ${look.paint.accent(reviewWords.why)}  `,
        ),
      );
    lines.push(...paragraph(look.paint.dim(`${h.file}:${h.line}`), look, '   '), ...diffLines(h, look));
  }
  return lines;
}
