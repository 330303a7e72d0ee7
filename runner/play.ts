import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decide, retryWon } from './core/decide.ts';
import { nearest } from './core/designs.ts';
import type { Judgement } from './core/events.ts';
import { isOver, type Game, type Move } from './core/game.ts';
import { compare, type Tried } from './core/retry.ts';
import { NOTHING_JUDGED, type Illegality, type Outcome, type Verdict } from './core/verdict.ts';
import type { Diagnosis } from './core/diagnosis.ts';
import type { Engine } from './engine/engine.ts';
import { KibitzerError } from './errors.ts';
import { filesThatHeld } from './held-before.ts';
import { judge, judgeProgram, readMove } from './judging.ts';
import type { Program } from './program/program.ts';
import { readBook, readBrief, readDesigns, readStarter, type Kata } from './store/katas.ts';
import { readFileSync } from 'node:fs';
import type { Workspace } from './workspace.ts';

/** What a save came to. */
export type Played =
  | { is: 'illegal'; illegality: Illegality; text: string | null; output: string }
  | { is: 'same'; move: Move; sameText: boolean; retry: TriedMove | null }
  | { is: 'move'; move: Move; verdict: Verdict; retry: TriedMove | null };

/** What a program is to the position that is played once more. */
export type TriedMove = Tried & { move: number };

type Bytes = ReadonlyMap<string, Uint8Array>;

/** Opens a kata for playing: judges its starter once, so that the first move has a position to be compared with. */
export async function openKata(
  ws: Workspace,
  engine: Engine,
  kata: Kata,
  signal?: AbortSignal,
): Promise<void> {
  if (ws.game(kata.id).start) return;
  const files = readStarter(kata);
  const root = ws.folderOf(kata.id);
  const judged = await judge(engine, kata, await readBook(kata), root, bytesOf(files), signal);
  // an imported starter may be no more than an empty file
  if ('illegality' in judged && !kata.imported) {
    if (!judged.program)
      throw new Error(`the starter of ${kata.id} is illegal: ${judged.illegality.message}`);
    throw new KibitzerError(
      'STARTER_NOT_JUDGED',
      `the starter of ${kata.id} could not be judged: ${judged.illegality.message}`,
      'if the machine was very busy, try again; otherwise `kibitzer doctor` looks for the cause',
    );
  }
  ws.append([
    {
      type: 'kata-opened',
      kata: kata.id,
      version: versionOf(kata),
      hash: judged.program?.hash ?? '',
      files: ws.snapshots.save(files),
      starter:
        'illegality' in judged
          ? judgementOf(ws, NOTHING_JUDGED, { status: 'none' })
          : judgementOf(ws, judged.verdict, judged.diagnosis),
      ...(kata.rungs ? { rungs: kata.rungs } : {}),
    },
  ]);
}

/**
 * Plays what lies in the kata's folder. Nothing is stored for illegal files and for programs played before; a move is
 * on the disk, its files first, before this returns. When the signal aborts, nothing is stored.
 */
export async function playFiles(
  ws: Workspace,
  engine: Engine,
  kata: Kata,
  files: Bytes,
  signal?: AbortSignal,
): Promise<Played> {
  const read = readMove(kata, files);
  if ('illegality' in read) {
    const { illegality } = read;
    return {
      is: 'illegal',
      illegality,
      text: textOf(files, illegality.frame?.file ?? kata.entry),
      output: '',
    };
  }
  const { program } = read;
  await openKata(ws, engine, kata, signal);
  const known = programPlayed(ws, kata, program, files);
  if (known) return known;
  const judging = judgeProgram(
    engine,
    kata,
    await readBook(kata),
    ws.folderOf(kata.id),
    program,
    signal,
    (probe) => filesThatHeld(ws, kata.id, probe),
  );
  const [judged, saved] = await Promise.all([judging, afterwards(() => ws.snapshots.save(textsOf(files)))]);
  signal?.throwIfAborted();
  if ('illegality' in judged) {
    const { illegality } = judged;
    return {
      is: 'illegal',
      illegality,
      text: program.sources[illegality.frame?.file ?? kata.entry] ?? null,
      output: judged.verdict?.output ?? '',
    };
  }
  const game = ws.game(kata.id);
  const decision = decide(game, {
    do: 'play',
    hash: program.hash,
    statements: program.statements,
    files: saved,
    judgement: judgementOf(ws, judged.verdict, judged.diagnosis),
    ...(judged.verdict.kind === 'won' ? { nearest: nearestDesign(kata, program) } : {}),
  });
  if ('refused' in decision) throw new Error(`a new program was refused: ${decision.refused.code}`);
  ws.append(decision.events);
  if (isOver(ws.game(kata.id))) unlockSolutions(ws, kata);
  const move = ws.game(kata.id).moves.at(-1)!;
  return { is: 'move', move, verdict: judged.verdict, retry: triedMove(game, move) };
}

