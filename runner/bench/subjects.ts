import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnPty } from '@lydell/node-pty';

export const BIN = fileURLToPath(new URL('../bin.mjs', import.meta.url));
const HOME = fileURLToPath(new URL('../../', import.meta.url));
const REPORTER = fileURLToPath(new URL('./watch-reporter.ts', import.meta.url));

/** Something that watches a file and says for each save which probes were lost. */
export interface Subject {
  name: string;
  /** the file to save */
  file: string;
  /** resolves with the number of probes that did not hold, when the verdict of the save after this call is there */
  verdict(): Promise<number>;
  /** id of its outermost process */
  pid: number;
  close(): void;
}

/** kibitzer itself, in a terminal, on a practice folder of its own. */
export async function kibitzer(kata: string, entry: string): Promise<Subject> {
  const practice = mkdtempSync(path.join(tmpdir(), 'kibitzer-bench-'));
  const pty = spawnPty(process.execPath, [BIN, 'play', kata], {
    cols: 120,
    rows: 50,
    env: { ...process.env, KIBITZER_PRACTICE: practice } as Record<string, string>,
  });
  let text = '';
  let heard = (): void => {};
  pty.onData((data) => {
    text += data;
    heard();
  });
  const seen = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((found) => {
      heard = () => {
        const match = pattern.exec(text);
        if (match) found(match);
      };
      heard();
    });
  await seen(/watching/);
  return {
    name: 'kibitzer',
    pid: pty.pid,
    file: path.join(practice, kata, entry),
    async verdict() {
      text = '';
      const match = await seen(/\((\d+) of (\d+)\)/);
      return Number(match[2]) - Number(match[1]);
    },
    close() {
      pty.kill('SIGKILL');
      rmSync(practice, { recursive: true, force: true });
    },
  };
}

/** `vitest --watch` in its default pool, on the same probes. */
export async function vitestWatch(
  kata: { probes: string; folder: string; entry: string },
  files: string,
): Promise<Subject> {
  // vite watches only what lies below its root
  const folder = mkdtempSync(path.join(HOME, 'bench-scratch-'));
  const move = path.join(folder, 'move');
  cpSync(files, move, { recursive: true });
  // the learner's file is loaded by Node; importing its text makes vitest run the probes again when it changes
  const spec = path.join(folder, 'bench.test.ts');
  writeFileSync(spec, `import './move/${kata.entry}?raw';\nimport ${JSON.stringify(kata.probes)};\n`);
  const config = path.join(folder, 'vitest.config.mjs');
  writeFileSync(
    config,
    `export default { root: ${JSON.stringify(HOME)}, test: {
      include: [${JSON.stringify(path.relative(HOME, spec))}],
      reporters: [${JSON.stringify(REPORTER)}],
      env: { KIBITZER_MOVE: ${JSON.stringify(move)}, KIBITZER_ENTRY: ${JSON.stringify(kata.entry)}, TZ: 'UTC' },
      server: { deps: { external: [/\\/runner\\//] } },
    } };\n`,
  );
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(HOME, 'node_modules/vitest/vitest.mjs'), '--watch', '--config', config],
    {
      cwd: HOME,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CI: '' },
    },
  );
  let waiting: ((lost: number) => void) | null = null;
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (data: string) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const match = /^bench-verdict (\d+)$/.exec(line);
      if (match) waiting?.(Number(match[1]));
    }
  });
  const verdict = (): Promise<number> => new Promise((done) => (waiting = done));
  await verdict();
  return {
    name: 'vitest --watch',
    pid: child.pid!,
    file: path.join(move, kata.entry),
    verdict,
    close() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
