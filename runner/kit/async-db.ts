import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Site } from '../core/facts.ts';
import { learnerSite } from './frames.ts';
import { onStage, type Actor, type StageRun } from './stage-run.ts';

export type Row = Record<string, unknown>;

/** A database behind promises, as learners receive it. Each call is a step that others may overtake. */
export interface AsyncDb {
  get(sql: string, ...params: SQLInputValue[]): Promise<Row | undefined>;
  all(sql: string, ...params: SQLInputValue[]): Promise<Row[]>;
  run(sql: string, ...params: SQLInputValue[]): Promise<{ changes: number }>;
  /** BEGIN IMMEDIATE on a connection of its own, COMMIT when the work is done, ROLLBACK when it fails */
  transaction<T>(work: (tx: AsyncDb) => Promise<T>): Promise<T>;
}

export interface AsyncDbOptions {
  foreignKeys: boolean;
}

/** Another connection holds the lock. BUSY_SNAPSHOT (517) is another matter: waiting does not help there. */
const BUSY = new Set([5, 261]);
/** Statements that leave nothing behind on the connection itself. */
const ORDINARY = /^\s*(select|insert|update|delete|replace|with|begin|commit|end|rollback)\b/i;
const LABEL = 200;
const ROW = 60;

const isBusy = (error: unknown): boolean => BUSY.has((error as { errcode?: number } | null)?.errcode ?? 0);

/**
 * Connections that outlive a schedule, by file: opening one costs more than all the statements of a schedule. What a
 * learner may have changed about a connection (a PRAGMA, a temporary table) ends it.
 */
export class Connections {
  #idle = new Map<string, Connection[]>();

  take(file: string, o: AsyncDbOptions): Connection {
    const key = `${o.foreignKeys} ${file}`;
    const known = this.#idle.get(key)?.pop();
    if (known) return known;
    return new Connection(file, o, (connection) => {
      const idle = this.#idle.get(key) ?? [];
      this.#idle.set(key, idle);
      idle.push(connection);
    });
  }

  dispose(): void {
    for (const connection of [...this.#idle.values()].flat()) connection.db.close();
    this.#idle.clear();
  }
}

/** A database behind promises, for one run of the stage. */
export function openAsyncDb(file: string, o: AsyncDbOptions, run: StageRun, pool: Connections): AsyncDb {
  const idle: Connection[] = [];
  const connect = (): Connection => {
    const known = idle.pop();
    if (known) return known;
    const fresh = pool.take(file, o);
    fresh.join(run);
    return fresh;
  };

  const transaction = async <T>(work: (tx: AsyncDb) => Promise<T>): Promise<T> => {
    // taken on entry: after an await the caller's frame is gone, and BEGIN and COMMIT are both this call
    const site = learnerSite();
    const own = connect();
    await own.step('BEGIN IMMEDIATE', site, () => own.db.exec('BEGIN IMMEDIATE'));
    let over = false;
    try {
      const result = await work(new Statements(own, () => over, nested));
      over = true;
      await own.step('COMMIT', site, () => own.db.exec('COMMIT'));
      return result;
    } catch (error) {
      over = true;
      if (own.db.isTransaction) await own.step('ROLLBACK', site, () => own.db.exec('ROLLBACK'));
      throw error;
    } finally {
      idle.push(own);
    }
  };
  return new Statements(connect(), () => false, transaction);
}

async function nested(): Promise<never> {
  throw new Error('cannot start a transaction within a transaction');
}

/**
 * Statements of one connection. Functions may be taken off the object and called alone. One class for all of them:
 * over the board, an object of a class that is known costs half of another one.
 */
class Statements implements AsyncDb {
  readonly get: AsyncDb['get'];
  readonly all: AsyncDb['all'];
  readonly run: AsyncDb['run'];
  readonly transaction: AsyncDb['transaction'];

  constructor(connection: Connection, over: () => boolean, transaction: AsyncDb['transaction']) {
    const step = <T>(
      sql: string,
      params: SQLInputValue[],
      effect: (s: StatementSync) => T,
      note: (v: T) => string,
    ): Promise<T> => {
      if (over()) return Promise.reject(new Error('the transaction has ended'));
      const site = learnerSite();
      return connection.step(printSql(sql, params), site, () => effect(connection.prepare(sql)), note);
    };
    this.get = (sql, ...params) =>
      step(sql, params, (s) => plain(s.get(...params) as Row | undefined), printRow);
    this.all = (sql, ...params) =>
      step(
        sql,
        params,
        (s) => s.all(...params).map((row) => plain(row as Row)!),
        (rows) => (rows.length === 1 ? '1 row' : `${rows.length} rows`),
      );
    this.run = (sql, ...params) =>
      step(
        sql,
        params,
        (s) => ({ changes: Number(s.run(...params).changes) }),
        ({ changes }) => (/^\s*(insert|update|delete|replace)/i.test(sql) ? `${changes} changed` : ''),
      );
    this.transaction = transaction;
  }
}

/** One real connection, which knows whose transaction it is in. */
class Connection {
  readonly db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #giveBack: (connection: Connection) => void;
  #run: StageRun | null = null;
  #holder: Actor | undefined;
  #changed = false;

  constructor(file: string, o: AsyncDbOptions, giveBack: (connection: Connection) => void) {
    this.db = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: o.foreignKeys });
    this.db.exec('PRAGMA synchronous = OFF');
    this.#giveBack = giveBack;
  }

  join(run: StageRun): void {
    this.#run = run;
    run.resources.push(this);
  }

  prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (!statement) this.#prepared.set(sql, (statement = this.db.prepare(sql)));
    this.#changed ||= !ORDINARY.test(sql);
    return statement;
  }

  step<T>(label: string, site: Site | null, go: () => T, note?: (value: T) => string): Promise<T> {
    const actor = onStage.getStore();
    const run = this.#run!;
    const effect = (): T => {
      const before = this.db.isTransaction;
      try {
        return go();
      } finally {
        const after = this.db.isTransaction;
        if (!before && after) this.#holder = actor;
        if (before && !after) run.release();
      }
    };
    return run.park({ label, site, effect, waits: isBusy, ...(note ? { note } : {}) });
  }

  /** The database rolls back what a process that died had begun. */
  cut(actor: Actor): void {
    if (this.#holder === actor && this.db.isTransaction) this.db.exec('ROLLBACK');
  }

  /** The run is over. */
  close(): void {
    this.#run = null;
    this.#holder = undefined;
    if (this.#changed) return this.db.close();
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.#giveBack(this);
  }
}

/** node:sqlite's rows have no prototype; learners expect plain objects. */
function plain(row: Row | undefined): Row | undefined {
  return row && { ...row };
}

/** A statement as it is read best: on one line, parameters in their places. */
function printSql(sql: string, params: readonly SQLInputValue[]): string {
  const folded = sql.replace(/\s+/g, ' ').trim().replace(/;$/, '');
  const marks = folded.split('?');
  const values = params.map((p) => (typeof p === 'string' ? `'${p}'` : p === null ? 'NULL' : printOther(p)));
  const whole =
    marks.length - 1 === values.length
      ? marks.map((part, i) => part + (values[i] ?? '')).join('')
      : `${folded} [${values.join(', ')}]`;
  return cutShort(whole, LABEL);
}

function printOther(value: SQLInputValue | undefined): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value) ?? String(value);
}

function printRow(row: Row | undefined): string {
  if (!row) return 'no row';
  const cells = Object.entries(row).map(
    ([name, v]) => `${name} = ${typeof v === 'string' ? `'${v}'` : String(v)}`,
  );
  return cutShort(cells.join(', '), ROW);
}

function cutShort(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
