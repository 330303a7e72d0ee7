import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { katas, referenceText } from './content.ts';
import { start, until, type Driver } from './driver.ts';
import { open, save } from './steps.ts';

const kata = katas[0]!;
/** Says how the program ended and whether the terminal is as it was. */
const SCRIPT = `before=$(stty -g); eval "$KIBITZER"; echo "ended with $?"; if [ "$before" = "$(stty -g)" ]; then echo 'terminal as before'; else echo 'terminal changed'; stty -a; fi`;

async function underShell(): Promise<Driver> {
  const d = start({ shell: SCRIPT });
  await d.waitFor('edit and save; every save is a move.');
  await d.waitFor(/\[q\]uit\s*$/);
  return d;
}

async function endsWith(d: Driver, code: number): Promise<void> {
  await d.waitFor(`ended with ${code}`);
  await d.waitFor('terminal as before');
  expect(await d.exitCode()).toBe(0);
  expect(d.raw.lastIndexOf('\u001b[?25l')).toBeLessThanOrEqual(d.raw.lastIndexOf('\u001b[?25h'));
  // nothing of the line at the bottom is left beside what the shell says
  expect(d.since()).toMatch(new RegExp(`^ended with ${code}$`, 'm'));
}

/** The program itself, below the shell. */
function childOf(d: Driver): number | null {
  const children = readFileSync(`/proc/${d.pid}/task/${d.pid}/children`, 'latin1').trim();
  return children === '' ? null : Number(children.split(' ').at(-1));
}

test('q ends with 0, Ctrl-C with 130, and the terminal is as before', { timeout: 90_000 }, async () => {
  const quit = await underShell();
  quit.type('q');
  await endsWith(quit, 0);
  const interrupted = await underShell();
  interrupted.type('\u0003');
  await endsWith(interrupted, 130);
});

test('Ctrl-C during a run ends it as well', { timeout: 90_000 }, async () => {
  const d = await underShell();
  await save(d, kata, `for (;;);\n${referenceText(kata)}`);
  await d.waitFor(`judging ${kata.id}`);
  d.type('\u0003');
  await endsWith(d, 130);
});

test.runIf(process.platform === 'linux').for([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s ends with %i, and the terminal is as before', { timeout: 90_000 }, async ([signal, code]) => {
  const d = await underShell();
  process.kill(await until(() => childOf(d), 'the program runs below the shell'), signal);
  await endsWith(d, code);
});

test('killed from outside without a shell, it says so by its exit code', { timeout: 90_000 }, async () => {
  const d = await open(kata);
  d.kill('SIGTERM');
  expect(await d.exitCode()).toBe(143);
});

test('Ctrl-Z suspends, fg goes on', { timeout: 90_000 }, async () => {
  const d = start({ shell: true, env: { PS1: 'prompt> ' } });
  await d.waitFor('prompt>');
  d.type('eval "$KIBITZER"; echo "ended with $?"\r');
  await d.waitFor('edit and save; every save is a move.');
  await d.waitFor(/\[q\]uit\s*$/);
  d.type('\u001a');
  await d.waitFor(/Stopped/);
  await d.waitFor(/prompt> $/);
  d.type('fg\r');
  await d.waitFor(/\[q\]uit\s*$/);
  await save(d, kata, referenceText(kata));
  await d.waitFor('position 100');
  d.type('?');
  await d.waitFor('this list');
  d.type('q');
  await d.waitFor(/prompt> $/);
  d.type('exit\r');
  expect(await d.exitCode()).toBe(0);
});
