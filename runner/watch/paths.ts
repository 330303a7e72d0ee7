import { relative } from 'node:path';

/** Where kibitzer keeps its own files, below the practice folder. */
export const OWN_FOLDER = '.kibitzer';

/** The file written there to see whether events come. */
export const SENTINEL = 'watching';

/** The parts of a path below the folder; none for the folder itself, `['..', …]` outside it. */
export function partsBelow(folder: string, path: string): string[] {
  return relative(folder, path).split(/[\\/]/).filter(Boolean);
}

/** Dot-folders, dot-files and installed packages are none of the learner's code. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** What the file watcher need not look at; the sentinel is the one exception among hidden files. */
export function isIgnored(folder: string, path: string, sentinel: boolean): boolean {
  const parts = partsBelow(folder, path);
  if (sentinel && parts[0] === OWN_FOLDER) {
    return parts.length > 2 || (parts.length === 2 && parts[1] !== SENTINEL);
  }
  return parts.some(isHidden);
}
