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

const PAGE = `
  SELECT o.id, c.name AS customer, o.delivery, l.article, l.qty, l.price,
    n.text
  FROM (SELECT * FROM orders ORDER BY id DESC LIMIT ?) o
  JOIN customer c ON c.id = o.customer_id
  LEFT JOIN line l ON l.order_id = o.id
  LEFT JOIN note n ON n.order_id = o.id
  ORDER BY o.id DESC, l.id, n.id`;

interface Row {
  id: number;
  customer: string;
  delivery: number;
  article: string;
  qty: number;
  price: number;
  text: string;
}

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const groups = Map.groupBy(db.prepare(PAGE).all(limit) as unknown as Row[], (row) => row.id);
      return [...groups].map(([id, rows]) => {
        const distinct = [
          ...new Set(rows.map(({ article, qty, price }) => JSON.stringify({ article, qty, price }))),
        ]
          .map((text) => JSON.parse(text) as Row)
          .filter((line) => line.article !== null);
        return {
          id,
          customer: rows[0]!.customer,
          total: distinct.reduce((sum, line) => sum + line.qty * line.price, rows[0]!.delivery),
          lines: distinct.map(({ article, qty }) => ({ article, qty })),
          lastNote: rows.at(-1)!.text,
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
