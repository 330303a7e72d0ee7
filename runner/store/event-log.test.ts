import fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KibitzerError } from '../errors.ts';
import { LogDamagedError, openEventLog, readEventLog } from './event-log.ts';
import { encodeLine } from './log-format.ts';
import { repairEventLog } from './log-repair.ts';
import { fastDisk, rounds, temporaryFolder } from './testing.ts';

type Event = { type: 'moved'; move: number; note: string } | { type: 'won' };

const now = () => new Date('2026-03-01T10:42:07.125Z');
const open = (folder: string) => openEventLog<Event>(folder, { disk: fastDisk, now });
const file = (folder: string) => join(folder, 'events.ndjson');
const moved = (move: number): Event => ({
  type: 'moved',
  move,
  note: `tab\t, line\nand ümläut ${'x'.repeat(move % 7)}`,
});

function filled(folder: string, count: number): Buffer {
  const log = open(folder);
  for (let move = 1; move <= count; move++) log.append(moved(move));
  log.close();
  return fs.readFileSync(file(folder));
}

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an event log', () => {
  test('keeps events over a restart, with number and time', () => {
    const folder = join(temporaryFolder(), 'practice', '.kibitzer');
    const log = openEventLog<Event>(folder, { now });
    expect(log.append({ type: 'won' })).toEqual({ seq: 1, at: '2026-03-01T10:42:07.125Z', type: 'won' });
    log.append(moved(2), { flush: false });
    expect(log.unsaved).toBeNull();
    expect(log.close()).toBe(true);

    const again = openEventLog<Event>(folder);
    expect(again.events).toEqual(log.events);
    expect(again.repaired).toBeNull();
    expect(again.append({ type: 'won' }).seq).toBe(3);
    again.close();
    expect(readEventLog(folder)).toEqual(again.events);
  });

  test('is lines a person can read, the first one with the format', () => {
    const folder = temporaryFolder();
    const [header, first, end] = filled(folder, 1).toString().split('\n');
    expect(header).toMatch(
      /^\{"schema":"kibitzer\/events@1","created":"2026-03-01T10:42:07\.125Z"\}\t[0-9a-f]{8}$/,
    );
    expect(first).toMatch(/^\{"seq":1,"at":"2026-03-01T10:42:07\.125Z","type":"moved",.*\}\t[0-9a-f]{8}$/);
    expect(end).toBe('');
  });

  test('has the checksum of CRC-32, so that other programs can check it', () => {
    expect(encodeLine({ a: 1 }).toString()).toBe(`{"a":1}\t${crcOf('{"a":1}')}\n`);
  });

  test('gives back what a later start will read, and nothing else', () => {
    const folder = temporaryFolder();
    const log = openEventLog<{ type: string; [key: string]: unknown }>(folder, { disk: fastDisk });
    const stored = log.append({
      type: 'odd',
      gone: undefined,
      nan: NaN,
      when: new Date(0),
      seq: 99,
      at: 'never',
    });
    expect(stored).toEqual({
      seq: 1,
      at: expect.stringMatching(/^20/),
      type: 'odd',
      nan: null,
      when: new Date(0).toISOString(),
    });
    expect(() => log.append({ type: 'bad', big: 1n })).toThrow(TypeError);
    log.append({ type: 'next' });
    expect(readEventLog(folder)).toEqual(log.events);
    expect(log.events.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('refuses a later format and keeps the file', () => {
    const folder = temporaryFolder();
    fs.writeFileSync(file(folder), encodeLine({ schema: 'kibitzer/events@2', created: 'x' }));
    for (const action of [open, readEventLog, repairEventLog]) {
      const error = thrown(() => action(folder));
      expect(error).toMatchObject({
        code: 'LOG_TOO_NEW',
        message: expect.stringContaining('kibitzer/events@2'),
      });
    }
    expect(fs.readdirSync(folder)).toEqual(['events.ndjson']);
  });

  test.each([
    ['another file', 'hello\n'],
    ['another file without a line break', 'hello'],
    ['UTF-16', Buffer.from('{"schema":"kibitzer/events@1"}', 'utf16le')],
    ['JSON lines without checksums', '{"schema":"kibitzer/events@1"}\n'],
    ['a line with another schema', encodeLine({ schema: 'other/events@1', created: 'x' })],
  ])('never begins anew over %s', (_, content) => {
    const folder = temporaryFolder();
    fs.writeFileSync(file(folder), content);
    expect(thrown(() => open(folder))).toMatchObject({ code: 'LOG_DAMAGED', line: 1 });
    expect(fs.readFileSync(file(folder))).toEqual(Buffer.from(content));
  });

  test('that cannot be read is an error, not an empty log', () => {
    const folder = temporaryFolder();
    fs.mkdirSync(file(folder));
    expect(thrown(() => open(folder))).toMatchObject({ code: 'LOG_UNREADABLE' });
  });
});

describe('a torn end', () => {
  test('at every byte of a 50-event log: exactly the full lines before the cut survive', () => {
    const source = temporaryFolder();
    const bytes = filled(source, 50);
    const events = readEventLog<Event>(source);
    const folder = temporaryFolder();
    const seen = new Set<number>();
    for (let cut = 0; cut <= bytes.length; cut++) {
      fs.writeFileSync(file(folder), bytes.subarray(0, cut));
      const full = bytes.subarray(0, cut).toString('latin1').split('\n').length - 1;
      const tail = bytes.subarray(bytes.lastIndexOf(0x0a, cut - 1) + 1, cut);
      const survivors = Math.max(0, full - 1);

      const log = open(folder);
      expect(log.events).toEqual(events.slice(0, survivors));
      if (cut === 0 || tail.length === 0) expect(log.repaired).toBeNull();
      else {
        expect(log.repaired?.bytes).toBe(tail.length);
        expect(fs.readFileSync(log.repaired!.savedAs!)).toEqual(tail);
        expect(log.repaired?.message).toContain(`(${tail.length} bytes)`);
        fs.unlinkSync(log.repaired!.savedAs!);
      }
      log.append({ type: 'won' });
      log.close();
      expect(readEventLog(folder)).toEqual([
        ...events.slice(0, survivors),
        expect.objectContaining({ seq: survivors + 1, type: 'won' }),
      ]);
      seen.add(survivors);
    }
    expect(seen.size).toBe(51);
  }, 120_000);

  test('is left alone by a reader, which may be looking at a write under way', () => {
    const folder = temporaryFolder();
    const bytes = filled(folder, 3);
    fs.writeFileSync(file(folder), bytes.subarray(0, -5));
    expect(readEventLog(folder)).toHaveLength(2);
    expect(fs.readFileSync(file(folder))).toEqual(bytes.subarray(0, -5));
  });

  test('of zeros, as some file systems leave it, is cut off', () => {
    const folder = temporaryFolder();
    fs.appendFileSync(
      file(folder),
      Buffer.concat([filled(folder, 3), Buffer.alloc(700)]).subarray(fs.statSync(file(folder)).size),
    );
    const log = open(folder);
    expect(log.repaired?.bytes).toBe(700);
    expect(log.events).toHaveLength(3);
  });
});

describe('damage in the middle', () => {
  test('names the line, keeps the file, and says what to do', () => {
    const folder = temporaryFolder();
    const bytes = filled(folder, 9);
    bytes[bytes.indexOf('"move":4')]! ^= 1;
    fs.writeFileSync(file(folder), bytes);
    const error = thrown(() => open(folder)) as LogDamagedError;
    expect(error).toBeInstanceOf(LogDamagedError);
    expect(error).toMatchObject({
      code: 'LOG_DAMAGED',
      line: 5,
      hint: expect.stringContaining('kibitzer doctor --repair'),
    });
    expect(error.message.split('\n')).toEqual([
      `the event log is damaged at line 5: ${file(folder)}:5`,
      'its checksum does not match its text; the file was not changed',
    ]);
    expect(fs.readFileSync(file(folder))).toEqual(bytes);
    expect(fs.readdirSync(folder)).toEqual(['events.ndjson']);
  });

  test('that no checksum notices is noticed by the numbers', () => {
    const folder = temporaryFolder();
    const lines = filled(folder, 5)
      .toString()
      .split(/(?<=\n)/);
    const without = (line: number) => lines.filter((_, i) => i !== line - 1);
    const cases: [string[], number, string][] = [
      [without(4), 4, 'event 3 is missing before it'],
      [lines.toSpliced(2, 2), 3, 'events 2 to 3 are missing before it'],
      [[...lines.slice(0, 3), ...lines.slice(2)], 4, 'its number 2 does not follow 2'],
      [without(1), 1, 'it is not the header of a kibitzer event log'],
    ];
    for (const [text, line, why] of cases) {
      fs.writeFileSync(file(folder), text.join(''));
      const error = thrown(() => open(folder));
      expect(error).toMatchObject({ line, message: expect.stringContaining(why) });
    }
  });

  test('one changed byte anywhere: a clear error or a reported cut, and repair loses what it touched only', () => {
    const source = temporaryFolder();
    const bytes = filled(source, 50);
    const events = readEventLog<Event>(source);
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const folder = temporaryFolder();
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= change;
        fs.writeFileSync(file(folder), damaged);
        const before = file(folder);
        try {
          const log = open(folder);
          // Only the last line break can go without stopping: what follows it was then cut off and kept.
          outcomes.set('cut', (outcomes.get('cut') ?? 0) + 1);
          expect(at).toBe(bytes.length - 1);
          expect(log.events).toEqual(events.slice(0, 49));
          const kept = fs.readFileSync(log.repaired!.savedAs!);
          expect(Buffer.concat([fs.readFileSync(before), kept])).toEqual(damaged);
        } catch (error) {
          if (!(error instanceof LogDamagedError)) throw error;
          outcomes.set('refused', (outcomes.get('refused') ?? 0) + 1);
          expect(error.line).toBe(damaged.subarray(0, at).toString('latin1').split('\n').length);
          expect(fs.readFileSync(before)).toEqual(damaged);
          const repair = repairEventLog(folder, { disk: fastDisk });
          expect(fs.readFileSync(repair.savedAs!)).toEqual(damaged);
          const log = open(folder);
          // A line break that went takes the lines on both its sides with it.
          expect(log.events.length).toBeGreaterThanOrEqual(48);
          for (const event of log.events) expect(event).toEqual(events[event.seq - 1]);
        }
      }),
      { numRuns: rounds(400), examples: [[bytes.length - 1, 1]] },
    );
    expect([...outcomes.keys()].sort()).toEqual(['cut', 'refused']);
  }, 600_000);

  test('larger accidents: never a crash, never an event that was not written', () => {
    const source = temporaryFolder();
    const bytes = filled(source, 30);
    const events = readEventLog<Event>(source);
    const range = fc.tuple(fc.nat(bytes.length), fc.nat(400));
    const accident = fc.tuple(
      fc.constantFrom('zero', 'remove', 'double', 'noise'),
      range,
      fc.uint8Array({ maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.array(accident, { minLength: 1, maxLength: 4 }), (accidents) => {
        const folder = temporaryFolder();
        let damaged: Buffer = Buffer.from(bytes);
        for (const [kind, [from, length], noise] of accidents) {
          const [head, part, rest] = [
            damaged.subarray(0, from),
            damaged.subarray(from, from + length),
            damaged.subarray(from + length),
          ];
          const middle = {
            zero: [Buffer.alloc(part.length)],
            remove: [],
            double: [part, part],
            noise: [noise, part],
          }[kind];
          damaged = Buffer.concat([head, ...middle, rest]);
        }
        fs.writeFileSync(file(folder), damaged);
        const check = () => {
          for (const event of open(folder).events) expect(event).toEqual(events[event.seq - 1]);
        };
        try {
          check();
        } catch (error) {
          if (!(error instanceof KibitzerError)) throw error;
          expect(error.code).toBe('LOG_DAMAGED');
          expect(fs.readFileSync(file(folder))).toEqual(damaged);
          repairEventLog(folder, { disk: fastDisk });
          check();
        }
      }),
      { numRuns: rounds(300) },
    );
  }, 600_000);
});

