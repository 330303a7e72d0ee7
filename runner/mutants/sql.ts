/** Words that only stand in capitals in a text that is SQL. */
const IS_SQL = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|AND|BEGIN|COMMIT)\b/;

const BOUNDARIES: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '=': ['<>'],
  '<>': ['='],
};

/**
 * Other queries: boundaries and equalities of a condition, AND and OR, a missing order, another direction, a
 * transaction that begins without the lock, a COMMIT that is none.
 * @param text the piece to change, as it stands in the source
 * @param whole the whole query, to tell what is SQL and what is a condition
 */
export function mutateSql(text: string, whole: string): string[] {
  if (!IS_SQL.test(whole)) return [];
  const found: string[] = [];
  const replace = (at: number, length: number, by: string): void =>
    void found.push(text.slice(0, at) + by + text.slice(at + length));
  // in `SET a = 1` the sign compares nothing
  const condition = /\bSET\b/.test(text) ? Math.max(text.indexOf('WHERE'), 0) || text.length : 0;
  for (const m of text.matchAll(/<>|<=|>=|<|>|=/g)) {
    if (m.index >= condition) for (const by of BOUNDARIES[m[0]]!) replace(m.index, m[0].length, by);
  }
  for (const m of text.matchAll(/\b(?:AND|OR)\b/g))
    replace(m.index, m[0].length, m[0] === 'AND' ? 'OR' : 'AND');
  for (const m of text.matchAll(/\s+ORDER BY [\w., ]+/g)) replace(m.index, m[0].length, '');
  for (const m of text.matchAll(/\b(?:ASC|DESC)\b/g))
    replace(m.index, m[0].length, m[0] === 'ASC' ? 'DESC' : 'ASC');
  for (const m of text.matchAll(/\bBEGIN (?:IMMEDIATE|EXCLUSIVE)\b/g)) replace(m.index, m[0].length, 'BEGIN');
  for (const m of text.matchAll(/\bCOMMIT\b/g)) replace(m.index, m[0].length, 'ROLLBACK');
  for (const m of text.matchAll(/\bROLLBACK\b/g)) replace(m.index, m[0].length, 'COMMIT');
  return found;
}
