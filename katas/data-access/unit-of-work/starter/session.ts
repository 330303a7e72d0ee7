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

export function openSession(db: DatabaseSync): Session {
  // everything that was handed out, so that nobody has to call save() by hand
  let loaded: Member[] = [];
  let added: Member[] = [];
  let removed: Member[] = [];

  function memberOf(row: unknown): Member {
    const member = { ...(row as Member) };
    loaded.push(member);
    return member;
  }

  function save(m: Member): void {
    const sql = 'UPDATE member SET name = ?, city = ?, balance = ? WHERE id = ?';
    db.prepare(sql).run(m.name, m.city, m.balance, m.id);
  }

  function insert(m: Member): void {
    const sql = 'INSERT INTO member(name, city, balance) VALUES (?, ?, ?)';
    const { lastInsertRowid } = db.prepare(sql).run(m.name, m.city, m.balance);
    Object.assign(m, { id: Number(lastInsertRowid) });
    loaded.push(m);
  }

  return {
    get(id) {
      const row = db.prepare('SELECT id, name, city, balance FROM member WHERE id = ?').get(id);
      return row ? memberOf(row) : null;
    },
    findByCity(city) {
      const sql = 'SELECT id, name, city, balance FROM member WHERE city = ? ORDER BY id';
      return db.prepare(sql).all(city).map(memberOf);
    },
    add(m) {
      const member = { id: 0, ...m };
      added.push(member);
      return member;
    },
    remove(m) {
      removed.push(m);
    },
    commit() {
      for (const m of loaded) save(m);
      for (const m of added) insert(m);
      for (const m of removed) db.prepare('DELETE FROM member WHERE id = ?').run(m.id);
      added = [];
      removed = [];
    },
    rollback() {
      loaded = [];
      added = [];
      removed = [];
    },
  };
}
