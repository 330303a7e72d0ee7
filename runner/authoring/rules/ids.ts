import type { Condition } from '../../core/book.ts';
import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';
import { probesOf } from './coverage.ts';

/** Whatever names a probe or a mistake names one that exists; no id is there twice; the probes begin with a gate. */
export function checkIds({ kata, book, cards }: Parts, judged: readonly Judged[], report: Report): void {
  const probes = probesOf(judged);
  const isProbe = (probe: string, where: string): void => {
    if (!probes.some((p) => p.probe === probe)) report('unknown-id', where, { what: 'a probe', id: probe });
  };
  const isMistake = (mistake: string, where: string): void => {
    if (!book.some((m) => m.id === mistake)) report('unknown-id', where, { what: 'a mistake', id: mistake });
  };
  const once = (ids: readonly string[], where: string): void => {
    for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) < i))) report('twice', where, { id });
  };
  isMistake(kata.starter, 'kata.ts');
  isProbe(kata.symptom, 'kata.ts');
  for (const probe of Object.keys(kata.baits ?? {})) isProbe(probe, 'kata.ts');
  for (const m of book) {
    const where = `mistakes.ts ${m.id}`;
    for (const other of [...(m.masks ?? []), ...(m.implies ?? [])]) isMistake(other, where);
    for (const probe of [...probesIn(m.when), ...(m.sorter ? probesIn(m.sorter) : [])]) isProbe(probe, where);
  }
  for (const c of cards) if (c.mistake !== null) isMistake(c.mistake, `cards.ts ${c.id}`);
  once(
    probes.map((p) => p.probe),
    'probes.ts',
  );
  once(
    book.map((m) => m.id),
    'mistakes.ts',
  );
  once(
    cards.map((c) => c.id),
    'cards.ts',
  );
  if (probes[0] && probes[0].role !== 'gate') report('gate-missing', 'probes.ts', { probe: probes[0].probe });
  const shown = judged
    .find((one) => one.what === 'starter')
    ?.verdict.results.find((r) => r.probe === kata.symptom);
  if (shown && shown.outcome !== 'refuted')
    report('symptom-not-shown', 'kata.ts', { probe: kata.symptom, outcome: shown.outcome });
}

/** Probes that a condition speaks of. */
function probesIn(c: Condition): string[] {
  if ('all' in c) return c.all.flatMap(probesIn);
  if ('any' in c) return c.any.flatMap(probesIn);
  if ('not' in c) return probesIn(c.not);
  return ['probe' in c ? c.probe : c.in];
}
