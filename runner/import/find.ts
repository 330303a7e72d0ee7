import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { KibitzerError } from '../errors.ts';
import { readExercise } from './exercise.ts';
import type { FoundKata } from './found.ts';
import { readTrackMetadata, type TrackMetadata } from './metadata.ts';
import { isPlainFolder, readPlainFolder, slugOf } from './plain.ts';

/** Something in a folder that may become a kata. `read` throws Skip when it cannot. */
export interface Candidate {
  slug: string;
  read(): FoundKata;
}

export interface Found {
  track: string;
  candidates: Candidate[];
}

export interface FindOptions {
  /** name of the track; by default what the folder says of itself */
  track?: string | undefined;
  /** folder with the solution of a plain folder, absolute */
  solution?: string | undefined;
}

const EXERCISES = ['exercises/concept', 'exercises/practice'];
const isExercise = (folder: string): boolean => existsSync(path.join(folder, '.meta'));

/**
 * Finds what can be imported in a folder: a checked-out track, a folder of its exercises, one exercise, or a folder
 * with source and test files.
 * @throws NOT_FOUND, NOTHING_TO_IMPORT
 */
export function findCandidates(folder: string, o: FindOptions = {}): Found {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new KibitzerError(
      'NOT_FOUND',
      `there is no folder ${folder}`,
      'give the folder of a track, of one exercise, or of tests',
    );
  if (isExercise(folder)) {
    const metadata = readTrackMetadata(path.resolve(folder, '../../..'));
    const track = trackName(o, metadata, folder);
    return { track, candidates: [exercise(folder, track, metadata)] };
  }
  const folders = [folder, ...EXERCISES.map((f) => path.join(folder, f))]
    .flatMap(foldersIn)
    .filter(isExercise);
  if (folders.length > 0) {
    const metadata = readTrackMetadata(folder) ?? readTrackMetadata(path.resolve(folder, '../..'));
    const track = trackName(o, metadata, folders[0]!);
    return { track, candidates: inOrder(folders, metadata).map((f) => exercise(f, track, metadata)) };
  }
  if (isPlainFolder(folder)) {
    const track = slugOf(o.track ?? 'imported');
    const read = (): FoundKata => readPlainFolder(folder, track, o.solution);
    return { track, candidates: [{ slug: slugOf(path.basename(folder)), read }] };
  }
  throw new KibitzerError(
    'NOTHING_TO_IMPORT',
    `nothing in ${folder} can be imported`,
    'give a checked-out Exercism track, one of its exercises, or a folder with *.test.ts or *.spec.js files (no JSX)',
  );
}

function exercise(folder: string, track: string, metadata: TrackMetadata | null): Candidate {
  const slug = path.basename(folder);
  const listed = listOf(metadata).find((e) => e.slug === slug);
  return {
    slug,
    read: () => readExercise(folder, { track, name: listed?.name, difficulty: listed?.difficulty }),
  };
}

const listOf = (metadata: TrackMetadata | null): TrackMetadata['exercises']['practice'] =>
  metadata ? [...metadata.exercises.concept, ...metadata.exercises.practice] : [];

/** In the track's own order; what it does not list comes last. */
function inOrder(folders: readonly string[], metadata: TrackMetadata | null): string[] {
  const order = new Map(listOf(metadata).map((e, i) => [e.slug, i]));
  const place = (folder: string): number => order.get(path.basename(folder)) ?? Infinity;
  return folders.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** What the track calls itself; failing that, the language of the files. */
function trackName(o: FindOptions, metadata: TrackMetadata | null, exercise: string): string {
  if (o.track !== undefined) return slugOf(o.track);
  if (metadata?.slug !== undefined) return slugOf(metadata.slug);
  return readdirSync(exercise).some((name) => name.endsWith('.ts')) ? 'typescript' : 'javascript';
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => path.join(folder, e.name));
}
