/** Drives the real program: in a pseudo-terminal whose screen can be read, or with plain pipes. For tests. */
import { spawn as spawnChild } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { waysOfSaving } from '../watch/editors.ts';

export const HOME = fileURLToPath(new URL('../../', import.meta.url));
const BIN = path.join(HOME, 'runner/bin.mjs');
/** Generous: the machine may be busy with other tests. Nothing waits this long unless it is about to fail. */
const PATIENCE_MS = 50_000;

export interface StartOptions {
  args?: readonly string[];
  /** default 100 × 60: wide enough that no sentence of a screen is cut */
  cols?: number;
  rows?: number;
  env?: Record<string, string>;
  /** an existing practice folder; default a new one, removed when the test ends */
  practice?: string;
  /** bash runs this instead, with the program's command in $KIBITZER; `true` gives an interactive bash */
  shell?: string | true;
}

export interface Driver {
  readonly practice: string;
  readonly pid: number;
  /** everything that came, escape codes and all */
  readonly raw: string;
  type(keys: string): void;
  /** writes a file of a kata as an editor would; `how` is one of `waysOfSaving` */
  save(kata: string, file: string, text: string | Uint8Array, how?: string): Promise<void>;
  /** the rows on the screen now, without blanks at their ends */
  screen(): string[];
  /** all rows from the first to the last that is not empty; a row that the terminal had to wrap is one line */
  scrollback(): string;
  /** what came since the last key or save */
  since(): string;
  /** rows that were longer than the terminal is wide */
  wrapped(): string[];
  /**
   * Waits until what came since the last key or save has the text (blanks and line breaks count as one blank) or
   * matches the pattern. Resolves to what came; rejects with the whole scrollback after `timeout`, or when the
   * program has ended without it.
   */
  waitFor(wanted: string | RegExp, timeout?: number): Promise<string>;
  /** forgets what came until now, so that only later text counts */
  mark(): void;
  exitCode(): Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** A new practice folder (not made yet), removed when the test ends. */
export function practiceFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kibitzer-e2e-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'practice');
}

/** Surroundings that do not depend on who runs the tests. */
function environment(practice: string, more: Record<string, string>): Record<string, string> {
  return {
    PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: process.env['HOME'] ?? '/',
    LANG: 'C.UTF-8',
    KIBITZER_PRACTICE: practice,
    KIBITZER: `'${process.execPath}' '${BIN}'`,
    ...more,
  };
}

/** Starts the program in a pseudo-terminal. */
export function start(o: StartOptions = {}): Driver {
  const { args = [], cols = 100, rows = 60, env = {}, practice = practiceFolder(), shell } = o;
  const [file, argv] =
    shell === undefined
      ? [process.execPath, [BIN, ...args]]
      : ['bash', shell === true ? ['--norc', '--noprofile', '-i'] : ['-c', shell]];
  const pty = spawn(file, argv, {
    name: env['TERM'] ?? 'xterm-256color',
    cols,
    rows,
    cwd: HOME,
    env: environment(practice, env),
  });
  const term = new xterm.Terminal({ cols, rows, scrollback: 20_000, allowProposedApi: true });
  const changes = new EventEmitter().setMaxListeners(0);
  let raw = '';
  let unshown = 0;
  let mark = 0;
  let ended: number | null = null;
  pty.onData((data) => {
    raw += data;
    unshown++;
    term.write(data, () => {
      unshown--;
      changes.emit('change');
    });
  });
  term.onData((answer) => pty.write(answer));
  pty.onExit(({ exitCode, signal }) => {
    ended = signal ? 128 + signal : exitCode;
    changes.emit('change');
  });
  onTestFinished(() => {
    if (ended === null) pty.kill('SIGKILL');
    term.dispose();
  });

  function lines(from: number): string[] {
    const buffer = term.buffer.active;
    const found: string[] = [];
    for (let y = from; y < buffer.length; y++) {
      const row = buffer.getLine(y)!;
      if (row.isWrapped && found.length > 0) found[found.length - 1] += row.translateToString(true);
      else found.push(row.translateToString(true));
    }
    while (found.at(-1) === '') found.pop();
    return found;
  }
  const since = (): string => lines(mark).join('\n');
  const scrollback = (): string => lines(0).join('\n');
  const here = (): number => term.buffer.active.baseY + term.buffer.active.cursorY;

  return {
    practice,
    pid: pty.pid,
    get raw() {
      return raw;
    },
    type(keys) {
      mark = here();
      pty.write(keys);
    },
    async save(kata, name, text, how = 'plain write') {
      mark = here();
      const target = path.join(practice, kata, name);
      mkdirSync(path.dirname(target), { recursive: true });
      await waysOfSaving[how]!(target, text as string);
    },
    screen: () => lines(term.buffer.active.baseY),
    scrollback,
    since,
    wrapped() {
      const buffer = term.buffer.active;
      return Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)!)
        .filter((row) => row.isWrapped)
        .map((row) => row.translateToString(true));
    },
    mark() {
      mark = here();
    },
    waitFor(wanted, timeout = PATIENCE_MS) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const text = since();
          if (has(text, wanted)) done(() => resolve(text));
          else if (ended !== null && unshown === 0) fail(`the program ended with ${ended}`);
        };
        const done = (then: () => void): void => {
          clearTimeout(timer);
          changes.off('change', look);
          then();
        };
        const fail = (why: string): void =>
          done(() =>
            reject(
              new Error(
                `${why} before ${String(wanted)} came; the whole scrollback:\n${scrollback()}\n— end —`,
              ),
            ),
          );
        const timer = setTimeout(() => fail(`${timeout / 1000} s went by`), timeout);
        changes.on('change', look);
        look();
      });
    },
    exitCode() {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`it did not end; the whole scrollback:\n${scrollback()}\n— end —`)),
          PATIENCE_MS,
        );
        const look = (): void => {
          if (ended === null || unshown > 0) return;
          clearTimeout(timer);
          changes.off('change', look);
          resolve(ended);
        };
        changes.on('change', look);
        look();
      });
    },
    kill: (signal) => pty.kill(signal),
  };
}

function has(text: string, wanted: string | RegExp): boolean {
  if (wanted instanceof RegExp) return wanted.test(text) || wanted.test(flat(text));
  return flat(text).includes(flat(wanted));
}

/** Text on one line: blanks and line breaks, which depend on the width, count as one blank. */
export function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program to its end with plain pipes; its standard input is empty. */
export function run(
  args: readonly string[],
  o: { practice: string; env?: Record<string, string>; patienceMs?: number },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawnChild(process.execPath, [BIN, ...args], {
      cwd: HOME,
      env: environment(o.practice, o.env ?? {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: o.patienceMs ?? PATIENCE_MS,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Calls `look` again and again until it gives something; for conditions that send no event. */
export async function until<T>(
  look: () => T | null | undefined | false,
  what: string,
  timeout = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeout / 1000} s`);
    await new Promise((next) => setTimeout(next, 25));
  }
}