describe('a log that someone else changes while it is open', () => {
  test.each([
    ['removed with its folder', (folder: string) => fs.rmSync(folder, { recursive: true })],
    ['removed', (folder: string) => fs.unlinkSync(file(folder))],
    ['emptied', (folder: string) => fs.truncateSync(file(folder))],
    ['appended to', (folder: string) => fs.appendFileSync(file(folder), 'mine\n')],
    [
      'replaced',
      (folder: string) => (
        fs.writeFileSync(`${folder}/new`, 'mine\n'),
        fs.renameSync(`${folder}/new`, file(folder))
      ),
    ],
  ])('%s is written again whole, and what was there is kept', (_, harm) => {
    const folder = join(temporaryFolder(), '.kibitzer');
    const log = open(folder);
    log.append(moved(1));
    harm(folder);
    const theirs = fs.existsSync(file(folder)) ? fs.readFileSync(file(folder)) : null;
    log.append(moved(2));
    log.append(moved(3));
    expect(log.unsaved).toBeNull();
    expect(readEventLog(folder)).toEqual(log.events);
    expect(log.events).toHaveLength(3);
    expect(log.restored?.message).toContain('nothing is lost');
    expect(log.restored!.savedAs === null ? null : fs.readFileSync(log.restored!.savedAs)).toEqual(theirs);
  });
});

/** CRC-32 bit by bit, as the standard writes it. */
function crcOf(text: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
