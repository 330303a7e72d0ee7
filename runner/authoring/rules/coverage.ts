import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';

/** Each mistake and each probe has a stored move that shows it, and no two mistakes look alike. */
export function checkCoverage({ book }: Parts, judged: readonly Judged[], report: Report): void {
  const moves = judged.filter((one) => one.what === 'move');
  for (const { id } of book) {
    if (!moves.some((one) => one.diagnosis.status === 'known' && one.diagnosis.mistake === id))
      report('mistake-without-move', 'moves', { mistake: id });
  }
  const wrong = judged.filter((one) => one.what !== 'design');
  for (const { probe, role } of probesOf(judged)) {
    if (role !== 'probe') continue;
    const refuted = wrong.some(({ verdict }) =>
      verdict.results.some((r) => r.probe === probe && r.outcome === 'refuted'),
    );
    if (!refuted) report('probe-without-move', 'probes.ts', { probe });
  }
  const seen = new Map<string, Judged>();
  for (const one of moves) {
    const vector = JSON.stringify(one.verdict.results.map((r) => [r.probe, r.outcome, r.observations]));
    const other = seen.get(vector);
    if (other && other.stored!.mistake !== one.stored!.mistake)
      report('same-vector', one.name, { other: other.name });
    seen.set(vector, one);
  }
}

/** The probes of the kata, as any verdict that came as far as being judged tells them. */
export function probesOf(judged: readonly Judged[]): Judged['verdict']['results'] {
  return judged.find((one) => one.verdict.results.length > 0)?.verdict.results ?? [];
}
