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
  SELECT o.id, c.name AS customer, o.delivery, l.id AS line, l.article, l.qty, l.price,
    n.id AS note, n.text
  FROM (SELECT * FROM orders ORDER BY id DESC LIMIT ?) o
  JOIN customer c ON c.id = o.customer_id
  LEFT JOIN line l ON l.order_id = o.id
  LEFT JOIN note n ON n.order_id = o.id
  ORDER BY o.id DESC, l.id, n.id`;

interface Row {
  id: number;
  customer: string;
  delivery: number;
  line: number | null;
  article: string;
  qty: number;
  price: number;
  note: number | null;
  text: string;
}

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const rows = db.prepare(PAGE).all(limit) as unknown as Row[];
      return [...Map.groupBy(rows, (row) => row.id).values()].map((own) => {
        const { id, customer, delivery } = own[0]!;
        const lines = own.filter((row) => row.line !== null);
        return {
          id,
          customer,
          total: lines.reduce((sum, row) => sum + row.qty * row.price, delivery),
          lines: lines.map(({ article, qty }) => ({ article, qty })),
          lastNote: own.at(-1)!.text ?? null,
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
