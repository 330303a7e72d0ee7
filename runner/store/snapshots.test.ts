import fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sweepTemporaryFiles } from './atomic-file.ts';
import { hashOf, openSnapshots } from './snapshots.ts';
import { fastDisk, faultyDisk, rounds, temporaryFolder } from './testing.ts';

test('texts come back as they were, each kept once', () => {
  const folder = temporaryFolder();
  const files = {
    'main.ts': 'export {}\n',
    'lib/a.ts': '\ufeffüml\r\n',
    'lib/b.ts': 'export {}\n',
    'empty.ts': '',
  };
  const hashes = openSnapshots(folder).save(files);
  expect(hashes['main.ts']).toMatch(/^[0-9a-f]{16}$/);
  expect(hashes['lib/b.ts']).toBe(hashes['main.ts']);
  expect(fs.readdirSync(join(folder, 'snapshots')).sort()).toEqual(
    [...new Set(Object.values(hashes))].sort(),
  );
  expect(openSnapshots(folder).load(hashes)).toEqual(files);
});

test('the name is the beginning of the SHA-256', () => {
  expect(hashOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea');
});

test('any files come back, whatever their names', () => {
  const folder = temporaryFolder();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (files) => {
      const snapshots = openSnapshots(folder, { disk: fastDisk });
      expect(openSnapshots(folder).load(snapshots.save(files))).toEqual({ ...files });
    }),
    { numRuns: 50, examples: [[JSON.parse('{"__proto__":"x"}')]] },
  );
});

test('one changed byte is noticed, and healed when the same text is saved again', () => {
  const folder = temporaryFolder();
  const files = { 'main.ts': 'export const answer = 42;\n' };
  const hashes = openSnapshots(folder, { disk: fastDisk }).save(files);
  const path = join(folder, 'snapshots', hashes['main.ts']!);
  const good = fs.readFileSync(path);
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bad = Buffer.from(good);
      bad[at]! ^= change;
      fs.writeFileSync(path, bad);
      const snapshots = openSnapshots(folder, { disk: fastDisk });
      expect(() => snapshots.load(hashes)).toThrow(
        expect.objectContaining({
          code: 'SNAPSHOT_DAMAGED',
          message: expect.stringContaining(`main.ts is damaged: ${path}`),
        }),
      );
      expect(snapshots.save(files)).toEqual(hashes);
      expect(openSnapshots(folder).load(hashes)).toEqual(files);
    }),
    { numRuns: rounds(100) },
  );
}, 600_000);

test.each([
  ['0123456789abcdef', 'SNAPSHOT_MISSING'],
  ['../events.ndjson', 'SNAPSHOT_DAMAGED'],
  ['', 'SNAPSHOT_DAMAGED'],
  ['BA7816BF8F01CFEA', 'SNAPSHOT_DAMAGED'],
])('the hash %j is refused', (hash, code) => {
  const snapshots = openSnapshots(temporaryFolder());
  expect(() => snapshots.load({ 'main.ts': hash })).toThrow(expect.objectContaining({ code }));
});

test.each(['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EACCES', 'EBUSY'])(
  '%s at any call: the text stays in memory, no half file ever has its name, and it is saved later',
  (code) => {
    const counted = faultyDisk(() => null);
    openSnapshots(temporaryFolder(), { disk: counted.disk }).save({ 'a.ts': 'a', 'b.ts': 'b' });
    let unsaved = 0;
    for (let n = 1; n <= counted.calls.length; n++) {
      const folder = temporaryFolder();
      let broken = true;
      const { disk } = faultyDisk((call) => (broken && call.n >= n ? code : null));
      const snapshots = openSnapshots(folder, { disk });
      const hashes = snapshots.save({ 'a.ts': 'a', 'b.ts': 'b' });
      if (snapshots.unsaved !== null) unsaved++;
      expect([null, code]).toContain(snapshots.unsaved);
      broken = false;
      expect(snapshots.load(hashes)).toEqual({ 'a.ts': 'a', 'b.ts': 'b' });
      const home = join(folder, 'snapshots');
      for (const name of fs.existsSync(home) ? fs.readdirSync(home) : []) {
        expect(hashOf(fs.readFileSync(join(home, name)))).toBe(name);
      }
      expect(snapshots.flush()).toBe(true);
      expect(snapshots.unsaved).toBeNull();
      expect(openSnapshots(folder).load(hashes)).toEqual({ 'a.ts': 'a', 'b.ts': 'b' });
    }
    expect(unsaved).toBeGreaterThan(10);
  },
);

test('the sweep takes half-written files and nothing else', () => {
  const folder = temporaryFolder();
  const hashes = openSnapshots(folder).save({ 'a.ts': 'a' });
  fs.mkdirSync(join(folder, 'tmp'), { recursive: true });
  fs.writeFileSync(join(folder, 'tmp', '1-1-x'), 'half');
  fs.writeFileSync(join(folder, 'tmp', '1-2-x'), '');
  expect(sweepTemporaryFiles(folder)).toBe(2);
  expect(fs.readdirSync(folder)).toEqual(['snapshots']);
  expect(sweepTemporaryFiles(folder)).toBe(0);
  expect(openSnapshots(folder).load(hashes)).toEqual({ 'a.ts': 'a' });
});
