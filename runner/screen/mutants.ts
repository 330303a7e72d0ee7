import type { KataReport, Listed } from '../mutants/report.ts';
import { clip, count, paragraph } from './layout.ts';
import type { Look } from './look.ts';

/** Of mutants that lose alike, so many are shown. */
const SHOWN_ALIKE = 3;

const PROBLEMS: Record<KataReport['problems'][number]['code'], string> = {
  stale: 'no accepted design has such lines any more: remove the entry, or write it anew',
  killed: 'the probes kill it: remove the entry',
  ambiguous: 'it stands for several places of one design: say in which function with "within"',
};

/** What came of a kata's mutants: the figures, then what there is to do. */
export function mutantsScreen(r: KataReport, look: Look): string[] {
  const { paint } = look;
  const percent = (part: number): string => `${Math.round(100 * part)} %`;
  const lines = paragraph(
    `${paint.bold(r.id)}: ${r.score >= 0.9 ? paint.good(percent(r.score)) : paint.bad(percent(r.score))} killed. ` +
      `${count(r.mutants, 'mutant')}: ${r.killed} killed, ${r.equivalent} equivalent, ${r.survived} survived.`,
    look,
  );
  lines.push(
    ...paragraph(
      `Of the killed ${r.named} (${percent(r.shares.named)}) are named by the book, ` +
        `${r.outOfBook} (${percent(r.shares.outOfBook)}) are out of it, ${r.crashed} (${percent(r.shares.crashed)}) crash or hang.`,
      look,
      '   ',
    ),
    ...paragraph(
      `Not counted: ${r.illegal} that fail to load or in the ordinary case, ` +
        `${r.unpromised} that differ only in what the brief does not speak of.`,
      look,
      '   ',
    ),
  );
  if (r.sampled)
    lines.push(
      ...paragraph(
        `A sample: ${r.sampled.judged} of ${count(r.sampled.candidates, 'candidate')} were judged.`,
        look,
        '   ',
      ),
    );
  for (const { code, entry } of r.problems) {
    lines.push(...paragraph(`${paint.bad('equivalents.json')}: ${PROBLEMS[code]}`, look, '   '));
    lines.push(...change(entry, look));
  }
  return lines;
}

/** A move of the practice folder that no mistake of the book explains. */
export interface PlayedNovelty {
  move: number;
  /** where each of its files is kept, by the path it had */
  files: Readonly<Record<string, string>>;
  lost: readonly string[];
}

/** What is there to be listed of one kata. */
export interface NoveltiesView extends Pick<KataReport, 'id' | 'survivors' | 'outOfBookVectors'> {
  played: readonly PlayedNovelty[];
}

/** What an author works from: mutants that no probe kills, and losses for which the book has no name. */
export function noveltiesScreen(v: NoveltiesView, look: Look): string[] {
  const name = look.paint.bold(v.id);
  const lines: string[] = [];
  if (v.survivors.length > 0) {
    const words = count(v.survivors.length, 'mutant survives', 'mutants survive');
    lines.push(
      ...paragraph(
        `${name}: ${words}. A better probe kills it, or equivalents.json says why none can.`,
        look,
      ),
      ...v.survivors.flatMap((one) => [...where(one, look), ...change(one, look)]),
    );
  }
  if (v.outOfBookVectors.length > 0) {
    const words = count(v.outOfBookVectors.length, 'way to lose', 'ways to lose');
    lines.push(
      ...paragraph(`${name}: ${words} without a name in the book, the commonest first.`, look),
      ...v.outOfBookVectors.flatMap((one) => novelty(one, look)),
    );
  }
  for (const { move, files, lost } of v.played) {
    lines.push(...paragraph(`${name}: move ${move} of the practice folder is out of book.`, look));
    for (const message of lost) lines.push(...paragraph(message, look, '     '));
    for (const [file, kept] of Object.entries(files)) lines.push(`     ${file}: ${kept}`);
  }
  if (lines.length === 0)
    return paragraph(`${name}: no mutant survives, and the book names every loss.`, look);
  const store = `\`kibitzer new move ${v.id} <file> --mistake <id>\` stores a move that the book ought to name.`;
  return [...lines, ...paragraph(store, look)];
}

function novelty({ vector, mutants }: KataReport['outOfBookVectors'][number], look: Look): string[] {
  const lines = paragraph(vector, look, look.plain ? ' - ' : '   · ');
  for (const message of mutants[0]!.lost) lines.push(...paragraph(message, look, '     '));
  for (const one of mutants.slice(0, SHOWN_ALIKE)) lines.push(...where(one, look), ...change(one, look));
  const more = mutants.length - SHOWN_ALIKE;
  return more > 0 ? [...lines, `     and ${more} more`] : lines;
}

function where({ file, line, kind, within }: Listed, look: Look): string[] {
  const place = within === '' ? '' : `, in ${within}`;
  return paragraph(look.paint.dim(`${file}:${line} (${kind}${place})`), look, '     ', Infinity);
}

function change(
  { was, becomes }: { was?: string | undefined; becomes?: string | undefined },
  look: Look,
): string[] {
  const { paint } = look;
  if (was === undefined || becomes === undefined) return [];
  if (look.plain) return [`   before: ${was}`, `   after: ${becomes}`];
  return [paint.bad(clip(`     - ${was}`, look.width)), paint.good(clip(`     + ${becomes}`, look.width))];
}
