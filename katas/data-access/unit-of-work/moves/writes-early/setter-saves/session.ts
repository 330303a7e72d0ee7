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
  #touched: (m: Tracked, column: Column) => void;

  constructor(id: number, values: NewMember, touched: (m: Tracked, column: Column) => void) {
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
    if (was === value) return;
    if (!this.before.has(column)) this.before.set(column, was);
    Object.assign(this.#values, { [column]: value });
    this.#touched(this, column);
  }
}

export function openSession(db: DatabaseSync): Session {
  const byId = new Map<number, Tracked>();
  let added: Tracked[] = [];
  const removed = new Map<number, Tracked>();

  const save = (m: Tracked, column: Column): void => {
    if (m.id !== 0) db.prepare(`UPDATE member SET ${column} = ? WHERE id = ?`).run(m[column], m.id);
  };
  const track = (id: number, values: NewMember): Tracked => new Tracked(id, values, save);

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
    for (const id of removed.keys()) db.prepare('DELETE FROM member WHERE id = ?').run(id);
    const insert = db.prepare('INSERT INTO member(name, city, balance) VALUES (?, ?, ?) RETURNING id');
    return added.map((m) => Number(insert.get(m.name, m.city, m.balance)!.id));
  };

  const forget = (): void => {
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
      for (const m of byId.values()) m.before.clear();
      forget();
    },
    rollback() {
      for (const m of byId.values()) m.undo();
      forget();
    },
  };
}
