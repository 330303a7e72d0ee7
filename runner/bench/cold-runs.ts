import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kata } from '../store/katas.ts';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = path.join(HOME, 'node_modules/vitest/vitest.mjs');
const AS_NODE_TESTS = fileURLToPath(new URL('./as-node-tests.ts', import.meta.url));

/** Runs the probes of a kata against a folder's files in a process of its own. @returns milliseconds until it has ended */
export type ColdRun = (kata: Kata, folder: string) => Promise<number>;

/** `vitest run` on the probes. */
export const vitestRun: ColdRun = (kata, folder) =>
  timed(
    [VITEST, 'run', '-c', path.join(HOME, 'vitest.katas.config.ts'), path.relative(HOME, kata.probes)],
    kata,
    folder,
  );

/** `node --test` on the same probes, in one process. */
export const nodeTest: ColdRun = (kata, folder) =>
  timed(
    ['--disable-warning=ExperimentalWarning', '--test', '--test-isolation=none', AS_NODE_TESTS],
    kata,
    folder,
  );

function timed(args: string[], kata: Kata, folder: string): Promise<number> {
  const since = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: HOME,
      stdio: 'ignore',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TZ: 'UTC',
        KIBITZER_MOVE: folder,
        KIBITZER_ENTRY: kata.entry,
        KIBITZER_PROBES: kata.probes,
      },
    });
    child.on('error', fail);
    child.on('exit', () => done(performance.now() - since));
  });
}
