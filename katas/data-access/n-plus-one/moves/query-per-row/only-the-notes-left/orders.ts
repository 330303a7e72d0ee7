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

const LINES = `
  SELECT order_id, article, qty, price FROM line
  WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY id`;

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const orders = db.prepare(NEWEST).all(limit) as unknown as Order[];
      const ids = JSON.stringify(orders.map((order) => order.id));
      const lines = Map.groupBy(db.prepare(LINES).all(ids) as unknown as Line[], (line) => line.order_id);
      const lastNote = db.prepare('SELECT text FROM note WHERE order_id = ? ORDER BY id DESC LIMIT 1');
      return orders.map(({ id, customer, delivery }) => {
        const own = lines.get(id) ?? [];
        const note = lastNote.get(id);
        return {
          id,
          customer,
          total: own.reduce((sum, line) => sum + line.qty * line.price, delivery),
          lines: own.map(({ article, qty }) => ({ article, qty })),
          lastNote: note ? String(note.text) : null,
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
