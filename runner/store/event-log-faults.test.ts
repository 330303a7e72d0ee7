import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KibitzerError } from '../errors.ts';
import { openEventLog, readEventLog } from './event-log.ts';
import { repairEventLog } from './log-repair.ts';
import { type DiskCall, fastDisk, faultyDisk, temporaryFolder, tinyDisk } from './testing.ts';

type Event = { type: 'moved'; move: number; note?: string };
const moved = (move: number): Event => ({ type: 'moved', move });
const file = (folder: string) => join(folder, 'events.ndjson');
const codes = ['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EACCES', 'EBUSY', 'EINTR', 'SHORT'];

/** What the file holds must be the first events, whole lines only: nothing in the middle, nothing else. */
function expectPrefix(folder: string, events: readonly unknown[]): number {
  const there = fs.existsSync(file(folder)) ? readEventLog(folder) : [];
  expect(there).toEqual(events.slice(0, there.length));
  return there.length;
}

describe('a disk that fails', () => {
  test('a full disk with half a line written: cut back at once, kept in memory, saved later in order', () => {
    const folder = temporaryFolder();
    let full = false;
    let half = false;
    const { disk } = faultyDisk(({ name }) => {
      if (!full || name !== 'writeSync') return null;
      half = !half;
      return half ? 'SHORT' : 'ENOSPC';
    });
    const log = openEventLog<Event>(folder, { disk });
    log.append(moved(1));
    const before = fs.readFileSync(file(folder));

    full = true;
    expect(log.append(moved(2)).seq).toBe(2);
    expect(log.unsaved).toBe('ENOSPC');
    expect(fs.readFileSync(file(folder))).toEqual(before);
    log.append(moved(3));
    expect(log.unsaved).toBe('ENOSPC');
    expect(log.flush()).toBe(false);
    expect(log.events.map(({ move }) => move)).toEqual([1, 2, 3]);
    expect(fs.readFileSync(file(folder))).toEqual(before);

    full = false;
    log.append(moved(4));
    expect(log.unsaved).toBeNull();
    expect(readEventLog(folder)).toEqual(log.events);
  });

  test('half a line that cannot be cut back at once is cut back before the next one', () => {
    const folder = temporaryFolder();
    let broken = false;
    let writes = 0;
    const { disk } = faultyDisk(({ name }) => {
      if (!broken) return null;
      if (name === 'writeSync') return ++writes === 1 ? 'SHORT' : 'EIO';
      return name === 'ftruncateSync' ? 'EIO' : null;
    });
    const log = openEventLog<Event>(folder, { disk });
    log.append(moved(1));
    broken = true;
    log.append(moved(2));
    expect(log.unsaved).toBe('EIO');
    expect(fs.readFileSync(file(folder), 'utf8')).not.toMatch(/\n$/);
    broken = false;
    expect(log.flush()).toBe(true);
    expect(readEventLog(folder)).toEqual(log.events);
    expect(log.events).toHaveLength(2);
  });

  test('writes that always take only a part still make whole lines', () => {
    const folder = temporaryFolder();
    const { disk, calls } = faultyDisk(() => 'SHORT');
    const log = openEventLog<Event>(folder, { disk });
    log.append(moved(1));
    log.close();
    expect(calls.filter(({ name }) => name === 'writeSync').length).toBeGreaterThan(10);
    expect(readEventLog(folder)).toEqual(log.events);
  });

  test('a failed fsync does not count as saved, and everything since the last good one is written again', () => {
    const folder = temporaryFolder();
    let broken = false;
    const { disk } = faultyDisk(({ name }) => (broken && name === 'fsyncSync' ? 'EIO' : null));
    const log = openEventLog<Event>(folder, { disk });
    log.append(moved(1));
    log.append(moved(2), { flush: false });
    expect(log.unsaved).toBeNull();
    broken = true;
    log.append(moved(3));
    expect(log.unsaved).toBe('EIO');
    expect(readEventLog(folder)).toHaveLength(1);
    broken = false;
    expect(log.close()).toBe(true);
    expect(readEventLog(folder)).toEqual(log.events);
  });

  test('append waits for the fsync unless told not to', () => {
    const { disk, calls } = faultyDisk(() => null);
    const log = openEventLog<Event>(temporaryFolder(), { disk });
    const syncs = () => calls.filter(({ name }) => name === 'fsyncSync').length;
    const writes = () => calls.filter(({ name }) => name === 'writeSync').length;
    expect(syncs()).toBeGreaterThanOrEqual(2); // the file and its folder
    const start = { syncs: syncs(), writes: writes() };
    log.append(moved(1), { flush: false });
    expect(syncs()).toBe(start.syncs);
    log.append(moved(2));
    expect(syncs()).toBe(start.syncs + 1);
    expect(writes()).toBe(start.writes + 2);
  });

  test('a mistake of ours is not taken for a failing disk', () => {
    const bug = () => {
      throw new RangeError('a bug');
    };
    expect(() => openEventLog<Event>(temporaryFolder(), { disk: { ...fastDisk, writeSync: bug } })).toThrow(
      'a bug',
    );
  });
});

