import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Mistake } from '../core/book.ts';
import { bytesOf } from '../play.ts';
import { normalise } from '../program/normalise.ts';
import { toJavaScript } from '../program/javascript.ts';
import { readProgram } from '../program/program.ts';
import { readBook, readDesigns, readMoves, type Kata } from '../store/katas.ts';
import { confusionTable } from './confusion.ts';
import { EQUIVALENTS } from './mutants-of-kata.ts';
import { mutantsOf } from './mutants-of.ts';
import type { KataReport } from './report.ts';

/**
 * The page docs/confusion.md: for each kata what was put in against what was diagnosed.
 * @param prints for each kata the print of what its table rests on, see `printOf`
 */
export function confusionPage(reports: readonly KataReport[], prints: ReadonlyMap<string, string>): string {
  return [HEAD, ...reports.map((r) => sectionOf(r, prints.get(r.id)!))].join('\n');
}

/** The prints that a page was made with, by kata. */
export function printsIn(page: string): Map<string, string> {
  return new Map([...page.matchAll(/<!-- (\S+) (\w+) -->/g)].map((m) => [m[1]!, m[2]!]));
}

/**
 * A print of everything that a kata's table rests on but the engine: probes, the conditions of the book, stored moves,
 * mutants, equivalents. Texts, comments and formatting have no part in it. It takes seconds: nothing is judged.
 */
export async function printOf(kata: Kata): Promise<string> {
  const options = { entry: kata.entry, exports: kata.exports };
  const probes = toJavaScript('probes.ts', readFileSync(kata.probes, 'utf8'));
  if ('illegality' in probes) throw new Error(`${kata.id}: ${probes.illegality.message}`);
  const moves = readMoves(kata).map(({ mistake, name, files }) => {
    const read = readProgram(bytesOf(files), options);
    return [mistake, name, 'illegality' in read ? null : read.program.hash];
  });
  const mutants = mutantsOf(kata, readDesigns(kata)).map((c) => [c.mutant.kind, c.program.hash]);
  const equivalents = path.join(kata.folder, EQUIVALENTS);
  const parts = [
    normalise(probes.code).hash,
    (await readBook(kata)).map(conditionsOf),
    moves,
    mutants,
    existsSync(equivalents) ? (JSON.parse(readFileSync(equivalents, 'utf8')) as unknown) : [],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
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

${r.mutants} mutants: ${r.killed} killed (${percent(r.score)} of those that could be), ${r.equivalent} equivalent, ${r.survived} survived. Of the killed ${percent(r.shares.named)} are named, ${percent(r.shares.outOfBook)} out of book, ${percent(r.shares.crashed)} crash or hang. Not counted are ${r.illegal} that fail to load or in the ordinary case, and ${r.unpromised} that differ only in what the brief does not speak of.

${confusionTable(r.confusion).join('\n')}
`;
}

const HEAD = `# What is diagnosed as what

For each kata: stored bad moves (**bold**, by the mistake they are declared as) and mutants of the accepted designs (*italic*, by what was changed) against the diagnosis they got. A stored move belongs on the diagonal. A mutant has no right column of its own: what was named was read by hand in samples.

Made by \`npm run -s kibitzer -- mutants --docs\`; a test says when it no longer fits the katas. What the figures mean is said in [mutants](mutants.md).
`;
