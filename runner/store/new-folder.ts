import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder with these files, all of it or nothing.
 * @param files text by path below the folder
 * @returns false when the folder is there already: nothing is ever overwritten
 * @throws the system's error
 */
export function storeFolder(folder: string, files: Readonly<Record<string, string>>): boolean {
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(folder, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text, { flag: 'wx' });
    }
    return true;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
