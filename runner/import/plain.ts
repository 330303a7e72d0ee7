import { existsSync } from 'node:fs';
import path from 'node:path';
import { composeBrief, promiseOf, titleOf } from './brief.ts';
import { modulesOf } from './exercise.ts';
import { filesBelow, isCode, isSpec, isTooling, readAll, readIfThere } from './files.ts';
import { Skip, type FoundKata, type Texts } from './found.ts';
import { readHints } from './hints.ts';
import { importsIn, reachedFrom } from './reach.ts';

/** Where accepted code lies beside a suite, when it is not named. */
const SOLUTIONS = ['solution', 'solutions', 'reference', '.solution', '.solutions'];
const DOCUMENTS = ['brief.md', 'instructions.md', 'README.md', 'readme.md'];
/** A file that uses one of these is a part of the tests. */
const FRAMEWORK = /^(?:vitest|@jest\/globals|node:test|bun:test|fast-check)$/;

/** Whether a folder holds test files of its own, and so can be one kata. */
export function isPlainFolder(folder: string): boolean {
  return filesBelow(folder).some(isSpec);
}

/**
 * Reads a folder of source files, test files and, if there is one, a folder with the solution.
 * @param solution folder with accepted code, absolute; by default one of the usual names is looked for
 * @throws Skip when it cannot become a kata
 */
export function readPlainFolder(folder: string, track: string, solution?: string): FoundKata {
  const solved = solution ?? SOLUTIONS.map((name) => path.join(folder, name)).find((f) => existsSync(f));
  const inside = solved === undefined ? null : path.relative(folder, solved).replaceAll('\\', '/');
  const files = filesBelow(folder)
    .filter((f) => !isTooling(f) && (isCode(f) || f.endsWith('.json')))
    .filter((f) => inside === null || !f.startsWith(`${inside}/`));
  const specs = files.filter(isSpec);
  if (specs.length === 0) throw new Skip('no-tests');
  const texts = readAll(folder, files);
  const accepted = solved === undefined ? null : readSolution(solved);
  const isMine = mineOf(texts, specs, accepted);
  const reached = reachedFrom(specs, texts, (file) => !isMine(file));
  const tests = Object.fromEntries(reached.map((file) => [file, texts[file]!]));
  const named = files.filter((file) => isCode(file) && isMine(file));
  const starter = Object.fromEntries(
    reachedFrom(modulesOf(tests, texts).filter(isMine), texts, isMine)
      .concat(accepted ? named : [])
      .map((file) => [file, texts[file]!]),
  );
  const modules = modulesOf(tests, starter);
  const [entry] = modules;
  if (entry === undefined)
    throw new Skip('missing-file', { file: 'source', why: 'no test imports a file of the folder' });
  const slug = slugOf(path.basename(folder));
  const document = DOCUMENTS.map((name) => readIfThere(folder, name)).find((text) => text !== null) ?? '';
  const title = /^# (.+)$/m.exec(document)?.[1]?.trim() ?? titleOf(slug);
  const sentence = document.replace(/^\s*# .*\n+/, '').split(/\n\s*\n/)[0] ?? '';
  return {
    slug,
    track,
    title,
    promise: promiseOf(sentence) || title,
    level: 1,
    brief: composeBrief(title, sentence, [{ heading: 'Instructions', markdown: document }]),
    hints: readHints(readIfThere(folder, 'hints.md') ?? ''),
    starter,
    reference: accepted && { ...starter, ...accepted },
    tests,
    specs,
    entry,
    modules,
  };
}

/**
 * Which files are the learner's: those that the solution has as well; without a solution those that are neither tests
 * nor helpers of tests.
 */
function mineOf(texts: Texts, specs: readonly string[], accepted: Texts | null): (file: string) => boolean {
  if (accepted) return (file) => file in accepted;
  const known = Object.keys(texts);
  const helps = (file: string): boolean =>
    /(?:^|\/)(?:__tests__|__mocks__|tests?|fixtures|helpers)\//.test(file) ||
    importsIn(file, texts[file]!, known).packages.some((name) => FRAMEWORK.test(name));
  return (file) => isCode(file) && !specs.includes(file) && !helps(file);
}

function readSolution(folder: string): Texts {
  const files = filesBelow(folder).filter((file) => isCode(file) && !isSpec(file) && !isTooling(file));
  if (files.length === 0)
    throw new Skip('missing-file', { file: path.basename(folder), why: 'it has no code' });
  return readAll(folder, files);
}

/** A name as a part of a kata's id. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return slug || 'suite';
}
