import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { KibitzerError } from '../../errors.ts';
import { storeFolder } from '../../store/new-folder.ts';
import type { NewKata } from './declaration.ts';
import { scaffold } from './scaffold.ts';

/**
 * Writes the files of a new kata below katas/ and solutions/, all of them or none.
 * @param home folder with katas/ and solutions/
 * @returns the two folders, relative to `home`, with forward slashes
 * @throws KATA_EXISTS when one of the folders is there; the system's error
 */
export function storeScaffold(home: string, made: NewKata): { kata: string; solutions: string } {
  const files = scaffold(made);
  const at = { kata: `katas/${made.track}/${made.id}`, solutions: `solutions/${made.track}/${made.id}` };
  const there = Object.values(at).find((folder) => existsSync(path.join(home, folder)));
  if (there !== undefined) throw exists(there);
  // a kata is found by its kata.ts: its solutions go first
  if (!storeFolder(path.join(home, at.solutions), files.solutions)) throw exists(at.solutions);
  try {
    if (!storeFolder(path.join(home, at.kata), files.kata)) throw exists(at.kata);
  } catch (error) {
    rmSync(path.join(home, at.solutions), { recursive: true, force: true });
    throw error;
  }
  return at;
}

function exists(folder: string): KibitzerError {
  return new KibitzerError(
    'KATA_EXISTS',
    `there is a folder ${folder} already; nothing was changed`,
    'choose another id, or move the folder away',
  );
}
