import { dirname, join } from 'node:path';
import { KibitzerError } from '../errors.ts';
import { createFile, keepBytes, replaceFile } from './atomic-file.ts';
import { type Disk, explainCode, realDisk, syncFolder, systemCode } from './disk.ts';
import { entriesOf, isCode, linkRefused } from './practice-files.ts';
import { timeStamp } from './time-stamp.ts';

/** What restoring did; paths are relative to the kata folder. */
export interface Restored {
  /** the folder with everything that was there before; null when nothing was */
  readonly backup: string | null;
  /** files whose content is another now, or that are new */
  readonly written: readonly string[];
  /** files of code that are not a part of the restored version; they are in the backup */
  readonly removed: readonly string[];
}

/** What an editor needs to know about the learner's files. */
const editorFiles: Readonly<Record<string, string>> = {
  'package.json': json({ type: 'module', private: true }),
  'tsconfig.json': json({
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      // A type imported without the word `type` would be looked for at run time, when types are gone.
      verbatimModuleSyntax: true,
      allowJs: true,
      resolveJsonModule: true,
      skipLibCheck: true,
    },
  }),
};

/**
 * Makes the practice folder, with a package.json and a tsconfig.json where there are none. Returns the names it
 * wrote. Throws PRACTICE_NOT_WRITABLE.
 */
export function preparePractice(practice: string, options: { disk?: Disk } = {}): string[] {
  return createMissing(practice, practice, editorFiles, options.disk ?? realDisk);
}

/**
 * Writes those of the starter's files that are missing to `<practice>/<kata>/`; a file that is there is never
 * touched, whatever is in it. `files` are texts by relative path with forward slashes. Returns the paths it wrote.
 * Throws PRACTICE_NOT_WRITABLE, LINK_REFUSED and BAD_PATH.
 */
export function writeStarter(
  practice: string,
  kata: string,
  files: Readonly<Record<string, string>>,
  options: { disk?: Disk } = {},
): string[] {
  return createMissing(practice, kataFolderOf(practice, kata), files, options.disk ?? realDisk);
}

/**
 * Makes the learner's files of a kata exactly `files` (reset, retry). First all files of code that are there are
 * copied to `<practice>/.kibitzer/backup/<time>/<kata>/`; only then are files replaced, each in one step, and
 * other files of code removed. Hidden folders, `node_modules` and what is not code stay as they are; of a symbolic
 * link only the link goes.
 *
 * Throws PRACTICE_NOT_WRITABLE, LINK_REFUSED, FILE_UNREADABLE and BAD_PATH. Before the backup is complete nothing
 * has been changed.
 */
export function restoreFiles(
  practice: string,
  kata: string,
  files: Readonly<Record<string, string>>,
  options: { disk?: Disk; now?: () => Date } = {},
): Restored {
  const { disk = realDisk, now = () => new Date() } = options;
  const folder = kataFolderOf(practice, kata);
  const paths = Object.keys(files);
  paths.forEach(checkPath);

  const present = entriesOf(folder, disk).filter(({ path }) => isCode(path) || Object.hasOwn(files, path));
  const before = new Map<string, Buffer>();
  for (const { path, kind } of present) {
    if (kind === 'file') before.set(path, readWhole(join(folder, path), disk));
  }
  const backup = before.size === 0 ? null : keepCopies(practice, kata, before, now(), disk);

  const written = paths.filter((path) => {
    const bytes = Buffer.from(files[path]!);
    if (before.get(path)?.equals(bytes)) return false;
    makeFolders(practice, folder, path, disk);
    const target = join(folder, path);
    writing(target, () => replaceFile(storeOf(practice), target, bytes, disk));
    return true;
  });
  const removed = present.map(({ path }) => path).filter((path) => !Object.hasOwn(files, path));
  for (const path of removed) {
    const target = join(folder, path);
    writing(target, () => disk.unlinkSync(target));
  }
  return { backup, written, removed };
}

function createMissing(
  practice: string,
  folder: string,
  files: Readonly<Record<string, string>>,
  disk: Disk,
): string[] {
  Object.keys(files).forEach(checkPath);
  return Object.entries(files)
    .filter(([path, text]) => {
      makeFolders(practice, folder, path, disk);
      const target = join(folder, path);
      return writing(target, () => createFile(storeOf(practice), target, Buffer.from(text), disk));
    })
    .map(([path]) => path);
}

function keepCopies(
  practice: string,
  kata: string,
  files: ReadonlyMap<string, Buffer>,
  moment: Date,
  disk: Disk,
): string {
  const home = join(storeOf(practice), 'backup');
  return writing(home, () => {
    disk.mkdirSync(home, { recursive: true });
    const backup = makeUnusedFolder(join(home, timeStamp(moment)), disk);
    for (const [path, bytes] of files) {
      const copy = join(backup, kata, path);
      disk.mkdirSync(dirname(copy), { recursive: true });
      keepBytes(copy, bytes, disk);
    }
    syncFolder(disk, backup);
    syncFolder(disk, home);
    return backup;
  });
}

function makeUnusedFolder(base: string, disk: Disk): string {
  for (let n = 1; ; n++) {
    const path = n === 1 ? base : `${base}-${n}`;
    try {
      disk.mkdirSync(path);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Makes the folders a file needs, one by one, so that none of them leads elsewhere. */
function makeFolders(practice: string, folder: string, path: string, disk: Disk): void {
  writing(practice, () => disk.mkdirSync(practice, { recursive: true }));
  let current = folder;
  for (const part of ['', ...path.split('/').slice(0, -1)]) {
    current = join(current, part);
    writing(current, () => {
      const there = disk.lstatSync(current, { throwIfNoEntry: false });
      if (there?.isSymbolicLink() && current !== practice) throw linkRefused(current);
      if (!there?.isDirectory()) disk.mkdirSync(current, { recursive: true });
    });
  }
}

function readWhole(path: string, disk: Disk): Buffer {
  try {
    return disk.readFileSync(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new KibitzerError(
      'FILE_UNREADABLE',
      `this cannot be read, so it could not be kept: ${path}\n${explainCode(code)}; nothing was changed`,
      'make it readable, then try again',
      { cause: error },
    );
  }
}

/** Runs a write and names the file when it fails. */
function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new KibitzerError(
      'PRACTICE_NOT_WRITABLE',
      `this cannot be written: ${path}\n${explainCode(code)}`,
      'make room or the folder writable, then try again; what was there is unchanged or in .kibitzer/backup',
      { cause: error },
    );
  }
}

function storeOf(practice: string): string {
  return join(practice, '.kibitzer');
}

function kataFolderOf(practice: string, kata: string): string {
  checkPath(kata);
  return join(practice, kata);
}

/** Paths come from katas and from the log; none may lead out of the kata's folder or into a hidden one. */
function checkPath(path: string): void {
  if (path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\:\0]/.test(part))) return;
  throw new KibitzerError(
    'BAD_PATH',
    `this is no path inside a kata's folder: ${JSON.stringify(path)}`,
    'use a relative path with forward slashes and without hidden names',
  );
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
