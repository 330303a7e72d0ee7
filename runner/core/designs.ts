import { diffLines, structuredPatch } from 'diff';
import type { DesignNotes } from './notes.ts';

export type Files = Readonly<Record<string, string>>;

/** One hunk of the way from the learner's code to an accepted design, with the reason for it. */
export interface Hunk {
  file: string;
  /** first line in the learner's file */
  line: number;
  /** lines with their sign: `+`, `-` or blank */
  lines: readonly string[];
  reason: string;
}

/**
 * Number of lines that differ between two file sets: added plus removed.
 * @param most Infinity is the answer where they are more; to find out how many more takes the longest
 */
export function distance(a: Files, b: Files, most = Infinity): number {
  let far = 0;
  for (const [before, after] of pairsOf(a, b)) {
    const parts = diffLines(before, after, { maxEditLength: most - far });
    if (!parts) return Infinity;
    for (const part of parts) if (part.added || part.removed) far += part.count;
    if (far > most) return Infinity;
  }
  return far;
}

/** The design with the fewest changed lines against `files`; the earlier one when two are equally near. */
export function nearest<D extends { files: Files }>(files: Files, designs: readonly D[]): D | null {
  let best: { design: D; far: number } | null = null;
  for (const design of designs) {
    const far = distance(files, design.files, best ? best.far - 1 : Infinity);
    if (!best || far < best.far) best = { design, far };
  }
  return best?.design ?? null;
}

/** The way from `mine` to a design, hunk by hunk, each with its reason from the design's notes. */
export function wayTo(mine: Files, design: Files, notes: DesignNotes | undefined): Hunk[] {
  return changes(mine, design, 2).map((h) => ({ ...h, reason: reasonFor(h.lines, notes) }));
}

/** The texts of each file that differs, with its path. */
function pairsOf(before: Files, after: Files): (readonly [before: string, after: string, file: string])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((file) => [unix(before[file]), unix(after[file]), file] as const)
    .filter(([a, b]) => a !== b);
}

/** The difference between two states of the learner's files, hunk by hunk. */
export function changes(before: Files, after: Files, context: number): Omit<Hunk, 'reason'>[] {
  return pairsOf(before, after).flatMap(([a, b, file]) => {
    const patch = structuredPatch(file, file, a, b, '', '', { context });
    return patch.hunks.map((h) => ({
      file,
      line: h.oldStart,
      lines: h.lines.filter((l) => !l.startsWith('\\')),
    }));
  });
}

function reasonFor(lines: readonly string[], notes: DesignNotes | undefined): string {
  const side = (sign: string): string =>
    lines
      .filter((l) => l.startsWith(sign))
      .map((l) => l.slice(1))
      .join('\n');
  const [added, removed] = [side('+'), side('-')];
  const why = notes?.why ?? [];
  const reason =
    why.find((w) => w.anchor !== '*' && added.includes(w.anchor)) ??
    why.find((w) => w.anchor !== '*' && removed.includes(w.anchor)) ??
    why.find((w) => w.anchor === '*');
  return reason?.reason ?? notes?.about ?? '';
}

/** Line ends, a byte order mark and a missing last newline are the editor's business, not a difference. */
function unix(text: string | undefined): string {
  const lines = (text ?? '').replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}
