import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Files } from './files.ts';
import { settler } from './settle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A settler on a file that the test writes, and what it reported with the time of it. */
function watched(start: string | null = 'start\n') {
  let content = start;
  let broken: string | null = null;
  const log: string[] = [];
  const begin = performance.now();
  const note = (what: string): void => void log.push(`${Math.round(performance.now() - begin)} ${what}`);
  const files = (): Files => new Map(content === null ? [] : [['a.ts', Buffer.from(content)]]);
  const slow = { readMs: 0 };
  const read = async (): Promise<Files> => {
    if (broken !== null) throw new Error(broken);
    const found = files();
    if (slow.readMs > 0) await new Promise((resolve) => setTimeout(resolve, slow.readMs));
    return found;
  };
  const one = settler({
    read,
    known: files(),
    onSettled: (files) => note(JSON.stringify(files.get('a.ts')?.toString() ?? null)),
    onUnreadable: (error) => note(`unreadable: ${error.message}`),
  });
  return {
    log,
    one,
    /** How long a read takes; it gives what was there when it began. */
    slow,
    /** Writes, with or without an event. */
    write(to: string | null, event = true) {
      content = to;
      broken = null;
      if (event) void one.look();
    },
    fail(message: string) {
      broken = message;
      void one.look();
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

test('a plain save is reported at once', async () => {
  const w = watched();
  w.write('next\n');
  await w.pass(0);
  expect(w.log).toEqual(['0 "next\\n"']);
});

test('an empty file waits 150 ms, a missing one 300 ms', async () => {
  const w = watched();
  w.write('');
  await w.pass(149);
  expect(w.log).toEqual([]);
  await w.pass(100);
  w.write(null);
  await w.pass(400);
  expect(w.log).toEqual(['150 ""', '549 null']);
});

test('empty again and again with the old content between: each wait begins anew', async () => {
  const w = watched();
  w.write('');
  for (let round = 0; round < 5; round++) {
    await w.pass(100);
    w.slow.readMs = 10;
    w.write('start\n');
    await w.pass(5);
    // during the read that finds the old content
    w.write('');
    w.slow.readMs = 0;
  }
  await w.pass(60);
  w.write('start\n');
  await w.pass(500);
  expect(w.log).toEqual([]);
});

test('an event during a read that finds nothing new is not lost', async () => {
  const w = watched();
  w.slow.readMs = 10;
  w.write('start\n');
  await w.pass(5);
  w.write('next\n');
  await w.pass(100);
  expect(w.log).toEqual(['30 "next\\n"']);
});

test('an event during a doubtful read is not slept on', async () => {
  const w = watched();
  w.slow.readMs = 10;
  w.write('');
  await w.pass(20);
  w.slow.readMs = 0;
  w.write('next\n');
  await w.pass(50);
  expect(w.log).toEqual(['24 "next\\n"']);
});

test('what a slow read saw before the wait was over is not believed', async () => {
  const w = watched();
  w.write('');
  await w.pass(2);
  w.slow.readMs = 400;
  await w.pass(10);
  w.slow.readMs = 0;
  w.write('late but there\n', false);
  await w.pass(600);
  expect(w.log).toEqual(['412 "late but there\\n"']);
});

test('a content that changes between two reads is not believed yet', async () => {
  const w = watched();
  w.slow.readMs = 10;
  w.write('half and\n');
  await w.pass(5);
  w.write('half and half\n', false);
  await w.pass(200);
  expect(w.log).toHaveLength(1);
  expect(w.log[0]).toContain('half and half');
});

test('missing, then empty, then written: only the end is reported, soon after it is there', async () => {
  const w = watched();
  w.write(null);
  await w.pass(250);
  w.write('', false);
  await w.pass(140);
  w.write('end\n', false);
  await w.pass(100);
  expect(w.log).toHaveLength(1);
  expect(w.log[0]).toMatch(/^(39\d|40\d|41\d) "end/);
});

test('the beginning of a longer content waits a little', async () => {
  const w = watched('line 1\nline 2\n');
  w.write('line 1\n');
  await w.pass(15);
  w.write('line 1\nline two\n');
  await w.pass(100);
  w.write('line 1\n');
  await w.pass(100);
  expect(w.log).toEqual(['15 "line 1\\nline two\\n"', '135 "line 1\\n"']);
});

test('a write without an event right after a save is found', async () => {
  const w = watched();
  w.write('save 1\n');
  await w.pass(2);
  w.write('save 2\n', false);
  await w.pass(100);
  expect(w.log).toEqual(['0 "save 1\\n"', '25 "save 2\\n"']);
});

test('unreadable is told after 300 ms, once, and the same content after it is reported', async () => {
  const w = watched();
  w.fail('denied');
  await w.pass(400);
  w.fail('denied');
  await w.pass(400);
  w.write('start\n');
  await w.pass(100);
  expect(w.log).toEqual(['300 unreadable: denied', '800 "start\\n"']);
});

test('quiet work is not reported, and neither is anything after closing', async () => {
  const w = watched();
  const quiet = w.one.quietly(async () => {
    w.write('half');
    await new Promise((resolve) => setTimeout(resolve, 50));
    w.write('ours\n');
  });
  await w.pass(100);
  await quiet;
  w.write('ours\n');
  await w.pass(400);
  w.one.close();
  w.write('late\n');
  await w.pass(400);
  expect(w.log).toEqual([]);
});
