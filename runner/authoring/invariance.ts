import type { Frame } from '../core/facts.ts';
import type { Ran } from './judged.ts';
import type { Report } from './problem.ts';
import { chained, type Skip, type Subject, type Variant } from './variants/variant.ts';
import { WAYS, type Conditions, type Run, type Way } from './variants/ways.ts';

/** Judges files under conditions; those left out are the usual ones. */
export type Play = (files: Subject['files'], conditions: Partial<Conditions>) => Promise<Ran>;

/** What the first run came to. */
export interface First {
  ran: Ran;
  /** text of lines that may be pointed at beside the one that was */
  also: readonly string[];
}

/** A way in which a program could not be written. */
export interface Skipped {
  where: string;
  way: Way;
  why: Skip;
}

interface Trial {
  ways: readonly Way[];
  conditions: Partial<Conditions>;
}

/** How two runs differ: in what is said, in where it points, or in what was seen on the way. */
interface Difference {
  in: 'diagnosis' | 'place' | 'vector';
  was: string;
  is: string;
}

/**
 * Plays a program again: in another order, with other seeds, in other time zones, written in other ways; outcomes,
 * observations and diagnosis must be those of the first run. What differs is reported by its cause alone, where one
 * cause is enough.
 * @param runs how it is played again
 * @param through called after each of them
 */
export async function checkInvariance(
  where: string,
  subject: Subject,
  first: First,
  runs: readonly Run[],
  play: Play,
  report: Report,
  through: () => void,
): Promise<Skipped[]> {
  const skipped: Skipped[] = [];
  // each run has its own order, seed and zone: one of a kind is enough to be told
  const told = new Set<unknown>();
  const tell: Report = (code, at, args = {}) => {
    if (!told.has(args.cause)) report(code, at, args);
    told.add(args.cause);
  };
  const trial = async ({ ways, conditions }: Trial): Promise<Difference | null> => {
    const variant = write(subject, ways);
    if ('skipped' in variant) throw new Error(`${where} could be written so before: ${ways.join(', ')}`);
    return difference(subject, first, await play(variant.files, conditions), variant);
  };
  for (const { ways, conditions } of runs) {
    const possible = ways.filter((way) => {
      const why = write(subject, [way]);
      if ('skipped' in why) skipped.push({ where, way, why });
      return !('skipped' in why);
    });
    // ways that can each be taken may still not go together
    const together = possible.reduce<Way[]>(
      (ways, way) => ('skipped' in write(subject, [...ways, way]) ? ways : [...ways, way]),
      [],
    );
    const differs = await trial({ ways: together, conditions });
    if (differs) await blame({ ways: together, conditions }, differs, trial, tell, where);
    through();
  }
  return skipped;
}

function write(subject: Subject, ways: readonly Way[]): Variant | Skip {
  return chained(ways.map((way) => WAYS[way]))(subject);
}

/** Plays each cause of a difference alone, and reports those that differ by themselves; else the whole. */
async function blame(
  whole: Trial,
  differs: Difference,
  trial: (t: Trial) => Promise<Difference | null>,
  report: Report,
  where: string,
): Promise<void> {
  const { seed, zone, order } = whole.conditions;
  const conditions: [cause: string, conditions: Partial<Conditions>][] = [
    ['order', { order: order! }],
    ['seed', { seed: seed! }],
    ['zone', { zone: zone! }],
  ];
  let explained = false;
  for (const [cause, one] of conditions) {
    const alone = await trial({ ways: [], conditions: one });
    if (!alone) continue;
    explained = true;
    report('unstable', where, { cause, ...alone });
  }
  for (const way of whole.ways) {
    const alone = await trial({ ways: [way], conditions: {} });
    if (!alone) continue;
    explained = true;
    // a program written otherwise may do other things on the way, as long as the same is said about it
    if (alone.in !== 'vector') report('variant-differs', where, { cause: way, ...alone });
  }
  if (explained) return;
  const again = await trial(whole);
  if (!again) report('unstable', where, { cause: 'chance', ...differs });
  else if (again.in !== 'vector' || whole.ways.length === 0)
    report('variant-differs', where, {
      cause: [...whole.ways, 'order', 'seed', 'zone'].join(' + '),
      ...again,
    });
}

function difference(subject: Subject, first: First, second: Ran, variant: Variant): Difference | null {
  const [was, is] = [diagnosisOf(first.ran), diagnosisOf(second)];
  if (was !== is) return { in: 'diagnosis', was, is };
  const from = pointed(first.ran);
  if (from) {
    const places = placesOf(pointed(second), variant);
    const texts = places.flatMap((place) => textAt(place, subject.files) ?? []);
    const same = places.some((place) => place.file === from.file && place.line === from.line);
    if (!same && !texts.some((text) => first.also.includes(text)))
      return { in: 'place', was: textAt(from, subject.files) ?? '', is: texts[0] ?? 'no line of the move' };
  }
  for (const result of first.ran.verdict.results) {
    const other = second.verdict.results.find((r) => r.probe === result.probe);
    const [a, b] = [seen(result), other ? seen(other) : 'nothing'];
    if (a !== b) return { in: 'vector', was: a, is: b };
  }
  return null;
}

/** What is said about a run, in one line. */
export function diagnosisOf({ verdict, diagnosis }: Ran): string {
  if (diagnosis.status === 'known') {
    const behind = diagnosis.behind.length === 0 ? '' : ` before ${diagnosis.behind.join(', ')}`;
    return diagnosis.mistake + behind;
  }
  if (verdict.illegality) return `illegal: ${verdict.illegality.message}`;
  return diagnosis.status === 'none' ? verdict.kind : `out of book at ${diagnosis.probe}`;
}

function seen({ probe, outcome, observations }: Ran['verdict']['results'][number]): string {
  return `${probe} ${outcome} ${JSON.stringify(observations)}`;
}

function pointed({ diagnosis }: Ran): Frame | null {
  return diagnosis.status === 'none' ? null : diagnosis.at;
}

/** Where a place in a variant may have been before. A line that was found by its text has no column: any word of it stands for it. */
function placesOf(at: Frame | null, variant: Variant): Frame[] {
  if (!at) return [];
  const text = lineAt(at, variant.files) ?? '';
  const indent = text.search(/\S/);
  const columns =
    at.column > indent ? [at.column] : [...text.matchAll(/[\w$]+|\S/g)].map((word) => word.index + 1);
  return columns.flatMap((column) => variant.from({ ...at, column }) ?? []);
}

function lineAt({ file, line }: Frame, files: Subject['files']): string | undefined {
  return files[file]?.split(/\r?\n/)[line - 1];
}

function textAt(at: Frame, files: Subject['files']): string | null {
  return lineAt(at, files)?.trim() ?? null;
}
