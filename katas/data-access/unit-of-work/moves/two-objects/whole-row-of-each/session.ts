import type { DatabaseSync } from 'node:sqlite';

export interface Member {
  readonly id: number;
  name: string;
  city: string;
  balance: number;
}

export type NewMember = Omit<Member, 'id'>;

export interface Session {
  get(id: number): Member | null;
  findByCity(city: string): Member[];
  /** the id is known after commit */
  add(m: NewMember): Member;
  remove(m: Member): void;
  commit(): void;
  rollback(): void;
}

type Column = keyof NewMember;
const COLUMNS: readonly Column[] = ['name', 'city', 'balance'];
const SELECT = 'SELECT id, name, city, balance FROM member';

/** A member with the row that it was loaded from. */
interface Known {
  member: Member;
  row: Member;
}

export function openSession(db: DatabaseSync): Session {
  const known: Known[] = [];
  const added = new Set<Member>();
  const removed = new Set<Member>();

  function memberOf(row: Member): Member {
    const member = { ...row };
    known.push({ member, row });
    return member;
  }

  function update({ member, row }: Known): void {
    if (COLUMNS.every((c) => member[c] === row[c])) return;
    const sql = 'UPDATE member SET name = ?, city = ?, balance = ? WHERE id = ?';
    db.prepare(sql).run(member.name, member.city, member.balance, member.id);
  }

  function insert(m: Member): number {
    const sql = 'INSERT INTO member(name, city, balance) VALUES (?, ?, ?)';
    return Number(db.prepare(sql).run(m.name, m.city, m.balance).lastInsertRowid);
  }

  function write(): Map<Member, number> {
    for (const one of known) if (!removed.has(one.member)) update(one);
    for (const m of removed) db.prepare('DELETE FROM member WHERE id = ?').run(m.id);
    return new Map([...added].map((m) => [m, insert(m)]));
  }

  function settle(ids: Map<Member, number>): void {
    for (const [m, id] of ids) known.push({ member: Object.assign(m, { id }), row: m });
    for (const one of known) one.row = { ...one.member };
    added.clear();
    removed.clear();
  }

  return {
    get(id) {
      const row = db.prepare(`${SELECT} WHERE id = ?`).get(id);
      return row ? memberOf(row as unknown as Member) : null;
    },
    findByCity(city) {
      const rows = db.prepare(`${SELECT} WHERE city = ? ORDER BY id`).all(city) as unknown as Member[];
      return rows.map(memberOf).filter((m) => !removed.has(m));
    },
    add(m) {
      const member = { id: 0, ...m };
      added.add(member);
      return member;
    },
    remove(m) {
      if (!added.delete(m)) removed.add(m);
    },
    commit() {
      db.exec('BEGIN IMMEDIATE');
      try {
        const ids = write();
        db.exec('COMMIT');
        settle(ids);
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    rollback() {
      for (const { member, row } of known) Object.assign(member, row);
      added.clear();
      removed.clear();
    },
  };
}
