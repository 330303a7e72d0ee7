import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../store/atomic-file.ts';
import { importedHome, importedParts, TRACK_SCHEMA, type ImportedKata } from '../store/imported.ts';
import type { FoundKata, Texts } from './found.ts';
import type { Verified } from './verify.ts';

/** Goes up when what is kept of an exercise changes: it is then verified anew. */
const FORMAT = 1;

/** The name of the folder of an imported kata: another one when anything in it is another. */
export function folderName(kata: FoundKata): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([FORMAT, kata]))
    .digest('hex')
    .slice(0, 12);
  return `${kata.slug}-${hash}`;
}

/** Folders that are being made; what a killed import left there goes with the next one. */
export function scratchIn(practice: string): { folder: string; close(): void } {
  const home = importedHome(practice);
  mkdirSync(home, { recursive: true });
  for (const name of readdirSync(home))
    if (name.startsWith('.new-')) rmSync(path.join(home, name), { recursive: true, force: true });
  const folder = path.join(home, `.new-${randomUUID()}`);
  mkdirSync(folder);
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes an exercise's files, but for what is found out by running it. @returns its folder */
export function writeKata(scratch: string, kata: FoundKata): string {
  const folder = path.join(scratch, folderName(kata));
  writeTexts(importedParts.starter(folder), kata.starter);
  writeTexts(importedParts.tests(folder), kata.tests);
  writeFileSync(importedParts.brief(folder), kata.brief);
  const solutions = importedParts.solutions(folder);
  if (kata.reference) writeTexts(path.join(solutions, 'reference'), kata.reference);
  mkdirSync(solutions, { recursive: true });
  writeFileSync(path.join(solutions, 'notes.md'), notesOf(kata));
  return folder;
}

/** Puts an exercise that was verified into its place. @returns its entry in the index */
export function keepKata(track: string, scratch: string, kata: FoundKata, verified: Verified): ImportedKata {
  const { suite, exports, symptom, rungs } = verified;
  writeFileSync(importedParts.suite(scratch), JSON.stringify(suite));
  const folder = path.basename(scratch);
  mkdirSync(track, { recursive: true });
  const place = path.join(track, folder);
  rmSync(place, { recursive: true, force: true });
  renameSync(scratch, place);
  const { slug, promise, level, entry } = kata;
  return {
    id: `${kata.track}-${slug}`,
    track: kata.track,
    level,
    promise,
    entry,
    exports,
    symptom,
    folder,
    rungs,
  };
}

/** Writes the index, and only then removes the folders that nothing in it names any more. */
export function writeIndex(
  practice: string,
  track: string,
  name: string,
  katas: readonly ImportedKata[],
): void {
  const bytes = Buffer.from(`${JSON.stringify({ schema: TRACK_SCHEMA, track: name, katas }, null, 1)}\n`);
  replaceFile(path.join(practice, '.kibitzer'), importedParts.index(track), bytes);
  const kept = new Set(katas.map((k) => k.folder));
  for (const entry of readdirSync(track, { withFileTypes: true }))
    if (entry.isDirectory() && !kept.has(entry.name))
      rmSync(path.join(track, entry.name), { recursive: true, force: true });
}

/** Whether an exercise lies in its place already, as it is now. */
export function isKept(track: string, folder: string): boolean {
  return existsSync(importedParts.suite(path.join(track, folder)));
}

function writeTexts(folder: string, texts: Texts): void {
  for (const [file, text] of Object.entries(texts)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function notesOf({ hints, reference }: FoundKata): string {
  const sections = [
    hints.idea && `## Idea\n\n${hints.idea}\n`,
    hints.plan && `## Plan\n\n${hints.plan}\n`,
    reference && '## Designs\n\n### reference — the example that came with the exercise\n',
  ];
  return sections.filter((s) => s).join('\n');
}
