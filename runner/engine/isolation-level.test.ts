import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from './arbiter-engine.ts';
import { canConfine } from './confinement.ts';
import { levelOf, type Isolation } from './isolation-level.ts';

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

const folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-worlds-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an engine leaves no folder of worlds behind, and removes that of one that was killed', async () => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    // no process has this number
    const dead = mkdtempSync(path.join(folder, 'kibitzer-worlds-4194999-'));
    const engine = createEngine({ spares: 1 });
    expect(readdirSync(folder)).not.toContain(path.basename(dead));
    expect(readdirSync(folder)).toHaveLength(1);
    engine.close();
    await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
});
