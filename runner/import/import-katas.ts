import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { importedHome, readIndex, readSuite, type ImportedKata } from '../store/imported.ts';
import type { Candidate, Found } from './find.ts';
import { Skip, type Skipped } from './found.ts';
import { folderName, isKept, keepKata, scratchIn, writeIndex, writeKata } from './keep.ts';
import { slugOf } from './plain.ts';
import { verify } from './verify.ts';

/** What became of one exercise. */
export interface ImportedRow {
  id: string;
  slug: string;
  status: 'new' | 'updated' | 'unchanged';
  tests: number;
  /** tests that are not played: their author skips them, and the example does not hold them */
  leftOut: readonly string[];
  /** whether an example came with it */
  hasReference: boolean;
}

export interface ImportReport {
  track: string;
  /** absolute path of the folder in which the katas lie now */
  folder: string;
  imported: readonly ImportedRow[];
  /** `kept` when an earlier version of it is there and stays */
  skipped: readonly (Skipped & { kept: boolean })[];
}

/** How many exercises are verified at a time: a few more than there are lanes. */
const AT_ONCE = 4;

/**
 * Imports exercises into a practice folder. What was imported before is brought up to date, and what is in the log of
 * it stays, since ids stay; an exercise that cannot be imported any more is kept as it was.
 * @param progress hears after each exercise how many are through
 */
export async function importKatas(
  found: Found,
  practice: string,
  engine: Engine,
  progress: (done: number, of: number, slug: string) => void,
): Promise<ImportReport> {
  const folder = path.join(importedHome(practice), found.track);
  const before = new Map((readIndex(folder)?.katas ?? []).map((k) => [k.id, k]));
  const scratch = scratchIn(practice);
  const done: (Done | Skipped)[] = [];
  const waiting = [...found.candidates.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, candidate] = next;
      done[i] = await importOne(candidate, { practice, folder, scratch: scratch.folder, engine, before });
      progress(done.filter((d) => d !== undefined).length, found.candidates.length, candidate.slug);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const fresh = done.filter((d): d is Done => 'entry' in d);
    if (fresh.length > 0) writeIndex(practice, folder, found.track, merged(before, fresh, found));
    const skipped = done
      .filter((d): d is Skipped => 'code' in d)
      .map((s) => ({ ...s, kept: before.has(idOf(found.track, s.slug)) }));
    return { track: found.track, folder, imported: fresh.map((f) => f.row), skipped };
  } finally {
    scratch.close();
  }
}

interface Done {
  entry: ImportedKata;
  row: ImportedRow;
}

interface Place {
  practice: string;
  folder: string;
  scratch: string;
  engine: Engine;
  before: ReadonlyMap<string, ImportedKata>;
}

async function importOne(candidate: Candidate, place: Place): Promise<Done | Skipped> {
  try {
    const read = candidate.read();
    const kata = { ...read, slug: slugOf(read.slug) };
    const id = idOf(kata.track, kata.slug);
    const old = place.before.get(id);
    if (old?.folder === folderName(kata) && isKept(place.folder, old.folder))
      return { entry: old, row: rowOf(place, old, 'unchanged') };
    const made = writeKata(place.scratch, kata);
    const verified = await verify(
      place.engine,
      kata,
      path.join(made, 'tests'),
      path.join(place.practice, id),
    );
    const entry = keepKata(place.folder, made, kata, verified);
    return { entry, row: rowOf(place, entry, old ? 'updated' : 'new') };
  } catch (error) {
    if (error instanceof Skip) return { slug: candidate.slug, code: error.code, args: error.args };
    throw error;
  }
}

const idOf = (track: string, slug: string): string => `${track}-${slugOf(slug)}`;

function rowOf(place: Place, entry: ImportedKata, status: ImportedRow['status']): ImportedRow {
  const { probes, leftOut } = readSuite({ folder: path.join(place.folder, entry.folder) });
  const { id, track } = entry;
  return {
    id,
    slug: id.slice(track.length + 1),
    status,
    tests: probes.length,
    leftOut,
    hasReference: entry.rungs.includes('better-approach'),
  };
}

/** The index after an import: in the order of what was imported now, then what was there before. */
function merged(
  before: ReadonlyMap<string, ImportedKata>,
  fresh: readonly Done[],
  found: Found,
): ImportedKata[] {
  const now = new Map(fresh.map((f) => [f.entry.id, f.entry]));
  const isWhole = found.candidates.length > 1;
  const order = [...found.candidates.map((c) => idOf(found.track, c.slug)), ...before.keys()];
  const ids = isWhole ? order : [...before.keys(), ...order];
  return [...new Set(ids)].flatMap((id) => now.get(id) ?? before.get(id) ?? []);
}
