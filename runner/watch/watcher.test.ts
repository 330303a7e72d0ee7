import type { EventEmitter } from 'node:events';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { watch } from 'chokidar';
import { describe, expect, test } from 'vitest';
import { deafWatcher, practice } from './practice.ts';

const text = (files: ReadonlyMap<string, Buffer> | undefined): Record<string, string> =>
  Object.fromEntries([...(files ?? [])].map(([path, content]) => [path, content.toString()]));

describe.each([
  ['events', '0'],
  ['polling', '1'],
])('%s', (_mode, flag) => {
  const env = { KIBITZER_POLL: flag };

  test('a save says which kata, all its files and what has changed', async () => {
    await using p = await practice({ env });
    await writeFile(p.path('two'), '// two\n');
    await p.until(() => p.saves.length === 1);
    await writeFile(p.path('one'), '// one\n');
    await p.until(() => p.saves.length === 2);
    await writeFile(p.path('one', 'b.ts'), '// new\n');
    await p.until(() => p.saves.length === 3);
    expect(p.saves.map(({ kata, files, changed }) => [kata, text(files), changed])).toEqual([
      ['two', { 'a.ts': '// two\n' }, ['a.ts']],
      ['one', { 'a.ts': '// one\n' }, ['a.ts']],
      ['one', { 'a.ts': '// one\n', 'b.ts': '// new\n' }, ['b.ts']],
    ]);
  });

  test('a file that stays empty or missing is reported after a wait', async () => {
    await using p = await practice({ env });
    const begin = performance.now();
    await writeFile(p.path('one'), '');
    await p.until(() => p.saves.length === 1);
    expect(performance.now() - begin).toBeGreaterThan(145);
    expect(text(p.saves[0]?.files)).toEqual({ 'a.ts': '' });
    const gone = performance.now();
    await rm(p.path('one'));
    await p.until(() => p.saves.length === 2);
    expect(performance.now() - gone).toBeGreaterThan(295);
    expect(text(p.saves[1]?.files)).toEqual({});
    expect(p.saves[1]?.changed).toEqual(['a.ts']);
    await writeFile(p.path('one'), '// back\n');
    await p.until(() => p.saves.length === 3);
    expect(text(p.saves[2]?.files)).toEqual({ 'a.ts': '// back\n' });
  });

  test('a kata folder deleted and made again: told once, and still watched', async () => {
    await using p = await practice({ env });
    await rm(join(p.folder, 'one'), { recursive: true });
    await p.until(() => p.errors.length === 1);
    expect(p.errors[0]).toContain('one: ENOENT');
    await mkdir(join(p.folder, 'one'));
    await writeFile(p.path('one'), '// start\n');
    await p.until(() => p.saves.length === 1);
    await writeFile(p.path('one'), '// alive\n');
    await p.until(() => p.saves.length === 2);
    await writeFile(p.path('two'), '// alive too\n');
    await p.until(() => p.saves.length === 3);
    expect(p.contents()).toEqual(['// start\n', '// alive\n', '// alive too\n']);
    expect(p.errors).toHaveLength(1);
  });

  test('a kata folder that appears later is watched, hidden and loose files are not', async () => {
    await using p = await practice({ env });
    await writeFile(join(p.folder, 'notes.ts'), '// loose\n');
    for (const hidden of ['.kibitzer', '.git', 'node_modules']) {
      await mkdir(join(p.folder, hidden));
      await writeFile(join(p.folder, hidden, 'a.ts'), '// hidden\n');
    }
    await mkdir(join(p.folder, 'three'));
    await writeFile(p.path('three'), '// three\n');
    await p.until(() => p.saves.length === 1);
    await p.watcher.rescan();
    expect(p.saves.map((save) => save.kata)).toEqual(['three']);
    expect(p.errors).toEqual([]);
  });
});

test('new file times alone are no save', async () => {
  await using p = await practice();
  await utimes(p.path('one'), new Date(), new Date());
  await writeFile(p.path('one'), '// start\n');
  await writeFile(p.path('two'), '// fence\n');
  await p.until(() => p.saves.length === 1);
  await p.watcher.rescan();
  expect(p.saves.map((save) => save.kata)).toEqual(['two']);
});

test('files of one save that arrive one after the other do not hide each other', async () => {
  await using p = await practice();
  await Promise.all([writeFile(p.path('one'), '// a\n'), writeFile(p.path('one', 'b.ts'), '// b\n')]);
  await p.until(() => p.saves.at(-1)?.files.get('b.ts')?.toString() === '// b\n');
  await p.watcher.rescan();
  expect(text(p.saves.at(-1)?.files)).toEqual({ 'a.ts': '// a\n', 'b.ts': '// b\n' });
});

test('what we write ourselves is no save, the next edit is', async () => {
  await using p = await practice();
  await p.watcher.quietly('one', () => writeFile(p.path('one'), '// reset\n'));
  await p.watcher.quietly('fresh', async () => {
    await mkdir(join(p.folder, 'fresh'));
    await writeFile(p.path('fresh'), '// starter\n');
  });
  await writeFile(p.path('one'), '// edit\n');
  await p.until(() => p.saves.length === 1);
  await writeFile(p.path('fresh'), '// edit\n');
  await p.until(() => p.saves.length === 2);
  await p.watcher.rescan();
  expect(p.saves.map(({ kata, files }) => [kata, text(files)])).toEqual([
    ['one', { 'a.ts': '// edit\n' }],
    ['fresh', { 'a.ts': '// edit\n' }],
  ]);
});

