import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { result } from '../../core/testing.ts';
import type { Outcome, Verdict } from '../../core/verdict.ts';
import type { Engine, Position } from '../../engine/engine.ts';
import { cacheFolder } from './cache-folder.ts';
import { Fingerprint } from './fingerprint.ts';
import { rememberingEngine } from './remembering-engine.ts';
import { MemoryStore, VerdictStore, type VerdictMemory } from './verdict-store.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'kibitzer-memory-'));
  mkdirSync(path.join(home, 'kata', 'moves'), { recursive: true });
  write('kata/probes.ts', `import { LIMIT } from './limits/limit.ts';\n`);
  write('kata/limits/limit.ts', `export const LIMIT = 1;\n`);
  write('kata/mistakes.ts', 'export const mistakes = [];\n');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
  writeFileSync(path.join(home, file), text);
}

/** An engine that counts what it is asked to judge. */
function counting(outcome: Outcome = 'held', onJudge = (): void => {}) {
  const judged: Position[] = [];
  const closed: number[] = [];
  let started = 0;
  const start = (): Engine => {
    const number = ++started;
    return {
      async judge(position) {
        judged.push(position);
        onJudge();
        const verdict: Verdict = {
          kind: outcome === 'held' ? 'won' : 'lost',
          position: 100,
          results: [result('works', outcome)],
          illegality: null,
          ended: null,
          output: '',
          durationMs: judged.length,
        };
        return verdict;
      },
      close: () => void closed.push(number),
    };
  };
  return { start, judged, closed, started: () => started };
}

const position = (more: Partial<Position> = {}): Position => ({
  root: '/move',
  entry: 'main.ts',
  sources: { 'main.ts': 'export const a = 1;' },
  probes: path.join(home, 'kata', 'probes.ts'),
  ...more,
});

const memories: [name: string, open: () => VerdictMemory][] = [
  ['in memory', () => new MemoryStore()],
  ['on disk', () => new VerdictStore(path.join(home, 'verdicts'))],
];

describe.each(memories)('verdicts remembered %s', (_name, open) => {
  test('are given again, by an engine that was not even started', async () => {
    const memory = open();
    const first = counting();
    const said = await rememberingEngine(first.start, memory).judge(position());
    const second = counting();
    expect(await rememberingEngine(second.start, memory).judge(position())).toEqual(said);
    expect([first.started(), second.started()]).toEqual([1, 0]);
  });

  test.each<[string, Partial<Position>]>([
    ['the code', { sources: { 'main.ts': 'export const a = 2;' } }],
    ['the seed', { seed: 2 }],
    ['the zone', { zone: 'Asia/Tokyo' }],
    ['the order', { order: 1 }],
    ['the entry', { entry: 'other.ts' }],
    ['the folder, which messages may name', { root: '/elsewhere' }],
  ])('are judged anew when %s is another', async (_what, more) => {
    const engine = counting();
    const remembering = rememberingEngine(engine.start, open());
    await remembering.judge(position());
    await remembering.judge(position(more));
    await remembering.judge(position(more));
    expect(engine.judged).toHaveLength(2);
  });

  test.each([
    ['the probes', 'kata/probes.ts', `import './limits/limit.ts';\n`],
    ['what the probes import', 'kata/limits/limit.ts', 'export const LIMIT = 2;\n'],
    ['a file the probes could read', 'kata/rows.csv', 'a,b\n'],
  ])('are judged anew, by a new engine, when %s changes', async (_what, file, text) => {
    const engine = counting();
    const remembering = rememberingEngine(engine.start, open());
    await remembering.judge(position());
    write(file, text);
    await remembering.judge(position());
    expect([engine.judged.length, engine.started(), engine.closed]).toEqual([2, 2, [1]]);
  });

  test('stay when only the book, the cards or a stored move change, or a file is only touched', async () => {
    const engine = counting();
    const remembering = rememberingEngine(engine.start, open());
    await remembering.judge(position());
    for (const file of ['mistakes.ts', 'cards.ts', 'brief.md', 'moves/a/b/main.ts'])
      write(`kata/${file}`, '// new\n');
    utimesSync(path.join(home, 'kata', 'probes.ts'), new Date(), new Date());
    await remembering.judge(position());
    expect(engine.judged).toHaveLength(1);
  });

  test('are not kept when the probes changed while they were judged', async () => {
    const engine = counting('held', () => write('kata/probes.ts', `// ${Math.random()}\n`));
    const memory = open();
    await rememberingEngine(engine.start, memory).judge(position());
    await rememberingEngine(engine.start, memory).judge(position());
    expect(engine.judged).toHaveLength(2);
  });

  test('are not kept when a busy machine may have spoilt them', async () => {
    const engine = counting('timed-out');
    const remembering = rememberingEngine(engine.start, open());
    await remembering.judge(position());
    await remembering.judge(position());
    expect(engine.judged).toHaveLength(2);
  });
});

test('a verdict on disk that is damaged, or is another one’s, is judged anew', async () => {
  const folder = path.join(home, 'verdicts');
  const engine = counting();
  const play = () => rememberingEngine(engine.start, new VerdictStore(folder)).judge(position());
  await play();
  const [file] = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const full = path.join(file!.parentPath, file!.name);
  writeFileSync(full, 'not a verdict');
  await play();
  expect(engine.judged).toHaveLength(2);
  const store = new VerdictStore(folder);
  store.save('ab', (await play()) as Verdict);
  expect(store.load('ab')).not.toBeNull();
  rmSync(path.dirname(full), { recursive: true });
  expect(store.load('a-key-that-was-never-saved')).toBeNull();
});

test('verdicts that nobody asked for in a week are removed', () => {
  const folder = path.join(home, 'verdicts');
  const store = new VerdictStore(folder);
  store.save('aa1', { kind: 'won', results: [result('works')] } as unknown as Verdict);
  store.save('bb1', { kind: 'won', results: [result('works')] } as unknown as Verdict);
  const long = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(path.join(folder, 'aa', '1.gz'), long, long);
  const later = new VerdictStore(folder);
  expect([later.load('aa1'), later.load('bb1')?.kind]).toEqual([null, 'won']);
});

test('the runner’s own sources have a fingerprint that stays while they do', () => {
  const [one, two] = [Fingerprint.ofEngine(), Fingerprint.ofEngine()];
  expect(one.digest).toBe(two.digest);
  expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('a cache lies in the checkout, else in the user’s cache, else nowhere', () => {
  expect(cacheFolder('test-only')).toMatch(/node_modules\/\.cache\/kibitzer\/test-only$/);
  rmSync(cacheFolder('test-only')!, { recursive: true });
  const closed = path.join(home, 'a-file');
  writeFileSync(closed, '');
  expect(cacheFolder('x', { XDG_CACHE_HOME: path.join(home, 'user') }, closed)).toBe(
    path.join(home, 'user', 'kibitzer', 'x'),
  );
  expect(cacheFolder('x', { XDG_CACHE_HOME: closed }, closed)).toBeNull();
});
