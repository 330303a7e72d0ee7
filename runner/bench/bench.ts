/**
 * `npm run bench [-- --quick] [--json]`: what the product stands for, measured as ratios in one run, the subjects
 * interleaved. Prints progress on standard error. `--alternate 1000` does something else: so many saves of two moves in
 * turn, and whether each verdict is that of its own save.
 */
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findKatas, readMoves } from '../store/katas.ts';
import { nodeTest, vitestRun } from './cold-runs.ts';
import { judgeAll, vitestRuns } from './judging.ts';
import { treeMemory } from './memory.ts';
import { p50, p95, type Figure } from './figures.ts';
import { bareNode, emptyPractice, firstScreen, firstSession } from './first-screen.ts';
import { kibitzer, vitestWatch, type Subject } from './subjects.ts';

if (process.argv.includes('--alternate')) {
  const { alternate } = await import('./alternate.ts');
  process.exit(await alternate(Number(process.argv[process.argv.indexOf('--alternate') + 1] ?? 1000)));
}
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const SAVES = quick ? 8 : 30;
const STARTS = quick ? 10 : 30;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const figures: Record<string, Figure> = {};
/** probes that each variant loses, by subject */
const lostOf = new Map<string, number>();

async function startUp(): Promise<void> {
  say(`first screen: ${STARTS} starts, beside node -e ""`);
  const practice = emptyPractice();
  const screen: number[] = [];
  const node: number[] = [];
  try {
    await firstSession(practice.folder);
    for (let i = 0; i < STARTS; i++) {
      node.push(await bareNode());
      screen.push(await firstScreen(practice.folder));
    }
  } finally {
    practice.dispose();
  }
  figures['firstScreen.p50'] = { value: p50(screen), unit: 'ms', n: STARTS };
  figures['node.p50'] = { value: p50(node), unit: 'ms', n: STARTS };
  figures['firstScreen.ratio'] = { value: p50(screen) / p50(node), unit: 'ratio', n: STARTS };
}

/** Two bad moves that lose different numbers of probes: a stale verdict shows. */
async function saves(): Promise<void> {
  const kata = (await findKatas()).find((k) => k.id === 'lazy-query')!;
  const moves = readMoves(kata);
  const two = [
    moves.find((m) => m.name === 'eager-two-questions')!,
    moves.find((m) => m.name === 'cached-at-first-look')!,
  ];
  say(`save → verdict: ${SAVES} saves each way, interleaved, on ${kata.id}`);
  const subjects: Subject[] = [
    await kibitzer(kata.id, kata.entry),
    await vitestWatch(kata, path.join(kata.folder, 'starter')),
  ];
  const times = new Map(subjects.map((s) => [s.name, [] as number[]]));
  let stale = 0;
  try {
    for (let i = 0; i < 2 * SAVES + 2; i++) {
      const variant = two[i % 2]!;
      // a further export makes each save a program of its own
      const text = `${variant.files[kata.entry]}\nexport const save${i} = ${i};\n`;
      for (const subject of subjects) {
        const verdict = subject.verdict();
        const since = performance.now();
        if (i % 4 < 2) writeFileSync(subject.file, text);
        else {
          const temporary = path.join(path.dirname(subject.file), '.save.tmp');
          writeFileSync(temporary, text);
          renameSync(temporary, subject.file);
        }
        const found = await verdict;
        if (i >= 2) times.get(subject.name)!.push(performance.now() - since);
        const key = `${subject.name} ${i % 2}`;
        if (!lostOf.has(key)) lostOf.set(key, found);
        if (lostOf.get(key) !== found) stale++;
      }
    }
    await secondSaves(kata.entry, two, subjects[0]!);
    idleMemory(subjects);
  } finally {
    for (const subject of subjects) subject.close();
  }
  const [ours, theirs] = subjects.map((s) => times.get(s.name)!) as [number[], number[]];
  const n = ours.length;
  figures['saveToVerdict.p50'] = { value: p50(ours), unit: 'ms', n };
  figures['saveToVerdict.p95'] = { value: p95(ours), unit: 'ms', n };
  figures['vitestWatch.p50'] = { value: p50(theirs), unit: 'ms', n };
  figures['vitestWatch.p95'] = { value: p95(theirs), unit: 'ms', n };
  figures['saveToVerdict.p50.ratio'] = { value: p50(ours) / p50(theirs), unit: 'ratio', n };
  figures['saveToVerdict.p95.ratio'] = { value: p95(ours) / p95(theirs), unit: 'ratio', n };
  const second = figures['secondSave.p50'];
  if (second) figures['secondSave.ratio'] = { value: second.value / p50(theirs), unit: 'ratio', n: second.n };
  figures['saveToVerdict.stale'] = { value: stale, unit: 'count', n: 2 * n };
}

