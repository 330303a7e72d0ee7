/**
 * `npm run track -- <folder>`: imports a checked-out Exercism track into a folder of its own, which proves that each
 * example wins and each starter loses; then judges all examples in one go, and runs the track's own tests once with
 * vitest, for comparison. Exits with 1 when an exercise with valid metadata was not imported.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLanes } from '../engine/lanes.ts';
import { findCandidates } from '../import/find.ts';
import { importKatas, type ImportReport } from '../import/import-katas.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { progressOn } from '../progress.ts';
import { skipWords } from '../screen/imported.ts';
import { findImported } from '../store/imported.ts';
import { readDesigns, readFiles, type Kata } from '../store/katas.ts';
import { runWithVitest } from './track-vitest.ts';

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-')) {
  process.stderr.write('usage: npm run track -- <folder of a track> [--json] [--no-vitest]\n');
  process.exit(2);
}
const json = flags.includes('--json');
const practice = mkdtempSync(path.join(tmpdir(), 'kibitzer-track-'));
const progress = progressOn();
try {
  const since = performance.now();
  const report = await imported(path.resolve(folder));
  const importMs = Math.round(performance.now() - since);
  const { katas } = findImported(practice);
  const judged = await judgeExamples(katas);
  const vitest = flags.includes('--no-vitest') ? null : await vitestOn(katas);
  progress.end();
  const result = { schema: 'kibitzer/track@1', ...counts(report), importMs, judged, vitest };
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : words(result));
  const failed = report.skipped.some((s) => s.code !== 'bad-metadata' && s.code !== 'not-carried');
  process.exitCode = failed || judged.lost.length > 0 ? 1 : 0;
} finally {
  rmSync(practice, { recursive: true, force: true });
}

async function imported(from: string): Promise<ImportReport> {
  const engine = createLanes();
  try {
    return await importKatas(findCandidates(from), practice, engine, (done, of, slug) =>
      progress.now(`importing: ${done} of ${of}, ${slug}`),
    );
  } finally {
    engine.close();
  }
}

function counts({ track, imported: katas, skipped }: ImportReport) {
  return {
    track,
    exercises: katas.length + skipped.length,
    imported: katas.length,
    tests: katas.reduce((n, k) => n + k.tests, 0),
    leftOut: katas.flatMap((k) => k.leftOut.map((test) => `${k.slug}: ${test}`)),
    skipped: skipped.map((s) => ({ slug: s.slug, code: s.code, why: skipWords(s) })),
  };
}

/** All examples, one judgement each, side by side in fresh lanes. */
async function judgeExamples(
  katas: readonly Kata[],
): Promise<{ wallMs: number; slowest: { kata: string; ms: number }[]; lost: string[] }> {
  const engine = createLanes();
  const times: { kata: string; ms: number }[] = [];
  const lost: string[] = [];
  const since = performance.now();
  try {
    await Promise.all(
      katas.map(async (kata) => {
        const [example] = readDesigns(kata);
        if (!example) return;
        const verdict = (await judge(engine, kata, [], path.join(practice, kata.id), bytesOf(example.files)))
          .verdict;
        times.push({ kata: kata.id, ms: verdict?.durationMs ?? 0 });
        if (verdict?.kind !== 'won') lost.push(kata.id);
        progress.now(`judging: ${times.length} of ${katas.length}`);
      }),
    );
  } finally {
    engine.close();
  }
  const slowest = times.toSorted((a, b) => b.ms - a.ms).slice(0, 3);
  return { wallMs: Math.round(performance.now() - since), slowest, lost };
}

/** The same examples and tests, once, by vitest itself. */
async function vitestOn(katas: readonly Kata[]): ReturnType<typeof runWithVitest> {
  progress.now('running the tests with vitest');
  return runWithVitest((scratch) => {
    for (const kata of katas) {
      const [example] = readDesigns(kata);
      if (!example) continue;
      const folderOf = path.join(scratch, kata.id);
      for (const [file, text] of Object.entries({ ...readFiles(kata.probes), ...example.files })) {
        mkdirSync(path.dirname(path.join(folderOf, file)), { recursive: true });
        writeFileSync(path.join(folderOf, file), text);
      }
    }
  });
}

function words(
  r: ReturnType<typeof counts> & {
    importMs: number;
    judged: Awaited<ReturnType<typeof judgeExamples>>;
    vitest: Awaited<ReturnType<typeof runWithVitest>> | null;
  },
): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const lines = [
    `${r.track}: ${r.imported} of ${r.exercises} exercises imported, ${r.tests} tests, in ${seconds(r.importMs)}`,
    ...r.skipped.map((s) => `  skipped ${s.slug}: ${s.why}`),
    ...r.leftOut.map((t) => `  not played ${t}`),
    `judging all examples: ${seconds(r.judged.wallMs)}, ${r.judged.lost.length} lost${r.judged.lost.map((id) => ` ${id}`).join('')}`,
    ...r.judged.slowest.map((s) => `  ${s.kata} ${seconds(s.ms)}`),
  ];
  if (r.vitest)
    lines.push(
      `vitest on the same, one run: ${seconds(r.vitest.wallMs)}, ${r.vitest.passed} passed, ${r.vitest.failed} failed, ${r.vitest.skipped} skipped`,
    );
  return `${lines.join('\n')}\n`;
}
