import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
/** Folder names say whose they are: what a killed engine left behind is found by that. */
const NAME = /^kibitzer-worlds-(\d+)-/;

/** The folder below which players may write; each player has one of its own in it, where its databases lie. */
export interface Worlds {
  readonly folder: string;
  /** removes it with everything inside */
  close(): void;
}

/** Where worlds may lie; the first is in memory and is there on Linux. */
function homes(): string[] {
  try {
    accessSync(MEMORY, constants.W_OK);
    return [MEMORY, tmpdir()];
  } catch {
    return [tmpdir()];
  }
}

/**
 * Makes a folder for the players of one arbiter, and removes those of engines that are no more.
 * @param inMemory quick, and nothing in it is kept; not for players that are not trusted with the machine's memory
 */
export function openWorlds(inMemory: boolean): Worlds {
  const all = homes();
  all.forEach(sweep);
  const home = inMemory ? all[0]! : all.at(-1)!;
  const folder = realpathSync(mkdtempSync(path.join(home, `kibitzer-worlds-${process.pid}-`)));
  return { folder, close: () => remove(folder) };
}

/** A new folder for one player. */
export function newWorld(worlds: string, name: string): string {
  const folder = path.join(worlds, name);
  // the folder of an engine that was killed may be gone already; what this makes is found at the next start
  mkdirSync(folder, { mode: 0o700, recursive: true });
  return folder;
}

/** Removes a folder of worlds; what cannot be removed now is found at the next start. */
export function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    // a player that is being killed still wrote into it
  }
}

function sweep(home: string): void {
  for (const name of readdirSync(home)) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) remove(path.join(home, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // a process of somebody else's is alive too
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