/** A save 40 ms after another one: milliseconds from the second to its own verdict. */
async function secondSaves(
  entry: string,
  two: readonly { files: Record<string, string> }[],
  subject: Subject,
): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < (quick ? 4 : 15); i++) {
    const [first, second] = [two[0]!, two[1]!];
    writeFileSync(subject.file, `${first.files[entry]}\nexport const quick${i}a = ${i};\n`);
    await new Promise((done) => setTimeout(done, 40));
    const since = performance.now();
    // the older run is dropped, so the next verdict on screen is that of the second save, or of the first if it was through
    const verdict = subject.verdict();
    writeFileSync(subject.file, `${second.files[entry]}\nexport const quick${i}b = ${i};\n`);
    const expected = lostOf.get(`${subject.name} 1`);
    let found = await verdict;
    while (found !== expected) found = await subject.verdict();
    times.push(performance.now() - since);
    await new Promise((done) => setTimeout(done, 700));
  }
  figures['secondSave.p50'] = { value: p50(times), unit: 'ms', n: times.length };
}

function idleMemory(subjects: readonly Subject[]): void {
  const [ours, theirs] = subjects.map((s) => treeMemory(s.pid));
  if (!ours || !theirs) return;
  figures['idleMemory'] = { value: ours, unit: 'MiB', n: 1 };
  figures['idleMemory.vitestWatch'] = { value: theirs, unit: 'MiB', n: 1 };
  figures['idleMemory.ratio'] = { value: ours / theirs, unit: 'ratio', n: 1 };
}

/** What else a learner could run after each save, in processes of their own. */
async function coldRuns(): Promise<void> {
  const kata = (await findKatas()).find((k) => k.id === 'lazy-query')!;
  const folders = readMoves(kata).map((move) => move.folder);
  const runs = quick ? 2 : 30;
  say(`cold runs of the same probes: ${runs} each`);
  const times: Record<'vitestRun' | 'nodeTest', number[]> = { vitestRun: [], nodeTest: [] };
  for (let i = 0; i < runs; i++) {
    const folder = folders[i % folders.length]!;
    times.vitestRun.push(await vitestRun(kata, folder));
    times.nodeTest.push(await nodeTest(kata, folder));
  }
  for (const [name, all] of Object.entries(times)) {
    figures[`${name}.p50`] = { value: p50(all), unit: 'ms', n: runs };
    figures[`${name}.p95`] = { value: p95(all), unit: 'ms', n: runs };
  }
}

async function judging(): Promise<void> {
  const kata = (await findKatas()).find((k) => k.id === 'lazy-query')!;
  const [ours, theirs] = quick ? [12, 3] : [200, 20];
  say(`judging: ${ours} submissions in two lanes, beside one vitest run each (${theirs} of them, scaled)`);
  const slow = await vitestRuns(kata, theirs);
  const fast = await judgeAll(kata, ours);
  figures['judging.perSubmission'] = { value: fast, unit: 'ms', n: ours };
  figures['judging.vitestRun'] = { value: slow, unit: 'ms', n: theirs };
  figures['judging.ratio'] = { value: slow / fast, unit: 'ratio', n: ours };
}

await startUp();
await saves();
await coldRuns();
await judging();
if (json) process.stdout.write(`${JSON.stringify({ schema: 'kibitzer/bench@1', figures }, null, 2)}\n`);
else {
  for (const [name, f] of Object.entries(figures)) {
    process.stdout.write(
      `${name.padEnd(26)} ${f.value.toFixed(f.unit === 'ratio' ? 3 : 1).padStart(8)} ${f.unit.padEnd(6)} n=${f.n}\n`,
    );
  }
}
process.exit(0);
