import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type sqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import type { SqlFact } from '../core/facts.ts';
import type { Between, RecordedConnection, When } from './recorded-connection.ts';

/** Names this process among all that put databases into one folder; taken at load, before a clock is put in place. */
const PROCESS = `${process.pid}-${Date.now()}`;
let made = 0;

/** Schemas of which a database is kept: a kata has a few. */
const MOST_KEPT = 20;
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

// the arbiter's own; a player opens its connections in recorded-connection.ts
const Database = (process.getBuiltinModule('node:sqlite') as typeof sqlite).DatabaseSync;

/**
 * One database file with a recorded connection for the learner and unrecorded ones for everybody else. The file, the
 * other connections and every look at a table are the probe's own: what they see does not rest on the learner's side.
 */
export class SqlWorld {
  readonly learner: DatabaseSync;
  readonly #recorded: RecordedConnection;
  readonly #file: string;
  readonly #foreignKeys: boolean;
  readonly #open: DatabaseSync[] = [];
  #look: DatabaseSync | null = null;

  /**
   * @param record opens the recorded connection where the learner's code runs
   * @param o `wal` and `foreignKeys` are on unless said otherwise
   * @param under the folder in which the database lies
   */
  constructor(
    record: (file: string, o: { foreignKeys: boolean }) => RecordedConnection,
    schema: string,
    o: { wal?: boolean; foreignKeys?: boolean } = {},
    under: string = tmpdir(),
  ) {
    this.#file = path.join(under, `kibitzer-sql-${PROCESS}-${++made}.db`);
    this.#foreignKeys = o.foreignKeys ?? true;
    writeFileSync(
      this.#file,
      freshDatabase(schema, { wal: o.wal ?? true, foreignKeys: this.#foreignKeys }, this.#file),
    );
    // fetched now, all in one: later each would have to be asked for
    this.#recorded = { ...record(this.#file, { foreignKeys: this.#foreignKeys }) };
    this.learner = this.#recorded.learner;
  }

  /** The file's path, for learner code that opens its connection itself; handles.ts watches those. */
  get file(): string {
    return this.#file;
  }

  /** Statements of the learner's connection so far, oldest first. */
  get facts(): readonly SqlFact[] {
    return this.#recorded.facts();
  }

  /** A bookmark for `since`. */
  mark(): number {
    return this.#recorded.mark();
  }

  /** Statements after a bookmark. */
  since(mark: number): readonly SqlFact[] {
    return this.#recorded.since(mark);
  }

  /** A further connection, "the other process": not recorded, and it does not wait for locks. */
  outside(): DatabaseSync {
    const db = new Database(this.#file, { timeout: 0, enableForeignKeyConstraints: this.#foreignKeys });
    // nobody will pull the plug: waiting for the disk would be most of a probe's time
    db.exec('PRAGMA synchronous = OFF');
    this.#open.push(db);
    return db;
  }

  /**
   * Runs `act` once, after a learner statement that matches and before the next one begins. After a statement whose
   * rows are pulled one by one, that is when the last row was pulled or the next statement begins, whichever comes
   * first. `act` should be one statement or one transaction, so that it happens as a whole or is blocked as a whole.
   * @param o `nth`: which of the matching statements, default the first; `waits`: an act that is blocked is tried again
   *   after each matching statement that follows, as a program with a time-out would
   */
  between(when: When, act: () => void, o: { nth?: number; waits?: boolean } = {}): Between {
    const attempt = (): 'done' | 'blocked' => {
      try {
        act();
        return 'done';
      } catch (error) {
        const code = (error as { errcode?: number }).errcode;
        if (code === undefined || ![SQLITE_BUSY, SQLITE_LOCKED].includes(code & 0xff)) throw error;
        return 'blocked';
      }
    };
    return this.#recorded.between(when, attempt, o);
  }

  /**
   * Copies of two statements, each with the line that led to it as `cause`: not the outermost one, but the one in the
   * innermost call that led to both. Wrappers around the whole (a transaction helper, say) drop out that way.
   */
  sideBySide(a: SqlFact, b: SqlFact): [SqlFact, SqlFact] {
    return this.#recorded.sideBySide(a, b);
  }

  /** Makes the next learner statement that matches fail with `error`, before it touches the database. */
  failAt(when: When, error: Error): void {
    this.#recorded.failAt(when, error);
  }

  /** All rows of a table in order of rowid, read on a connection of the kit's own. */
  table(name: string): readonly Record<string, unknown>[] {
    this.#look ??= this.outside();
    return this.#look
      .prepare(`SELECT * FROM "${name.replaceAll('"', '""')}" ORDER BY rowid`)
      .all()
      .map((r) => ({ ...r }));
  }

  /** Closes the probe's connections and removes the file; the kit calls it when the probe ends. */
  dispose(): void {
    for (const db of this.#open) if (db.isOpen) db.close();
    removeDatabase(this.#file);
  }
}

/** Removes a database with all that SQLite puts beside it. */
function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) {
    try {
      unlinkSync(file + end);
    } catch {
      // most are not there; what cannot be removed goes with the folder of the player
    }
  }
}

/** Databases as they are when a probe begins, by what they are made with. */
const fresh = new Map<string, Buffer>();

/**
 * The bytes of a new database. Each schema is run once and kept: to write a file is many times quicker than to have it
 * made by SQLite, and every probe wants one or more.
 * @param file where a new one can be made
 */
function freshDatabase(schema: string, o: { wal: boolean; foreignKeys: boolean }, file: string): Buffer {
  const key = JSON.stringify([schema, o]);
  const known = fresh.get(key);
  if (known) return known;
  const db = new Database(file, { enableForeignKeyConstraints: o.foreignKeys });
  try {
    db.exec('PRAGMA synchronous = OFF');
    if (o.wal) db.exec('PRAGMA journal_mode = WAL');
    db.exec(schema);
  } finally {
    // also moves what is in the WAL into the file
    db.close();
  }
  const bytes = readFileSync(file);
  if (fresh.size >= MOST_KEPT) fresh.clear();
  fresh.set(key, bytes);
  return bytes;
}

/** Groups equal statements from equal lines: `#3..52 (50x) SELECT … [150 rows]`. */
export function summarise(facts: readonly SqlFact[]): string[] {
  const groups: { first: SqlFact; last: SqlFact; times: number; rows: number; changes: number }[] = [];
  for (const fact of facts) {
    const group = groups.at(-1);
    const [near, known] = [fact.site?.near, group?.first.site?.near];
    const same = group?.first.sql === fact.sql && known?.file === near?.file && known?.line === near?.line;
    if (!group || !same) {
      groups.push({ first: fact, last: fact, times: 1, rows: fact.rows, changes: fact.changes });
      continue;
    }
    group.last = fact;
    group.times++;
    group.rows += fact.rows;
    group.changes += fact.changes;
  }
  return groups.map((g) => {
    const at = g.times === 1 ? `#${g.first.seq}` : `#${g.first.seq}..${g.last.seq} (${g.times}x)`;
    const effect = g.changes > 0 ? `${g.changes} changed` : `${g.rows} rows`;
    const near = g.first.site?.near;
    return `${at} ${g.first.sql} [${effect}]${near ? ` <- ${near.file}:${near.line}` : ''}`;
  });
}
