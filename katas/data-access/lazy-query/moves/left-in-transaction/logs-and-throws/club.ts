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

/** What is asked. Nothing runs until a session fetches it. */
interface Question {
  readonly sql: string;
  readonly args: readonly string[];
}

const overdueOn = (today: string): Question => ({
  sql: `SELECT id, name, email FROM member WHERE ${LATE} ORDER BY id`,
  args: [today],
});

class Session {
  #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** asks now; the rows belong to the caller */
  fetch(q: Question): Member[] {
    return this.#db.prepare(q.sql).all(...q.args) as unknown as Member[];
  }

  suspend(members: readonly Member[]): void {
    const one = this.#db.prepare(`UPDATE member SET status = 'suspended' WHERE id = ?`);
    for (const m of members) one.run(m.id);
  }

  /** nobody else writes until the work is done */
  alone<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      console.error(error);
      throw error;
    }
  }
}

export function openClub(db: DatabaseSync): Club {
  const session = new Session(db);
  return {
    overdue: (today) => session.fetch(overdueOn(today)),
    suspendOverdue: (today) =>
      session.alone(() => {
        const late = session.fetch(overdueOn(today));
        session.suspend(late);
        return late.map(letterTo);
      }),
    summary(today) {
      const late = session.fetch(overdueOn(today));
      return { count: late.length, names: late.map((m) => m.name) };
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
