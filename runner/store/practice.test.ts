import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { maxFileBytes, maxFiles, readLearnerFiles } from './practice-files.ts';
import { preparePractice, restoreFiles, writeStarter } from './practice.ts';
import { faultyDisk, temporaryFolder } from './testing.ts';

const starter = { 'main.ts': 'export const a = 1;\n', 'lib/db.ts': 'export const db = 2;\n' };
const now = () => new Date('2026-03-01T10:42:07.125Z');

/** All files below a folder but the store, as text. */
function tree(folder: string): Record<string, string> {
  const names = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  const paths = names.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  );
  return Object.fromEntries(
    paths
      .filter((path) => !path.startsWith('.kibitzer/'))
      .sort()
      .map((path) => [path, fs.readFileSync(join(folder, path), 'utf8')]),
  );
}

function put(folder: string, files: Record<string, string | Buffer>): void {
  for (const [path, content] of Object.entries(files)) {
    fs.mkdirSync(join(folder, path, '..'), { recursive: true });
    fs.writeFileSync(join(folder, path), content);
  }
}

describe('the practice folder', () => {
  test('gets what an editor needs, once', () => {
    const practice = join(temporaryFolder(), 'practice');
    expect(preparePractice(practice)).toEqual(['package.json', 'tsconfig.json']);
    expect(JSON.parse(tree(practice)['package.json']!)).toEqual({ type: 'module', private: true });
    put(practice, { 'package.json': '{"mine":true}' });
    fs.unlinkSync(join(practice, 'tsconfig.json'));
    expect(preparePractice(practice)).toEqual(['tsconfig.json']);
    expect(tree(practice)['package.json']).toBe('{"mine":true}');
  });

  test('type-checks ordinary learner code, and still finds its faults', () => {
    const root = temporaryFolder();
    const modules = new URL('../../node_modules', import.meta.url).pathname;
    fs.symlinkSync(modules, join(root, 'node_modules'));
    const practice = join(root, 'practice');
    preparePractice(practice);
    writeStarter(practice, 'kata', {
      'main.ts':
        "import { readFileSync } from 'node:fs';\nimport { type A, make } from './lib/a.ts';\n" +
        'enum Colour { red }\nexport class Club { constructor(readonly a: A) {} }\n' +
        "export const club = new Club(make(readFileSync('x', 'utf8') + Colour.red));\nconst t = setTimeout(() => {}, 1);\nt.unref();\n",
      'lib/a.ts':
        'export interface A { name: string }\nexport const make = (name: string): A => ({ name });\n',
    });
    const check = () =>
      spawnSync(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', practice], {
        encoding: 'utf8',
      });
    expect(check().stdout).toBe('');
    put(practice, { 'kata/wrong.ts': 'export const n: number = "x";\n' });
    expect(check().stdout).toContain('kata/wrong.ts(1,14): error TS2322');
  }, 60_000);
});

