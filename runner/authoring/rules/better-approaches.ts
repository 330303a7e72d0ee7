import { nearest, wayTo, type Files, type Hunk } from '../../core/designs.ts';
import type { Judged, Ran, ToJudge } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';

/**
 * The last rung of each bad move and of the starter: every hunk of the way to the nearest accepted design has a reason,
 * and who takes all of them as they are shown has a program that wins.
 * @param play judges a program that is none of the accepted designs
 */
export async function checkBetterApproaches(
  { designs, notes }: Parts,
  judged: readonly Judged[],
  play: (one: Pick<ToJudge, 'folder' | 'files'>) => Promise<Ran>,
  report: Report,
): Promise<void> {
  const winning = judged.filter((one) => one.what === 'design' && one.verdict.kind === 'won');
  for (const one of judged) {
    if (one.what === 'design') continue;
    const design = nearest(one.files, designs);
    if (!design) continue;
    const hunks = wayTo(
      one.files,
      design.files,
      notes.designs.find((d) => d.name === design.name),
    );
    for (const { reason, line } of hunks)
      if (reason.trim() === '') report('hunk-without-reason', one.name, { design: design.name, line });
    const files = taken(one.files, hunks);
    if (!files) {
      report('better-approach-loses', one.name, { design: design.name, found: 'a hunk that does not fit' });
      continue;
    }
    // the way is complete: what it leads to was judged already
    if (winning.some((d) => d.name === design.name && sameText(d.files, files))) continue;
    const { verdict } = await play({ folder: one.folder, files });
    if (verdict.kind !== 'won')
      report('better-approach-loses', one.name, { design: design.name, found: verdict.kind });
  }
}

/** Files after all hunks; null when one does not fit. A file that is left without lines is gone. */
export function taken(files: Files, hunks: readonly Hunk[]): Record<string, string> | null {
  const after: Record<string, string> = { ...files };
  // from the last line to the first, so that line numbers stay those of the file before
  for (const { file, line, lines } of hunks.toReversed()) {
    const text = linesOf(after[file] ?? '');
    const side = (sign: string): string[] =>
      lines.filter((l) => l.startsWith(' ') || l.startsWith(sign)).map((l) => l.slice(1));
    const [old, fresh] = [side('-'), side('+')];
    const at = Math.max(0, line - 1);
    if (old.some((l, i) => text[at + i] !== l)) return null;
    text.splice(at, old.length, ...fresh);
    after[file] = text.length === 0 ? '' : `${text.join('\n')}\n`;
  }
  return Object.fromEntries(Object.entries(after).filter(([, text]) => text !== ''));
}

function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function sameText(a: Files, b: Files): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((f) => linesOf(a[f] ?? '').join('\n') === linesOf(b[f] ?? '').join('\n'));
}
