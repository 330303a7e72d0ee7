import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GameEvent } from './core/events.ts';
import { evolve, gameOf, replay, type Game, type Progress } from './core/game.ts';
import { KibitzerError } from './errors.ts';
import { explainCode } from './store/disk.ts';
import { openEventLog, readEventLog } from './store/event-log.ts';
import { findImported } from './store/imported.ts';
import { findKatas, type Kata } from './store/katas.ts';
import { acquireLock, heldSentence } from './store/lock.ts';
import { preparePractice } from './store/practice.ts';
import { openSnapshots, type Snapshots } from './store/snapshots.ts';
import { sweepTemporaryFiles } from './store/atomic-file.ts';

/** Where kibitzer's own files and the learner's lie. */
export interface Places {
  /** folder with katas/ and solutions/ */
  home: string;
  /** the learner's practice folder, absolute */
  practice: string;
}

/** A practice folder with its katas and everything the log says. */
export interface Workspace extends Places {
  readonly katas: readonly Kata[];
  readonly progress: Progress;
  readonly snapshots: Snapshots;
  /** sentences the person at the screen should read once: a torn log was repaired, the folder is read-only … */
  readonly notices: readonly string[];
  /** why the last events are in memory only, or null */
  readonly unsaved: string | null;
  game(kata: string): Game;
  /** @throws KATA_NOT_FOUND */
  kata(id: string): Kata;
  /** stores events, flushed, then folds them into `progress`; throws in a workspace that was opened to read */
  append(events: readonly GameEvent[]): void;
  /** learner's folder of a kata */
  folderOf(kata: string): string;
  close(): void;
}

const HOME = fileURLToPath(new URL('../', import.meta.url));

/** KIBITZER_PRACTICE, or practice/ beside the katas. */
export function places(): Places {
  return { home: HOME, practice: path.resolve(process.env.KIBITZER_PRACTICE || path.join(HOME, 'practice')) };
}

/** Opens the practice folder for commands that only report: no lock, nothing is created or changed. */
export async function readWorkspace(at: Places = places()): Promise<Workspace> {
  const store = path.join(at.practice, '.kibitzer');
  const progress = replay(readEventLog<GameEvent>(store));
  const { katas, problems } = await allKatas(at);
  return workspace(at, katas, openSnapshots(store), () => progress, problems, {
    unsaved: () => null,
    append: () => {
      throw new Error('this workspace was opened to read');
    },
    close: () => {},
  });
}

/**
 * Opens the practice folder for playing: takes the lock, repairs a torn log, makes what is missing.
 * @throws ALREADY_RUNNING when another kibitzer holds the folder; LOG_DAMAGED, LOG_TOO_NEW
 */
export async function openWorkspace(at: Places = places()): Promise<Workspace> {
  const store = path.join(at.practice, '.kibitzer');
  const notices: string[] = [];
  try {
    preparePractice(at.practice);
  } catch (error) {
    if (!(error instanceof KibitzerError)) throw error;
    notices.push(error.message.replace('\n', ': '));
  }
  // the lock comes first: opening the log repairs a torn end, which must not be another kibitzer's half-written line
  const lock = acquireLock(store);
  if ('heldBy' in lock) {
    throw new KibitzerError(
      'ALREADY_RUNNING',
      heldSentence(lock.heldBy),
      'use that one, or end it with q; commands that only show something work beside it',
    );
  }
  const log = openEventLog<GameEvent>(store);
  if (log.repaired) notices.push(log.repaired.message);
  sweepTemporaryFiles(store);
  const snapshots = openSnapshots(store);
  let progress = replay(log.events);
  const { katas, problems } = await allKatas(at);
  notices.push(...problems);
  return workspace(at, katas, snapshots, () => progress, notices, {
    unsaved() {
      const code = log.unsaved ?? snapshots.unsaved;
      return code === null ? null : explainCode(code);
    },
    append(events) {
      for (const event of events) progress = evolve(progress, log.append(event));
    },
    close() {
      snapshots.flush();
      log.close();
      lock.release();
    },
  });
}

/** kibitzer's own katas, then those that the learner imported. */
async function allKatas(at: Places): Promise<{ katas: Kata[]; problems: string[] }> {
  const imported = findImported(at.practice);
  return { katas: [...(await findKatas(at.home)), ...imported.katas], problems: imported.problems };
}

function workspace(
  at: Places,
  katas: readonly Kata[],
  snapshots: Snapshots,
  progress: () => Progress,
  notices: readonly string[],
  o: { unsaved(): string | null; append(events: readonly GameEvent[]): void; close(): void },
): Workspace {
  return {
    ...at,
    katas,
    snapshots,
    notices,
    get progress() {
      return progress();
    },
    get unsaved() {
      return o.unsaved();
    },
    game: (id) => gameOf(progress(), id),
    kata: (id) => findKata(katas, id),
    append: o.append,
    folderOf: (id) => path.join(at.practice, id),
    close: o.close,
  };
}

function findKata(katas: readonly Kata[], id: string): Kata {
  // an imported kata also goes by its name without the track's, while that is the only one
  const called = katas.filter((k) => k.id === id || (k.imported && k.id === `${k.track}-${id}`));
  const kata = called.find((k) => k.id === id) ?? (called.length === 1 ? called[0] : undefined);
  if (kata) return kata;
  const near = katas
    .filter((k) => k.id.includes(id) || id.includes(k.id) || k.id[0] === id[0])
    .map((k) => k.id);
  throw new KibitzerError(
    'KATA_NOT_FOUND',
    `there is no kata “${id}”`,
    near.length > 0
      ? `did you mean ${near.join(' or ')}? \`kibitzer list\` shows all`
      : '`kibitzer list` shows all katas',
  );
}

/** The kata to go on with: the one chosen last unless it is won, else the first that is not won, else the first. */
export function currentKata(ws: Pick<Workspace, 'katas' | 'progress' | 'game'>): Kata {
  const chosen = ws.katas.find((k) => k.id === ws.progress.chosen);
  if (chosen) return chosen;
  const first = ws.katas.find((k) => ws.game(k.id).wonAt === null) ?? ws.katas[0];
  if (!first)
    throw new KibitzerError(
      'NO_KATAS',
      'no katas were found',
      'is the checkout complete? `git status` tells',
    );
  return first;
}

/**
 * The kata that a command is about: the one that is named, else the one at hand.
 * @throws KATA_NOT_FOUND
 */
export function kataAtHand(ws: Workspace, id: string | undefined): Kata {
  return id === undefined ? currentKata(ws) : ws.kata(id);
}

/** The kata offered after a win: the next on the ladder that is not over; null when all are. */
export function nextKata(ws: Pick<Workspace, 'katas' | 'game'>, after: string): Kata | null {
  const at = ws.katas.findIndex((k) => k.id === after);
  const order = [...ws.katas.slice(at + 1), ...ws.katas.slice(0, at)];
  return order.find((k) => ws.game(k.id).wonAt === null && !ws.game(k.id).resigned) ?? null;
}
