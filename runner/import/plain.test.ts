import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine } from '../engine/arbiter-engine.ts';
import { findImported, readSuite } from '../store/imported.ts';
import { readBrief, readDesigns, readFiles, readStarter } from '../store/katas.ts';
import { findCandidates } from './find.ts';
import { importKatas, type ImportReport } from './import-katas.ts';

const home = mkdtempSync(path.join(tmpdir(), 'kibitzer-plain-'));
const engine = createEngine();
afterAll(() => {
  engine.close();
  rmSync(home, { recursive: true, force: true });
});

/** A folder with these files. */
function folderOf(name: string, files: Record<string, string>): string {
  const folder = path.join(home, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

const bring = (folder: string, practice: string, solution?: string): Promise<ImportReport> =>
  importKatas(findCandidates(folder, { solution }), path.join(home, practice), engine, () => {});

const SPEC = `import { expect, test } from 'vitest';
import { double } from '../src/double';
import { expectTwice } from './helpers/twice';

test('doubles', () => expectTwice(2, double(2)));
test('nothing', () => expect(double(0)).toBe(0));
`;
const FILES = {
  'README.md': '# Doubling\n\nWrite what doubles. It is short.\n\n- Numbers only.\n',
  'package.json': '{}',
  'vitest.config.ts': 'export default {};',
  'src/double.ts':
    "import { times } from './times.ts';\nexport const double = (n: number): number => times(n, 3);\n",
  'src/times.ts': 'export const times = (a: number, b: number): number => a * b;\n',
  'src/unused.ts': 'export const nothing = 0;\n',
  'test/double.spec.ts': SPEC,
  'test/helpers/twice.ts':
    "import { expect } from 'vitest';\nexport const expectTwice = (n: number, d: number): void => expect(d).toBe(2 * n);\n",
};

describe('a folder of sources and tests', () => {
  test('is one kata, with what the tests reach as the starter', async () => {
    const report = await bring(folderOf('doubling', FILES), 'p1');
    expect(report).toMatchObject({ track: 'imported', skipped: [] });
    expect(report.imported).toMatchObject([{ id: 'imported-doubling', tests: 2, hasReference: false }]);
    const [kata] = findImported(path.join(home, 'p1')).katas;
    expect(kata).toMatchObject({ promise: 'Write what doubles', entry: 'src/double.ts', rungs: [] });
    expect(Object.keys(readStarter(kata!)).sort()).toEqual(['src/double.ts', 'src/times.ts']);
    expect(Object.keys(readFiles(kata!.probes)).sort()).toEqual([
      'test/double.spec.ts',
      'test/helpers/twice.ts',
    ]);
    expect(readDesigns(kata!)).toEqual([]);
    expect(readBrief(kata!)).toContain('- Numbers only.');
    expect(readSuite(kata!).modules).toEqual(['src/double.ts']);
  });

  test('a solution beside it is found, proves the tests, and becomes the example', async () => {
    const files = {
      ...FILES,
      'solution/src/double.ts': 'export const double = (n: number): number => n + n;\n',
    };
    const report = await bring(folderOf('solved', files), 'p2');
    expect(report.imported).toMatchObject([{ id: 'imported-solved', hasReference: true }]);
    const [kata] = findImported(path.join(home, 'p2')).katas;
    expect(readDesigns(kata!)[0]!.files['src/double.ts']).toContain('n + n');
  });

  test('a solution may lie anywhere', async () => {
    const solution = folderOf('answer', {
      'src/double.ts': 'export const double = (n: number): number => 2 * n;\n',
    });
    const report = await bring(folderOf('elsewhere', FILES), 'p3', solution);
    expect(report.imported).toMatchObject([{ hasReference: true }]);
  });

  test.each([
    ['starter-wins', { ...FILES, 'src/double.ts': 'export const double = (n: number): number => 2 * n;\n' }],
    ['reference-loses', { ...FILES, 'solution/src/double.ts': 'export const double = (): number => 1;\n' }],
    ['not-carried', { ...FILES, 'test/double.spec.ts': `import 'left-pad';\n${SPEC}` }],
    ['missing-file', { 'a.test.ts': "import { test } from 'vitest';\ntest('a', () => {});\n" }],
    ['unreadable', { ...FILES, 'test/double.spec.ts': 'test(' }],
  ])('is skipped as %s', async (code, files) => {
    const report = await bring(folderOf(`skipped-${code}`, files), `p-${code}`);
    expect([report.imported, report.skipped.map((s) => s.code)]).toEqual([[], [code]]);
  });
});
