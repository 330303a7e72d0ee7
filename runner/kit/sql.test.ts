import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type * as Shelf from './fixtures/sql-code.ts';
import { recordConnection, type RecordedConnection } from './recorded-connection.ts';
import { SqlWorld, summarise } from './sql.ts';
import { setTable } from './table.ts';

const SCHEMA = `
  CREATE TABLE book(id INTEGER PRIMARY KEY, name TEXT, shelf INTEGER);
  INSERT INTO book VALUES (1, 'emma', 1), (2, 'dune', 1), (3, 'momo', 2);`;

setTable({
  root: path.join(import.meta.dirname, 'fixtures'),
  entry: '',
  sources: null,
  scorer: null,
  known: new Map(),
  seed: 1,
});
// loaded natively: only then are lines those of the file
const shelf = createRequire(import.meta.url)('./fixtures/sql-code.ts') as typeof Shelf;
const worlds: SqlWorld[] = [];
const connections: RecordedConnection[] = [];
const record: ConstructorParameters<typeof SqlWorld>[0] = (file, o) => {
  const connection = recordConnection(file, o);
  connections.push(connection);
  return connection;
};
const open = (o?: ConstructorParameters<typeof SqlWorld>[2], schema = SCHEMA): SqlWorld => {
  const w = new SqlWorld(record, schema, o);
  worlds.push(w);
  return w;
};

afterEach(() => {
  for (const c of connections.splice(0)) c.close();
  for (const w of worlds.splice(0)) w.dispose();
});

describe('what is recorded', () => {
  it('is a true DatabaseSync with true statements', () => {
    const { learner } = open();
    expect(learner).toBeInstanceOf(DatabaseSync);
    const all = learner.prepare('SELECT * FROM book');
    expect(all).toBeInstanceOf(StatementSync);
    expect(all.sourceSQL).toBe('SELECT * FROM book');
    all.setReturnArrays(true);
    expect(all.get()).toEqual([1, 'emma', 1]);
  });

  it('counts rows for reads and changes for writes', () => {
    const w = open();
    w.learner.prepare('SELECT id FROM book').all();
    w.learner.prepare('SELECT COUNT(*) AS n FROM book').get();
    w.learner.prepare('SELECT * FROM book WHERE id = ?').get(99);
    w.learner.prepare('UPDATE book SET shelf = ? WHERE shelf = 1').run(5);
    w.learner.prepare('UPDATE book SET shelf = 6 WHERE shelf = 5 RETURNING id').all();
    w.learner.prepare('UPDATE book SET shelf = 7 WHERE id = 1 RETURNING id').get();
    w.learner.prepare('UPDATE book SET shelf = 8 WHERE id = 99').run();
    expect(w.facts.map((f) => [f.op, f.rows, f.changes])).toEqual([
      ['all', 3, 0],
      ['get', 1, 0],
      ['get', 0, 0],
      ['run', 0, 2],
      ['all', 2, 2],
      ['get', 1, 1],
      ['run', 0, 0],
    ]);
    expect(w.facts[3]!.params).toEqual([5]);
  });

  it('does not take the changes of an earlier write for those of a read', () => {
    const w = open();
    w.learner.exec('DELETE FROM book');
    w.learner.prepare('SELECT 1').run();
    w.learner.prepare("WITH x AS (SELECT 'update') SELECT * FROM x").all();
    expect(w.facts.map((f) => f.changes)).toEqual([3, 0, 0]);
  });

  it('counts the changes of several statements in one exec', () => {
    const w = open();
    w.learner.exec('BEGIN; UPDATE book SET shelf = 3; DELETE FROM book WHERE id = 1; COMMIT;');
    expect(w.facts).toMatchObject([{ op: 'exec', changes: 4, inTransaction: false }]);
  });

  it('records each run of a statement that is prepared once', () => {
    const w = open();
    const one = w.learner.prepare('SELECT   name\n FROM book WHERE id = ?;');
    for (const id of [1, 2, 3]) one.get(id);
    expect(w.facts.map((f) => [f.seq, f.sql, f.params])).toEqual(
      [1, 2, 3].map((id) => [id, 'SELECT name FROM book WHERE id = ?', [id]]),
    );
    expect(summarise(w.facts)).toEqual(['#1..3 (3x) SELECT name FROM book WHERE id = ? [3 rows]']);
  });

  it('records named parameters readably', () => {
    const w = open();
    w.learner.prepare('SELECT * FROM book WHERE id = :id').get({ id: 2 });
    w.learner.prepare('SELECT * FROM book WHERE id = :id').get({ id: 3n });
    w.learner.prepare('SELECT * FROM book WHERE id = ?').get(3n);
    expect(w.facts.map((f) => f.params)).toEqual([['{"id":2}'], ['{"id":3}'], ['3']]);
  });

  it('says whether a statement ran inside a transaction', () => {
    const w = open();
    w.learner.exec('BEGIN');
    w.learner.prepare('SELECT 1').get();
    w.learner.exec('COMMIT');
    expect(w.facts.map((f) => f.inTransaction)).toEqual([false, true, true]);
  });

  it('records a statement that fails, with its error', () => {
    const w = open();
    expect(() => w.learner.prepare('SELECT * FROM nowhere')).toThrow('no such table');
    expect(() => w.learner.prepare('INSERT INTO book(id) VALUES (1)').run()).toThrow('UNIQUE');
    w.learner.close();
    expect(() => w.learner.prepare('SELECT 1')).toThrow('database is not open');
    expect(w.facts.map((f) => f.error)).toEqual([
      expect.stringContaining('no such table'),
      expect.stringContaining('UNIQUE'),
      'database is not open',
    ]);
  });

  it('goes on recording when the learner closes the database and opens it again', () => {
    const w = open();
    w.learner.close();
    w.learner.open();
    w.learner.exec('DELETE FROM book WHERE id = 1');
    expect(w.facts).toMatchObject([{ changes: 1 }]);
  });

  it('enforces foreign keys unless told otherwise', () => {
    const schema =
      'CREATE TABLE a(id INTEGER PRIMARY KEY); CREATE TABLE b(a INTEGER NOT NULL REFERENCES a(id));';
    const orphan = 'INSERT INTO b VALUES (7)';
    expect(() => open({}, schema).learner.exec(orphan)).toThrow('FOREIGN KEY');
    open({ foreignKeys: false }, schema).learner.exec(orphan);
  });
});

