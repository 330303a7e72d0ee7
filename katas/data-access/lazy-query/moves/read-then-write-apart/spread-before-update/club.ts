import type { DatabaseSync } from 'node:sqlite';

const LATE = `status = 'active' AND paid_until < ?`;

export interface Member {
  id: number;
  name: string;
  email: string;
}

// hand it around like a list, then nobody else has to write SQL
class Query implements Iterable<Member> {
  #db: DatabaseSync;
  #today: string;

  constructor(db: DatabaseSync, today: string) {
    this.#db = db;
    this.#today = today;
  }

  *[Symbol.iterator](): Iterator<Member> {
    const sql = `SELECT id, name, email FROM member WHERE ${LATE} ORDER BY id`;
    yield* this.#db.prepare(sql).all(this.#today) as unknown as Member[];
  }

  get length(): number {
    return [...this].length;
  }
}

export function openClub(db: DatabaseSync): Club {
  const overdue = (today: string): Query => new Query(db, today);
  return {
    overdue,
    suspendOverdue(today) {
      const late = [...overdue(today)];
      db.prepare(`UPDATE member SET status = 'suspended' WHERE ${LATE}`).run(today);
      const letters: Letter[] = [];
      for (const m of late) {
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
