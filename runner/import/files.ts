import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { Skip, type Texts } from './found.ts';

const MOST_BYTES = 1024 * 1024;
const CODE = /\.m?[jt]s$/;
const SPEC = /(?:^|\/)(?:__tests__\/.*|[^/]+\.(?:test|spec))\.m?[jt]s$/;
/** Code that sets up tools and is no part of an exercise. */
const TOOLING = /(?:^|\/)(?:[^/]*\.config\.|(?:jest|vitest)\.setup\.|test-runner\.|global\.d\.)/;

/** Whether a path is that of code that can be played: neither JSX nor a declaration of types. */
export const isCode = (file: string): boolean => CODE.test(file) && !file.endsWith('.d.ts');
export const isSpec = (file: string): boolean => SPEC.test(file);
export const isTooling = (file: string): boolean => TOOLING.test(file);

/**
 * Reads a file of an exercise.
 * @param file path below the exercise's folder
 * @throws Skip when it is missing, leads out of the folder, or is no text of a sensible size
 */
export function readIn(folder: string, file: string): string {
  const full = path.join(folder, file);
  try {
    if (!realpathSync(full).startsWith(realpathSync(folder) + path.sep))
      throw new Skip('missing-file', { file, why: 'it leads out of the folder' });
    if (statSync(full).size > MOST_BYTES)
      throw new Skip('unreadable', { file, why: 'it has more than 1 MB' });
    return readFileSync(full, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof Skip) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new Skip(code === 'ENOENT' ? 'missing-file' : 'unreadable', { file, why: code ?? String(error) });
  }
}

/** As `readIn`; null when there is no such file. */
export function readIfThere(folder: string, file: string): string | null {
  try {
    return readIn(folder, file);
  } catch (error) {
    if (error instanceof Skip && error.code === 'missing-file') return null;
    throw error;
  }
}

/** Paths below a folder, sorted; hidden folders, node_modules and what tools made are passed over. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const visit = (prefix: string): void => {
    for (const entry of readdirSync(path.join(folder, prefix), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || /^(?:node_modules|dist|build|coverage)$/.test(entry.name)) continue;
      if (entry.isDirectory()) visit(`${prefix}${entry.name}/`);
      else if (entry.isFile()) found.push(prefix + entry.name);
    }
  };
  visit('');
  return found.sort();
}

/** Files below a folder by path, as text. */
export function readAll(folder: string, files: readonly string[]): Texts {
  return Object.fromEntries(files.map((file) => [file, readIn(folder, file)]));
}
