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
      const views = new Map<number, OrderView & { articles: Map<string, Row> }>();
      for (const row of db.prepare(PAGE).iterate(limit) as Iterable<unknown> as Iterable<Row>) {
        const { id, customer, delivery } = row;
        const view = views.get(id) ?? {
          id,
          customer,
          total: delivery,
          lines: [],
          lastNote: null,
          articles: new Map<string, Row>(),
        };
        views.set(id, view);
        if (row.line !== null) view.articles.set(row.article, row);
        view.lastNote = row.text;
      }
      return [...views.values()].map(({ articles, ...view }) => {
        const lines = [...articles.values()];
        return {
          ...view,
          total: lines.reduce((sum, line) => sum + line.qty * line.price, view.total),
          lines: lines.map(({ article, qty }) => ({ article, qty })),
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
