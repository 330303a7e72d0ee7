import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch as watchFiles } from 'chokidar';
import { changedPaths, type Files } from './files.ts';
import { forcedMode, isLimit, isRemote, type Mode, type Why } from './mode.ts';
import { isHidden, isIgnored, OWN_FOLDER, partsBelow } from './paths.ts';
import { eventsCome } from './sentinel.ts';
import { settler, type Settler } from './settle.ts';

export type { Files } from './files.ts';
export type { Mode, Why } from './mode.ts';

/** A content of a kata's files that differs from the one before. */
export interface Save {
  kata: string;
  /** all learner files; one that stayed empty is here with no bytes, one that stayed away is not here */
  files: Files;
  /** paths that are new, different or gone since the content before, sorted */
  changed: readonly string[];
  /** `performance.now()` when the first event of this save arrived */
  seenAt: number;
}

/** The part of a chokidar watcher that is used here. */
export interface FileWatcher {
  on(event: 'all', listener: (event: string, path: string) => void): unknown;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  unwatch(path: string): unknown;
  close(): Promise<void>;
}

/** The chokidar options that are used here; all others keep their defaults. */
interface FileWatcherOptions {
  ignoreInitial: true;
  ignored: (path: string) => boolean;
  usePolling?: true;
  interval?: number;
}

export interface WatchOptions {
  /** the practice folder; each folder in it is a kata's */
  folder: string;
  /**
   * Reads all learner files of one kata, by their path below its folder. May throw, and may be called often.
   * It should leave out files that editors make for a moment (`a.ts~`, `a.ts.tmp`, `a.ts___jb_tmp___`), and
   * give an empty map for a folder that is no kata.
   */
  read: (kata: string) => Files | Promise<Files>;
  /** exactly once per distinct content; not for the content found at the start */
  onSave: (save: Save) => void;
  /** the mode has changed; the one at the start is `mode` of what `watchSaves` returns */
  onMode: (mode: Mode, why: Why) => void;
  /** the files of a kata stay unreadable, or (kata null) the watching itself has trouble */
  onError: (error: Error, kata: string | null) => void;
  /**
   * Contents already dealt with, by kata: what differs from them when the watcher is ready is a save. For other
   * katas the content found at the start counts as known.
   */
  known?: ReadonlyMap<string, Files>;
  /** polling interval, default 300 ms */
  pollMs?: number;
  /** how long to wait for the sentinel's event, default 1000 ms */
  checkMs?: number;
  env?: NodeJS.ProcessEnv;
  /** whether other machines write to the folder, default by the type of its file system */
  remote?: (folder: string) => boolean;
  /** default chokidar's `watch` */
  watch?: (folder: string, options: FileWatcherOptions) => FileWatcher;
}

export interface SaveWatcher {
  readonly mode: Mode;
  readonly why: Why;
  /** every save after this moment is seen */
  readonly ready: Promise<void>;
  /** Looks at all katas now, events or not; resolves when what has changed has been reported. */
  rescan(): Promise<void>;
  /** Runs work that writes into a kata's folder itself (first copy, reset): what it leaves there is no save. */
  quietly<T>(kata: string, work: () => T | Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Watches the practice folder: every way in which editors save gives one save per distinct content. */
export function watchSaves(options: WatchOptions): SaveWatcher {
  const {
    onSave,
    onMode,
    onError,
    known = new Map(),
    pollMs = 300,
    checkMs = 1000,
    env = process.env,
  } = options;
  const open: NonNullable<WatchOptions['watch']> = options.watch ?? watchFiles;
  const folder = resolve(options.folder);
  const forced = forcedMode(env);
  const remote = forced === null && (options.remote ?? isRemote)(folder);

  const katas = new Map<string, Settler>();
  const ready = Promise.withResolvers<void>();
  const closing: Promise<void>[] = [];
  const closed = new AbortController();
  let mode: Mode = forced ?? (remote ? 'polling' : 'events');
  let why: Why = forced !== null ? 'forced' : remote ? 'remote' : 'usual';
  let heard = false;
  let current: FileWatcher;

  function settlerOf(kata: string): Settler {
    let one = katas.get(kata);
    if (one === undefined) {
      one = settler({
        read: () => options.read(kata),
        known: known.get(kata),
        onSettled: (files, before, seenAt) =>
          onSave({ kata, files, changed: changedPaths(before, files), seenAt }),
        onUnreadable: (error) => onError(error, kata),
      });
      katas.set(kata, one);
    }
    return one;
  }

  async function look(kata: string): Promise<void> {
    try {
      await settlerOf(kata).look();
    } catch (error) {
      trouble(error, kata);
    }
  }

  async function kataFolders(): Promise<string[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => !entry.isFile() && !isHidden(entry.name)).map((entry) => entry.name);
    } catch {
      return []; // no practice folder yet
    }
  }

