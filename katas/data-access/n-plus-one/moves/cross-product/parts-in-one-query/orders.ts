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

const NEWEST = `
  SELECT o.id, c.name AS customer, o.delivery
  FROM orders o JOIN customer c ON c.id = o.customer_id
  ORDER BY o.id DESC LIMIT ?`;

const PARTS = `
  SELECT l.order_id, l.id, l.article, l.qty, l.price, n.text
  FROM line l LEFT JOIN note n ON n.order_id = l.order_id
  WHERE l.order_id IN (SELECT value FROM json_each(?)) ORDER BY l.id, n.id`;
const NOTES = `
  SELECT order_id, max(id), text FROM note
  WHERE order_id IN (SELECT value FROM json_each(?)) GROUP BY order_id`;

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const orders = db.prepare(NEWEST).all(limit) as unknown as Order[];
      const ids = JSON.stringify(orders.map((order) => order.id));
      const parts = new Map<number, Line>();
      for (const row of db.prepare(PARTS).all(ids) as unknown as (Line & { id: number })[])
        parts.set(row.id, row);
      const notes = new Map(
        db
          .prepare(NOTES)
          .all(ids)
          .map((note) => [note.order_id, String(note.text)]),
      );
      return orders.map(({ id, customer, delivery }) => {
        const own = [...parts.values()].filter((line) => line.order_id === id);
        return {
          id,
          customer,
          total: own.reduce((sum, line) => sum + line.qty * line.price, delivery),
          lines: own.map(({ article, qty }) => ({ article, qty })),
          lastNote: notes.get(id) ?? null,
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
