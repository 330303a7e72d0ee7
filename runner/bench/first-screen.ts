import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { BIN } from './subjects.ts';

/** Milliseconds from the start of the process to the first screen, in a terminal. */
export async function firstScreen(practice: string): Promise<number> {
  const since = performance.now();
  const pty = spawnPty(process.execPath, [BIN], {
    cols: 100,
    rows: 40,
    env: { ...process.env, KIBITZER_PRACTICE: practice } as Record<string, string>,
  });
  try {
    return await new Promise<number>((seen, fail) => {
      pty.onData((data) => data.includes('kibitzer') && seen(performance.now() - since));
      pty.onExit(() => fail(new Error('kibitzer ended before its first screen')));
    });
  } finally {
    pty.kill('SIGKILL');
  }
}

/** One whole session, ended with q: it leaves the compile cache and the practice folder that a second start finds. */
export async function firstSession(practice: string): Promise<void> {
  const pty = spawnPty(process.execPath, [BIN], {
    cols: 100,
    rows: 40,
    env: { ...process.env, KIBITZER_PRACTICE: practice } as Record<string, string>,
  });
  await new Promise<void>((done) => {
    let text = '';
    let asked = false;
    pty.onData((data) => {
      text += data;
      if (asked || !text.includes('played as it stands') || !/watching/.test(text)) return;
      asked = true;
      pty.write('q');
    });
    pty.onExit(() => done());
  });
}

/** Milliseconds of `node -e ""`, from start to end. */
export function bareNode(): Promise<number> {
  const since = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    child.on('error', fail);
    child.on('exit', () => done(performance.now() - since));
  });
}

/** A practice folder of its own, removed by `dispose`. */
export function emptyPractice(): { folder: string; dispose(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-bench-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
