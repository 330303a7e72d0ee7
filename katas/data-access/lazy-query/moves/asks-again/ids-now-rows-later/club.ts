import type { DatabaseSync } from 'node:sqlite';

const LATE = `status = 'active' AND paid_until < ?`;

export interface Member {
  id: number;
  name: string;
  email: string;
}

function letterTo(m: Member): Letter {
  return { to: m.email, text: `Dear ${m.name}, your membership is suspended.` };
}

/** who is on the list is settled when it is made; names and addresses come when it is read */
class MemberList implements Iterable<Member> {
  #db: DatabaseSync;
  #ids: readonly number[];

  constructor(db: DatabaseSync, ids: readonly number[]) {
    this.#db = db;
    this.#ids = ids;
  }

  *[Symbol.iterator](): Iterator<Member> {
    const rows = this.#db.prepare(
      `SELECT id, name, email FROM member WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    );
    yield* rows.all(JSON.stringify(this.#ids)) as unknown as Member[];
  }
}

export function openClub(db: DatabaseSync): Club {
  const overdue = (today: string): MemberList => {
    const ids = db.prepare(`SELECT id FROM member WHERE ${LATE} ORDER BY id`).all(today);
    return new MemberList(
      db,
      ids.map((row) => Number(row.id)),
    );
  };
  return {
    overdue,
    suspendOverdue(today) {
      const suspended = db
        .prepare(`UPDATE member SET status = 'suspended' WHERE ${LATE} RETURNING id, name, email`)
        .all(today) as unknown as Member[];
      return suspended.map(letterTo);
    },
    summary(today) {
      const names = [...overdue(today)].map((m) => m.name);
      return { count: names.length, names };
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
