import { mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createEngine } from './arbiter-engine.ts';
import { canConfine } from './confinement.ts';
import { levelOf, type Isolation } from './isolation-level.ts';
import { openWorlds } from './worlds.ts';

let found: Isolation;
beforeAll(async () => {
  found = await levelOf();
}, 60_000);

test.runIf(canConfine())('learner mode refuses what Node can refuse', () => {
  expect(found.plain).toEqual({
    'write outside': true,
    'start a process': true,
    'see the environment': true,
    'load an addon': true,
    'signal the parent': true,
    'leave a process behind': true,
    // these two it cannot: docs/isolation.md says so
    'read a secret file': false,
    'open a socket': false,
  });
  expect(found.level).not.toBe('none');
});

test('the jail refuses all eight, or it is said why there is none', ({ skip }) => {
  if (found.jailed === null) {
    expect(found.why).toMatch(/bubblewrap/);
    skip(found.why!);
  }
  expect(Object.entries(found.jailed!).filter(([, refused]) => !refused)).toEqual([]);
  expect(found.level).toBe('strong');
});

test('an engine leaves no folder of worlds behind, and removes that of one that was killed', async () => {
  const own = openWorlds(true);
  const home = path.dirname(own.folder);
  own.close();
  const ours = (): string[] =>
    readdirSync(home).filter((name) => name.startsWith(`kibitzer-worlds-${process.pid}-`));
  // no process has this number
  const dead = mkdtempSync(path.join(home, 'kibitzer-worlds-4194999-'));
  const engine = createEngine({ spares: 1 });
  expect(readdirSync(home)).not.toContain(path.basename(dead));
  expect(ours()).toHaveLength(1);
  engine.close();
  await expect.poll(ours, { timeout: 10_000 }).toEqual([]);
});
