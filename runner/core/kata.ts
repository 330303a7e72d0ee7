/** What `kata.ts` of a kata declares. Texts live beside it: brief.md, mistakes.ts, and notes.md of the solutions. */
export interface KataSpec {
  /** kebab-case, unique over all tracks, never changed: progress is stored under it */
  id: string;
  track: Track;
  /** 1 (no prerequisites) to 5 */
  level: number;
  /** place on the first ladder, from 1 */
  order: number;
  /** the promise to the learner, in the imperative, without full stop; it does not name a mistake */
  promise: string;
  /** katas that come first, a soft order */
  after?: readonly string[];
  /** the file under starter/ that is loaded */
  entry: string;
  /** names that the entry file must export */
  exports: readonly string[];
  /** the mistake that the starter shows */
  starter: string;
  /** probe whose first refutation is shown as the starter's symptom */
  symptom: string;
  /** probes whose trap is worth a word of praise when it is avoided, each with the praise */
  baits?: Readonly<Record<string, string>>;
  /** kinds of thinking it trains, shown after the win only */
  themes: readonly string[];
}

/** kibitzer's own tracks. */
export const TRACKS = ['from-scratch', 'structure', 'data-access', 'under-load'] as const;

/** One of kibitzer's own, or an imported one's name. */
export type Track = (typeof TRACKS)[number] | (string & {});

/** Declares a kata; only fixes the type. */
export function defineKata(spec: KataSpec): KataSpec {
  return spec;
}
