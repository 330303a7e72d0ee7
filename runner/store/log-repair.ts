import { join } from 'node:path';
import { KibitzerError } from '../errors.ts';
import { keepBytes, replaceFile } from './atomic-file.ts';
import { type Disk, explainCode, realDisk, systemCode } from './disk.ts';
import { readLogBytes } from './event-log.ts';
import { type BadLine, encodeLine, logName, newHeader, parseLog, type StoredEvent } from './log-format.ts';
import { timeStamp } from './time-stamp.ts';

/** What a repair did. */
export interface LogRepair {
  /** number of events in the log now */
  readonly kept: number;
  /** lines of the old file that could not be used; line 1 is the header, which is made anew */
  readonly dropped: readonly BadLine[];
  /** where the old file is, whole; null when it needed no repair and was not touched */
  readonly savedAs: string | null;
}

/**
 * Rewrites a damaged log with every event that can still be read, in order, under their old numbers; the numbers
 * that are gone are noted in the header. The damaged file is kept as `events.damaged-<time>`. A log that is in
 * order is left alone. To be called with the lock held.
 *
 * Throws LOG_MISSING, LOG_TOO_NEW, LOG_UNREADABLE, and LOG_NOT_REPAIRED when the folder cannot be written; in each
 * case the file is as it was.
 */
export function repairEventLog(folder: string, options: { disk?: Disk; now?: () => Date } = {}): LogRepair {
  const { disk = realDisk, now = () => new Date() } = options;
  const path = join(folder, logName);
  const bytes = readLogBytes(path, disk);
  if (bytes === null) {
    throw new KibitzerError(
      'LOG_MISSING',
      `there is no event log: ${path}`,
      'start kibitzer to begin a new one',
    );
  }
  const found = parseLog(bytes, path);
  if (found.bad.length === 0 && found.tail.length === 0) {
    return { kept: found.events.length, dropped: [], savedAs: null };
  }

  const { events, dropped } = salvage(bytes, path);
  const text = Buffer.concat([newHeader(now(), gaps(events)), ...events].map(encodeLine));
  try {
    const savedAs = keepBytes(join(folder, `events.damaged-${timeStamp(now())}`), bytes, disk);
    replaceFile(folder, path, text, disk);
    return { kept: events.length, dropped, savedAs };
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new KibitzerError(
      'LOG_NOT_REPAIRED',
      `the repaired event log could not be written: ${path}\n${explainCode(code)}; the damaged log is as it was`,
      'make room or the folder writable, then run: kibitzer doctor --repair',
      { cause: error },
    );
  }
}

function salvage(
  bytes: Buffer,
  path: string,
): { events: StoredEvent<{ type: string }>[]; dropped: BadLine[] } {
  // Editors and archive tools add a byte order mark, carriage returns, or take the last line break away.
  let text = bytes
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .replaceAll('\r\n', '\n');
  if (!text.endsWith('\n')) text += '\n';
  const { events, bad } = parseLog(Buffer.from(text, 'latin1'), path);

  // Lines that only changed places are sorted back. Of two with one number the first counts, as when it was played.
  const byNumber = new Map<number, StoredEvent<{ type: string }>>();
  const clashes = new Set<number>();
  for (const event of events) {
    const first = byNumber.get(event.seq);
    if (first === undefined) byNumber.set(event.seq, event);
    else if (JSON.stringify(first) !== JSON.stringify(event)) clashes.add(event.seq);
  }
  const dropped = bad.filter(({ outOfOrder }) => outOfOrder === undefined || clashes.has(outOfOrder));
  return { events: [...byNumber.values()].sort((a, b) => a.seq - b.seq), dropped };
}

function gaps(events: readonly { seq: number }[]): [number, number][] {
  return events.flatMap(({ seq }, i): [number, number][] => {
    const expected = (events[i - 1]?.seq ?? 0) + 1;
    return seq > expected ? [[expected, seq - 1]] : [];
  });
}