describe('tag stores', () => {
  it('record like statements', () => {
    const w = open();
    const sql = w.learner.createTagStore();
    expect(sql.all`SELECT name FROM book WHERE shelf = ${1} ORDER BY id`).toMatchObject([
      { name: 'emma' },
      { name: 'dune' },
    ]);
    void sql.run`UPDATE book SET shelf = ${9} WHERE id = ${3}`;
    expect(sql.get`SELECT shelf FROM book WHERE id = ${3}`).toMatchObject({ shelf: 9 });
    expect([...sql.iterate`SELECT id FROM book`]).toHaveLength(3);
    expect(w.facts.map((f) => [f.op, f.rows, f.changes])).toEqual([
      ['all', 2, 0],
      ['run', 0, 1],
      ['get', 1, 0],
      ['iterate', 3, 0],
    ]);
  });

  it('keep the statements used last, as many as they may', () => {
    const { learner } = open();
    const sql = learner.createTagStore(2);
    for (let n = 0; n < 2; n++) {
      void sql.get`SELECT 1`;
      void sql.get`SELECT 2`;
    }
    expect(sql.size).toBe(2);
    void sql.get`SELECT 3`;
    expect(sql.size).toBe(2);
    expect(sql.capacity).toBe(2);
    sql.clear();
    expect(sql.size).toBe(0);
  });
});

describe('rows pulled one by one', () => {
  it('are counted as they are pulled', () => {
    const w = open();
    const rows = w.learner.prepare('SELECT name FROM book ORDER BY id').iterate();
    expect(w.facts[0]!.rows).toBe(0);
    expect(rows.next().value).toMatchObject({ name: 'emma' });
    expect(w.facts[0]!.rows).toBe(1);
    expect([...rows]).toHaveLength(2);
    expect(w.facts[0]!.rows).toBe(3);
  });

  it('come from an iterator with all that iterators have', () => {
    const w = open();
    const rows = w.learner.prepare('SELECT name FROM book ORDER BY id').iterate();
    expect(
      rows
        .map((r) => r.name)
        .take(2)
        .toArray(),
    ).toEqual(['emma', 'dune']);
    expect(rows.next().done).toBe(true);
  });

  it('count the changes of a writing statement', () => {
    const w = open();
    const rows = w.learner.prepare('UPDATE book SET shelf = 4 WHERE shelf = 1 RETURNING id').iterate();
    expect([...rows]).toHaveLength(2);
    expect(w.facts).toMatchObject([{ rows: 2, changes: 2 }]);
  });

  it('say in the fact that the connection is gone', () => {
    const w = open();
    const rows = w.learner.prepare('SELECT * FROM book').iterate();
    rows.next();
    w.learner.close();
    expect(() => rows.next()).toThrow('finalized');
    expect(w.facts).toMatchObject([{ rows: 1, error: expect.stringContaining('finalized') }]);
  });

  it('end when the reader stops, also before the first row', () => {
    const w = open();
    for (const _ of w.learner.prepare('SELECT * FROM book').iterate()) break;
    w.learner.prepare('SELECT * FROM book').iterate().return!();
    w.learner.exec('DROP TABLE book');
    expect(w.facts.map((f) => f.rows)).toEqual([1, 0, 0]);
  });
});

