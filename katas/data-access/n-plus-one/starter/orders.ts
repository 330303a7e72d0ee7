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
  article: string;
  qty: number;
  price: number;
}

export function openOrders(db: DatabaseSync): Orders {
  // small helpers that do one thing each, so that the page reads like a sentence
  function customerOf(order: Order): string {
    const row = db.prepare('SELECT name FROM customer WHERE id = ?').get(order.customer_id);
    return String(row?.name);
  }

  function linesOf(order: Order): Line[] {
    const sql = 'SELECT article, qty, price FROM line WHERE order_id = ? ORDER BY id';
    return db.prepare(sql).all(order.id) as unknown as Line[];
  }

  function lastNoteOf(order: Order): string | null {
    const sql = 'SELECT text FROM note WHERE order_id = ? ORDER BY id DESC LIMIT 1';
    const row = db.prepare(sql).get(order.id);
    return row ? String(row.text) : null;
  }

  function totalOf(order: Order): number {
    return linesOf(order).reduce((sum, line) => sum + line.qty * line.price, order.delivery);
  }

  return {
    list({ limit }) {
      const newest = db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?').all(limit);
      return (newest as unknown as Order[]).map((order) => ({
        id: order.id,
        customer: customerOf(order),
        total: totalOf(order),
        lines: linesOf(order).map(({ article, qty }) => ({ article, qty })),
        lastNote: lastNoteOf(order),
      }));
    },
    totals() {
      const orders = db.prepare('SELECT * FROM orders').all() as unknown as Order[];
      const revenue = orders.reduce((sum, order) => sum + totalOf(order), 0);
      return { orders: orders.length, revenue };
    },
  };
}
