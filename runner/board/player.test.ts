import path from 'node:path';
import { expect, test } from 'vitest';
import { PlayerGone } from './errors.ts';
import { entry, play, thrown } from './fixtures/play.ts';
import { startPlayer } from './start-player.ts';
import { vitalsOf } from './vitals.ts';

test('a player that ends itself is gone, and everything about it throws so', async () => {
  const { player, it } = await play('() => process.exit(7)');
  const data = player.root.make('[1]');
  expect(thrown(it)).toBeInstanceOf(PlayerGone);
  expect(player.gone?.reason).toBe('exit');
  expect(thrown(it)).toBe(player.gone);
  expect(thrown(() => data[0])).toBe(player.gone);
  const gone = await player.ended;
  expect(gone).toBe(player.gone);
  expect(gone.detail).toBe('exit code 7');
});

test('a player that dies while nobody asks rejects what was awaited', async () => {
  const { player, it } = await play(
    '() => new Promise(() => setTimeout(() => process.kill(process.pid, "SIGTERM"), 20))',
  );
  await expect(it()).rejects.toThrow(PlayerGone);
  expect(player.gone).toMatchObject({ reason: 'signal', detail: 'SIGTERM' });
});

test('an entry that does not serve is refused', async () => {
  await expect(
    startPlayer({ entry: path.join(import.meta.dirname, 'nothing-here.ts') }),
  ).rejects.toMatchObject({
    reason: 'exit',
    detail: 'exit code 1',
  });
});

test('a command that cannot be started, and a start that takes too long', async () => {
  await expect(startPlayer({ entry, wrap: () => ['/nothing-here', []] })).rejects.toMatchObject({
    reason: 'start',
  });
  await expect(startPlayer({ entry, limits: { startMs: 1 } })).rejects.toMatchObject({ reason: 'time' });
});

test.each([
  ['in a call', '() => { for (;;); }'],
  ['of microtasks', '() => { const again = () => Promise.resolve().then(again); again(); }'],
])('an endless loop %s is ended by the deadline', async (_where, text) => {
  const { player, it } = await play(text);
  const start = performance.now();
  player.deadline = start + 200;
  try {
    it();
    await Promise.resolve();
    player.root.make('1');
  } catch (error) {
    expect(error).toBe(player.gone);
  }
  expect(player.gone?.reason).toBe('time');
  expect(performance.now() - start).toBeLessThan(4000);
});

test('a promise that never settles is ended by the deadline', async () => {
  const { player, it } = await play('() => new Promise(() => {})');
  player.deadline = performance.now() + 100;
  await expect(it()).rejects.toThrow(PlayerGone);
  expect(player.gone?.reason).toBe('time');
});

test('an endless iterator that the probe spreads is ended by the deadline', async () => {
  const { player, it } = await play('function* () { for (;;) yield 1; }');
  player.deadline = performance.now() + 100;
  expect(thrown(() => [...it()])).toBe(player.gone);
  expect(player.gone?.reason).toBe('time');
});

test('a grandchild that holds the channel does not hang the arbiter', async () => {
  const { player, it } = await play(`async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn('sleep', ['5'], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 3, 4] });
    child.unref();
    return () => process.exit(3);
  }`);
  const exit = await it();
  const start = performance.now();
  player.deadline = start + 1000;
  expect(thrown(exit)).toBe(player.gone);
  expect(player.gone?.reason).toMatch(/exit|time/);
  expect(performance.now() - start).toBeLessThan(4000);
});

test('output is kept up to a limit, and a flood does not block the call that makes it', async () => {
  const { player, it } = await play(
    `() => { console.log('first'); for (let i = 0; i < 3000; i++) console.error('x'.repeat(1000)); return 1; }`,
    { limits: { outputBytes: 10_000 } },
  );
  expect(it()).toBe(1);
  expect(player.output.stdout).toBe('first\n');
  await expect.poll(() => player.output.dropped).toBeGreaterThan(1_000_000);
  expect(player.output.stderr.length).toBeLessThanOrEqual(10_000);
});

test('notes come at any time, in order, and survive the player', async () => {
  const notes: unknown[] = [];
  const { player, it } = await play(
    `() => { note({ n: 1 }); setTimeout(() => { note({ n: 3, ['__proto__']: { bad: 1 } }); for (;;); }, 10); note('two'); }`,
    { onNote: (data) => notes.push(data) },
  );
  it();
  expect(notes).toEqual([{ n: 1 }, 'two']);
  player.deadline = performance.now() + 500;
  await player.ended;
  expect(notes).toEqual([{ n: 1 }, 'two', { n: 3 }]);
  expect(player.gone?.reason).toBe('time');
});

test('too many notes end the player', async () => {
  const { player, it } = await play(`() => { for (;;) note('x'.repeat(1000)); }`, {
    limits: { noteBytes: 50_000 },
  });
  expect(thrown(it)).toBe(player.gone);
  expect(player.gone?.reason).toBe('output');
});

test.runIf(process.platform === 'linux')('memory outside the heap is watched', async () => {
  const { player, it } = await play(
    '() => { const all = []; for (;;) { all.push(Buffer.alloc(1 << 20, 1)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); } }',
    { limits: { memoryMb: 200 } },
  );
  expect(thrown(it)).toBe(player.gone);
  expect(player.gone?.reason).toBe('memory');
});

test('a full heap is told apart', async () => {
  const { player, it } = await play(
    '() => { const all = []; for (;;) all.push(new Array(1000).fill({})); }',
    {
      execArgv: ['--max-old-space-size=20'],
    },
  );
  player.deadline = performance.now() + 15_000;
  expect(thrown(it)).toBe(player.gone);
  expect((await player.ended).reason).toBe('memory');
});

test('the environment is empty unless given', async () => {
  const { it } = await play('() => Object.keys(process.env)');
  expect(it()).toEqual([]);
});

test.runIf(process.platform === 'linux')('killing ends what the player started as well', async () => {
  const { player, it } = await play(
    `async () => (await import('node:child_process')).spawn('sleep', ['30'], { stdio: 'ignore' }).pid`,
  );
  const pid = (await it()) as number;
  player.kill();
  await player.ended;
  // What is killed stays a zombie where nobody waits for orphans.
  await expect.poll(() => vitalsOf(pid)?.ended ?? true).toBe(true);
});