/** Opens a log that has a torn end or none, appends, closes, as a session would. Every call to the disk may fail. */
function session(
  folder: string,
  decide: (call: DiskCall) => string | null,
): { calls: DiskCall[]; events: readonly unknown[] } {
  const { disk, calls } = faultyDisk(decide);
  let log;
  try {
    log = openEventLog<Event>(folder, { disk });
  } catch (error) {
    if (!(error instanceof KibitzerError)) throw error;
    expect(error.code).toBe('LOG_UNREADABLE');
    expect(error.message).toContain(file(folder));
    return { calls, events: [] };
  }
  for (let move = 1; move <= 3; move++) {
    log.append(moved(move), { flush: move !== 2 });
    // The promise: no reason not to, so it is there.
    const there = expectPrefix(folder, log.events);
    if (log.unsaved === null) expect(there).toBe(log.events.length);
  }
  log.close();
  return { calls, events: log.events };
}

const starts: Record<string, (folder: string) => void> = {
  'no log': () => {},
  'a log': (folder) => {
    const log = openEventLog<Event>(folder, { disk: fastDisk });
    log.append(moved(0));
    log.close();
  },
  'a torn log': (folder) => {
    starts['a log']!(folder);
    fs.appendFileSync(file(folder), '{"seq":2,"at":"20');
  },
  'a torn header': (folder) => fs.writeFileSync(file(folder), '{"schema":"kibi'),
};

describe.each(Object.keys(starts))('every call fails with every error, from %s', (start) => {
  const counting = (): number => {
    const folder = temporaryFolder();
    starts[start]!(folder);
    return session(folder, () => null).calls.length;
  };

  test.each(codes)(
    '%s once',
    (code) => {
      const total = counting();
      expect(total).toBeGreaterThan(10);
      for (let n = 1; n <= total; n++) {
        const folder = temporaryFolder();
        starts[start]!(folder);
        const before = fs.existsSync(file(folder)) ? readEventLog(folder) : [];
        const { events } = session(folder, (call) => (call.n === n ? code : null));
        // It healed: everything is there, or it was refused at the start and nothing is gone.
        const after = openEventLog<Event>(folder, { disk: fastDisk });
        expect(after.events, `call ${n}`).toEqual(events.length === 0 ? before : events);
      }
    },
    60_000,
  );

  test.each(codes.filter((code) => code !== 'SHORT'))(
    '%s from then on',
    (code) => {
      const total = counting();
      for (let n = 1; n <= total; n++) {
        const folder = temporaryFolder();
        starts[start]!(folder);
        const before = fs.existsSync(file(folder)) ? readEventLog(folder) : [];
        const { events } = session(folder, (call) => (call.n >= n ? code : null));
        // The process ends here without having saved all; what is there is sound, and never less than there was.
        const after = openEventLog<Event>(folder, { disk: fastDisk });
        expect(after.events.length, `call ${n}`).toBeGreaterThanOrEqual(before.length);
        if (events.length > 0) expect(after.events).toEqual(events.slice(0, after.events.length));
      }
    },
    60_000,
  );
});