/** Does what waits for the disk once the engine, a process of its own, has got the move. */
function afterwards<T>(work: () => T): Promise<T> {
  return new Promise((done, fail) => {
    setImmediate(() => {
      try {
        done(work());
      } catch (error) {
        fail(error as Error);
      }
    });
  });
}

function programPlayed(ws: Workspace, kata: Kata, program: Program, files: Bytes): Played | null {
  const game = ws.game(kata.id);
  const moves = [game.start!, ...game.moves].filter((m) => m.hash === program.hash);
  const move = moves.at(-1);
  if (!move) return null;
  const texts = textsOf(files);
  const before = ws.snapshots.load(move.files);
  const sameText = Object.keys({ ...texts, ...before }).every((f) => texts[f] === before[f]);
  const retry = triedMove(game, move);
  const won = retryWon(game, move.n, move);
  if (won.length > 0) ws.append(won);
  return { is: 'same', move, sameText, retry };
}

/** @param game as it was before the program was played */
function triedMove(game: Game, move: Move): TriedMove | null {
  const { retrying } = game;
  return retrying === null ? null : { move: retrying, ...compare(game, retrying, move) };
}

function nearestDesign(kata: Kata, program: Program): { design: string; isReference: boolean } | undefined {
  const design = nearest(program.sources, readDesigns(kata));
  return design ? { design: design.name, isReference: design.isReference } : undefined;
}

/** The accepted designs become files beside the learner's own, in a hidden folder that is not watched. */
export function unlockSolutions(ws: Workspace, kata: Kata): string {
  const folder = path.join(ws.folderOf(kata.id), '.solutions');
  for (const design of readDesigns(kata)) {
    for (const [file, text] of Object.entries(design.files)) {
      const target = path.join(folder, design.name, file);
      if (existsSync(target)) continue;
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  return folder;
}

/** A verdict as the log keeps it; the whole of it goes into a snapshot. */
function judgementOf(ws: Workspace, verdict: Verdict, diagnosis: Diagnosis): Judgement {
  const { evidence } = ws.snapshots.save({ evidence: JSON.stringify(verdict) });
  const outcomes: Record<string, Outcome> = {};
  const messages: Record<string, string> = {};
  for (const r of verdict.results) {
    if (r.role === 'sorter' || r.role === 'merit') continue;
    outcomes[r.probe] = r.outcome;
    if (r.message !== undefined && r.outcome !== 'held') messages[r.probe] = r.message;
  }
  return {
    verdict: verdict.kind as Judgement['verdict'],
    position: verdict.position,
    outcomes,
    messages,
    diagnosis,
    evidence: evidence!,
  };
}

/** Changes when anything that decides a verdict, or the brief, changes. */
function versionOf(kata: Kata): string {
  const hash = createHash('sha256').update(readBrief(kata));
  for (const file of kata.imported ? ['suite.json'] : ['probes.ts', 'mistakes.ts', 'kata.ts'])
    hash.update(readFileSync(path.join(kata.folder, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Files as bytes, as they come from a disk. */
export function bytesOf(files: Readonly<Record<string, string>>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)]));
}

function textsOf(files: Bytes): Record<string, string> {
  return Object.fromEntries([...files].map(([file, bytes]) => [file, Buffer.from(bytes).toString('utf8')]));
}

function textOf(files: Bytes, file: string): string | null {
  const bytes = files.get(file);
  return bytes ? Buffer.from(bytes).toString('utf8') : null;
}