describe('the starter', () => {
  test('is written where files are missing, and never over one', () => {
    const practice = join(temporaryFolder(), 'practice');
    expect(writeStarter(practice, 'kata', starter)).toEqual(['main.ts', 'lib/db.ts']);
    expect(tree(practice)).toEqual({
      'kata/main.ts': starter['main.ts'],
      'kata/lib/db.ts': starter['lib/db.ts'],
    });
    put(practice, { 'kata/main.ts': '' });
    fs.unlinkSync(join(practice, 'kata/lib/db.ts'));
    expect(writeStarter(practice, 'kata', starter)).toEqual(['lib/db.ts']);
    expect(tree(practice)['kata/main.ts']).toBe('');
    expect(writeStarter(practice, 'kata', starter)).toEqual([]);
  });

  test('does not follow links, not even dangling ones', () => {
    const practice = temporaryFolder();
    const elsewhere = temporaryFolder();
    fs.mkdirSync(join(practice, 'kata'));
    fs.symlinkSync(join(elsewhere, 'new.ts'), join(practice, 'kata/main.ts'));
    fs.symlinkSync(elsewhere, join(practice, 'kata/lib'));
    expect(() => writeStarter(practice, 'kata', starter)).toThrow(
      expect.objectContaining({ code: 'LINK_REFUSED' }),
    );
    expect(fs.readdirSync(elsewhere)).toEqual([]);
    fs.symlinkSync(elsewhere, join(practice, 'other'));
    expect(() => writeStarter(practice, 'other', starter)).toThrow(
      expect.objectContaining({ code: 'LINK_REFUSED' }),
    );
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });

  test.each([
    '../x.ts',
    '/etc/x.ts',
    'a/../../x.ts',
    'a\\x.ts',
    '',
    'a//b.ts',
    '.hidden.ts',
    '.kibitzer/events.ndjson',
    'C:x.ts',
  ])('refuses the path %j', (path) => {
    const practice = join(temporaryFolder(), 'practice');
    expect(() => writeStarter(practice, 'kata', { [path]: 'x' })).toThrow(
      expect.objectContaining({ code: 'BAD_PATH' }),
    );
    expect(() => restoreFiles(practice, 'kata', { [path]: 'x' })).toThrow(
      expect.objectContaining({ code: 'BAD_PATH' }),
    );
    expect(() => writeStarter(practice, path, starter)).toThrow();
    expect(fs.existsSync(practice) ? tree(practice) : {}).toEqual({});
  });

  test('a failing disk at any call is an error that names the file, and leaves no half file', () => {
    const counted = faultyDisk(() => null);
    writeStarter(temporaryFolder(), 'kata', starter, { disk: counted.disk });
    let refused = 0;
    for (const code of ['ENOSPC', 'EROFS', 'EMFILE', 'SHORT']) {
      for (let n = 1; n <= counted.calls.length; n++) {
        const practice = temporaryFolder();
        const { disk } = faultyDisk((call) => (call.n === n ? code : null));
        try {
          writeStarter(practice, 'kata', starter, { disk });
        } catch (error) {
          refused++;
          expect(error).toMatchObject({ code: 'PRACTICE_NOT_WRITABLE' });
          expect(String(error)).toContain(practice);
          expect(String(error)).toContain(code);
        }
        expect(Object.values(starter)).toEqual(expect.arrayContaining(Object.values(tree(practice))));
        writeStarter(practice, 'kata', starter);
        expect(Object.values(tree(practice)).sort()).toEqual(Object.values(starter).sort());
      }
    }
    expect(refused).toBeGreaterThan(40);
  });

  test('does not replace a file that appears while it is being written', () => {
    const practice = temporaryFolder();
    const { disk } = faultyDisk(({ name }) => {
      if (name === 'linkSync') put(practice, { 'kata/main.ts': 'mine' });
      return null;
    });
    expect(writeStarter(practice, 'kata', starter, { disk })).toEqual(['lib/db.ts']);
    expect(tree(practice)['kata/main.ts']).toBe('mine');
  });

  test('works on file systems without hard links', () => {
    const practice = temporaryFolder();
    const { disk } = faultyDisk(({ name }) => (name === 'linkSync' ? 'EPERM' : null));
    expect(writeStarter(practice, 'kata', starter, { disk })).toEqual(['main.ts', 'lib/db.ts']);
    expect(writeStarter(practice, 'kata', starter, { disk })).toEqual([]);
    expect(fs.readdirSync(join(practice, '.kibitzer/tmp'))).toEqual([]);
  });
});