  async function rescan(): Promise<void> {
    const names = new Set([...katas.keys(), ...(await kataFolders())]);
    if (!closed.signal.aborted) await Promise.all([...names].map(look));
  }

  function onEvent(event: string, path: string): void {
    heard = true;
    const [kata, ...below] = partsBelow(folder, path);
    if (kata === undefined) return void rescan();
    if (isHidden(kata) || kata === '..') return;
    // a file beside the kata folders is nobody's
    if (below.length === 0 && !event.endsWith('Dir')) return;
    void look(kata);
  }

  function trouble(error: unknown, kata: string | null): void {
    onError(error instanceof Error ? error : new Error(String(error)), kata);
  }

  /** Opens a file watcher in the present mode; resolves when it is ready, never if it is replaced before. */
  function start(): Promise<void> {
    const sentinel = mode === 'events' && forced === null;
    const one = open(folder, {
      ignoreInitial: true,
      ignored: (path) => isIgnored(folder, path, sentinel),
      ...(mode === 'polling' && { usePolling: true, interval: pollMs }),
    });
    current = one;
    // events of a replaced watcher that are still under way are nobody's
    one.on('all', (event, path) => {
      if (one === current) onEvent(event, path);
    });
    one.on('error', (error) => {
      if (one !== current) return;
      if (mode === 'events' && forced === null && isLimit(error)) fallBack('limit');
      else trouble(error, null);
    });
    return new Promise((resolve) => {
      one.on('ready', () => {
        if (one === current) resolve();
      });
    });
  }

  function close(one: FileWatcher): void {
    closing.push(one.close().catch((error: unknown) => trouble(error, null)));
  }

  /** Goes on by polling. What was saved between the two watchers is found by looking at everything once. */
  function fallBack(reason: Why): void {
    if (closed.signal.aborted || mode === 'polling') return;
    close(current);
    mode = 'polling';
    why = reason;
    onMode(mode, why);
    void start().then(becomeReady);
  }

  async function becomeReady(): Promise<void> {
    await baseline;
    ready.resolve();
    await rescan();
  }

  async function check(started: Promise<void>): Promise<void> {
    // a watcher that does not even get ready is checked all the same
    const late = sleep(checkMs, undefined, { signal: closed.signal }).catch(() => {});
    await Promise.race([started, late]);
    const checked = current;
    const come = await eventsCome({ folder, waitMs: checkMs, heard: () => heard, signal: closed.signal });
    if (closed.signal.aborted || checked !== current) return;
    if (come) current.unwatch(join(folder, OWN_FOLDER));
    else fallBack('silent');
  }

  const baseline = kataFolders().then(async (names) => {
    const unknown = names.filter((name) => !known.has(name));
    await Promise.all(unknown.map((name) => settlerOf(name).quietly(() => {})));
    for (const name of known.keys()) settlerOf(name);
  });
  const started = start();
  void started.then(becomeReady);
  if (mode === 'events' && forced === null) void check(started);

  return {
    get mode() {
      return mode;
    },
    get why() {
      return why;
    },
    ready: ready.promise,
    rescan,
    quietly: (kata, work) => settlerOf(kata).quietly(work),
    async close() {
      closed.abort();
      for (const one of katas.values()) one.close();
      close(current);
      await Promise.all(closing);
      ready.resolve();
    },
  };
}
