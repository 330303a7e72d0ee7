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
  const known = new Map<string, Member[]>();
  const overdue = (today: string): Member[] => {
    const kept = known.get(today);
    if (kept) return kept;
    const sql = `SELECT id, name, email FROM member WHERE ${LATE} ORDER BY id`;
    const rows = db.prepare(sql).all(today) as unknown as Member[];
    known.set(today, rows);
    return rows;
  };
  return {
    overdue,
    suspendOverdue(today) {
      const suspended = db
        .prepare(`UPDATE member SET status = 'suspended' WHERE ${LATE} RETURNING id, name, email`)
        .all(today) as unknown as Member[];
      known.delete(today);
      return suspended.map(letterTo);
    },
    summary(today) {
      const names = overdue(today).map((m) => m.name);
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
