import { dirname, join } from 'node:path';
import { KibitzerError } from '../errors.ts';
import { keepBytes, replaceFile } from './atomic-file.ts';
import { type Disk, explainCode, realDisk, syncFolder, systemCode, writeAll } from './disk.ts';
import {
  couldBeCutHeader,
  encodeLine,
  logName,
  newHeader,
  type ParsedLog,
  parseLog,
  type StoredEvent,
} from './log-format.ts';
import { timeStamp } from './time-stamp.ts';

/** Something about the log file that the person at the screen should be told once. */
export interface LogNotice {
  /** number of bytes that were cut off or set aside */
  readonly bytes: number;
  /** where they are kept; null while the folder cannot be written, or when there was nothing left to keep */
  readonly savedAs: string | null;
  /** two sentences for the screen */
  readonly message: string;
}

/** The open log of one practice folder. Its holder also holds the lock: there is one writer. */
export interface EventLog<E extends { type: string }> {
  /** every event so far, those read at the start and those appended, in order */
  readonly events: readonly StoredEvent<E>[];
  /** set when the end of the file was found torn at the start */
  readonly repaired: LogNotice | null;
  /** set when the file was removed or changed by someone else while it was open, and has been written anew */
  readonly restored: LogNotice | null;
  /** why the last events are in memory only ("ENOSPC"), or null when everything is in the file */
  readonly unsaved: string | null;
  /**
   * Adds an event and returns it as every later start will read it, with its number and time. When it returns and
   * `unsaved` is null the event is on the disk (with `flush: false`: handed to the system). A disk that is full,
   * read-only or broken does not throw: the event stays in `events`, `unsaved` says why, and the next append,
   * flush or close tries again, in order. Throws only for values that are not JSON and after close().
   */
  append(event: E, options?: { flush?: boolean }): StoredEvent<E>;
  /** Tries again to save what is not saved and makes all of it durable. Returns whether everything is. */
  flush(): boolean;
  /** Like flush(), and gives the file back. Returns whether everything is saved. */
  close(): boolean;
}

/** For tests: another file system, another clock. */
export interface LogOptions {
  readonly disk?: Disk;
  readonly now?: () => Date;
}

/** The log has lines that cannot be used. The file was not touched. */
export class LogDamagedError extends KibitzerError {
  /** the first bad line, from 1 */
  readonly line: number;

  constructor(path: string, line: number, why: string) {
    super(
      'LOG_DAMAGED',
      `the event log is damaged at line ${line}: ${path}:${line}\n${why}; the file was not changed`,
      'kibitzer doctor --repair keeps every event that can be read, and a copy of the damaged file',
    );
    this.line = line;
  }
}

/**
 * Opens the log in a folder (`practice/.kibitzer`), making both when missing, and reads all its events. A torn end,
 * as a killed program or a power failure leaves it, is kept as `events.torn-<time>` and cut off, and `repaired`
 * says so. A folder that cannot be written is no error: see `unsaved`.
 *
 * Throws LogDamagedError for any other bad line, LOG_TOO_NEW for a later format, LOG_UNREADABLE when the file is
 * there and cannot be read; never begins anew over a file it does not understand.
 */
