import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mistake } from '../core/book.ts';
import type { Rung } from '../core/events.ts';
import type { KataSpec } from '../core/kata.ts';

const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** A kata on disk: its declaration, and where its parts lie. Parts are read when they are asked for. */
export interface Kata extends KataSpec {
  /** absolute path of katas/<track>/<id> */
  folder: string;
  /** absolute path of solutions/<track>/<id> */
  solutions: string;
  /** absolute path of probes.ts; of an imported kata, of the folder with its tests */
  probes: string;
  /** somebody else's exercise: it has tests for probes, and no book */
  imported?: boolean;
  /** what its ladder has, when that is not the usual */
  rungs?: readonly Rung[];
}

/** One accepted design. */
export interface Design {
  /** `reference`, or the alternative's folder name */
  name: string;
  isReference: boolean;
  folder: string;
  files: Record<string, string>;
}

/** A stored bad move. */
export interface StoredMove {
  mistake: string;
  name: string;
  folder: string;
  files: Record<string, string>;
  /** `also`: lines that may be pointed at as well, when the code is written otherwise */
  expect: { behind: string[]; line: string; also?: string[] };
}

/** All katas below katas/, in the order of the first ladder. Only the declarations are loaded. */
export async function findKatas(home: string = HOME): Promise<Kata[]> {
  const found: Promise<Kata>[] = [];
  const root = path.join(home, 'katas');
  for (const track of foldersIn(root)) {
    for (const id of foldersIn(path.join(root, track))) {
      const folder = path.join(root, track, id);
      const file = path.join(folder, 'kata.ts');
      if (!existsSync(file)) continue;
      found.push(
        import(pathToFileURL(file).href).then((m: { default: KataSpec }) => ({
          ...m.default,
          folder,
          solutions: path.join(home, 'solutions', track, id),
          probes: path.join(folder, 'probes.ts'),
        })),
      );
    }
  }
  return (await Promise.all(found)).sort((a, b) => a.order - b.order);
}

/** The book of a kata: its mistakes, in the author's order. */
export async function readBook(kata: Kata): Promise<Mistake[]> {
  if (kata.imported) return [];
  const m = (await import(pathToFileURL(path.join(kata.folder, 'mistakes.ts')).href)) as {
    mistakes: Mistake[];
  };
  return m.mistakes;
}

/** brief.md as text; in another language where there is one in it. */
export function readBrief(kata: Kata, language = 'en'): string {
  return readFileSync(inLanguage(path.join(kata.folder, 'brief.md'), language), 'utf8');
}

/** notes.md of the solutions as text; in another language where there is one in it. */
export function readNotes(kata: Kata, language = 'en'): string {
  const file = inLanguage(path.join(kata.solutions, 'notes.md'), language);
  return kata.imported && !existsSync(file) ? '' : readFileSync(file, 'utf8');
}

/** A file of text in a language, `brief.de.md`; the English one where there is no such file. */
function inLanguage(file: string, language: string): string {
  if (language === 'en') return file;
  const other = file.replace(/\.md$/, `.${language}.md`);
  return existsSync(other) ? other : file;
}

/** The starter's files by path. */
export function readStarter(kata: Kata): Record<string, string> {
  return readFiles(path.join(kata.folder, 'starter'));
}

/** The accepted designs, the reference first. */
export function readDesigns(kata: Kata): Design[] {
  const alternatives = path.join(kata.solutions, 'alternatives');
  const reference = path.join(kata.solutions, 'reference');
  if (kata.imported && !existsSync(reference)) return [];
  const folders = [reference, ...foldersIn(alternatives).map((name) => path.join(alternatives, name))];
  return folders.map((folder, i) => ({
    name: path.basename(folder),
    isReference: i === 0,
    folder,
    files: readFiles(folder),
  }));
}

/** The stored bad moves: moves/<mistake>/<name>/ with the learner's files and expect.json. */
export function readMoves(kata: Kata): StoredMove[] {
  const root = path.join(kata.folder, 'moves');
  return foldersIn(root).flatMap((mistake) =>
    foldersIn(path.join(root, mistake)).map((name) => {
      const folder = path.join(root, mistake, name);
      const { 'expect.json': expect, ...files } = readFiles(folder);
      return { mistake, name, folder, files, expect: JSON.parse(expect ?? '{}') as StoredMove['expect'] };
    }),
  );
}

/** Regular files below a folder as text, by path with forward slashes. */
export function readFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(folder, file).replaceAll('\\', '/')] = readFileSync(file, 'utf8');
  }
  return files;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .sort();
}

/**
 * Names of the files in a kata's folder that probes are made of: probes.ts and those beside it. Its data, its book, its
 * cards and translations are not.
 */
export function probeFilesOf(kata: Pick<Kata, 'folder'>): string[] {
  return readdirSync(kata.folder)
    .filter(
      (file) => file.endsWith('.ts') && !/^(?:(?:kata|cards|mistakes.*)\.ts|.*\.[a-z]{2}\.ts)$/.test(file),
    )
    .sort();
}
