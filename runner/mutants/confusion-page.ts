import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Mistake } from '../core/book.ts';
import { bytesOf } from '../play.ts';
import { normalise } from '../program/normalise.ts';
import { toJavaScript } from '../program/javascript.ts';
import { readProgram } from '../program/program.ts';
import { probeFilesOf, readBook, readDesigns, readMoves, type Kata } from '../store/katas.ts';
import { confusionTable } from './confusion.ts';
import { EQUIVALENTS } from './mutants-of-kata.ts';
import type { KataReport } from './report.ts';

/**
 * The page docs/confusion.md: for each kata what was put in against what was diagnosed.
 * @param prints for each kata, in order, the print of what its table rests on, see `printOf`
 * @param before the page as it is: sections of katas without a report are kept from it
 */
export function confusionPage(
  reports: readonly KataReport[],
  prints: ReadonlyMap<string, string>,
  before = '',
): string {
  const made = new Map(reports.map((r) => [r.id, sectionOf(r, prints.get(r.id)!)]));
  const kept = new Map(sectionsOf(before).map(({ id, text }) => [id, text]));
  return [HEAD, ...[...prints.keys()].flatMap((id) => made.get(id) ?? kept.get(id) ?? [])].join('\n');
}

/** The sections of a page, each as it stands in it. */
function sectionsOf(page: string): { id: string; text: string }[] {
  return page
    .split(/^(?=## )/m)
    .slice(1)
    .map((text) => ({ id: /^## (\S+)/.exec(text)![1]!, text: text.replace(/\n+$/, '\n') }));
}

/** The prints that a page was made with, by kata. */
export function printsIn(page: string): Map<string, string> {
  return new Map([...page.matchAll(/<!-- (\S+) (\w+) -->/g)].map((m) => [m[1]!, m[2]!]));
}

/**
 * A print of everything that a kata's table rests on but the engine: probes, the conditions of the book, stored moves,
 * designs, equivalents. Texts of the book, comments and formatting have no part in it.
 */
export async function printOf(kata: Kata): Promise<string> {
  const options = { entry: kata.entry, exports: kata.exports };
  const probes = probeFilesOf(kata).map((file) => hashOf(kata, file));
  const programHash = (files: Readonly<Record<string, string>>): string | null => {
    const read = readProgram(bytesOf(files), options);
    return 'illegality' in read ? null : read.program.hash;
  };
  const moves = readMoves(kata).map(({ mistake, name, files }) => [mistake, name, programHash(files)]);
  const designs = readDesigns(kata).map(({ name, files }) => [name, programHash(files)]);
  const equivalents = path.join(kata.folder, EQUIVALENTS);
  const parts = [
    probes.length === 1 ? probes[0] : probes,
    (await readBook(kata)).map(conditionsOf),
    moves,
    designs,
    existsSync(equivalents) ? (JSON.parse(readFileSync(equivalents, 'utf8')) as unknown) : [],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function hashOf(kata: Kata, file: string): string {
  const code = toJavaScript(file, readFileSync(path.join(kata.folder, file), 'utf8'));
  if ('illegality' in code) throw new Error(`${kata.id}: ${code.illegality.message}`);
  return normalise(code.code).hash;
}

function conditionsOf({ id, severity, when, masks, implies, sorter }: Mistake): string {
  return JSON.stringify({ id, severity, when, masks, implies, sorter }, (_key, value: unknown) => {
    // whoever loads a module may write a function otherwise, as vitest does
    if (typeof value === 'function') return normalise(`export default ${String(value)}`).hash;
    return value instanceof RegExp ? String(value) : value;
  });
}

function sectionOf(r: KataReport, print: string): string {
  const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
  return `## ${r.id}

<!-- ${r.id} ${print} -->

${r.mutants} mutants${r.sampled === null ? '' : ` (of ${r.sampled.candidates} candidates, a sample of ${r.sampled.judged} was judged)`}: ${r.killed} killed (${percent(r.score)} of those that could be), ${r.equivalent} equivalent, ${r.survived} survived. Of the killed ${percent(r.shares.named)} are named, ${percent(r.shares.outOfBook)} out of book, ${percent(r.shares.crashed)} crash or hang. Not counted are ${r.illegal} that fail to load or in the ordinary case, and ${r.unpromised} that differ only in what the brief does not speak of.

${confusionTable(r.confusion).join('\n')}
`;
}

const HEAD = `# What is diagnosed as what

For each kata: stored bad moves (**bold**, by the mistake they are declared as) and mutants of the accepted designs (*italic*, by what was changed) against the diagnosis they got. A stored move belongs on the diagonal. A mutant has no right column of its own: what was named was read by hand in samples.

Made by \`npm run -s kibitzer -- mutants --docs\`; a test says when it no longer fits the katas. What the figures mean is said in [mutants](mutants.md).
`;
