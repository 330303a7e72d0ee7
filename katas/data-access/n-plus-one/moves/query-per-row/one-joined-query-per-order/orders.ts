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

// one statement for everything about an order instead of four
const ORDER = `
  SELECT o.id, c.name AS customer, o.delivery, l.article, l.qty, l.price,
    (SELECT text FROM note WHERE order_id = o.id ORDER BY id DESC LIMIT 1) AS lastNote
  FROM orders o
  JOIN customer c ON c.id = o.customer_id
  LEFT JOIN line l ON l.order_id = o.id
  WHERE o.id = ? ORDER BY l.id`;

type Row = Order & Line & { lastNote: string | null };

export function openOrders(db: DatabaseSync): Orders {
  const view = (id: number): OrderView => {
    const rows = db.prepare(ORDER).all(id) as unknown as Row[];
    const lines = rows.filter((row) => row.article !== null);
    const { customer, delivery, lastNote } = rows[0]!;
    return {
      id,
      customer,
      total: lines.reduce((sum, line) => sum + line.qty * line.price, delivery),
      lines: lines.map(({ article, qty }) => ({ article, qty })),
      lastNote,
    };
  };
  return {
    list({ limit }) {
      const ids = db.prepare('SELECT id FROM orders ORDER BY id DESC LIMIT ?').all(limit);
      return ids.map((row) => view(Number(row.id)));
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
