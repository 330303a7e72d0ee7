import { crc32 } from 'node:zlib';
import { KibitzerError } from '../errors.ts';

/** An event as it lies in the log: what the caller gave, its number (from 1) and the wall time (ISO 8601, UTC). */
export type StoredEvent<E> = E & { readonly seq: number; readonly at: string };

/** The first line of the log. */
export interface LogHeader {
  readonly schema: 'kibitzer/events@1';
  readonly created: string;
  /** ranges of event numbers that a repair could not save, both ends included */
  readonly missing?: readonly (readonly [number, number])[];
}

/** A line that cannot be used, or not where it stands. */
export interface BadLine {
  /** from 1, as editors count */
  readonly line: number;
  /** a clause: "its checksum does not match its text" */
  readonly why: string;
  /** the event's number, when the line is sound but does not follow the one before */
  readonly outOfOrder?: number;
}

/** What a log file holds, read without changing anything. */
export interface ParsedLog<E> {
  /** null when the file is empty or its first line is bad */
  readonly header: LogHeader | null;
  /** of every sound line, in the order of the file */
  readonly events: readonly StoredEvent<E>[];
  readonly bad: readonly BadLine[];
  /** length in bytes of the lines that end with a line break */
  readonly whole: number;
  /** what follows the last line break; empty in a healthy log */
  readonly tail: Buffer;
}

export const logName = 'events.ndjson';
const family = 'kibitzer/events@';
const lineBreak = 0x0a;
const tab = 0x09;

/** One line of the log: JSON, TAB, eight hex digits of CRC-32, line break. JSON text has neither TAB nor line break in it. */
export function encodeLine(value: object): Buffer {
  const json = JSON.stringify(value);
  return Buffer.from(`${json}\t${checksum(Buffer.from(json))}\n`);
}

/** The header of a new log. */
export function newHeader(created: Date, missing: LogHeader['missing'] = []): LogHeader {
  const header: LogHeader = { schema: `${family}1`, created: created.toISOString() };
  return missing.length === 0 ? header : { ...header, missing };
}

/**
 * Reads the bytes of a log. Never throws on damage: bad lines are listed, with every good one kept.
 * Throws LOG_TOO_NEW when an intact header names a later version; `path` is for that message only.
 */
export function parseLog<E extends { type: string }>(bytes: Buffer, path: string): ParsedLog<E> {
  const events: StoredEvent<E>[] = [];
  const bad: BadLine[] = [];
  let header: LogHeader | null = null;
  let last = 0;
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(lineBreak, start);
    if (end < 0) break;
    const value = decodeLine(bytes.subarray(start, end));
    start = end + 1;
    if (typeof value === 'string') {
      bad.push({ line, why: value });
      continue;
    }
    if (line === 1) {
      header = asHeader(value, path);
      if (header !== null) continue;
      bad.push({ line, why: 'it is not the header of a kibitzer event log' });
    }
    if (isEvent<E>(value)) {
      const why = wrongNumber(last, value.seq, header?.missing ?? []);
      if (why !== null) bad.push({ line, why, outOfOrder: value.seq });
      last = Math.max(last, value.seq);
      events.push(value);
    } else if (line > 1) {
      bad.push({ line, why: 'it is not an event: it needs seq, at and type' });
    }
  }
  return { header, events, bad, whole: start, tail: bytes.subarray(start) };
}

/** Whether a file without any line break can be the beginning of a log whose first write was cut off. */
export function couldBeCutHeader(bytes: Buffer): boolean {
  const opening = Buffer.from(`{"schema":"${family}`);
  const length = Math.min(opening.length, bytes.length);
  // Some file systems leave zeros where a write was lost.
  return opening.subarray(0, length).equals(bytes.subarray(0, length)) || bytes.every((byte) => byte === 0);
}

function checksum(json: Buffer): string {
  return crc32(json).toString(16).padStart(8, '0');
}

/** The object on a line (without its line break), or why there is none. */
function decodeLine(line: Buffer): object | string {
  const at = line.length - 9;
  if (at < 0 || line[at] !== tab) return 'it has no checksum at its end';
  const json = line.subarray(0, at);
  if (checksum(json) !== line.toString('latin1', at + 1)) return 'its checksum does not match its text';
  try {
    const value: unknown = JSON.parse(json.toString());
    return typeof value === 'object' && value !== null ? value : 'it is not an object';
  } catch {
    return 'it is not JSON';
  }
}

function asHeader(value: object, path: string): LogHeader | null {
  const { schema, created, missing } = value as Record<string, unknown>;
  if (typeof schema !== 'string' || !schema.startsWith(family)) return null;
  const version = Number(schema.slice(family.length));
  if (version > 1) {
    throw new KibitzerError(
      'LOG_TOO_NEW',
      `the event log was written by a newer kibitzer: ${path}\nits format is ${schema}, this version reads up to ${family}1`,
      'update kibitzer, or start it in another practice folder; the log was not changed',
    );
  }
  if (version !== 1 || typeof created !== 'string') return null;
  if (missing !== undefined && !isRanges(missing)) return null;
  return value as LogHeader;
}

function isRanges(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((range) => Array.isArray(range) && range.length === 2 && range.every(Number.isInteger))
  );
}

/** The checksum vouches for the rest of an event, so these three are all that is looked at. */
function isEvent<E>(value: object): value is StoredEvent<E> {
  const { seq, at, type } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(seq) && (seq as number) > 0 && typeof at === 'string' && typeof type === 'string'
  );
}

/** Lines can also vanish whole, or come twice, without any checksum noticing: the numbers notice. */
function wrongNumber(
  last: number,
  seq: number,
  missing: readonly (readonly [number, number])[],
): string | null {
  if (seq <= last) return `its number ${seq} does not follow ${last}`;
  if (seq === last + 1 || missing.some(([from, to]) => from === last + 1 && to === seq - 1)) return null;
  return last + 1 === seq - 1
    ? `event ${last + 1} is missing before it`
    : `events ${last + 1} to ${seq - 1} are missing before it`;
}
