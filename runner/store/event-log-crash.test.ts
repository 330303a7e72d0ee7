import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEventLog } from './event-log.ts';
import { acquireLock } from './lock.ts';
import { openSnapshots } from './snapshots.ts';
import { sweepTemporaryFiles } from './atomic-file.ts';
import { rounds, temporaryFolder } from './testing.ts';

type Event = { type: 'moved'; round: number; n: number; files: Record<string, string>; pad: string };

/** A program that saves a snapshot, appends an event about it, and only then says so, for ever. */
const writer = `
  import { writeSync } from 'node:fs';
  import { openEventLog } from ${JSON.stringify(new URL('event-log.ts', import.meta.url).href)};
  import { openSnapshots } from ${JSON.stringify(new URL('snapshots.ts', import.meta.url).href)};
  import { acquireLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
  import { sweepTemporaryFiles } from ${JSON.stringify(new URL('atomic-file.ts', import.meta.url).href)};
  const [folder, round] = process.argv.slice(1);
  if ('heldBy' in acquireLock(folder)) throw new Error('the lock is still held');
  sweepTemporaryFiles(folder);
  const log = openEventLog(folder);
  const snapshots = openSnapshots(folder);
  for (let n = 1; ; n++) {
    const files = snapshots.save({ 'main.ts': 'export const n = ' + round + '/' + n });
    const { seq } = log.append({ type: 'moved', round: Number(round), n, files, pad: 'x'.repeat((n * 997) % 9000) });
    if (log.unsaved !== null || snapshots.unsaved !== null) throw new Error(log.unsaved ?? snapshots.unsaved);
    writeSync(1, seq + '\\n');
  }
`;

/** Lets the writer run until it has acknowledged `enough` events, kills it, and returns the last it acknowledged. */
async function runAndKill(folder: string, round: number, enough: number): Promise<number> {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    ['--input-type=module', '-e', writer, folder, String(round)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
    // By then it is somewhere in the middle of the next ones.
    if (out.split('\n').length > enough) child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  expect(signal, errors).toBe('SIGKILL');
  return Number(out.split('\n').at(-2));
}

test(
  'kill -9 at any moment: every acknowledged event is there, with its snapshot',
  async () => {
    const folder = join(temporaryFolder(), '.kibitzer');
    let acknowledged = 0;
    const total = rounds(20);
    for (let round = 1; round <= total; round++) {
      const before = acknowledged;
      acknowledged = await runAndKill(folder, round, 1 + Math.floor(Math.random() * 12));
      expect(acknowledged).toBeGreaterThan(before);

      const lock = acquireLock(folder);
      if ('heldBy' in lock) throw new Error('the lock outlived its holder');
      sweepTemporaryFiles(folder);
      const log = openEventLog<Event>(folder);
      expect(log.events.length).toBeGreaterThanOrEqual(acknowledged);
      expect(log.events.map(({ seq }) => seq)).toEqual(log.events.map((_, i) => i + 1));
      const snapshots = openSnapshots(folder);
      for (const event of log.events.filter((event) => event.round === round)) {
        expect(snapshots.load(event.files)).toEqual({ 'main.ts': `export const n = ${round}/${event.n}` });
        expect(event.pad).toHaveLength((event.n * 997) % 9000);
      }
      acknowledged = log.events.length;
      expect(fs.existsSync(join(folder, 'tmp'))).toBe(false);
      log.close();
      lock.release();
    }
  },
  20_000 + rounds(20) * 5_000,
);
