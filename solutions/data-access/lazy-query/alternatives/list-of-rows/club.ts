import type { DatabaseSync } from 'node:sqlite';

const LATE = `status = 'active' AND paid_until < ?`;

export interface Member {
  id: number;
  name: string;
  email: string;
}

/** who was overdue when it was made; it holds the rows and no database */
class OverdueList implements Iterable<Member> {
  readonly #rows: readonly Member[];

  constructor(db: DatabaseSync, today: string) {
    const sql = `SELECT id, name, email FROM member WHERE ${LATE} ORDER BY id`;
    this.#rows = db.prepare(sql).all(today) as unknown as Member[];
  }

  *[Symbol.iterator](): Iterator<Member> {
    yield* this.#rows;
  }

  get length(): number {
    return [...this].length;
  }
}

export function openClub(db: DatabaseSync): Club {
  const overdue = (today: string): OverdueList => new OverdueList(db, today);
  return {
    overdue,
    suspendOverdue(today) {
      const sql = `UPDATE member SET status = 'suspended' WHERE ${LATE} RETURNING id, name, email`;
      const suspended = db.prepare(sql).all(today) as unknown as Member[];
      const letters: Letter[] = [];
      for (const m of suspended) {
        letters.push({ to: m.email, text: `Dear ${m.name}, your membership is suspended.` });
      }
      return letters;
    },
    // "3 overdue: Olga, Ben, Ada" on the committee's page
    summary(today) {
      const late = overdue(today);
      return {
        count: late.length,
        names: [...late].map((m) => m.name),
      };
    },
  };
}

export interface Letter {
  to: string;
  text: string;
}

export interface Club {
  /** the members overdue at the moment of this call */
  overdue(today: string): Iterable<Member>;
  /** suspends everybody overdue; one letter for each person suspended by this call */
  suspendOverdue(today: string): Letter[];
  /** who is overdue, for the page */
  summary(today: string): { count: number; names: string[] };
}
