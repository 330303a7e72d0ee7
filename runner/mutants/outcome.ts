import type { Diagnosis } from '../core/diagnosis.ts';
import type { Observation, Outcome, ProbeResult, Verdict } from '../core/verdict.ts';

/**
 * What became of a mutant. `illegal` is no mutant at all: it does not load, or fails the ordinary case, which nobody
 * needs hidden probes to see. Killed are `named`, `out-of-book` and `crashed`; the last are those in which nothing was
 * refuted, only thrown or waited for, so that no mistake could be named.
 */
export type Fate = 'illegal' | 'survived' | 'named' | 'out-of-book' | 'crashed';

/** How a probe ended and what it saw, where that is anything to speak of. */
export interface Lost {
  probe: string;
  outcome: Outcome;
  message: string;
  observations: Readonly<Record<string, Observation>>;
}

/** A judged mutant, without its facts. */
export interface Judgement {
  fate: Fate;
  /** the mistake that was named, or null */
  mistake: string | null;
  behind: readonly string[];
  /** the line to which the diagnosis points, or null */
  at: number | null;
  /** the probes that did not hold */
  lost: readonly Lost[];
}

/** What a verdict and its diagnosis say about a mutant. */
export function judgementOf(verdict: Verdict | null, diagnosis: Diagnosis): Judgement {
  const lost = (verdict?.results ?? []).filter(isLost).map((r) => ({
    probe: r.probe,
    outcome: r.outcome,
    message: r.message ?? '',
    observations: r.observations,
  }));
  const known = diagnosis.status === 'known' ? diagnosis : null;
  return {
    fate: fateOf(verdict, diagnosis),
    mistake: known?.mistake ?? null,
    behind: known?.behind ?? [],
    at: diagnosis.status === 'none' ? null : (diagnosis.at?.line ?? null),
    lost,
  };
}

function isLost(r: ProbeResult): boolean {
  return (r.role === 'gate' || r.role === 'probe') && r.outcome !== 'held' && r.outcome !== 'unreached';
}

function fateOf(verdict: Verdict | null, diagnosis: Diagnosis): Fate {
  if (!verdict || verdict.kind === 'illegal') return 'illegal';
  if (verdict.kind === 'won') return 'survived';
  if (diagnosis.status === 'known') return 'named';
  return verdict.results.some((r) => isLost(r) && r.outcome === 'refuted') ? 'out-of-book' : 'crashed';
}

/** The vector of what was lost, as one line that is the same for the same vector. */
export function vectorText(lost: readonly Lost[]): string {
  return lost
    .map(({ probe, outcome, observations }) => {
      const seen = Object.entries(observations).map(([name, value]) => `${name}=${value}`);
      return `${probe} ${outcome}${seen.length > 0 ? ` (${seen.join(', ')})` : ''}`;
    })
    .join('; ');
}
