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
type Intent =
  | { do: 'assign'; member: Member; column: Column; was: string | number; is: string | number }
  | { do: 'add'; member: Member }
  | { do: 'remove'; member: Member };

/** The intents on one member, all in one. */
interface Sum {
  added: boolean;
  removed: boolean;
  assigned: [column: Column, is: string | number][];
}

export function openSession(db: DatabaseSync): Session {
  const members = new Map<number, Member>();
  // everything that was wanted since the last commit, in order; nothing else is remembered
  let log: Intent[] = [];

  /** a member whose assignments are written into the log */
  function logged(values: Member): Member {
    const member: Member = new Proxy(values, {
      set(target, key, is) {
        const column = key as Column;
        if (target[column] !== is) log.push({ do: 'assign', member, column, was: target[column], is });
        return Reflect.set(target, key, is);
      },
      // around the log: what is true already needs no intent
      defineProperty: (target, key, d) => Reflect.defineProperty(target, key, d),
    });
    return member;
  }

  function memberOf(row: Member): Member {
    const member = members.get(row.id) ?? logged({ ...row });
    members.set(row.id, member);
    return member;
  }

  /** the log, by member */
  function sums(): Map<Member, Sum> {
    const all = new Map<Member, Sum>();
    for (const intent of log) {
      const sum = all.get(intent.member) ?? { added: false, removed: false, assigned: [] };
      all.set(intent.member, sum);
      if (intent.do === 'add') sum.added = true;
      else if (intent.do === 'remove') sum.removed = true;
      else sum.assigned.push([intent.column, intent.is]);
    }
    return all;
  }

  const removed = (m: Member): boolean => log.some((i) => i.do === 'remove' && i.member === m);

  function replay([m, { added, removed, assigned }]: [Member, Sum]): number {
    if (added && removed) return m.id;
    if (added) {
      const sql = 'INSERT INTO member(name, city, balance) VALUES (?, ?, ?)';
      return Number(db.prepare(sql).run(m.name, m.city, m.balance).lastInsertRowid);
    }
    if (removed) db.prepare('DELETE FROM member WHERE id = ?').run(m.id);
    else {
      for (const [column, is] of assigned)
        db.prepare(`UPDATE member SET ${column} = ? WHERE id = ?`).run(is, m.id);
    }
    return m.id;
  }

  return {
    get(id) {
      const row = db.prepare('SELECT id, name, city, balance FROM member WHERE id = ?').get(id);
      const member = row ? memberOf(row as unknown as Member) : null;
      return member && removed(member) ? null : member;
    },
    findByCity(city) {
      const sql = 'SELECT id, name, city, balance FROM member WHERE city = ? ORDER BY id';
      return (db.prepare(sql).all(city) as unknown as Member[]).map(memberOf).filter((m) => !removed(m));
    },
    add(values) {
      const member = logged({ id: 0, ...values });
      log.push({ do: 'add', member });
      return member;
    },
    remove(member) {
      log.push({ do: 'remove', member });
    },
    commit() {
      const work = [...sums()];
      let ids: number[];
      db.exec('BEGIN IMMEDIATE');
      try {
        ids = work.map(replay);
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      work.forEach(([member, sum], i) => {
        if (sum.removed) members.delete(member.id);
        if (!sum.added || sum.removed) return;
        Object.defineProperty(member, 'id', { value: ids[i]! });
        members.set(ids[i]!, member);
      });
      log = [];
    },
    rollback() {
      for (const intent of log.toReversed()) {
        if (intent.do === 'assign')
          Object.defineProperty(intent.member, intent.column, { value: intent.was });
      }
      log = [];
    },
  };
}
