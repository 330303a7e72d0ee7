import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Esbuild from 'esbuild';

const RUNNER = fileURLToPath(new URL('../', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/kibitzer/', import.meta.url));
const WEEK_MS = 7 * 24 * 3_600_000;
const ENTRIES = ['player', 'player-watchdog'];
/** Folders whose files a player is made of. */
const PARTS = ['engine', 'board', 'kit', 'core'];

/**
 * The player's program as plain JavaScript, each entry in one file: a player is started for every move, and stripping
 * the types of some thirty files would be most of its start. Built once for each state of the sources.
 * @returns absolute path of the player's entry; the watchdog's lies beside it
 */
export function bundlePlayer(): string {
  const name = `player-${stateOfSources()}`;
  const made = path.join(CACHE, name, 'player.mjs');
  if (existsSync(made)) return made;
  try {
    mkdirSync(CACHE, { recursive: true });
    removeOld();
    const building = mkdtempSync(path.join(CACHE, 'building-'));
    build(building);
    // another arbiter may have been quicker
    try {
      renameSync(building, path.join(CACHE, name));
    } catch {
      rmSync(building, { recursive: true, force: true });
    }
    return made;
  } catch {
    // a checkout that cannot be written
    const folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-player-'));
    build(folder);
    return path.join(folder, 'player.mjs');
  }
}

/** Bundles of sources that are long gone: each change of the sources leaves one. */
function removeOld(): void {
  for (const name of readdirSync(CACHE)) {
    const folder = path.join(CACHE, name);
    const isOurs = name.startsWith('player-') || name.startsWith('building-');
    if (isOurs && Date.now() - statSync(folder).mtimeMs > WEEK_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}

function build(outdir: string): void {
  // loaded only when there is something to build, and ended then: it would keep a process of its own
  const { buildSync, stop } = createRequire(import.meta.url)('esbuild') as typeof Esbuild;
  buildSync({
    entryPoints: ENTRIES.map((name) => path.join(RUNNER, 'engine', `${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
  });
  void stop();
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const part of PARTS) {
    const folder = path.join(RUNNER, part);
    for (const file of readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    )) {
      const { mtimeMs, size } = statSync(path.join(folder, file));
      hash.update(`${part}/${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}
