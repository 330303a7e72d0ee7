/** A practice folder in a temporary place, and a watcher on it that keeps what it reports; for tests. */
import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from './files.ts';
import { type FileWatcher, type Save, type SaveWatcher, watchSaves, type WatchOptions } from './watcher.ts';

/** What a watcher has reported so far, and a way to wait for more. */
export interface Practice extends AsyncDisposable {
  folder: string;
  watcher: SaveWatcher;
  saves: Save[];
  modes: string[];
  errors: string[];
  /** the katas that were read, one entry per read */
  reads: string[];
  path(kata: string, file?: string): string;
  /** Resolves as soon as `condition` holds; it is tried again at every report. */
  until(condition: () => boolean): Promise<void>;
  /** The content of `a.ts` in each save. */
  contents(): (string | undefined)[];
}

/** Reads all `.ts` files right in a kata's folder; throws when there is no such folder. */
async function readKata(folder: string): Promise<Files> {
  const files = new Map<string, Buffer>();
  for (const name of (await readdir(folder)).sort()) {
    if (name.endsWith('.ts')) files.set(name, await readFile(join(folder, name)));
  }
  return files;
}

/** Two katas with one file each, watched; ready when this resolves. */
export async function practice(options: Partial<WatchOptions> = {}): Promise<Practice> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kibitzer-watch-')));
  const path = (kata: string, file = 'a.ts'): string => join(folder, kata, file);
  for (const kata of ['one', 'two']) {
    await mkdir(join(folder, kata));
    await writeFile(path(kata), '// start\n');
  }
  const reports = new EventEmitter().setMaxListeners(0);
  const saves: Save[] = [];
  const modes: string[] = [];
  const errors: string[] = [];
  const reads: string[] = [];
  const watcher = watchSaves({
    folder,
    read: (kata) => {
      reads.push(kata);
      return readKata(join(folder, kata));
    },
    onSave: (save) => void (saves.push(save), reports.emit('report')),
    onMode: (mode, why) => void (modes.push(`${mode}: ${why}`), reports.emit('report')),
    onError: (error, kata) => void (errors.push(`${kata}: ${error.message}`), reports.emit('report')),
    env: { KIBITZER_POLL: '0' },
    pollMs: 40,
    ...options,
  });
  await watcher.ready;
  return {
    folder,
    watcher,
    saves,
    modes,
    errors,
    reads,
    path,
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          reports.off('report', look);
          resolve();
        };
        reports.on('report', look);
        look();
      }),
    contents: () => saves.map((save) => save.files.get('a.ts')?.toString()),
    async [Symbol.asyncDispose]() {
      await watcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface DeafWatcher extends FileWatcher {
  emit(event: 'ready' | 'error', error?: Error): boolean;
  readonly closed: boolean;
  /** Says that it is ready, soon. */
  getReady(): DeafWatcher;
}

/** A file watcher that reports nothing by itself. */
export function deafWatcher(): DeafWatcher {
  const emitter = new EventEmitter();
  let closed = false;
  const deaf: DeafWatcher = {
    on: (event: string, listener: (...args: never[]) => void) => emitter.on(event, listener as () => void),
    emit: (event, error) => emitter.emit(event, error),
    unwatch() {},
    get closed() {
      return closed;
    },
    async close() {
      closed = true;
    },
    getReady() {
      setImmediate(() => emitter.emit('ready'));
      return deaf;
    },
  };
  return deaf;
}