describe('restoring', () => {
  test('keeps a copy of what was there, then makes the files exactly those', () => {
    const practice = temporaryFolder();
    const mine = { 'main.ts': 'my work', 'lib/db.ts': starter['lib/db.ts'], 'mine/extra.ts': 'more work' };
    put(join(practice, 'kata'), {
      ...mine,
      'notes.txt': 'notes',
      '.solutions/a.ts': 's',
      'node_modules/m/i.js': 'm',
    });
    const done = restoreFiles(practice, 'kata', starter, { now });
    expect(done.written).toEqual(['main.ts']);
    expect(done.removed).toEqual(['mine/extra.ts']);
    expect(done.backup).toBe(join(practice, '.kibitzer/backup/2026-03-01T10-42-07-125Z'));
    expect(tree(join(done.backup!, 'kata'))).toEqual(mine);
    expect(tree(join(practice, 'kata'))).toEqual({
      ...starter,
      'notes.txt': 'notes',
      '.solutions/a.ts': 's',
      'node_modules/m/i.js': 'm',
    });
    // And back again, in the same millisecond.
    const back = restoreFiles(practice, 'kata', mine, { now });
    expect(back.backup).toBe(`${done.backup}-2`);
    expect(tree(join(back.backup!, 'kata'))).toEqual(starter);
    expect(readLearnerFiles(join(practice, 'kata'))['mine/extra.ts']?.toString()).toBe('more work');
  });

  test('of an untouched or missing folder needs no copy of anything', () => {
    const practice = temporaryFolder();
    expect(restoreFiles(practice, 'kata', starter)).toEqual({
      backup: null,
      written: ['main.ts', 'lib/db.ts'],
      removed: [],
    });
    expect(tree(join(practice, 'kata'))).toEqual(starter);
  });

  test('gets out of a folder that cannot be read as a move', () => {
    const practice = temporaryFolder();
    const elsewhere = temporaryFolder();
    put(elsewhere, { 'real.ts': 'real' });
    put(join(practice, 'kata'), { 'huge.ts': Buffer.alloc(maxFileBytes + 1) });
    fs.symlinkSync(join(elsewhere, 'real.ts'), join(practice, 'kata/main.ts'));
    expect(() => readLearnerFiles(join(practice, 'kata'))).toThrow();
    restoreFiles(practice, 'kata', starter);
    expect(Object.keys(readLearnerFiles(join(practice, 'kata')))).toEqual(['lib/db.ts', 'main.ts']);
    expect(tree(elsewhere)).toEqual({ 'real.ts': 'real' });
  });

  test('a failing disk at any call loses no work', () => {
    const mine = { 'main.ts': 'my work', 'extra.ts': 'more work' };
    const counted = faultyDisk(() => null);
    const first = temporaryFolder();
    put(join(first, 'kata'), mine);
    restoreFiles(first, 'kata', starter, { disk: counted.disk });
    let refused = 0;
    for (let n = 1; n <= counted.calls.length; n++) {
      const practice = temporaryFolder();
      put(join(practice, 'kata'), mine);
      const { disk } = faultyDisk((call) => (call.n >= n ? 'ENOSPC' : null));
      try {
        restoreFiles(practice, 'kata', starter, { disk });
      } catch (error) {
        refused++;
        expect(error).toMatchObject({
          code: expect.stringMatching(/^(PRACTICE_NOT_WRITABLE|FILE_UNREADABLE)$/),
        });
      }
      const everything = fs
        .readdirSync(practice, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('tmp'))
        .map((entry) => fs.readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expect(everything).toEqual(expect.arrayContaining(Object.values(mine)));
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe('the learner’s files', () => {
  test('are the bytes of the code below the folder, by path', () => {
    const folder = temporaryFolder();
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x61]);
    const code = { 'a.mjs': '1', 'a.mts': '2', 'b/c/d.js': '3', 'data.json': '{}', 'main.ts': bytes };
    const other = {
      'readme.md': 'x',
      'main.ts~': 'x',
      'main.tsx': 'x',
      '.main.ts.swp': 'x',
      '.hidden.ts': 'x',
      '.solutions/r.ts': 'x',
      'node_modules/m/index.js': 'x',
      'b/node_modules/m/index.js': 'x',
      'x.cts': 'x',
    };
    put(folder, { ...other, ...code });
    const files = readLearnerFiles(folder);
    expect(Object.keys(files)).toEqual(Object.keys(code));
    expect(files['main.ts']).toEqual(bytes);
    expect(files['b/c/d.js']?.toString()).toBe('3');
    expect(readLearnerFiles(join(folder, 'missing'))).toEqual({});
  });

  test('may be this many and this large, not more', () => {
    const folder = temporaryFolder();
    for (let i = 0; i < maxFiles; i++) put(folder, { [`f${i}.ts`]: '' });
    put(folder, { 'f0.ts': Buffer.alloc(maxFileBytes, 'a') });
    expect(readLearnerFiles(folder)['f0.ts']).toHaveLength(262_144);
    put(folder, { 'z.ts': '' });
    expect(() => readLearnerFiles(folder)).toThrow(
      expect.objectContaining({
        code: 'TOO_MANY_FILES',
        message: expect.stringMatching(/more than 50 .*\n.* z\.ts/),
      }),
    );
    put(folder, { 'f0.ts': Buffer.alloc(maxFileBytes + 1, 'a') });
    expect(() => readLearnerFiles(folder)).toThrow(
      expect.objectContaining({
        code: 'FILE_TOO_LARGE',
        message: expect.stringContaining(join(folder, 'f0.ts')),
      }),
    );
  });

  test('are never links', () => {
    const elsewhere = temporaryFolder();
    put(elsewhere, { 'secret.ts': 'secret' });
    const links: [string, string][] = [
      ['main.ts', join(elsewhere, 'secret.ts')],
      ['main.ts', '/nowhere'],
      ['lib', elsewhere],
    ];
    for (const [name, target] of links) {
      const folder = temporaryFolder();
      fs.symlinkSync(target, join(folder, name));
      expect(() => readLearnerFiles(folder)).toThrow(
        expect.objectContaining({
          code: 'LINK_REFUSED',
          message: expect.stringContaining(join(folder, name)),
        }),
      );
    }
    const root = temporaryFolder();
    fs.symlinkSync(elsewhere, join(root, 'kata'));
    expect(() => readLearnerFiles(join(root, 'kata'))).toThrow(
      expect.objectContaining({ code: 'LINK_REFUSED' }),
    );
  });

  test('the lock file of an editor is not one of them, nor a link to something else', () => {
    const folder = temporaryFolder();
    put(folder, { 'main.ts': 'x' });
    fs.symlinkSync('me@desk.1234', join(folder, '.#main.ts'));
    fs.symlinkSync('/nowhere', join(folder, 'notes'));
    expect(Object.keys(readLearnerFiles(folder))).toEqual(['main.ts']);
  });

  test('a file that becomes a link or vanishes after it was listed', () => {
    const folder = temporaryFolder();
    put(folder, { 'a.ts': 'a', 'b.ts': 'b' });
    const switching = (then: () => void) =>
      faultyDisk(({ name }) =>
        name === 'openSync' && fs.existsSync(join(folder, 'b.ts')) ? (then(), null) : null,
      ).disk;
    expect(
      Object.keys(readLearnerFiles(folder, { disk: switching(() => fs.unlinkSync(join(folder, 'b.ts'))) })),
    ).toEqual(['a.ts']);
    put(folder, { 'b.ts': 'b', 'target.txt': 'secret' });
    const link = () => (
      fs.unlinkSync(join(folder, 'b.ts')),
      fs.symlinkSync('/nowhere', join(folder, 'b.ts'))
    );
    expect(() => readLearnerFiles(folder, { disk: switching(link) })).toThrow(
      expect.objectContaining({ code: 'LINK_REFUSED' }),
    );
  });

  test('a pipe is refused and not waited for', ({ skip }) => {
    const folder = temporaryFolder();
    if (spawnSync('mkfifo', [join(folder, 'main.ts')]).status !== 0) return skip('there is no mkfifo here');
    expect(() => readLearnerFiles(folder)).toThrow(expect.objectContaining({ code: 'NOT_A_FILE' }));
  });

  test('a disk that cannot be read is an error that names the path', () => {
    const folder = temporaryFolder();
    put(folder, { 'main.ts': 'x' });
    const { disk } = faultyDisk(({ name }) => (name === 'readSync' ? 'EIO' : null));
    expect(() => readLearnerFiles(folder, { disk })).toThrow(
      expect.objectContaining({
        code: 'FILE_UNREADABLE',
        message: `this cannot be read: ${join(folder, 'main.ts')}\nthe disk reported an error (EIO)`,
      }),
    );
  });
});
