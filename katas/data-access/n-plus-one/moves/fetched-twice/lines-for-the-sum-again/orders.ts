import type { DatabaseSync } from 'node:sqlite';

export interface OrderView {
  id: number;
  customer: string;
  /** in cents, delivery included */
  total: number;
  lines: { article: string; qty: number }[];
  lastNote: string | null;
}

export interface Orders {
  /** the newest orders, at most `limit` of them */
  list(o: { limit: number }): OrderView[];
  totals(): { orders: number; revenue: number };
}

interface Order {
  id: number;
  customer_id: number;
  delivery: number;
}

interface Line {
  order_id: number;
  article: string;
  qty: number;
  price: number;
}

export function openOrders(db: DatabaseSync): Orders {
  // small helpers that do one thing each, so that the page reads like a sentence
  function ask<Row>(sql: string, ids: number[]): Row[] {
    return db
      .prepare(`${sql} IN (SELECT value FROM json_each(?)) ORDER BY id`)
      .all(JSON.stringify(ids)) as Row[];
  }

  const idsOf = (orders: Order[]): number[] => orders.map((order) => order.id);

  function customersOf(orders: Order[]): Map<number, string> {
    const ids = orders.map((order) => order.customer_id);
    const rows = ask<{ id: number; name: string }>('SELECT id, name FROM customer WHERE id', ids);
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  function linesOf(orders: Order[]): Map<number, Line[]> {
    const sql = 'SELECT order_id, article, qty, price FROM line WHERE order_id';
    return Map.groupBy(ask<Line>(sql, idsOf(orders)), (line) => line.order_id);
  }

  function lastNotesOf(orders: Order[]): Map<number, string> {
    const rows = ask<{ order_id: number; text: string }>(
      'SELECT order_id, text FROM note WHERE order_id',
      idsOf(orders),
    );
    return new Map(rows.map((row) => [row.order_id, row.text]));
  }

  function totalsOf(orders: Order[]): Map<number, number> {
    const lines = linesOf(orders);
    return new Map(
      orders.map((order) => [
        order.id,
        (lines.get(order.id) ?? []).reduce((sum, line) => sum + line.qty * line.price, order.delivery),
      ]),
    );
  }

  return {
    list({ limit }) {
      const newest = db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?').all(limit);
      const page = newest as unknown as Order[];
      const customers = customersOf(page);
      const totals = totalsOf(page);
      const lines = linesOf(page);
      const notes = lastNotesOf(page);
      return page.map(({ id, customer_id }) => ({
        id,
        customer: customers.get(customer_id)!,
        total: totals.get(id)!,
        lines: (lines.get(id) ?? []).map(({ article, qty }) => ({ article, qty })),
        lastNote: notes.get(id) ?? null,
      }));
    },
    totals() {
      const orders = db.prepare('SELECT * FROM orders').all() as unknown as Order[];
      const revenue = totalsOf(orders)
        .values()
        .reduce((sum, total) => sum + total, 0);
      return { orders: orders.length, revenue };
    },
  };
}
