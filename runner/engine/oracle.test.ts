import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../core/verdict.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { findKatas, readBook, readDesigns, readFiles, readMoves, type Kata } from '../store/katas.ts';
import { createEngine } from './arbiter-engine.ts';

/** The engine runs vitest's parts, not vitest; plain `vitest run` on the same probes must come to the same outcomes. */
const HOME = fileURLToPath(new URL('../../', import.meta.url));
const katas = await findKatas();
const scratch = mkdtempSync(path.join(HOME, 'bench-scratch-'));
const engine = createEngine({ spares: 1 });
let oracle: Map<string, Record<string, string>>;

interface Subject {
  name: string;
  kata: Kata;
  folder: string;
}

/**
 * A stored move of the book's middle, and in turn the starter or the reference; everything with KIBITZER_ORACLE=all. Each
 * costs two seconds and more, and CI has fifteen minutes.
 */
function subjectsOf(kata: Kata, i: number): Subject[] {
  const isAll = process.env.KIBITZER_ORACLE === 'all';
  const all = readMoves(kata);
  const firsts = all.filter((m, i) => m.mistake !== all[i - 1]?.mistake);
  const moves = isAll ? all : firsts.slice(firsts.length >> 1).slice(0, 1);
  const folders = [
    ...(isAll || i % 2 === 0 ? [path.join(kata.folder, 'starter')] : []),
    ...readDesigns(kata)
      .slice(0, isAll ? undefined : i % 2)
      .map((d) => d.folder),
    ...moves.map((m) => m.folder),
  ];
  return folders.map((folder) => ({ name: `${kata.id} ${path.relative(HOME, folder)}`, kata, folder }));
}

const subjects = katas.flatMap(subjectsOf);

beforeAll(async () => {
  for (const [i, { kata, folder }] of subjects.entries()) {
    writeFileSync(
      path.join(scratch, `subject-${i}.test.ts`),
      `process.env.KIBITZER_MOVE = ${JSON.stringify(folder)};\nprocess.env.KIBITZER_ENTRY = ${JSON.stringify(kata.entry)};\nawait import(${JSON.stringify(kata.probes)});\n`,
    );
  }
  const external = '[/\\/runner\\//, /\\/starter\\//, /\\/moves\\//, /\\/solutions\\//]';
  const config = path.join(scratch, 'vitest.config.mjs');
  writeFileSync(
    config,
    `export default { root: ${JSON.stringify(scratch)}, test: { include: ['*.test.ts'], env: { TZ: 'UTC' }, maxWorkers: 2, server: { deps: { external: ${external} } } } };\n`,
  );
  const report = path.join(scratch, 'report.json');
  const vitest = path.join(HOME, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${report}`];
  // vitest leaves with 1 because bad moves fail; the report is what counts
  await promisify(execFile)(process.execPath, args, { cwd: HOME }).catch(() => {});
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { title: string; status: string }[] }[];
  };
  oracle = new Map(
    testResults.map((f) => [
      path.basename(f.name),
      Object.fromEntries(f.assertionResults.map((a) => [a.title, a.status])),
    ]),
  );
}, 240_000);

afterAll(() => {
  engine.close();
  rmSync(scratch, { recursive: true, force: true });
});

const STATUS: Record<Outcome, string> = {
  held: 'passed',
  refuted: 'failed',
  crashed: 'failed',
  'timed-out': 'failed',
  unreached: 'skipped',
};

describe.each(subjects.map((s, i) => ({ ...s, i })))('$name', ({ kata, folder, i }) => {
  test('has the outcomes that plain vitest gives', { timeout: 60_000 }, async () => {
    const { 'expect.json': _expect, ...files } = readFiles(folder);
    const judged = await judge(engine, kata, await readBook(kata), folder, bytesOf(files));
    const ours = Object.fromEntries((judged.verdict?.results ?? []).map((r) => [r.probe, STATUS[r.outcome]]));
    const theirs = oracle.get(`subject-${i}.test.ts`);
    expect(Object.keys(ours).length).toBeGreaterThan(0);
    expect(ours).toEqual(
      Object.fromEntries(Object.entries(theirs ?? {}).map(([k, v]) => [k, v === 'pending' ? 'skipped' : v])),
    );
  });
});
