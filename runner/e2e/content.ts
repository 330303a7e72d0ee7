/** What the katas offer to play with, read from the katas themselves, and what the log says was played. For tests. */
import path from 'node:path';
import type { GameEvent, MovePlayed, Stored } from '../core/events.ts';
import { readEventLog } from '../store/event-log.ts';
import {
  findKatas,
  readBook,
  readDesigns,
  readMoves,
  readStarter,
  type Kata,
  type StoredMove,
} from '../store/katas.ts';

export const katas = await findKatas();

/** Stored bad moves of a kata, one for each mistake, in the book's order; none that shows the starter's own mistake. */
export async function badMoves(kata: Kata): Promise<StoredMove[]> {
  const moves = readMoves(kata);
  return (await readBook(kata))
    .filter((mistake) => mistake.id !== kata.starter)
    .flatMap((mistake) => moves.find((move) => move.mistake === mistake.id) ?? []);
}

/** The text of a kata's entry in a set of files. */
export function entryText(kata: Kata, files: Readonly<Record<string, string>>): string {
  const text = files[kata.entry];
  if (text === undefined) throw new Error(`${kata.id} has its code in other files than ${kata.entry}`);
  return text;
}

export const starterText = (kata: Kata): string => entryText(kata, readStarter(kata));
export const referenceText = (kata: Kata): string => entryText(kata, readDesigns(kata)[0]!.files);

/** Number, from 1, of the only line that a stored move's author says is the mistake's. */
export function expectedLines(kata: Kata, move: StoredMove): number[] {
  return entryText(kata, move.files)
    .split('\n')
    .flatMap((line, i) => (line.trim() === move.expect.line ? [i + 1] : []));
}

/** The events of a practice folder, as a later start would read them. */
export function eventsOf(practice: string): readonly (GameEvent & Stored)[] {
  return readEventLog<GameEvent>(path.join(practice, '.kibitzer'));
}

/** The moves played of a kata. */
export function movesOf(practice: string, kata: string): (MovePlayed & Stored)[] {
  return eventsOf(practice).filter((e) => e.type === 'move-played' && e.kata === kata) as (MovePlayed &
    Stored)[];
}