test('a log that was removed while it was open is written again whole, whichever call fails', () => {
  const play = (decide: (call: DiskCall) => string | null) => {
    const folder = join(temporaryFolder(), '.kibitzer');
    let from = Infinity;
    const { disk, calls } = faultyDisk((call) => decide({ ...call, n: call.n - from }));
    const log = openEventLog<Event>(folder, { disk });
    log.append(moved(1));
    fs.rmSync(folder, { recursive: true });
    from = calls.length;
    log.append(moved(2));
    const made = calls.length - from;
    expect(log.flush()).toBe(true);
    expect(readEventLog(folder)).toEqual(log.events);
    expect(log.events).toHaveLength(2);
    return made;
  };
  const total = play(() => null);
  expect(total).toBeGreaterThan(10);
  for (const code of codes) for (let n = 1; n <= total; n++) play((call) => (call.n === n ? code : null));
});

test('a repair that fails at any call leaves the damaged log as it was', () => {
  const damage = (): { folder: string; bytes: Buffer } => {
    const folder = temporaryFolder();
    starts['a log']!(folder);
    fs.appendFileSync(file(folder), 'rubbish\n');
    return { folder, bytes: fs.readFileSync(file(folder)) };
  };
  const counted = faultyDisk(() => null);
  repairEventLog(damage().folder, { disk: counted.disk });
  let refused = 0;
  for (let n = 1; n <= counted.calls.length; n++) {
    const { folder, bytes } = damage();
    const { disk } = faultyDisk((call) => (call.n >= n ? 'ENOSPC' : null));
    try {
      repairEventLog(folder, { disk });
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^LOG_(NOT_REPAIRED|UNREADABLE)$/) });
      refused++;
    }
    const there = fs.readFileSync(file(folder));
    if (there.equals(bytes)) continue;
    // The last calls make a finished rename durable; by then the copy is there.
    expect(readEventLog(folder)).toHaveLength(1);
    const copies = fs.readdirSync(folder).filter((name) => name.startsWith('events.damaged-'));
    expect(copies.map((name) => fs.readFileSync(join(folder, name)))).toEqual([bytes]);
  }
  expect(refused).toBeGreaterThan(5);
});

describe('a real disk', () => {
  test('that is full: nothing half-written stays, and room made brings everything back', ({ skip }) => {
    const tiny = tinyDisk('64k');
    if (tiny === null) return skip('mounting is not allowed here');
    const folder = join(tiny.folder, '.kibitzer');
    const log = openEventLog<Event>(folder);
    const note = 'n'.repeat(3000);
    while (log.unsaved === null && log.events.length < 100)
      log.append({ type: 'moved', move: log.events.length, note });
    expect(log.unsaved).toBe('ENOSPC');
    const saved = expectPrefix(folder, log.events);
    expect(saved).toBe(log.events.length - 1);
    expect(fs.readFileSync(file(folder), 'utf8')).toMatch(/\n$/);
    log.append(moved(1000));
    expect(expectPrefix(folder, log.events)).toBe(saved);

    tiny.remount('size=256k');
    log.append(moved(1001));
    expect(log.unsaved).toBeNull();
    expect(log.close()).toBe(true);
    expect(readEventLog(folder)).toEqual(log.events);
  });

  test('that is read-only: the log is read, the session goes on in memory, and is saved when it can be', ({
    skip,
  }) => {
    const tiny = tinyDisk('64k');
    if (tiny === null) return skip('mounting is not allowed here');
    starts['a torn log']!(tiny.folder);
    const bytes = fs.readFileSync(file(tiny.folder));
    tiny.remount('ro');
    const log = openEventLog<Event>(tiny.folder);
    expect(log.unsaved).toBe('EROFS');
    expect(log.repaired).toMatchObject({ bytes: 17, savedAs: null });
    expect(log.events).toHaveLength(1);
    log.append(moved(2));
    expect(log.events).toHaveLength(2);
    expect(fs.readFileSync(file(tiny.folder))).toEqual(bytes);

    tiny.remount('rw');
    log.append(moved(3));
    expect(log.unsaved).toBeNull();
    expect(log.repaired?.savedAs).toContain('events.torn-');
    expect(readEventLog(tiny.folder)).toEqual(log.events);
  });

  test('a folder without write permission', ({ skip }) => {
    if (process.getuid?.() === 0 || process.platform === 'win32')
      return skip('permissions do not bind this user');
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o555);
    const log = openEventLog<Event>(join(folder, '.kibitzer'));
    expect(log.unsaved).toBe('EACCES');
    log.append(moved(1));
    fs.chmodSync(folder, 0o755);
    expect(log.flush()).toBe(true);
    expect(readEventLog(join(folder, '.kibitzer'))).toEqual(log.events);
  });
});