export function openEventLog<E extends { type: string }>(
  folder: string,
  options: LogOptions = {},
): EventLog<E> {
  const { disk = realDisk, now = () => new Date() } = options;
  const path = join(folder, logName);
  const found = understand<E>(path, readLogBytes(path, disk));

  const events: StoredEvent<E>[] = [...found.events];
  let torn = found.tail;
  let repaired: LogNotice | null = torn.length === 0 ? null : tornNotice(torn.length, found, null);
  let restored: LogNotice | null = null;
  let unsaved: string | null = null;
  let closed = false;

  // The file as far as it is known to be good: its length, and how many of the events are in it.
  let length = found.whole;
  let saved = events.length;
  // The same, as of the last fsync.
  let durable = { length, saved };
  let fd: number | null = null;
  let identity: bigint | number | null = null;
  // Whether there may be a piece of a line behind `length`.
  let dirty = torn.length > 0;

  /** Brings the file up to `events`. Throws the system's error. */
  function catchUp(flush: boolean): void {
    if (torn.length > 0) {
      // Kept first, cut off second: killed in between, the next start does it again.
      const savedAs = keepBytes(join(folder, `events.torn-${timeStamp(now())}`), torn, disk);
      repaired = tornNotice(torn.length, found, savedAs);
      torn = Buffer.alloc(0);
    }
    if (fd === null) open();
    else if (isForeign(disk.statSync(path, { throwIfNoEntry: false }))) restore();
    if (dirty) cut();
    if (length === 0) write(newHeader(now()));
    while (saved < events.length) {
      write(events[saved]!);
      saved++;
    }
    if (flush && durable.length !== length) {
      disk.fsyncSync(fd!);
      if (durable.length === 0) syncNewFile();
      durable = { length, saved };
    }
  }

  function open(): void {
    disk.mkdirSync(folder, { recursive: true });
    const there = disk.statSync(path, { throwIfNoEntry: false });
    if (there === undefined ? length > 0 : isForeign(there)) return restore();
    fd = disk.openSync(path, 'a+', 0o644);
    identity = disk.fstatSync(fd).ino;
  }

  function isForeign(there: { ino: bigint | number; size: number } | undefined): boolean {
    if (there === undefined || (identity !== null && there.ino !== identity)) return true;
    return dirty ? there.size < length : there.size !== length;
  }

  /** Writes the whole log again from memory, beside whatever has taken its place. */
  function restore(): void {
    release();
    disk.mkdirSync(folder, { recursive: true });
    const other = readIfThere(path, disk);
    const savedAs =
      other === null ? null : keepBytes(join(folder, `events.replaced-${timeStamp(now())}`), other, disk);
    const text = Buffer.concat([newHeader(now()), ...events].map(encodeLine));
    replaceFile(folder, path, text, disk);
    restored = {
      bytes: other?.length ?? 0,
      savedAs,
      message:
        'The event log was removed or changed by another program; it has been written again, nothing is lost.' +
        (savedAs === null ? '' : ` What was there is kept as ${savedAs}.`),
    };
    [length, saved, dirty] = [text.length, events.length, false];
    durable = { length, saved };
    fd = disk.openSync(path, 'a+', 0o644);
    identity = disk.fstatSync(fd).ino;
  }

  function write(value: object): void {
    const line = encodeLine(value);
    dirty = true;
    writeAll(disk, fd!, line);
    length += line.length;
    dirty = false;
  }

  function cut(): void {
    disk.ftruncateSync(fd!, length);
    dirty = false;
  }

  function syncNewFile(): void {
    syncFolder(disk, folder);
    syncFolder(disk, dirname(folder));
  }

  function release(): void {
    const open = fd;
    fd = null;
    try {
      if (open !== null) disk.closeSync(open);
    } catch (error) {
      // Nothing hangs on it: what had to be durable went through fsync.
      if (systemCode(error) === null) throw error;
    }
  }

  /** Runs catchUp and keeps the reason when it fails. */
  function save(flush: boolean): boolean {
    try {
      catchUp(flush);
      unsaved = null;
    } catch (error) {
      unsaved = systemCode(error);
      if (unsaved === null) throw error;
      stepBack();
    }
    return unsaved === null;
  }

  /** After a failure: leaves whole lines only, and only those that are surely there. */
  function stepBack(): void {
    // A failed fsync may have dropped any page since the last good one, so all of that is written again.
    if (durable.length !== length) {
      ({ length, saved } = durable);
      dirty = true;
    }
    try {
      if (dirty && fd !== null) cut();
    } catch (error) {
      if (systemCode(error) === null) throw error;
    }
    // The next try opens it anew: a descriptor can be the thing that broke.
    release();
  }

  save(true);
  return {
    get events() {
      return events;
    },
    get repaired() {
      return repaired;
    },
    get restored() {
      return restored;
    },
    get unsaved() {
      return unsaved;
    },
    append(event, { flush = true } = {}) {
      if (closed) throw new Error('append to a closed event log');
      const seq = (events.at(-1)?.seq ?? 0) + 1;
      const mine = { seq, at: now().toISOString() };
      // Through JSON, so that the running program never sees more in an event than its next start will.
      const stored: StoredEvent<E> = JSON.parse(JSON.stringify({ ...mine, ...event, ...mine }));
      events.push(stored);
      save(flush);
      return stored;
    },
    flush() {
      return closed ? unsaved === null : save(true);
    },
    close() {
      if (!closed) {
        save(true);
        release();
        closed = true;
      }
      return unsaved === null;
    },
  };
}

/**
 * Reads the events of a folder without changing anything and without the lock, for commands that only report. A
 * last line that is not whole is left out: another kibitzer may be writing it this moment. A missing log is empty.
 * Throws like openEventLog.
 */
export function readEventLog<E extends { type: string }>(
  folder: string,
  options: Pick<LogOptions, 'disk'> = {},
): readonly StoredEvent<E>[] {
  const path = join(folder, logName);
  return understand<E>(path, readLogBytes(path, options.disk ?? realDisk)).events;
}

/** The bytes of a log file, or null when there is none. Throws LOG_UNREADABLE. */
export function readLogBytes(path: string, disk: Disk): Buffer | null {
  try {
    return readIfThere(path, disk);
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new KibitzerError(
      'LOG_UNREADABLE',
      `the event log cannot be read: ${path}\n${explainCode(code)}`,
      'make the file readable, or start kibitzer in another practice folder; the file was not changed',
      { cause: error },
    );
  }
}

function readIfThere(path: string, disk: Disk): Buffer | null {
  try {
    return disk.readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function understand<E extends { type: string }>(path: string, bytes: Buffer | null): ParsedLog<E> {
  const found = parseLog<E>(bytes ?? Buffer.alloc(0), path);
  const [bad] = found.bad;
  if (bad !== undefined) throw new LogDamagedError(path, bad.line, bad.why);
  if (found.whole === 0 && !couldBeCutHeader(found.tail)) {
    throw new LogDamagedError(path, 1, 'it is not the header of a kibitzer event log');
  }
  return found;
}

function tornNotice(bytes: number, found: { events: readonly unknown[] }, savedAs: string | null): LogNotice {
  const before = found.events.length;
  const intact = before === 0 ? 'No event came before it' : `Before it, nothing is lost (events: ${before})`;
  const message =
    `The last line of the event log was cut off in the middle (${bytes} bytes), as a killed program or a power ` +
    `failure leaves it. ${intact}; ` +
    (savedAs === null ? 'the rest is still in the file.' : `the rest is kept as ${savedAs}.`);
  return { bytes, savedAs, message };
}
