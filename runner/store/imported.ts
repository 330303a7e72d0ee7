import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rung } from '../core/events.ts';
import type { KataSpec } from '../core/kata.ts';
import type { Suite } from '../core/suite.ts';
import type { Kata } from './katas.ts';

/** One kata in the index of an imported track. */
export interface ImportedKata extends Omit<KataSpec, 'order' | 'starter' | 'themes' | 'after' | 'baits'> {
  /** folder below the track's, named by what is in it */
  folder: string;
  /** the rungs that there is something to say on */
  rungs: readonly Rung[];
}

/** `track.json` of an imported track: enough for lists, so that a start reads one file a track. */
export interface TrackIndex {
  schema: typeof TRACK_SCHEMA;
  track: string;
  katas: readonly ImportedKata[];
}

export const TRACK_SCHEMA = 'kibitzer/imported-track@1';
const INDEX = 'track.json';
const SUITE = 'suite.json';
/** Imported katas come after all others. */
const FIRST_ORDER = 100_000;

/** Where imported tracks lie: with the learner's other data. */
export function importedHome(practice: string): string {
  return path.join(practice, '.kibitzer', 'imported');
}

/** Files of an imported kata, by what they are. */
export const importedParts = {
  index: (track: string): string => path.join(track, INDEX),
  brief: (kata: string): string => path.join(kata, 'brief.md'),
  starter: (kata: string): string => path.join(kata, 'starter'),
  tests: (kata: string): string => path.join(kata, 'tests'),
  suite: (kata: string): string => path.join(kata, SUITE),
  solutions: (kata: string): string => path.join(kata, 'solutions'),
};

/**
 * All imported katas, track by track, in the order of their tracks.
 * @returns also a sentence for each track that cannot be read: the others, and kibitzer's own katas, go on without it
 */
export function findImported(practice: string): { katas: Kata[]; problems: string[] } {
  const home = importedHome(practice);
  const katas: Kata[] = [];
  const problems: string[] = [];
  if (!existsSync(home)) return { katas, problems };
  for (const name of readdirSync(home).sort()) {
    const folder = path.join(home, name);
    if (name.startsWith('.') || !existsSync(importedParts.index(folder))) continue;
    const index = readIndex(folder);
    if (index) katas.push(...index.katas.map((k, i) => kataOf(folder, k, FIRST_ORDER + katas.length + i)));
    else
      problems.push(`The imported track in ${folder} cannot be read: import it again, or remove the folder.`);
  }
  return { katas, problems };
}

/** The index of a track; null when there is none that can be read. */
export function readIndex(folder: string): TrackIndex | null {
  try {
    const index = JSON.parse(readFileSync(importedParts.index(folder), 'utf8')) as Partial<TrackIndex>;
    const isWhole =
      index.schema === TRACK_SCHEMA && Array.isArray(index.katas) && index.katas.every((k) => isEntry(k));
    return isWhole ? (index as TrackIndex) : null;
  } catch {
    return null;
  }
}

function isEntry(k: Partial<ImportedKata> | null): boolean {
  const texts = [k?.id, k?.track, k?.promise, k?.entry, k?.symptom, k?.folder];
  return texts.every((t) => typeof t === 'string') && Array.isArray(k?.exports) && Array.isArray(k?.rungs);
}

function kataOf(track: string, k: ImportedKata, order: number): Kata {
  const folder = path.join(track, k.folder);
  return {
    ...k,
    order,
    starter: '',
    themes: [],
    folder,
    solutions: importedParts.solutions(folder),
    probes: importedParts.tests(folder),
    imported: true,
  };
}

/** The tests of an imported kata. */
export function readSuite(kata: Pick<Kata, 'folder'>): Suite {
  return JSON.parse(readFileSync(importedParts.suite(kata.folder), 'utf8')) as Suite;
}
