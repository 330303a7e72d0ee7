import type { Verdict } from '../../core/verdict.ts';
import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';

/**
 * The starter, every accepted design and every bad move come to what is declared: the designs win, the others show
 * exactly their mistake, with what lies behind it, at the line that it is about, and with a question.
 * @returns those that do
 */
export function checkJudgements(parts: Parts, judged: readonly Judged[], report: Report): Judged[] {
  return judged.filter((one) => {
    if (one.what === 'design') return wins(one, report);
    const mistake = one.stored?.mistake ?? parts.kata.starter;
    if (!shows(one, mistake, report)) return false;
    const question = asks(one, report);
    return question && (one.stored === null || isInDetail(one, report));
  });
}

function wins({ name, verdict }: Judged, report: Report): boolean {
  if (verdict.kind === 'won') return true;
  report('design-loses', name, { probes: lostProbes(verdict) });
  return false;
}

function shows({ name, verdict, diagnosis }: Judged, mistake: string, report: Report): boolean {
  const found =
    diagnosis.status === 'known'
      ? diagnosis.mistake
      : (verdict.illegality?.message ?? (verdict.kind === 'won' ? 'a win' : diagnosis.status));
  if (found === mistake) return true;
  report('diagnosis-differs', name, { declared: mistake, found, probes: lostProbes(verdict) });
  return false;
}

function asks({ name, diagnosis }: Judged, report: Report): boolean {
  if (diagnosis.status !== 'known' || diagnosis.question !== null) return true;
  report('question-missing', name);
  return false;
}

function isInDetail({ name, files, stored, diagnosis }: Judged, report: Report): boolean {
  if (diagnosis.status !== 'known') return false;
  const declared = stored!.expect.behind ?? [];
  const { behind, at } = diagnosis;
  const sameBehind = behind.toSorted().join() === declared.toSorted().join();
  if (!sameBehind)
    report('behind-differs', name, { declared: declared.join(', '), found: behind.join(', ') });
  const line = at ? (files[at.file]?.split(/\r?\n/)[at.line - 1]?.trim() ?? '') : '';
  const sameLine = line === stored!.expect.line;
  if (!sameLine) report('line-differs', name, { declared: stored!.expect.line ?? '', found: line });
  return sameBehind && sameLine;
}

/** What the probes that did not hold say, in one line. */
function lostProbes(verdict: Verdict): string {
  return verdict.results
    .filter((r) => r.outcome !== 'held')
    .map((r) => `${r.probe} ${r.outcome}${r.message ? ` (${r.message})` : ''}`)
    .join('; ');
}
