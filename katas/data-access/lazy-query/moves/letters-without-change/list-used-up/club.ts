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

export function openClub(db: DatabaseSync): Club {
  const overdue = (today: string): Iterable<Member> =>
    db
      .prepare(`SELECT id, name, email FROM member WHERE ${LATE} ORDER BY id`)
      .iterate(today) as unknown as Iterable<Member>;
  return {
    overdue,
    suspendOverdue(today) {
      const late = overdue(today);
      const letters = [...late].map(letterTo);
      const suspend = db.prepare(`UPDATE member SET status = 'suspended' WHERE id = ?`);
      for (const m of late) suspend.run(m.id);
      return letters;
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
