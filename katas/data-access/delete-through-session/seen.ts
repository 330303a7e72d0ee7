import type { Condition, Fact, Frame, Locator, SqlFact, Vector } from 'kibitzer/kata';

export const FILE = 'file-in-use';
export const WORK = 'work-breaks-off';
export const NESTED = 'together-in-together';
export const OFF = 'called-off-stays-off';
export const USER = 'everything-of-a-user';
export const REFUSES = 'database-refuses';
export const KEYS = 'foreign-keys-on';
export const GONE = 'gone-is-gone';
export const TWICE = 'said-twice';
export const SIXTY = 'sixty-albums';

type Note = Extract<Fact, { kind: 'note' }>;

export const saw = (name: string, probe: string, is: string): Condition => ({ saw: name, in: probe, is });

/** What a probe found, in one line. */
export const result = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

/** The first of some probes in which something was seen. */
export const where = (v: Vector, probes: readonly string[], name: string, is: RegExp): string =>
  probes.find((p) => is.test(String(v.saw(p, name) ?? ''))) ?? probes[0]!;

/** The line on which a statement is sent, or a file removed. */
export const near = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.near ?? null) : null);

/** The line that led there. */
export const cause = (f: Fact | undefined): Frame | null =>
  f && 'site' in f ? (f.site?.cause ?? null) : null;

const samePlace = (a: Frame | null, b: Frame | null): boolean =>
  a !== null && b !== null && a.file === b.file && a.line === b.line && a.column === b.column;

/** The line to show for a statement: where it is sent, or what led there when one line sends several. */
export function shown(facts: readonly Fact[], f: SqlFact | undefined): Frame | null {
  const others = facts.some((g) => g.kind === 'sql' && g.sql !== f?.sql && samePlace(near(g), near(f)));
  return others ? cause(f) : near(f);
}

/** "line 37"; with the file where the two are not in one. */
export function line(at: Frame | null, beside?: Frame | null): string {
  if (!at) return 'a line';
  return beside && beside.file !== at.file ? `${at.file}:${at.line}` : `line ${at.line}`;
}

export const isSql = (f: Fact): f is SqlFact => f.kind === 'sql';
/** A file was removed, or was to be. */
export const isFile = (f: Fact): f is Note => f.kind === 'note' && / removed(?:$|[:,])/.test(f.text);
/** A file was removed while others still saw its row. */
export const isEarly = (f: Fact): f is Note => isFile(f) && f.text.endsWith('its row is there for others');
export const isInVain = (f: Fact): f is Note => isFile(f) && f.text.includes('cannot be removed');
const LEFTOVER = /\bleftover\b/i;
/** A statement that changed rows of users, albums or photos. */
export const isWrite = (f: Fact): f is SqlFact => isSql(f) && f.changes > 0 && !LEFTOVER.test(f.sql);
export const isBegin = (f: Fact): f is SqlFact => isSql(f) && /^(?:begin|savepoint)\b/i.test(f.sql);
export const isCommit = (f: Fact): f is SqlFact => isSql(f) && /^(?:commit|end|release)\b/i.test(f.sql);
export const isRollback = (f: Fact): f is SqlFact => isSql(f) && /^rollback/i.test(f.sql);
export const failed = (f: Fact): f is SqlFact => isSql(f) && f.error !== undefined;

/** Facts without those that are left out, each once, in the order in which they happened. */
export const told = (facts: readonly Fact[], ...which: readonly (Fact | undefined)[]): Fact[] =>
  facts.filter((f) => which.includes(f));

/** Where the code says what find gives, however it is written. */
export const finder = (locate: Locator): Frame =>
  // a method or a function of that name; not the signature in a type, and not a call
  locate.line(/(?<![.\w])find\((?![^;]*;\s*$)/) ??
  locate.line(/\bfind: [^;]*=>/) ??
  locate.exported('openGallery');

/** Where the code says what together does. */
export const opener = (locate: Locator): Frame =>
  locate.line(/\btogether(?:\([^;]*\{|: [^;]*=>| = )/) ?? locate.exported('openGallery');
