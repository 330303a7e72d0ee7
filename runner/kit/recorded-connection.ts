import type sqlite from 'node:sqlite';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Frame, SqlFact } from '../core/facts.ts';
import { learnerFrames } from './frames.ts';

/** What every iterator of the language inherits: `map`, `toArray`, `Symbol.iterator` and so on. */
const ITERATOR: object = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** What became of an act placed between two statements. */
export interface Between {
  /** `blocked` = a transaction kept it out · `not-reached` = there was no such place */
  readonly outcome: 'not-reached' | 'done' | 'blocked';
  /** `seq` of the last statement before the act; 0 while it was not reached */
  readonly after: number;
}

export type When = (fact: SqlFact) => boolean;
interface Hook {
  when: When;
  /** matching statements still to come before the act is due; 0 = due */
  left: number;
  /** @returns true when the act shall be tried again after the next matching statement */
  fire: (after: number) => boolean;
}

/** White space folded, trailing semicolon dropped: two spellings of one statement group together. */
function foldSql(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().replace(/;$/, '');
}

function printable(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? Number(v) : v));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Keeps the list of statements of one connection and the acts that wait between them. */
class Recorder {
  readonly facts: SqlFact[] = [];
  readonly stacks = new WeakMap<SqlFact, readonly Frame[]>();
  readonly faults: { when: When; error: Error }[] = [];
  readonly connection: string;
  #hooks: Hook[] = [];
  #quiet = false;

  constructor(connection: string) {
    this.connection = connection;
  }

  addHook(hook: Hook): void {
    this.#hooks.push(hook);
  }

