import type { Fact, Frame, SqlFact, Vector } from 'kibitzer/kata';

/** What a probe found, in one line. */
export const result = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

/** The line on which a statement is sent. */
export const sent = (f: SqlFact | undefined): Frame | null => f?.site?.near ?? null;

/** The line to show for a statement: where it is sent, or what led there when one line sends all kinds of them. */
export function shown(v: Vector, f: SqlFact | undefined): Frame | null {
  const near = sent(f);
  if (!f || !near) return null;
  const others = v.facts('works', 'sql').filter((g) => kind(g) !== kind(f) && samePlace(sent(g), near));
  return others.length > 0 ? f.site!.cause : near;
}

/** What a statement does: its first word. */
const kind = (f: SqlFact): string => f.sql.split(' ', 1)[0]!.toLowerCase();

function samePlace(a: Frame | null, b: Frame | null): boolean {
  return a !== null && b !== null && a.file === b.file && a.line === b.line && a.column === b.column;
}

/** "line 37"; with the file where the two are not in one. */
export function line(at: Frame | null, beside: Frame | null): string {
  if (!at) return 'a line';
  return beside && beside.file !== at.file ? `${at.file}:${at.line}` : `line ${at.line}`;
}

export const sameLine = (a: Frame | null, b: Frame | null): boolean =>
  a !== null && b !== null && a.file === b.file && a.line === b.line;

export const isWrite = (f: SqlFact): boolean => /^(?:with|insert|update|delete|replace)\b/i.test(f.sql);

export const isBegin = (f: SqlFact): boolean => /^(?:begin|savepoint)\b/i.test(f.sql);

/** Facts of a probe that are among some statements, with what else is told; in their order. */
export function story(v: Vector, probe: string, tell: readonly (SqlFact | undefined)[]): Fact[] {
  return v.facts(probe).filter((f) => (f.kind === 'sql' ? tell.includes(f) : true));
}

/** Statements on one side of the first note of a probe. */
export function around(v: Vector, probe: string): { before: SqlFact[]; after: SqlFact[] } {
  const facts = v.facts(probe);
  const cut = facts.findIndex((f) => f.kind === 'note');
  const sql = (some: readonly Fact[]): SqlFact[] => some.filter((f) => f.kind === 'sql');
  return cut < 0
    ? { before: sql(facts), after: [] }
    : { before: sql(facts.slice(0, cut)), after: sql(facts.slice(cut)) };
}

/** How often the rows of members were written, or how many of them. */
export const counted = (v: Vector, probe: string): number => v.facts(probe, 'count')[0]?.seen ?? 0;

/** The place where a method is written; its declaration in a type ends with a semicolon. */
export const ROLLBACK = /\brollback\b(?!\s*\(\s*\)(?:\s*:\s*void)?\s*;|\s*:\s*\(\s*\)\s*=>\s*void)/;
