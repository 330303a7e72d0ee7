import stringWidth from 'fast-string-width';
import { count, cut, flow, harmlessView, pad, paragraph } from './layout.ts';
import type { Look } from './look.ts';

/** What the table of an import is made from. */
export interface ImportView {
  track: string;
  /** as the learner would type it */
  folder: string;
  imported: readonly {
    id: string;
    slug: string;
    status: 'new' | 'updated' | 'unchanged';
    tests: number;
    leftOut: readonly string[];
    hasReference: boolean;
  }[];
  skipped: readonly {
    slug: string;
    code: string;
    args: Readonly<Record<string, string | number>>;
    kept: boolean;
  }[];
}

/** The table with which an import ends: what is there now, and what was skipped and why. */
export function importScreen(view: ImportView, look: Look): string[] {
  const v = harmlessView(view);
  const of = (status: string): ImportView['imported'] => v.imported.filter((k) => k.status === status);
  const lines = paragraph(look.paint.bold(headOf(v)), look);
  for (const [status, label] of STATUS) {
    const katas = of(status);
    if (katas.length === 0) continue;
    const items = katas.map((k) => `${k.slug} (${k.tests})`);
    const first = look.plain ? ` ${label}: ` : ` ${pad(label, LABEL)} `;
    lines.push('', ...flow(items, look.plain ? ', ' : '  ', look, first));
  }
  const without = v.imported.filter((k) => !k.hasReference);
  if (without.length > 0)
    lines.push(
      '',
      ...paragraph(`Without an example, so their last rung stays empty: ${namesOf(without)}.`, look),
    );
  for (const k of v.imported.filter((i) => i.leftOut.length > 0)) {
    const tests = count(k.leftOut.length, 'test');
    lines.push(
      '',
      ...paragraph(
        `${k.slug}: ${tests} not played, since the author skips it and the example does not hold it: ${k.leftOut.join(', ')}.`,
        look,
      ),
    );
  }
  if (v.skipped.length > 0) {
    lines.push('', ...paragraph(look.paint.bold(`Skipped: ${v.skipped.length}`), look));
    const longest = Math.max(...v.skipped.map((s) => stringWidth(s.slug)));
    const widest = Math.min(longest, 24, Math.floor(look.width / 3));
    for (const s of v.skipped) {
      const kept = s.kept ? ' What was imported of it before stays.' : '';
      const first = look.plain ? `   ${cut(s.slug, widest)}: ` : `   ${pad(cut(s.slug, widest), widest)}  `;
      lines.push(...paragraph(`${skipWords(s)}${kept}`, look, first));
    }
  }
  const one = v.imported[0];
  if (one)
    lines.push('', ...paragraph(`\`kibitzer play ${one.id}\` plays one; \`kibitzer list\` shows all.`, look));
  return lines;
}

const LABEL = 10;
const STATUS = [
  ['new', 'imported'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
] as const;

function headOf(v: ImportView): string {
  const there = v.imported.length;
  if (there === 0) return `${v.track}: nothing imported`;
  return `${v.track}: ${count(there, 'kata')} (tests of each in brackets), in ${v.folder}`;
}

const namesOf = (katas: readonly { slug: string }[]): string => katas.map((k) => k.slug).join(', ');

/** Why an exercise was skipped. */
export function skipWords({ code, args }: Pick<ImportView['skipped'][number], 'code' | 'args'>): string {
  const { file, why, test } = args;
  switch (code) {
    case 'bad-metadata':
      return `its ${file} cannot be used: ${why}.`;
    case 'missing-file':
      return why === 'ENOENT' ? `its ${file} is missing.` : `its ${file} is not there to be used: ${why}.`;
    case 'no-tests':
      return 'it has no test file that can be played (*.test or *.spec, .ts, .mts, .js or .mjs).';
    case 'unreadable':
      return `its ${file} cannot be read: ${why}`;
    case 'not-carried':
      return `it ${why}.`;
    case 'reference-loses':
      return test ? `its own example loses “${test}”: ${why}` : `its own example cannot be judged: ${why}`;
    case 'starter-wins':
      return 'its starter wins as it stands: there is nothing to play.';
    default:
      return `its tests cannot be played: ${why}`;
  }
}
