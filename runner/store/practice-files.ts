import { constants } from 'node:fs';
import { join } from 'node:path';
import { KibitzerError } from '../errors.ts';
import { type Disk, explainCode, realDisk, systemCode } from './disk.ts';

/** How many files of code a kata folder may have. */
export const maxFiles = 50;
/** How large each of them may be, in bytes. */
export const maxFileBytes = 256 * 1024;

/** Whether a path is one of those that readLearnerFiles reads: `.ts .mts .js .mjs .json`. */
export function isCode(path: string): boolean {
  return /\.(?:ts|mts|js|mjs|json)$/.test(path);
}

/** A name below a kata folder that is not hidden. */
export interface Entry {
  /** relative to the kata folder, with forward slashes */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
}

/**
 * The learner's files of one kata folder: the bytes of every `.ts .mts .js .mjs .json` file below it, by relative
 * path with forward slashes, sorted. Hidden names (also the lock files of editors) and `node_modules` are passed
 * over. A folder that is missing has no files, and a file that vanishes while it is being read is left out: an
 * editor may be saving.
 *
 * Throws TOO_MANY_FILES, FILE_TOO_LARGE, LINK_REFUSED, NOT_A_FILE (pipes, devices) and FILE_UNREADABLE, each
 * naming the file.
 */
export function readLearnerFiles(
  kataFolder: string,
  options: { disk?: Disk } = {},
): Readonly<Record<string, Buffer>> {
  const { disk = realDisk } = options;
  const files: [string, Buffer][] = [];
  for (const { path, kind } of entriesOf(kataFolder, disk)) {
    const full = join(kataFolder, path);
    // A link to a folder has no ending that gives it away, but only a link that is read could lead outside.
    if (kind === 'link' && (isCode(path) || leadsToFolder(full, disk))) throw linkRefused(full);
    if (!isCode(path) || kind === 'link') continue;
    if (kind === 'other') {
      throw new KibitzerError(
        'NOT_A_FILE',
        `this is not a file: ${full}\nit is a pipe, a socket or a device`,
        'remove it from the folder',
      );
    }
    const bytes = readCapped(full, disk);
    if (bytes === null) continue;
    if (files.length === maxFiles) {
      throw new KibitzerError(
        'TOO_MANY_FILES',
        `there are more than ${maxFiles} files of code in ${kataFolder}\nthe first one too many is ${path}`,
        'move what does not belong to the kata out of the folder',
      );
    }
    files.push([path, bytes]);
  }
  return Object.fromEntries(files);
}

/**
 * Everything below a kata folder but hidden names and `node_modules`, sorted by path; empty when the folder is
 * missing. Throws LINK_REFUSED when the folder itself is a symbolic link and FILE_UNREADABLE.
 */
export function entriesOf(kataFolder: string, disk: Disk = realDisk): Entry[] {
  const root = reading(kataFolder, () => disk.lstatSync(kataFolder, { throwIfNoEntry: false }));
  if (root?.isSymbolicLink()) throw linkRefused(kataFolder);
  const entries: Entry[] = [];
  const visit = (prefix: string): void => {
    const folder = join(kataFolder, prefix);
    const names = reading(folder, () => disk.readdirSync(folder, { withFileTypes: true })) ?? [];
    for (const name of names) {
      if (name.name.startsWith('.') || name.name === 'node_modules') continue;
      const path = `${prefix}${name.name}`;
      if (name.isDirectory()) visit(`${path}/`);
      else entries.push({ path, kind: name.isFile() ? 'file' : name.isSymbolicLink() ? 'link' : 'other' });
    }
  };
  if (root !== undefined && root !== null) visit('');
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The refusal of a symbolic link. */
export function linkRefused(path: string): KibitzerError {
  return new KibitzerError(
    'LINK_REFUSED',
    `this is a symbolic link: ${path}\nkibitzer reads and writes only real files inside the practice folder`,
    'remove it, or replace it by the file or folder it points to',
  );
}

/** The content of a file, or null when it is gone. Throws when it is not a plain file, too large or unreadable. */
function readCapped(path: string, disk: Disk): Buffer | null {
  return reading(path, () => {
    // The name may have changed hands since it was listed: never follow a link, never wait for a pipe.
    const fd = disk.openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    try {
      const buffer = Buffer.alloc(Math.min(disk.fstatSync(fd).size, maxFileBytes) + 1);
      let length = 0;
      while (length < buffer.length) {
        const got = disk.readSync(fd, buffer, length, buffer.length - length, null);
        if (got === 0) break;
        length += got;
      }
      if (length > maxFileBytes) {
        throw new KibitzerError(
          'FILE_TOO_LARGE',
          `this file is too large: ${path}\na file of a kata may have ${maxFileBytes / 1024} kB`,
          'make it smaller, or move it out of the folder',
        );
      }
      return buffer.subarray(0, length);
    } finally {
      disk.closeSync(fd);
    }
  });
}

function leadsToFolder(path: string, disk: Disk): boolean {
  return reading(path, () => disk.statSync(path, { throwIfNoEntry: false }))?.isDirectory() ?? false;
}

/** Runs a read; null when the name is gone. */
function reading<T>(path: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP') throw linkRefused(path);
    throw new KibitzerError(
      'FILE_UNREADABLE',
      `this cannot be read: ${path}\n${explainCode(code)}`,
      'make it readable, then save again',
      { cause: error },
    );
  }
}
