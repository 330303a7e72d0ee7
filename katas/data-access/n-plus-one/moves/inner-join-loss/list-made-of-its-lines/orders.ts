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

const NEWEST = `
  SELECT o.id, c.name AS customer, o.delivery
  FROM orders o JOIN customer c ON c.id = o.customer_id
  ORDER BY o.id DESC LIMIT ?`;

const LINES = `
  SELECT order_id, article, qty, price FROM line
  WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY id`;

const LAST_NOTES = `
  SELECT order_id, text FROM note
  WHERE id IN (SELECT max(id) FROM note WHERE order_id IN (SELECT value FROM json_each(?)) GROUP BY order_id)`;

const TOTALS = `
  SELECT (SELECT count(*) FROM orders) AS orders,
         (SELECT total(delivery) FROM orders) + (SELECT total(qty * price) FROM line) AS revenue`;

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const orders = db.prepare(NEWEST).all(limit) as unknown as Order[];
      const ids = JSON.stringify(orders.map((order) => order.id));
      const lines = Map.groupBy(db.prepare(LINES).all(ids) as unknown as Line[], (line) => line.order_id);
      const notes = db.prepare(LAST_NOTES).all(ids) as unknown as Note[];
      const lastNotes = new Map(notes.map((note) => [note.order_id, note.text]));
      const byId = new Map(orders.map((order) => [order.id, order]));
      const found = [...lines].sort(([a], [b]) => b - a);
      return found.map(([id, own]) => {
        const { customer, delivery } = byId.get(id)!;
        return {
          id,
          customer,
          total: own.reduce((sum, line) => sum + line.qty * line.price, delivery),
          lines: own.map(({ article, qty }) => ({ article, qty })),
          lastNote: lastNotes.get(id) ?? null,
        };
      });
    },
    totals() {
      return { ...db.prepare(TOTALS).get() } as { orders: number; revenue: number };
    },
  };
}
