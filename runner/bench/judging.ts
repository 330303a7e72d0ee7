import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLanes } from '../engine/lanes.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { readBook, readDesigns, readMoves, type Kata } from '../store/katas.ts';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const LANES = 2;

interface Submission {
  folder: string;
  files: Record<string, string>;
}

/** As many submissions as asked for: the kata's stored moves and designs in turn, each a program of its own. */
function submissions(kata: Kata, count: number): Submission[] {
  const all: Submission[] = [...readMoves(kata), ...readDesigns(kata)];
  return Array.from({ length: count }, (_, i) => {
    const { folder, files } = all[i % all.length]!;
    const entry = `${files[kata.entry]}\nexport const submission = ${i};\n`;
    return { folder, files: { ...files, [kata.entry]: entry } };
  });
}

/** Milliseconds per submission, judged by the engine in two lanes. */
export async function judgeAll(kata: Kata, count: number): Promise<number> {
  const book = await readBook(kata);
  const engine = createLanes(LANES);
  try {
    const since = performance.now();
    await Promise.all(
      submissions(kata, count).map(({ folder, files }) => judge(engine, kata, book, folder, bytesOf(files))),
    );
    return (performance.now() - since) / count;
  } finally {
    engine.close();
  }
}

/** Milliseconds per submission with one `vitest run` each, two at a time. */
export async function vitestRuns(kata: Kata, count: number): Promise<number> {
  const folders = submissions(kata, count).map((s) => s.folder);
  const since = performance.now();
  const lane = async (): Promise<void> => {
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
      await vitestRun(kata, folder);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return (performance.now() - since) / count;
}

/** One cold `vitest run` of a kata's probes, in milliseconds. */
export function vitestRun(kata: Kata, folder: string): Promise<number> {
  const since = performance.now();
  return new Promise((done, fail) => {
    const args = ['run', '-c', path.join(HOME, 'vitest.katas.config.ts'), path.relative(HOME, kata.probes)];
    const child = spawn(process.execPath, [path.join(HOME, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: HOME,
      stdio: 'ignore',
      env: { ...process.env, KIBITZER_MOVE: folder, KIBITZER_ENTRY: kata.entry },
    });
    child.on('error', fail);
    child.on('exit', () => done(performance.now() - since));
  });
}
