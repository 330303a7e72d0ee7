import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/**
 * A folder for what can be computed again: in the checkout's node_modules, else in the user's cache.
 * @returns null where neither can be written
 */
export function cacheFolder(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
  modules: string = MODULES,
): string | null {
  const inCheckout = path.join(modules, '.cache', 'kibitzer', name);
  const home = env.XDG_CACHE_HOME || env.LOCALAPPDATA || path.join(homedir(), '.cache');
  return [inCheckout, path.join(home, 'kibitzer', name)].find(canWrite) ?? null;
}

function canWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
