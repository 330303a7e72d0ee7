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
type Value = string | number;

/** A member that knows which of its columns were assigned, and what they were before. */
class Tracked implements Member {
  id: number;
  readonly before = new Map<Column, Value>();
  #values: NewMember;
  #touched: (m: Tracked) => void;

  constructor(id: number, values: NewMember, touched: (m: Tracked) => void) {
    this.id = id;
    this.#values = { ...values };
    this.#touched = touched;
  }

  get name(): string {
    return this.#values.name;
  }
  set name(name: string) {
    this.#change('name', name);
  }
  get city(): string {
    return this.#values.city;
  }
  set city(city: string) {
    this.#change('city', city);
  }
  get balance(): number {
    return this.#values.balance;
  }
  set balance(balance: number) {
    this.#change('balance', balance);
  }

  undo(): void {
    Object.assign(this.#values, Object.fromEntries(this.before));
    this.before.clear();
  }

  #change(column: Column, value: Value): void {
    const was = this.#values[column];
    if (!this.before.has(column)) this.before.set(column, was);
    Object.assign(this.#values, { [column]: value });
    this.#touched(this);
  }
}

export function openSession(db: DatabaseSync): Session {
  const byId = new Map<number, Tracked>();
  const dirty = new Set<Tracked>();
  let added: Tracked[] = [];
  const removed = new Map<number, Tracked>();

  const track = (id: number, values: NewMember): Tracked => new Tracked(id, values, (m) => void dirty.add(m));

  const fetch = (where: string, value: Value): Member[] => {
    const sql = `SELECT id, name, city, balance FROM member WHERE ${where} ORDER BY id`;
    const rows = db.prepare(sql).all(value) as unknown as Member[];
    return rows
      .filter((row) => !removed.has(row.id))
      .map(({ id, ...values }) => {
        const member = byId.get(id) ?? track(id, values);
        byId.set(id, member);
        return member;
      });
  };

  const flush = (): number[] => {
    for (const m of dirty) {
      if (removed.has(m.id) || added.includes(m)) continue;
      const columns = [...m.before.keys()];
      const sql = `UPDATE member SET ${columns.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`;
      db.prepare(sql).run(...columns.map((c) => m[c]), m.id);
    }
    for (const id of removed.keys()) db.prepare('DELETE FROM member WHERE id = ?').run(id);
    const insert = db.prepare('INSERT INTO member(name, city, balance) VALUES (?, ?, ?) RETURNING id');
    return added.map((m) => Number(insert.get(m.name, m.city, m.balance)!.id));
  };

  const forget = (): void => {
    dirty.clear();
    removed.clear();
    added = [];
  };

  return {
    get: (id) => fetch('id = ?', id)[0] ?? null,
    findByCity: (city) => fetch('city = ?', city),
    add(values) {
      const member = track(0, values);
      added.push(member);
      return member;
    },
    remove(m) {
      if (added.includes(m as Tracked)) added = added.filter((a) => a !== m);
      else removed.set(m.id, m as Tracked);
    },
    commit() {
      db.exec('BEGIN IMMEDIATE');
      let ids: number[];
      try {
        ids = flush();
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      added.forEach((m, i) => byId.set((m.id = ids[i]!), m));
      for (const id of removed.keys()) byId.delete(id);
      for (const m of dirty) m.before.clear();
      forget();
    },
    rollback() {
      for (const m of dirty) m.undo();
      forget();
    },
  };
}