  /** @returns null while a hook runs: a hook's own statements are not recorded */
  begin(op: SqlFact['op'], sql: string, params: readonly unknown[], db: DatabaseSync): SqlFact | null {
    if (this.#quiet) return null;
    this.fireDue();
    const frames = learnerFrames();
    const near = frames[0];
    const cause = frames.at(-1);
    const fact: SqlFact = {
      kind: 'sql',
      seq: this.facts.length + 1,
      op,
      sql: foldSql(sql),
      params: params.map(printable),
      rows: 0,
      changes: 0,
      inTransaction: db.isOpen && db.isTransaction,
      connection: this.connection,
      site: near && cause ? { near, cause } : null,
    };
    this.facts.push(fact);
    this.stacks.set(fact, frames);
    const fault = this.faults.findIndex((f) => f.when(fact));
    if (fault >= 0) {
      const [f] = this.faults.splice(fault, 1);
      fact.error = f!.error.message;
      throw f!.error;
    }
    return fact;
  }

  end(fact: SqlFact): void {
    for (const hook of this.#hooks) if (hook.left > 0 && hook.when(fact)) hook.left--;
    // an iteration is over when its last row was pulled or the next statement begins, not when it was asked for
    if (fact.op !== 'iterate') this.fireDue();
  }

  /** Runs the acts whose place has come. */
  fireDue(): void {
    if (this.#quiet) return;
    const due = this.#hooks.filter((h) => h.left === 0);
    if (due.length === 0) return;
    this.#hooks = this.#hooks.filter((h) => h.left > 0);
    this.#quiet = true;
    try {
      for (const hook of due) {
        if (!hook.fire(this.facts.length)) continue;
        hook.left = 1;
        this.#hooks.push(hook);
      }
    } finally {
      this.#quiet = false;
    }
  }

  run<T>(
    op: SqlFact['op'],
    sql: string,
    params: readonly unknown[],
    db: RecordingDatabase,
    go: () => T,
    measure: (result: T, fact: SqlFact) => void = () => {},
  ): T {
    const fact = this.begin(op, sql, params, db);
    if (!fact) return go();
    const before = db.changesSoFar();
    try {
      const result = go();
      fact.changes = db.changesSoFar() - before;
      measure(result, fact);
      this.end(fact);
      return result;
    } catch (error) {
      fact.error ??= messageOf(error);
      throw error;
    }
  }
}

// not imported: a player's is guarded (engine/player-confine.ts), and an import would find the one below the guard
const Database = (process.getBuiltinModule('node:sqlite') as typeof sqlite).DatabaseSync;

/** A true DatabaseSync that records every statement with the learner's line. */
class RecordingDatabase extends Database {
  readonly #recorder: Recorder;
  #meter: StatementSync | null = null;

  constructor(location: string, recorder: Recorder, o: { foreignKeys: boolean }) {
    super(location, { timeout: 0, enableForeignKeyConstraints: o.foreignKeys });
    this.#recorder = recorder;
    super.exec('PRAGMA synchronous = OFF');
  }

  override open(): void {
    this.#meter = null;
    super.open();
  }

  override exec(sql: string): void {
    this.#recorder.run('exec', sql, [], this, () => super.exec(sql));
  }

  /** A statement that cannot be prepared (closed database, unknown table) is recorded as a failed `exec`. */
  override prepare(sql: string): StatementSync {
    let statement: StatementSync;
    try {
      statement = super.prepare(sql);
    } catch (error) {
      const fact = this.#recorder.begin('exec', sql, [], this);
      if (fact) fact.error = messageOf(error);
      throw error;
    }
    return this.#recorded(statement, sql);
  }

  override createTagStore(maxSize = 1000): ReturnType<DatabaseSync['createTagStore']> {
    const cache = new Map<string, StatementSync>();
    const statement = (strings: TemplateStringsArray): StatementSync => {
      const sql = strings.join('?');
      const found = cache.get(sql) ?? this.prepare(sql);
      cache.delete(sql);
      if (cache.size >= maxSize) cache.delete(cache.keys().next().value!);
      cache.set(sql, found);
      return found;
    };
    const store = {
      run: (s: TemplateStringsArray, ...v: SQLInputValue[]) => statement(s).run(...v),
      get: (s: TemplateStringsArray, ...v: SQLInputValue[]) => statement(s).get(...v),
      all: (s: TemplateStringsArray, ...v: SQLInputValue[]) => statement(s).all(...v),
      iterate: (s: TemplateStringsArray, ...v: SQLInputValue[]) => statement(s).iterate(...v),
      clear: () => cache.clear(),
      get size() {
        return cache.size;
      },
      capacity: maxSize,
      db: this,
    };
    return store as unknown as ReturnType<DatabaseSync['createTagStore']>;
  }

  /** Rows changed on this connection since it was opened, those of triggers and cascades included. */
  changesSoFar(): number {
    if (!this.isOpen) return 0;
    this.#meter ??= super.prepare('SELECT total_changes() AS n');
    return Number(this.#meter.get()!.n);
  }

  #recorded(statement: StatementSync, sql: string): StatementSync {
    const recorder = this.#recorder;
    const own: Partial<Record<keyof StatementSync, unknown>> = {
      run: (...params: SQLInputValue[]) =>
        recorder.run('run', sql, params, this, () => statement.run(...params)),
      get: (...params: SQLInputValue[]) =>
        recorder.run(
          'get',
          sql,
          params,
          this,
          () => statement.get(...params),
          (row, fact) => {
            fact.rows = row === undefined ? 0 : 1;
          },
        ),
      all: (...params: SQLInputValue[]) =>
        recorder.run(
          'all',
          sql,
          params,
          this,
          () => statement.all(...params),
          (rows, fact) => {
            fact.rows = rows.length;
          },
        ),
      iterate: (...params: SQLInputValue[]) => {
        let asked: SqlFact | null = null;
        const rows = recorder.run(
          'iterate',
          sql,
          params,
          this,
          () => statement.iterate(...params),
          (_rows, fact) => {
            asked = fact;
          },
        );
        return asked ? counted(rows, asked, recorder, this) : rows;
      },
    };
    return new Proxy(statement, {
      get(target, key) {
        if (Object.hasOwn(own, key)) return own[key as keyof StatementSync];
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

/** Counts rows while they are pulled, and lets a waiting act in when the iteration is over. */
function counted<T>(
  rows: Iterator<T>,
  fact: SqlFact,
  recorder: Recorder,
  db: RecordingDatabase,
): NodeJS.Iterator<T> {
  let over = false;
  const onlyReads = /^select\b/i.test(fact.sql);
  /** a writing statement reports its changes when it ends: with the last row, or when the reader stops */
  const measured = <R>(go: () => R): R => {
    if (onlyReads) return go();
    const before = db.changesSoFar();
    try {
      return go();
    } finally {
      fact.changes += db.changesSoFar() - before;
    }
  };
  const finish = (): void => {
    if (over) return;
    over = true;
    recorder.fireDue();
  };
  const next = (): IteratorResult<T> => {
    let result: IteratorResult<T>;
    try {
      result = measured(() => rows.next());
    } catch (error) {
      fact.error ??= messageOf(error);
      finish();
      throw error;
    }
    if (result.done) finish();
    else fact.rows++;
    return result;
  };
  const stop = (value?: unknown): IteratorResult<T> => {
    measured(() => rows.return?.());
    finish();
    return { done: true, value: value as T };
  };
  return Object.assign(Object.create(ITERATOR), { next, return: stop }) as NodeJS.Iterator<T>;
}

/** The learner's recorded connection to a database file, as functions that the probe's side calls over the board. */
export interface RecordedConnection {
  /** what the learner's code gets: instanceof, prepare, exec and tag store work as on any DatabaseSync */
  readonly learner: DatabaseSync;
  /** statements so far, oldest first */
  facts(): readonly SqlFact[];
  /** a bookmark for `since` */
  mark(): number;
  since(mark: number): readonly SqlFact[];
  /** @param act says whether it was done or blocked; see SqlWorld.between */
  between(when: When, act: () => 'done' | 'blocked', o: { nth?: number; waits?: boolean }): Between;
  sideBySide(a: SqlFact, b: SqlFact): [SqlFact, SqlFact];
  failAt(when: When, error: Error): void;
  close(): void;
}

/** Opens the learner's recorded connection; it lives where the learner's code runs. */
export function recordConnection(file: string, o: { foreignKeys: boolean }): RecordedConnection {
  const recorder = new Recorder('learner');
  const learner = new RecordingDatabase(file, recorder, o);
  return {
    learner,
    facts: () => recorder.facts,
    mark: () => recorder.facts.length,
    since: (mark) => recorder.facts.slice(mark),
    between(when, act, { nth = 1, waits = false }) {
      const result: { -readonly [K in keyof Between]: Between[K] } = { outcome: 'not-reached', after: 0 };
      recorder.addHook({
        when,
        left: nth,
        fire: (after) => {
          result.after = after;
          result.outcome = act();
          return result.outcome === 'blocked' && waits;
        },
      });
      return result;
    },
    sideBySide(a, b) {
      const [ofA, ofB] = [a, b].map((f) => (recorder.stacks.get(f) ?? []).toReversed()) as [Frame[], Frame[]];
      let shared = 0;
      while (shared < Math.min(ofA.length, ofB.length) && samePlace(ofA[shared]!, ofB[shared]!)) shared++;
      const led = (f: SqlFact, frames: readonly Frame[]): SqlFact =>
        f.site ? { ...f, site: { near: f.site.near, cause: frames[shared] ?? f.site.near } } : { ...f };
      return [led(a, ofA), led(b, ofB)];
    },
    failAt: (when, error) => void recorder.faults.push({ when, error }),
    close() {
      if (learner.isOpen) learner.close();
    },
  };
}

function samePlace(a: Frame, b: Frame): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}
