/** What a learner does, step by step, in a started program; each step waits for its screen. For tests. */
import { expect } from 'vitest';
import type { KnownMistake } from '../core/diagnosis.ts';
import type { MovePlayed } from '../core/events.ts';
import type { Kata, StoredMove } from '../store/katas.ts';
import { entryText, expectedLines, movesOf, referenceText } from './content.ts';
import { start, type Driver, type StartOptions } from './driver.ts';

/** The kata's first screen, with its symptom, watched. */
export async function open(kata: Kata, o: StartOptions = {}): Promise<Driver> {
  const d = start({ args: ['play', kata.id], ...o });
  await d.waitFor('edit and save; every save is a move.');
  await d.waitFor('watching · ');
  return d;
}

/** Saves text as the kata's code. */
export const save = (d: Driver, kata: Kata, text: string | Uint8Array, how?: string): Promise<void> =>
  d.save(kata.id, kata.entry, text, how);

/** Saves code that loses, as move `n`, and waits for its refutation and question. */
export async function lose(
  d: Driver,
  kata: Kata,
  text: string,
  n: number,
): Promise<MovePlayed & { diagnosis: KnownMistake }> {
  await save(d, kata, text);
  await d.waitFor(new RegExp(`${kata.id}(?: · |, )move ${n}\\b`));
  const move = movesOf(d.practice, kata.id).at(-1)!;
  expect(move.move).toBe(n);
  const { diagnosis } = move.judgement;
  if (diagnosis.status !== 'known') throw new Error(`move ${n} shows no known mistake\n${d.scrollback()}`);
  await d.waitFor(diagnosis.question ? '[1-' : 'Belief');
  return { ...move, diagnosis };
}

/** Saves a stored bad move; its mistake must be the one that is named. */
export async function loseWith(
  d: Driver,
  kata: Kata,
  stored: StoredMove,
  n: number,
): ReturnType<typeof lose> {
  const move = await lose(d, kata, entryText(kata, stored.files), n);
  expect(move.diagnosis.mistake).toBe(stored.mistake);
  expect(expectedLines(kata, stored)).toContain(move.diagnosis.at?.line);
  return move;
}

/** Answers the question rightly, or reads on where there is none. Gives the second half of the analysis. */
export async function read(d: Driver, move: { diagnosis: KnownMistake }): Promise<string> {
  const { question } = move.diagnosis;
  d.type(question ? String(question.answer + 1) : ' ');
  if (question) await d.waitFor('Belief');
  return d.waitFor(/watching · .*$/);
}

/** Saves the reference and waits for the review of the won game. */
export async function win(d: Driver, kata: Kata): Promise<string> {
  await save(d, kata, referenceText(kata));
  await d.waitFor(/position\s+100/i);
  return d.waitFor(/watching · .*$/);
}

/** Ends the program with its key. */
export async function quit(d: Driver): Promise<void> {
  d.type('q');
  expect(await d.exitCode()).toBe(0);
}

/** The lines from the first that has `from` to the last before the line at the bottom. */
export function block(text: string, from: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.includes(from));
  const last = lines.findLastIndex((line) => line.includes('watching · '));
  if (first < 0) throw new Error(`${from} is not in\n${text}`);
  return lines
    .slice(first, last < 0 ? undefined : last)
    .join('\n')
    .trimEnd();
}
