import fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEventLog, readEventLog } from './event-log.ts';
import { encodeLine } from './log-format.ts';
import { repairEventLog } from './log-repair.ts';
import { fastDisk, temporaryFolder } from './testing.ts';

type Event = { type: 'moved'; move: number };
const now = () => new Date('2026-03-01T10:42:07.125Z');
const file = (folder: string) => join(folder, 'events.ndjson');

/** A folder with a log of ten events, and its lines with their line breaks; line 1 is the header. */
function logOfTen(): { folder: string; lines: string[] } {
  const folder = temporaryFolder();
  const log = openEventLog<Event>(folder, { disk: fastDisk, now });
  for (let move = 1; move <= 10; move++) log.append({ type: 'moved', move });
  log.close();
  return { folder, lines: fs.readFileSync(file(folder), 'utf8').split(/(?<=\n)/) };
}

function movesAfterRepair(folder: string, lines: readonly string[]): number[] {
  fs.writeFileSync(file(folder), lines.join(''));
  repairEventLog(folder, { now });
  const log = openEventLog<Event>(folder, { disk: fastDisk });
  log.append({ type: 'moved', move: 99 });
  log.close();
  const events = readEventLog<Event>(folder);
  expect(events.slice(0, -1).every(({ seq, move }) => seq === move)).toBe(true);
  return events.map(({ move }) => move);
}

test('keeps every readable event under its old number, and the damaged file', () => {
  const { folder, lines } = logOfTen();
  lines[4] = 'rubbish\n';
  lines[5] = lines[5]!.replace('moved', 'moneY');
  lines[8] = '\n';
  fs.writeFileSync(file(folder), lines.join(''));
  const repair = repairEventLog(folder, { now });
  expect(repair).toEqual({
    kept: 7,
    dropped: [
      { line: 5, why: 'it has no checksum at its end' },
      { line: 6, why: 'its checksum does not match its text' },
      { line: 9, why: 'it has no checksum at its end' },
    ],
    savedAs: join(folder, 'events.damaged-2026-03-01T10-42-07-125Z'),
  });
  expect(fs.readFileSync(repair.savedAs!, 'utf8')).toBe(lines.join(''));
  expect(readEventLog<Event>(folder).map(({ seq }) => seq)).toEqual([1, 2, 3, 6, 7, 9, 10]);
  expect(fs.readFileSync(file(folder), 'utf8')).toContain('"missing":[[4,5],[8,8]]');

  // The repaired log is in order: it opens, grows, and a second repair has nothing to do.
  const log = openEventLog<Event>(folder, { disk: fastDisk });
  expect(log.append({ type: 'moved', move: 11 }).seq).toBe(11);
  log.close();
  expect(repairEventLog(folder)).toEqual({ kept: 8, dropped: [], savedAs: null });
});

test('a gap the repair did not note is still damage', () => {
  const { folder, lines } = logOfTen();
  fs.writeFileSync(file(folder), lines.toSpliced(4, 1).join(''));
  repairEventLog(folder);
  const repaired = fs.readFileSync(file(folder), 'utf8').split(/(?<=\n)/);
  fs.writeFileSync(file(folder), repaired.toSpliced(6, 1).join(''));
  expect(() => openEventLog(folder)).toThrow(expect.objectContaining({ code: 'LOG_DAMAGED', line: 7 }));
});

test.each<[string, (lines: string[]) => string[], number[]]>([
  ['a lost header', (l) => l.slice(1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  ['a damaged header', (l) => ['{"schema":"x"}\n', ...l.slice(1)], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  ['carriage returns', (l) => l.map((x) => x.replace('\n', '\r\n')), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  ['a byte order mark', (l) => ['\ufeff', ...l], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  [
    'a rubbish line and no last line break',
    (l) => [l[0]!, 'x\n', ...l.slice(1, -1), l.at(-1)!.trimEnd()],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99],
  ],
  ['lines that changed places', (l) => [l[0]!, ...l.slice(1).reverse()], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  ['lines that come twice', (l) => [...l, ...l.slice(3)], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]],
  [
    'a rubbish line and a torn end',
    (l) => [l[0]!, 'x\n', ...l.slice(1, -1), l.at(-1)!.slice(0, 9)],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 99],
  ],
  ['nothing readable', () => ['hello\nworld\n'], [99]],
])('repairs %s', (_, harm, moves) => {
  const { folder, lines } = logOfTen();
  expect(movesAfterRepair(folder, harm(lines.filter((line) => line !== '')))).toEqual(moves);
});

test('of two events with one number the first stays, and the other is listed', () => {
  const { folder, lines } = logOfTen();
  const other = encodeLine({ seq: 4, at: 'x', type: 'moved', move: 4000 }).toString();
  fs.writeFileSync(file(folder), lines.toSpliced(6, 0, other).join(''));
  const { kept, dropped } = repairEventLog(folder);
  expect(kept).toBe(10);
  expect(dropped).toEqual([{ line: 7, why: 'its number 4 does not follow 5', outOfOrder: 4 }]);
  expect(readEventLog<Event>(folder).map(({ move }) => move)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('leaves a sound log and a missing one alone', () => {
  const { folder, lines } = logOfTen();
  expect(repairEventLog(folder)).toEqual({ kept: 10, dropped: [], savedAs: null });
  expect(fs.readFileSync(file(folder), 'utf8')).toBe(lines.join(''));
  expect(fs.readdirSync(folder)).toEqual(['events.ndjson']);
  const empty = temporaryFolder();
  expect(() => repairEventLog(empty)).toThrow(expect.objectContaining({ code: 'LOG_MISSING' }));
  expect(fs.readdirSync(empty)).toEqual([]);
});
