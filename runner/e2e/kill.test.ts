import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { GameEvent, Stored } from '../core/events.ts';
import { replay } from '../core/game.ts';
import { ladderOf } from '../core/ladder.ts';
import { openSnapshots } from '../store/snapshots.ts';
import { badMoves, entryText, eventsOf, katas, referenceText } from './content.ts';
import { practiceFolder, run, until } from './driver.ts';
import { open, save } from './steps.ts';

const ROUNDS = 20;
const BIN = fileURLToPath(new URL('../bin.mjs', import.meta.url));
const kata = katas[0]!;
const bad = (await badMoves(kata)).map((move) => entryText(kata, move.files));

/** A learner who saves again and again, and a program that is killed meanwhile. */
interface Game {
  practice: string;
  /** texts by the number of their save; each is a program of its own */
  saved: string[];
  /** every event that the program has claimed, over all rounds */
  acknowledged: Extract<GameEvent, { type: string }>[];
  level: number;
}

function watch(practice: string): {
  child: ChildProcess;
  errors: () => string;
  onEvent(listener: (event: GameEvent) => void): void;
  ended: Promise<void>;
} {
  const child = spawn(process.execPath, [BIN, 'watch', '--json'], {
    env: { ...process.env, KIBITZER_PRACTICE: practice },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  let listen: (event: GameEvent) => void = () => {};
  readline.createInterface({ input: child.stdout! }).on('line', (line) => {
    try {
      listen(JSON.parse(line) as GameEvent);
    } catch {
      // a line that the kill cut off was never a claim
    }
  });
  return {
    child,
    errors: () => errors,
    onEvent: (listener) => void (listen = listener),
    ended: new Promise((done) => child.on('close', () => done())),
  };
}

/** One round: start, save, kill at a random moment. */
async function round(game: Game): Promise<void> {
  const { practice, saved, acknowledged } = game;
  const w = watch(practice);
  const file = path.join(practice, kata.id, kata.entry);
  const kill = (): void => void w.child.kill('SIGKILL');
  const saveNext = (): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    const n = saved.length;
    saved.push(`${bad[n % bad.length]!}\nexport const save${n} = ${n};\n`);
    writeFileSync(file, saved[n]!);
  };
  // the moment: some time after the start or, more often, after an event was claimed
  const afterEvent = Math.random() < 0.7 ? 1 + Math.floor(Math.random() * 3) : Infinity;
  const timers = [setTimeout(kill, afterEvent === Infinity ? Math.random() * 2500 : 15_000)];
  let events = 0;
  saveNext();
  w.onEvent((event) => {
    acknowledged.push(event);
    if (++events === afterEvent) timers.push(setTimeout(kill, Math.random() * 400));
    // the next save comes while the program still draws, and sometimes another one while that is judged
    timers.push(setTimeout(saveNext, Math.random() * 60));
    if (Math.random() < 0.3) timers.push(setTimeout(saveNext, 60 + Math.random() * 200));
  });
  await w.ended;
  timers.forEach(clearTimeout);
  // no lock is left behind, the log is never refused
  expect(w.errors()).toBe('');
}

/** Everything that was claimed is in the log, with its files; what is open follows from the log. */
function nothingLost(game: Game): void {
  const events = eventsOf(game.practice);
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  const snapshots = openSnapshots(path.join(game.practice, '.kibitzer'));
  let at = 0;
  for (const claimed of game.acknowledged) {
    const plain = ({ seq: _s, at: _a, ...event }: GameEvent & Stored): GameEvent => event as GameEvent;
    const { schema: _, ...wanted } = claimed as GameEvent & { schema?: string };
    at = events.findIndex((e, i) => i >= at && JSON.stringify(plain(e)) === JSON.stringify(wanted)) + 1;
    expect(at, `${claimed.type} was claimed and is not in the log`).toBeGreaterThan(0);
    if (claimed.type !== 'move-played') continue;
    const text = snapshots.load(claimed.files)[kata.entry]!;
    expect(game.saved).toContain(text);
    expect(snapshots.load({ evidence: claimed.judgement.evidence })['evidence']).toContain('"results"');
  }
  const state = replay(events).games[kata.id];
  const level = state?.level ?? 0;
  expect(level).toBeGreaterThanOrEqual(game.level);
  game.level = level;
  if (state) expect(ladderOf(state, 0).open).toHaveLength(level);
}

test('kill -9 at twenty random moments loses no claimed move', { timeout: 150_000 }, async () => {
  // two learners at once: there is nothing that they share
  await Promise.all([play(), play()]);
});

async function play(): Promise<void> {
  const game: Game = { practice: practiceFolder(), saved: [], acknowledged: [], level: 0 };
  for (let n = 1; n <= ROUNDS / 2; n++) {
    await round(game);
    nothingLost(game);
    // now and then an analysis is read, which opens rungs
    if (n % 3 !== 0 || !game.acknowledged.some((e) => e.type === 'move-played')) continue;
    const before = game.level;
    const read = await run(['analysis', kata.id, '--skip', '--json'], { practice: game.practice });
    expect(read.stderr).toBe('');
    expect(read.code).toBe(0);
    nothingLost(game);
    expect(game.level).toBeGreaterThanOrEqual(Math.max(before, 1));
  }
  expect(game.acknowledged.filter((e) => e.type === 'move-played').length).toBeGreaterThan(2);
  // the next start works at once
  writeFileSync(path.join(game.practice, kata.id, kata.entry), referenceText(kata));
  const won = await run(['run', kata.id, '--json'], { practice: game.practice });
  expect(won.stderr).toBe('');
  expect(JSON.parse(won.stdout)).toMatchObject({ verdict: 'won' });
}

test.runIf(process.platform === 'linux')(
  'a killed runner leaves no process behind, not even one in an endless loop',
  { timeout: 90_000 },
  async () => {
    const marker = mkdtempSync(path.join(tmpdir(), 'kibitzer-marker-'));
    onTestFinished(() => rmSync(marker, { recursive: true, force: true }));
    const left = (): string[] =>
      readdirSync('/proc').filter((pid) => {
        try {
          return (
            /^\d+$/.test(pid) &&
            readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`TMPDIR=${marker}`)
          );
        } catch {
          return false; // ended meanwhile, or not ours to look at
        }
      });
    const d = await open(kata, { env: { TMPDIR: marker } });
    await save(d, kata, `for (;;);\n${referenceText(kata)}`);
    await d.waitFor(`judging ${kata.id}`);
    expect(left().length).toBeGreaterThan(1);
    d.kill('SIGKILL');
    expect(await d.exitCode()).toBe(137);
    await until(() => left().length === 0, 'the processes of a killed runner end', 30_000).catch(
      (error: unknown) => {
        for (const pid of left()) process.kill(Number(pid), 'SIGKILL');
        throw error;
      },
    );
  },
);
