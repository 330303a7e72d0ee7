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

type Patch = Partial<Member>;

/** What stands for one member: the row as stored, and over it what the session wants. */
interface Sheet {
  row: Member | null;
  patch: Patch;
  gone: boolean;
  readonly face: Member;
}

/** A member that reads through the patch to the row and writes into the patch. */
function sheetOf(row: Member | null, patch: Patch): Sheet {
  const face = new Proxy({} as Member, {
    get: (_none, key) => ({ ...sheet.row, ...sheet.patch })[key as keyof Member],
    set(_none, key, value) {
      sheet.patch = { ...sheet.patch, [key]: value };
      return true;
    },
    has: (_none, key) => key in { ...sheet.row, ...sheet.patch },
    ownKeys: () => ['id', 'name', 'city', 'balance'],
    getOwnPropertyDescriptor: (_none, key) => ({
      value: { ...sheet.row, ...sheet.patch }[key as keyof Member],
      writable: true,
      enumerable: true,
      configurable: true,
    }),
  });
  const sheet: Sheet = { row, patch, gone: false, face };
  return sheet;
}

export function openSession(db: DatabaseSync): Session {
  const sheets = new Map<number, Sheet>();
  const drafts = new Set<Sheet>();

  const sheetFor = (row: Member): Sheet => {
    const sheet = sheets.get(row.id) ?? sheetOf(row, {});
    sheets.set(row.id, sheet);
    // what others have stored since shows through wherever this session wants nothing else
    sheet.row = row;
    return sheet;
  };
  const of = (m: Member): Sheet | undefined => [...drafts, ...sheets.values()].find((s) => s.face === m);

  /** runs one statement for all sheets of a kind; they travel as one JSON value */
  const write = (sql: string, work: readonly object[]): void => {
    if (work.length > 0) db.prepare(sql).run(JSON.stringify(work));
  };
  const UPDATE = `UPDATE member SET name = ifnull(j.value ->> 'name', name), city = ifnull(j.value ->> 'city', city),
    balance = ifnull(j.value ->> 'balance', balance) FROM json_each(?) j WHERE member.id = j.value ->> 'id'`;
  const DELETE = `DELETE FROM member WHERE id IN (SELECT value ->> 'id' FROM json_each(?))`;
  const INSERT = 'INSERT INTO member(name, city, balance) VALUES (?, ?, ?) RETURNING id, name, city, balance';

  const differs = ({ row, patch }: Sheet): boolean =>
    Object.entries(patch).some(([column, value]) => row?.[column as keyof Member] !== value);

  return {
    get(id) {
      const row = db.prepare('SELECT id, name, city, balance FROM member WHERE id = ?').get(id);
      const sheet = row && sheetFor(row as unknown as Member);
      return sheet && !sheet.gone ? sheet.face : null;
    },
    findByCity(city) {
      const sql = 'SELECT id, name, city, balance FROM member WHERE city = ? ORDER BY id';
      const found = (db.prepare(sql).all(city) as unknown as Member[]).map(sheetFor);
      return found.filter((s) => !s.gone).map((s) => s.face);
    },
    add(m) {
      const draft = sheetOf(null, { ...m });
      drafts.add(draft);
      return draft.face;
    },
    remove(m) {
      const sheet = of(m);
      if (sheet && !drafts.delete(sheet)) sheet.gone = true;
    },
    commit() {
      const all = [...sheets.values()];
      const kept = all.filter((s) => !s.gone && differs(s));
      let born: Member[];
      db.exec('BEGIN IMMEDIATE');
      try {
        write(
          UPDATE,
          kept.map(({ row, patch }) => ({ ...patch, id: row!.id })),
        );
        write(
          DELETE,
          all.filter((s) => s.gone).map((s) => ({ id: s.row!.id })),
        );
        const insert = db.prepare(INSERT);
        born = [...drafts].map(
          ({ face: f }) => ({ ...insert.get(f.name, f.city, f.balance) }) as unknown as Member,
        );
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      [...drafts].forEach((draft, i) => {
        sheets.set(born[i]!.id, draft);
        draft.row = born[i]!;
      });
      for (const s of sheets.values()) {
        if (s.gone) sheets.delete(s.row!.id);
        s.row = { ...s.row!, ...s.patch };
        s.patch = {};
      }
      drafts.clear();
    },
    rollback() {
      drafts.clear();
      for (const s of sheets.values()) Object.assign(s, { patch: {}, gone: false });
    },
  };
}
