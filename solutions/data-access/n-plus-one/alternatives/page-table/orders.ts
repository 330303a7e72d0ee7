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
  customer: string;
  delivery: number;
}

interface Line {
  order_id: number;
  article: string;
  qty: number;
  price: number;
}

interface Note {
  order_id: number;
  text: string;
}

export function openOrders(db: DatabaseSync): Orders {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS page(id INTEGER PRIMARY KEY)');
  return {
    list({ limit }) {
      db.exec('DELETE FROM page');
      db.prepare('INSERT INTO page SELECT id FROM orders ORDER BY id DESC LIMIT ?').run(limit);
      const orders = db
        .prepare(
          `SELECT o.id, o.delivery, c.name AS customer FROM page JOIN orders o USING (id)
           JOIN customer c ON c.id = o.customer_id ORDER BY o.id DESC`,
        )
        .all() as unknown as Order[];
      const lines = db
        .prepare('SELECT line.* FROM page JOIN line ON order_id = page.id ORDER BY line.id')
        .all() as unknown as Line[];
      const notes = db
        .prepare(
          `SELECT order_id, text FROM (
             SELECT n.*, row_number() OVER (PARTITION BY order_id ORDER BY n.id DESC) AS place
             FROM page JOIN note n ON n.order_id = page.id) WHERE place = 1`,
        )
        .all() as unknown as Note[];
      return orders.map((o) => {
        const own = lines.filter((l) => l.order_id === o.id);
        return {
          id: o.id,
          customer: o.customer,
          total: own.reduce((sum, l) => sum + l.qty * l.price, o.delivery),
          lines: own.map((l) => ({ article: l.article, qty: l.qty })),
          lastNote: notes.find((n) => n.order_id === o.id)?.text ?? null,
        };
      });
    },
    totals() {
      const { orders, delivery } = db
        .prepare('SELECT count(*) AS orders, total(delivery) AS delivery FROM orders')
        .get() as { orders: number; delivery: number };
      const { cost } = db.prepare('SELECT total(qty * price) AS cost FROM line').get() as { cost: number };
      return { orders, revenue: delivery + cost };
    },
  };
}
