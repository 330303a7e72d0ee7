import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { acquireLock, heldSentence, type Lock } from './lock.ts';
import { rounds, temporaryFolder, tinyDisk } from './testing.ts';

/** A program that takes the lock, says "held" or "refused" with the process it was told about, and waits. */
const holder = `
  import { acquireLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
  const lock = acquireLock(process.argv[1]);
  process.stdout.write('heldBy' in lock ? 'refused ' + lock.heldBy.pid + '\\n' : 'held\\n');
  setInterval(() => {}, 1000);
`;

async function startHolder(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk).trim()));
    child.once('exit', () => reject(new Error('the holder ended')));
  });
  return { child, said };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

function take(folder: string): Lock {
  const lock = acquireLock(folder);
  if ('heldBy' in lock) throw new Error(heldSentence(lock.heldBy));
  return lock;
}

test('one holder in one process, until it lets go', () => {
  const folder = join(temporaryFolder(), 'practice', '.kibitzer');
  const lock = take(folder);
  expect(lock.unguarded).toBeNull();
  expect(acquireLock(folder)).toMatchObject({ heldBy: { pid: process.pid, host: hostname() } });
  lock.release();
  lock.release();
  expect(fs.existsSync(join(folder, 'lock.json'))).toBe(false);
  const next = take(folder);
  lock.release(); // an old lock has no say in the new one
  expect(acquireLock(folder)).toHaveProperty('heldBy');
  next.release();
});

test('another process holds it: refused at once, told who; free again the moment it is killed', async () => {
  const folder = temporaryFolder();
  const total = Math.ceil(rounds(20) / 5);
  for (let round = 0; round < total; round++) {
    const { child, said } = await startHolder(folder);
    expect(said).toBe('held');
    const start = performance.now();
    expect(acquireLock(folder)).toMatchObject({ heldBy: { pid: child.pid } });
    expect(performance.now() - start).toBeLessThan(1000);
    await kill(child);
    take(folder).release();
  }
}, 60_000);

/** A program that, each time it finds the next file `go-<n>`, tries for the lock, says how that went, and lets go on `end-<n>`. */
const racer = `
  import { existsSync } from 'node:fs';
  import { acquireLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
  const [folder, rounds] = process.argv.slice(1);
  const until = (name) => { while (!existsSync(folder + '/' + name)); };
  for (let n = 1; n <= Number(rounds); n++) {
    until('go-' + n);
    const lock = acquireLock(folder);
    process.stdout.write('heldBy' in lock ? 'refused\\n' : 'held\\n');
    until('end-' + n);
    if ('release' in lock) lock.release();
    process.stdout.write('ready\\n');
  }
`;

test(
  'of several that try in one moment exactly one gets it',
  async () => {
    const folder = temporaryFolder();
    const total = rounds(20);
    const racers = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', racer, folder, String(total)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      return createInterface(child.stdout)[Symbol.asyncIterator]();
    });
    const answers = async () =>
      (await Promise.all(racers.map((lines) => lines.next()))).map(({ value }) => value).sort();
    for (let n = 1; n <= total; n++) {
      fs.writeFileSync(join(folder, `go-${n}`), '');
      expect(await answers(), `round ${n}`).toEqual(['held', 'refused', 'refused']);
      fs.writeFileSync(join(folder, `end-${n}`), '');
      expect(await answers()).toEqual(['ready', 'ready', 'ready']);
    }
  },
  60_000 + rounds(20) * 2_000,
);

test('a lock nobody refers to any more is still held', () => {
  const folder = temporaryFolder();
  take(folder);
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  expect(acquireLock(folder)).toHaveProperty('heldBy');
});

test('rubbish in its files neither locks anyone out nor crashes', () => {
  const folder = temporaryFolder();
  fs.writeFileSync(join(folder, 'lock.db'), 'rubbish '.repeat(1000));
  fs.writeFileSync(join(folder, 'lock.json'), '{"pid":');
  const lock = take(folder);
  expect(lock.unguarded).toBeNull();
  for (const rubbish of ['', 'null', '[]', '{"pid":"x","host":"\\u001b[2J","started":7}']) {
    fs.writeFileSync(join(folder, 'lock.json'), rubbish);
    expect(acquireLock(folder)).toEqual({ heldBy: { pid: null, host: null, started: null } });
  }
  // While it is held, rubbish in the database does not free it.
  fs.writeFileSync(join(folder, 'lock.db'), 'rubbish '.repeat(1000));
  expect(acquireLock(folder)).toHaveProperty('heldBy');
  lock.release();
});

test('a folder that cannot be written gives an unguarded lock', ({ skip }) => {
  const tiny = tinyDisk('64k');
  if (tiny === null) return skip('mounting is not allowed here');
  tiny.remount('ro');
  const lock = take(join(tiny.folder, '.kibitzer'));
  expect(lock.unguarded).toBe('SQLITE_14');
  lock.release();
});

test('the sentence says what is known', () => {
  const now = new Date(2026, 2, 1, 12, 0);
  const started = new Date(2026, 2, 1, 10, 42).toISOString();
  const earlier = new Date(2026, 1, 27, 9, 5).toISOString();
  expect(heldSentence({ pid: 1234, host: hostname(), started }, now)).toBe(
    'kibitzer is already running here (process 1234 since 10:42)',
  );
  expect(heldSentence({ pid: 1234, host: 'desk', started: earlier }, now)).toBe(
    'kibitzer is already running here (process 1234 on desk since 2026-02-27 09:05)',
  );
  expect(heldSentence({ pid: null, host: null, started: 'soon' }, now)).toBe(
    'kibitzer is already running here',
  );
});