test('what differs from the known content at the start is a save', async () => {
  const known = new Map([
    ['one', new Map([['a.ts', Buffer.from('// of last time\n')]])],
    ['two', new Map([['a.ts', Buffer.from('// start\n')]])],
  ]);
  await using p = await practice({ known });
  await p.until(() => p.saves.length === 1);
  await p.watcher.rescan();
  expect(p.saves.map((save) => save.kata)).toEqual(['one']);
});

test('a read that fails for a moment is tried again and not told', async () => {
  let failing = 0;
  await using p = await practice({
    read: () => {
      if (failing-- > 0) throw new Error('busy');
      return new Map([['a.ts', Buffer.from(failing < -1 ? '// late\n' : '// start\n')]]);
    },
  });
  failing = 3;
  await p.watcher.rescan();
  expect(p.errors).toEqual([]);
  expect(p.contents().at(-1)).toBe('// late\n');
});

test('nothing is reported after closing', async () => {
  await using p = await practice();
  await p.watcher.close();
  await writeFile(p.path('one'), '// too late\n');
  await p.watcher.rescan();
  expect(p.saves).toEqual([]);
});

describe('mode', () => {
  test('events that come: the mode stays, the sentinel is gone again and was no save', async () => {
    let unwatched: () => void = () => {};
    const checked = new Promise<void>((resolve) => (unwatched = resolve));
    await using p = await practice({
      env: {},
      remote: () => false,
      watch: (folder, options) => {
        const real = watch(folder, options);
        const unwatch = real.unwatch.bind(real);
        return Object.assign(real, { unwatch: (path: string) => (unwatched(), unwatch(path)) });
      },
    });
    await checked;
    expect([p.watcher.mode, p.watcher.why, p.modes]).toEqual(['events', 'usual', []]);
    expect(await readdir(join(p.folder, '.kibitzer'))).toEqual([]);
    await writeFile(p.path('one'), '// after the check\n');
    await p.until(() => p.saves.length === 1);
    expect(p.contents()).toEqual(['// after the check\n']);
    expect(new Set(p.reads)).toEqual(new Set(['one', 'two']));
  });

  test('events that do not come: polling, and what was saved meanwhile is found', async () => {
    await using p = await practice({
      env: {},
      remote: () => false,
      checkMs: 100,
      watch: (folder, options) => (options.usePolling ? watch(folder, options) : deafWatcher().getReady()),
    });
    expect(p.watcher.mode).toBe('events');
    await writeFile(p.path('one'), '// unheard\n');
    await p.until(() => p.modes.length === 1);
    expect(p.modes).toEqual(['polling: silent']);
    await p.until(() => p.saves.length === 1);
    await writeFile(p.path('one'), '// heard\n');
    await p.until(() => p.saves.length === 2);
    expect(p.contents()).toEqual(['// unheard\n', '// heard\n']);
  });

  test('a watcher that never gets ready is replaced as well', async () => {
    await using p = await practice({
      env: {},
      remote: () => false,
      checkMs: 50,
      watch: (folder, options) => (options.usePolling ? watch(folder, options) : deafWatcher()),
    });
    expect(p.modes).toEqual(['polling: silent']);
  });

  test.each(['ENOSPC', 'EMFILE'])('%s: polling, said once', async (code) => {
    const deaf = deafWatcher();
    let polling: EventEmitter | undefined;
    await using p = await practice({
      env: {},
      remote: () => false,
      watch: (folder, options) => {
        if (!options.usePolling) return deaf.getReady();
        const real = watch(folder, options);
        polling = real as unknown as EventEmitter;
        return real;
      },
    });
    const limit = Object.assign(new Error('no watches left'), { code });
    deaf.emit('error', limit);
    deaf.emit('error', limit);
    expect(p.modes).toEqual(['polling: limit']);
    expect(deaf.closed).toBe(true);
    expect([p.watcher.mode, p.watcher.why]).toEqual(['polling', 'limit']);
    await writeFile(p.path('one'), '// found by looking\n');
    await p.until(() => p.saves.length === 1);
    expect(p.errors).toEqual([]);
    polling?.emit('error', limit);
    expect(p.errors).toEqual(['null: no watches left']);
  });

  test('other errors are told and change nothing', async () => {
    const deaf = deafWatcher();
    await using p = await practice({ env: {}, remote: () => false, watch: () => deaf.getReady() });
    deaf.emit('error', new Error('odd'));
    expect([p.errors, p.watcher.mode]).toEqual([['null: odd'], 'events']);
  });

  test('forced by the environment, or by a file system that others write to', async () => {
    await using forced = await practice({ env: { KIBITZER_POLL: '1' }, remote: () => false });
    expect([forced.watcher.mode, forced.watcher.why]).toEqual(['polling', 'forced']);
    await using remote = await practice({ env: {}, remote: () => true });
    expect([remote.watcher.mode, remote.watcher.why]).toEqual(['polling', 'remote']);
    await using events = await practice({ env: { KIBITZER_POLL: '0' }, remote: () => true });
    expect([events.watcher.mode, events.watcher.why]).toEqual(['events', 'forced']);
  });
});
