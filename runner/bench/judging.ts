import { vitestRun } from './cold-runs.ts';
import { createLanes } from '../engine/lanes.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { readBook, readDesigns, readMoves, type Kata } from '../store/katas.ts';

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
