import { hostname } from 'node:os';
import { join } from 'node:path';
import { truncateSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { systemCode } from './disk.ts';

/*
 * The holder keeps an exclusive transaction open on an empty SQLite database. The system ends it with the process,
 * however that ends, so a lock is never left behind and nobody has to judge whether a process id is still the
 * same program. lock.json beside it only says who holds it.
 */

/** The practice folder is ours until release() or the end of the process. */
export interface Lock {
  release(): void;
  /** why the folder could not be guarded (it cannot be written, so nobody else can write it either), or null */
  readonly unguarded: string | null;
}

/** Who holds the lock, as far as the holder could note it down. */
export interface Holder {
  readonly pid: number | null;
  readonly host: string | null;
  /** ISO 8601, UTC */
  readonly started: string | null;
}

const busy = 5;
const notADatabase = [11, 26];

// A database that is garbage-collected gives its lock back.
const held = new Set<DatabaseSync>();

/**
 * Takes the lock of a folder (`practice/.kibitzer`), making the folder when missing. Returns within a few hundredths of a second: the lock, or
 * who holds it, which may be this very process. A folder that cannot be written gives an unguarded lock. Throws
 * for nothing but bugs.
 */
export function acquireLock(folder: string, options: { now?: () => Date } = {}): Lock | { heldBy: Holder } {
  const { now = () => new Date() } = options;
  const path = join(folder, 'lock.db');
  const note = join(folder, 'lock.json');
  const tolerate = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (systemCode(error) === null) throw error;
    }
  };

  tolerate(() => mkdirSync(folder, { recursive: true }));
  let result = begin(path);
  if (typeof result === 'number' && notADatabase.includes(result)) {
    // SQLite looks at the content only after it has the lock, and nothing is ever stored in it.
    tolerate(() => truncateSync(path));
    result = begin(path);
  }
  // Two that start in the same moment can refuse each other; a real holder still holds it after a pause.
  for (let tries = 0; tries < 3 && result === busy; tries++) {
    pause(1 + Math.random() * 8);
    result = begin(path);
  }
  if (result === busy) return { heldBy: readHolder(note) };
  if (typeof result === 'number') return { release: () => {}, unguarded: `SQLITE_${result}` };

  const database = result;
  held.add(database);
  const holder: Holder = { pid: process.pid, host: hostname(), started: now().toISOString() };
  tolerate(() => writeFileSync(note, `${JSON.stringify(holder)}\n`));
  return {
    unguarded: null,
    release() {
      if (!held.delete(database)) return;
      tolerate(() => unlinkSync(note));
      database.close();
    },
  };
}

/** Says who holds the lock: "kibitzer is already running here (process 1234 since 10:42)". Times are local. */
export function heldSentence({ pid, host, started }: Holder, now: Date = new Date()): string {
  const since = started === null ? null : new Date(started);
  const details = [
    pid === null ? '' : `process ${pid}`,
    host === null || host === hostname() ? '' : `on ${host}`,
    since === null || Number.isNaN(since.getTime()) ? '' : `since ${localTime(since, now)}`,
  ].filter((part) => part !== '');
  return `kibitzer is already running here${details.length === 0 ? '' : ` (${details.join(' ')})`}`;
}

/** The database with its lock, or SQLite's result code. */
function begin(path: string): DatabaseSync | number {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    // No journal file: one that a killed holder left would have to be played back.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    if (typeof code !== 'number') throw error;
    return code & 0xff;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function readHolder(note: string): Holder {
  let value: unknown = null;
  try {
    value = JSON.parse(readFileSync(note, 'utf8'));
  } catch {
    // Not written yet, or not ours: the sentence then says less.
  }
  const { pid, host, started } = Object(value) as Record<string, unknown>;
  return {
    pid: typeof pid === 'number' ? pid : null,
    // Shown on a terminal, so nothing but what host names are made of.
    host: typeof host === 'string' && /^[\w.-]{1,253}$/.test(host) ? host : null,
    started: typeof started === 'string' ? started : null,
  };
}

function localTime(moment: Date, now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  if (moment.toDateString() === now.toDateString()) return time;
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${time}`;
}
