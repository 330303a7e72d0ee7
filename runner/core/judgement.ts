import type { Diagnosis } from './diagnosis.ts';
import type { Judgement } from './events.ts';
import type { Outcome, Verdict } from './verdict.ts';

/**
 * A verdict as the log keeps it.
 * @param evidence where the whole verdict is kept
 */
export function judgementFrom(verdict: Verdict, diagnosis: Diagnosis, evidence: string): Judgement {
  const outcomes: Record<string, Outcome> = {};
  const messages: Record<string, string> = {};
  for (const r of verdict.results) {
    if (r.role === 'sorter' || r.role === 'merit') continue;
    outcomes[r.probe] = r.outcome;
    if (r.message !== undefined && r.outcome !== 'held') messages[r.probe] = r.message;
  }
  return {
    verdict: verdict.kind as Judgement['verdict'],
    position: verdict.position,
    outcomes,
    messages,
    diagnosis,
    evidence,
  };
}
