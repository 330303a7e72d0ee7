import { framesOfError, type Fact, type ProbeContext, type SqlFact, type SqlWorld } from 'kibitzer/kit';
import type * as Starter from './starter/session.ts';

export type Play = ProbeContext<typeof Starter>;
export type Member = Starter.Member;
export type Session = Starter.Session;

/** The members of the club: Olga, Ben and Ada live in Kiel, Cem in Ulm. */
export const SCHEMA = `
  CREATE TABLE member(id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL,
    balance INTEGER NOT NULL CHECK (balance >= -1000));
  INSERT INTO member VALUES (1, 'Olga', 'Kiel', 50), (2, 'Ben', 'Kiel', 30), (3, 'Cem', 'Ulm', 80), (4, 'Ada', 'Kiel', 0);`;

/** Forty more, in Bonn. */
export const CROWD = `
  WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 140)
  INSERT INTO member SELECT i, 'Member ' || i, 'Bonn', 10 FROM n;`;

/** Notes down every write of a row, by the database's own hand. */
export const WATCHED = `
  CREATE TABLE written(n INTEGER PRIMARY KEY, what TEXT, id INTEGER);
  ${['update', 'insert', 'delete']
    .map(
      (what) => `CREATE TRIGGER on_${what} AFTER ${what} ON member
        BEGIN INSERT INTO written(what, id) VALUES ('${what}', ${what === 'delete' ? 'OLD' : 'NEW'}.id); END;`,
    )
    .join('\n')}`;

export const OLGA = 1;
export const BEN = 2;
export const CEM = 3;
export const ADA = 4;

/** Ids of the rows written so far in a world that is watched, in order. */
export function written(w: SqlWorld): number[] {
  return w.table('written').map((row) => Number(row.id));
}

/** Statements of a watched world, with the changes that the learner made: the note of each is another one. */
export function unwatched(facts: readonly SqlFact[]): SqlFact[] {
  return facts.map((f) => ({ ...f, changes: Math.ceil(f.changes / 2) }));
}

/** A member as one line: `Olga, Kiel, 50`. */
export function said(m: Record<string, unknown> | Member | null | undefined): string {
  return m ? `${m.name}, ${m.city}, ${m.balance}` : 'nobody';
}

/** The row of a member, seen from another program. */
export function stored(w: SqlWorld, id: number): Record<string, unknown> | undefined {
  return w.table('member').find((row) => row.id === id);
}

/** The whole table in one line per member. */
export function everybody(w: SqlWorld): string[] {
  return w.table('member').map(said);
}

/** What another program does in one statement; a lock keeps it out. */
export function elsewhere(w: SqlWorld, sql: string): 'done' | 'blocked' {
  try {
    w.outside().exec(sql);
    return 'done';
  } catch (error) {
    if (/locked|busy/i.test(String(error))) return 'blocked';
    throw error;
  }
}

/** A call whose failure is an answer too. */
export function attempt(call: () => void): { failed: string; fact: Fact } | null {
  try {
    call();
    return null;
  } catch (error) {
    const near = framesOfError(error)[0];
    const failed = error instanceof Error ? error.message : String(error);
    return { failed, fact: { kind: 'note', text: failed, site: near ? { near, cause: near } : null } };
  }
}

export function note(text: string): Fact {
  return { kind: 'note', text, site: null };
}

export function value(name: string, expected: string, actual: string): Fact {
  return { kind: 'value', name, expected, actual };
}

export function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/** Statements that have to do with rows; what begins and ends a transaction is left out. */
export function aboutRows(facts: readonly SqlFact[]): SqlFact[] {
  return facts.filter((f) => !/^(?:begin|commit|end|rollback|savepoint|release|pragma)\b/i.test(f.sql));
}

export function writes(facts: readonly SqlFact[]): SqlFact[] {
  return facts.filter((f) => f.changes > 0);
}
