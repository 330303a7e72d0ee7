import type { Frame } from './facts.ts';
import type { Outcome } from './verdict.ts';

/** A counted place of the learner's code. */
export interface CountedPlace {
  /** the lines of its own code: the one that it begins on, and further ones with something on them to get wrong */
  lines: readonly PlaceLine[];
  /** the place that decides whether this one runs, by number; null for what runs with its function */
  decidedBy: number | null;
  /** for a declaration at the top of a module, which runs once: the places that use what it declares */
  usedBy: readonly number[];
}

export interface PlaceLine {
  at: Frame;
  /** how much there is to get wrong: operators, numbers, calls */
  logic: number;
}

/** What one probe ran. */
export interface Run {
  outcome: Outcome;
  /** times by number of place */
  ran: Readonly<Record<number, number>>;
}

/** A line that may have made a probe fail. */
export interface Suspect {
  at: Frame;
  /** how many of the probes that hold ran it, and how many there are */
  held: number;
  of: number;
  /** it is new or another since the last move that held the probe */
  changed: boolean;
  /** what holds when one small thing on this line goes otherwise; absent where that was not tried, or nothing came of it */
  mends?: Mends;
}

/** The failing probe beside those that hold already, or all of them. */
export type Mends = 'probe' | 'all';

/** A line with how suspicious it is. */
export type Scored = Suspect & { score: number };

/** Lines that are worth telling. */
const MOST = 5;
/** What decides about a suspect is nearly as suspicious as what it decides about; what passed it over a little less. */
const OF_DECISION = 0.95;
const OF_PASSING_OVER = 0.8;
/** A line with much on it comes before an equally suspicious one with little. */
const OF_LOGIC = 0.3;
const OF_CHANGE = 1;
/** What was tried counts for more than what only goes together. */
const OF_MENDING: Readonly<Record<Mends, number>> = { probe: 1, all: 2 };

/**
 * Lines of the learner's code that the failing probe ran, the most suspicious first. How suspicious a place is, is how
 * closely running it goes with failing: Ochiai's coefficient, failing runs of the place over the root of all failing runs
 * times all runs of the place (R. Abreu et al., "On the accuracy of spectrum-based fault localization", 2007). It is 1
 * for what the failing probe ran and no probe that holds. A decision is also judged by both ways that it can go, as in
 * statistical debugging (B. Liblit et al., "Scalable statistical bug isolation", 2005): by what it lets run, and by what
 * it passes over.
 * @param changed whether a line is another than in the last move that held the probe
 */
export function scoredLines(
  places: readonly CountedPlace[],
  failing: Run,
  others: readonly Run[],
  changed: (at: Frame) => boolean,
): Scored[] {
  const ran = (run: Run, i: number): boolean => {
    const { usedBy } = places[i]!;
    return usedBy.length > 0 ? usedBy.some((user) => run.ran[user]) : Boolean(run.ran[i]);
  };
  const held = others.filter((r) => r.outcome === 'held');
  const lost = [failing, ...others.filter((r) => r.outcome === 'refuted' || r.outcome === 'crashed')];
  const ochiai = (is: (run: Run) => boolean): number => {
    if (!is(failing)) return 0;
    const inLost = lost.filter(is).length;
    return inLost / Math.sqrt(lost.length * (inLost + held.filter(is).length));
  };
  const own = places.map((_, i) => ochiai((run) => ran(run, i)));
  const scores = [...own];
  for (const [i, { decidedBy }] of places.entries()) {
    if (decidedBy === null || !ran(failing, decidedBy)) continue;
    const over = ochiai((run) => ran(run, decidedBy) && !ran(run, i));
    scores[decidedBy] = Math.max(scores[decidedBy]!, OF_DECISION * own[i]!, OF_PASSING_OVER * over);
  }
  const lines = new Map<string, Scored>();
  for (const [i, place] of places.entries()) {
    if (!ran(failing, i)) continue;
    for (const { at, logic } of place.lines) {
      const isChanged = changed(at);
      const score = scores[i]! + OF_LOGIC * (1 - Math.exp(-logic)) + (isChanged ? OF_CHANGE : 0);
      if (score <= (lines.get(keyOf(at))?.score ?? 0)) continue;
      const ranHeld = held.filter((r) => ran(r, i)).length;
      lines.set(keyOf(at), { at, held: ranHeld, of: held.length, changed: isChanged, score });
    }
  }
  return [...lines.values()].toSorted((a, b) => b.score - a.score);
}

/** The lines to tell. @param mends what holds when something on a line goes otherwise, by `keyOf` */
export function suspectsOf(scored: readonly Scored[], mends: ReadonlyMap<string, Mends>): Suspect[] {
  const total = (s: Scored): number => {
    const mended = mends.get(keyOf(s.at));
    return s.score + (mended ? OF_MENDING[mended] : 0);
  };
  return scored
    .toSorted((a, b) => total(b) - total(a))
    .slice(0, MOST)
    .map(({ score: _score, ...suspect }) => {
      const mended = mends.get(keyOf(suspect.at));
      return mended ? { ...suspect, mends: mended } : suspect;
    });
}

/** A line by which it is found again. */
export function keyOf({ file, line }: Pick<Frame, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