describe('between', () => {
  const steal = (w: SqlWorld) => (): void => w.outside().exec('DELETE FROM book WHERE id = 1');

  it('acts after the first statement that matches and before the next', () => {
    const w = open();
    const between = w.between((f) => /select/i.test(f.sql), steal(w));
    w.learner.exec('UPDATE book SET shelf = 1');
    expect(between).toEqual({ outcome: 'not-reached', after: 0 });
    expect(w.learner.prepare('SELECT * FROM book').all()).toHaveLength(3);
    expect(between).toEqual({ outcome: 'done', after: 2 });
    expect(w.learner.prepare('SELECT * FROM book').all()).toHaveLength(2);
  });

  it('acts once, after the nth statement that matches', () => {
    const w = open();
    let acts = 0;
    const between = w.between(
      () => true,
      () => acts++,
      { nth: 2 },
    );
    for (let n = 0; n < 4; n++) w.learner.prepare('SELECT 1').get();
    expect(acts).toBe(1);
    expect(between.after).toBe(2);
  });

  it('waits for the last row of an iteration', () => {
    const w = open();
    const between = w.between(() => true, steal(w));
    const rows = w.learner.prepare('SELECT * FROM book').iterate();
    rows.next();
    rows.next();
    rows.next();
    expect(between.outcome).toBe('not-reached');
    expect(rows.next().done).toBe(true);
    expect(between.outcome).toBe('done');
  });

  it('acts when the next statement begins, though rows are still to come', () => {
    const w = open();
    const between = w.between((f) => f.op === 'iterate', steal(w));
    const rows = w.learner.prepare('SELECT * FROM book ORDER BY id').iterate();
    rows.next();
    w.learner.prepare('SELECT 1').get();
    expect(between).toEqual({ outcome: 'done', after: 1 });
    expect([...rows]).toHaveLength(2); // an open cursor keeps the table as it was
  });

  it('acts when the reader stops early', () => {
    const w = open();
    const between = w.between(() => true, steal(w));
    for (const _ of w.learner.prepare('SELECT * FROM book').iterate()) break;
    expect(between.outcome).toBe('done');
  });

  it('is kept out by a transaction that writes', () => {
    const w = open();
    const between = w.between((f) => /select/i.test(f.sql), steal(w));
    w.learner.exec('BEGIN IMMEDIATE');
    w.learner.prepare('SELECT * FROM book').all();
    w.learner.exec('COMMIT');
    expect(between.outcome).toBe('blocked');
    expect(w.table('book')).toHaveLength(3);
  });

  it('gets in after the transaction when it waits', () => {
    const w = open();
    const between = w.between(() => true, steal(w), { waits: true });
    w.learner.exec('BEGIN IMMEDIATE');
    w.learner.prepare('SELECT * FROM book').all();
    expect(between.outcome).toBe('blocked');
    w.learner.exec('COMMIT');
    expect(between).toEqual({ outcome: 'done', after: 3 });
    expect(w.table('book')).toHaveLength(2);
  });

  it('does not record what the act itself sends on the learner connection', () => {
    const w = open();
    w.between(
      () => true,
      () => w.learner.exec('DELETE FROM book'),
    );
    w.learner.prepare('SELECT 1').get();
    expect(w.facts).toHaveLength(1);
  });

  it('passes on what goes wrong in the act', () => {
    const w = open();
    w.between(
      () => true,
      () => w.outside().exec('DELETE FROM nowhere'),
    );
    expect(() => w.learner.prepare('SELECT 1').get()).toThrow('no such table');
  });
});

describe('failAt', () => {
  it('fails the next matching statement once, before it touches the database', () => {
    const w = open();
    w.failAt((f) => /delete/i.test(f.sql), new Error('disk full'));
    expect(() => w.learner.exec('DELETE FROM book')).toThrow('disk full');
    expect(w.facts).toMatchObject([{ error: 'disk full', changes: 0 }]);
    expect(w.table('book')).toHaveLength(3);
    w.learner.exec('DELETE FROM book');
    expect(w.table('book')).toHaveLength(0);
  });
});

describe('places', () => {
  it('are the learner lines that sent a statement', () => {
    const w = open();
    expect(shelf.names(w.learner)).toEqual(['emma', 'dune', 'momo']);
    expect(w.facts[0]!.site?.near).toMatchObject({ file: 'sql-code.ts', line: 4, fn: 'names' });
    expect(summarise(w.facts)).toEqual(['#1 SELECT name FROM book ORDER BY id [3 rows] <- sql-code.ts:4']);
  });

  it('are none where no learner code runs', () => {
    const w = open();
    w.learner.prepare('SELECT 1').get();
    expect(w.facts[0]!.site).toBeNull();
  });

  it('lead through a generator to the line that pulls it', () => {
    const w = open();
    expect(shelf.renameAndList(w.learner)).toEqual(['EMMA', 'DUNE', 'MOMO']);
    const [begin, update, select] = w.facts;
    expect(select!.site).toMatchObject({ near: { line: 9 }, cause: { line: 20 } });
    const [a, b] = w.sideBySide(update!, select!);
    expect([a.site?.cause.line, b.site?.cause.line]).toEqual([22, 23]);
    expect(b).toEqual({ ...select, site: { near: select!.site!.near, cause: b.site!.cause } });
    const [c, d] = w.sideBySide(begin!, update!);
    expect([c.site?.cause.line, d.site?.cause.line]).toEqual([13, 14]);
  });
});

it('marks a place in the list of statements', () => {
  const w = open();
  w.learner.prepare('SELECT 1').get();
  const mark = w.mark();
  w.learner.prepare('SELECT 2').get();
  expect(w.since(mark).map((f) => f.sql)).toEqual(['SELECT 2']);
});
