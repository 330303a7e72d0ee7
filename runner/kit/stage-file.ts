import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export interface StageFileOptions {
  /** on unless said otherwise */
  wal?: boolean;
  foreignKeys?: boolean;
}

/** A database file for one schedule. The probe's connections are its own: what they see does not rest on the player. */
export class StageFile {
  readonly path: string;
  readonly foreignKeys: boolean;
  readonly #open: DatabaseSync[] = [];
  readonly #main: DatabaseSync;
  readonly #version: unknown;
  #asksVersion: StatementSync | null = null;
  readonly #restore: string | null;

  /** @param template the file as it is at the beginning; @param restore statements that make it so again */
  constructor(file: string, template: string, foreignKeys: boolean, restore: string | null) {
    this.path = file;
    this.foreignKeys = foreignKeys;
    this.#restore = restore;
    this.#main = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: false });
    this.#main.exec('PRAGMA synchronous = OFF');
    if (restore !== null) this.#main.exec(`ATTACH ${quoted(template, "'")} AS template`);
    this.#version = this.#schemaVersion();
  }

  /** A further connection, "another process", which does not wait for locks; closed when the schedule is over. */
  outside(): DatabaseSync {
    const db = new DatabaseSync(this.path, { timeout: 0, enableForeignKeyConstraints: this.foreignKeys });
    db.exec('PRAGMA synchronous = OFF');
    this.#open.push(db);
    return db;
  }

  /** All rows of a table in order of rowid. */
  table(name: string): readonly Record<string, unknown>[] {
    return this.#main
      .prepare(`SELECT * FROM main.${quoted(name, '"')} ORDER BY rowid`)
      .all()
      .map((row) => ({ ...row }));
  }

  /** Makes the file what it was at the beginning. @returns false when a new one is needed */
  restore(): boolean {
    for (const db of this.#open.splice(0)) if (db.isOpen) db.close();
    // other tables than at the beginning: not for us to undo
    if (this.#restore === null || this.#schemaVersion() !== this.#version) return false;
    try {
      this.#main.exec(this.#restore);
      return true;
    } catch {
      // somebody still holds a lock
      return false;
    }
  }

  close(): void {
    for (const db of [...this.#open.splice(0), this.#main]) if (db.isOpen) db.close();
  }

  #schemaVersion(): unknown {
    this.#asksVersion ??= this.#main.prepare('PRAGMA main.schema_version');
    return this.#asksVersion.get()!.schema_version;
  }
}

/**
 * The files of one search. Restoring a file takes a tenth of the time of making one (with a write-ahead log 0.1 ms
 * against 1.5), so a file serves one schedule after the other while its tables stay as they were.
 */
export class StageFiles {
  #folder: string | null = null;
  #made = 0;
  #templates = new Map<string, { file: string; bytes: Buffer; restore: string | null }>();
  #used: { key: string; file: StageFile }[] = [];
  #free: { key: string; file: StageFile }[] = [];

  /** A file that holds what the statements make. */
  take(schema: string, o: StageFileOptions = {}): StageFile {
    const { wal = true, foreignKeys = true } = o;
    const key = JSON.stringify([schema, wal, foreignKeys]);
    const template = this.#template(key, schema, wal);
    const waiting = this.#free.findIndex((f) => f.key === key);
    if (waiting >= 0) {
      const [known] = this.#free.splice(waiting, 1);
      this.#used.push(known!);
      return known!.file;
    }
    const made = path.join(this.#folder!, `world-${this.#made++}.db`);
    writeFileSync(made, template.bytes);
    const file = new StageFile(made, template.file, foreignKeys, template.restore);
    this.#used.push({ key, file });
    return file;
  }

  /** The schedule is over: its files are made ready for the next one. */
  recycle(): void {
    for (const used of this.#used.splice(0)) {
      if (used.file.restore()) this.#free.push(used);
      else used.file.close();
    }
  }

  dispose(): void {
    for (const { file } of [...this.#used.splice(0), ...this.#free.splice(0)]) file.close();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#templates.clear();
    this.#folder = null;
  }

  #template(
    key: string,
    schema: string,
    wal: boolean,
  ): { file: string; bytes: Buffer; restore: string | null } {
    const known = this.#templates.get(key);
    if (known) return known;
    this.#folder ??= mkdtempSync(path.join(tmpdir(), 'kibitzer-stage-'));
    const file = path.join(this.#folder, `template-${this.#templates.size}.db`);
    const db = new DatabaseSync(file);
    db.exec('PRAGMA synchronous = OFF');
    if (wal) db.exec('PRAGMA journal_mode = WAL');
    db.exec(schema);
    const restore = restoring(db);
    db.close();
    const template = { file, bytes: readFileSync(file), restore };
    this.#templates.set(key, template);
    return template;
  }
}

/** Statements that fill all tables again from `template`; null where filling would do more or less than that. */
function restoring(db: DatabaseSync): string | null {
  const things = db.prepare('SELECT type, name, sql FROM sqlite_schema').all() as {
    type: string;
    name: string;
    sql: string | null;
  }[];
  if (things.some((t) => t.type === 'trigger' || /^\s*CREATE\s+VIRTUAL/i.test(t.sql ?? ''))) return null;
  const tables = things.filter((t) => t.type === 'table').map((t) => quoted(t.name, '"'));
  const generated = tables.some((t) =>
    db
      .prepare(`PRAGMA table_xinfo(${t})`)
      .all()
      .some((column) => column.hidden !== 0),
  );
  if (generated) return null;
  // the counters of AUTOINCREMENT last: filling the other tables moves them
  const inOrder = tables.toSorted((a, b) => Number(a.includes('sqlite_')) - Number(b.includes('sqlite_')));
  const fill = inOrder.map(
    (t) => `DELETE FROM main.${t}; INSERT INTO main.${t} SELECT * FROM template.${t};`,
  );
  return `BEGIN IMMEDIATE; ${fill.join(' ')} COMMIT`;
}

function quoted(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
