import { framesOfError, type Fact, type ProbeContext, type SqlFact, type SqlWorld } from 'kibitzer/kit';
import type * as Starter from './starter/orders.ts';

export type OrderView = Starter.OrderView;

export type Play = ProbeContext<typeof Starter>;

/** As stored: a line is `[article, qty, price]`. */
export interface Stored {
  customer?: string;
  delivery?: number;
  lines?: readonly (readonly [article: string, qty: number, price: number])[];
  notes?: readonly string[];
}

/** Read through the indexes, lines and notes come in another order than that of their ids. */
export const SCHEMA = `
  CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER, delivery INTEGER);
  CREATE TABLE line(id INTEGER PRIMARY KEY, order_id INTEGER, article TEXT, qty INTEGER, price INTEGER);
  CREATE TABLE note(id INTEGER PRIMARY KEY, order_id INTEGER, text TEXT);
  CREATE INDEX line_of_order ON line(order_id, article, qty, price);
  CREATE INDEX note_of_order ON note(order_id, text);`;

/** Rows fetched beyond those of the sentence that are let pass: a look whether there is one more, say. */
export const SPARE = 1.1;

export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The schema with these orders, the first with id 1; each has a customer of its own. */
export function stored(orders: readonly Stored[]): string {
  const rows: Record<'customer' | 'orders' | 'line' | 'note', string[]> = {
    customer: [],
    orders: [],
    line: [],
    note: [],
  };
  orders.forEach((o, i) => {
    const id = i + 1;
    rows.customer.push(`(${100 + id}, ${text(o.customer ?? `Bakery ${id}`)})`);
    rows.orders.push(`(${id}, ${100 + id}, ${o.delivery ?? 0})`);
    for (const [article, qty, price] of o.lines ?? [])
      rows.line.push(`(${rows.line.length + 1}, ${id}, ${text(article)}, ${qty}, ${price})`);
    for (const note of o.notes ?? []) rows.note.push(`(${rows.note.length + 1}, ${id}, ${text(note)})`);
  });
  const inserts = Object.entries(rows).map(([table, values]) =>
    values.length > 0 ? `INSERT INTO ${table} VALUES ${values.join(', ')};` : '',
  );
  return `${SCHEMA} BEGIN; ${inserts.join('\n')} COMMIT;`;
}

/** The schema with `n` orders that have so many lines each, and every other one a note; sixty customers. */
export function manyStored(n: number, lines = 1): string {
  return `${SCHEMA} BEGIN;
    CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${n}) SELECT i FROM c;
    INSERT INTO customer SELECT i, 'Bakery ' || i FROM n WHERE i <= 60;
    INSERT INTO orders SELECT i, 1 + i % ${Math.min(n, 60)}, 500 FROM n;
    INSERT INTO line SELECT i, 1 + i % ${n}, 'Rye flour', 2, 150 FROM n;
    ${"INSERT INTO line SELECT NULL, order_id, 'Salt', qty, price FROM line;".repeat(lines - 1)}
    INSERT INTO note SELECT i, i, 'Ring twice' FROM n WHERE i % 2 = 0;
    COMMIT;`;
}

/** What a list must say of these orders, newest first. */
export function viewsOf(orders: readonly Stored[]): OrderView[] {
  return orders
    .map((o, i) => ({
      id: i + 1,
      customer: o.customer ?? `Bakery ${i + 1}`,
      total: totalOf(o),
      lines: (o.lines ?? []).map(([article, qty]) => ({ article, qty })),
      lastNote: o.notes?.at(-1) ?? null,
    }))
    .reverse();
}

export function totalOf(o: Stored): number {
  return (o.lines ?? []).reduce((sum, [, qty, price]) => sum + qty * price, o.delivery ?? 0);
}

/** What a reader can read of a list. */
export function look(list: readonly OrderView[]): OrderView[] {
  return Array.from(list, (o) => ({
    id: o.id,
    customer: o.customer,
    total: o.total,
    lines: Array.from(o.lines, (l) => ({ article: l.article, qty: l.qty })),
    lastNote: o.lastNote ?? null,
  }));
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

export function note(says: string): Fact {
  return { kind: 'note', text: says, site: null };
}

/** A list of values, or "none". */
export function said(values: readonly unknown[]): string {
  return values.map(String).join(', ') || 'none';
}

export const linesSaid = (o: OrderView | undefined): string =>
  o ? said(o.lines.map((l) => `${l.qty} ${l.article}`)) : 'none';

export function rowsOf(facts: readonly SqlFact[]): number {
  return facts.reduce((sum, f) => sum + f.rows, 0);
}

/** The statement of a call that fetched the most rows, with the line that led to it as seen from its neighbour. */
export function largest(w: SqlWorld, facts: readonly SqlFact[]): SqlFact | undefined {
  const most = Math.max(...facts.map((f) => f.rows));
  return beside(w, facts).find((f) => f.rows === most);
}

/**
 * Statements of a call, each with the line that led to it as seen from its neighbour: where all are sent by one line of
 * a helper, that is where they part.
 */
export function beside(w: SqlWorld, facts: readonly SqlFact[]): SqlFact[] {
  return facts.map((f, i) => {
    const neighbour = facts[i - 1] ?? facts[i + 1];
    return neighbour ? w.sideBySide(neighbour, f)[1] : f;
  });
}

/** A call whose failure is an answer too. */
export function attempt<T>(call: () => T): { value: T } | { failed: string; fact: Fact } {
  try {
    return { value: call() };
  } catch (error) {
    const near = framesOfError(error)[0];
    const failed = error instanceof Error ? error.message : String(error);
    return { failed, fact: { kind: 'note', text: failed, site: near ? { near, cause: near } : null } };
  }
}
