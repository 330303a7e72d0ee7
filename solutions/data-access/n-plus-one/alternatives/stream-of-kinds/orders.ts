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

// one stream of rows of three kinds, sorted so that an order comes before what belongs to it
const STREAM = `
  WITH page AS (SELECT * FROM orders ORDER BY id DESC LIMIT ?)
  SELECT page.id AS of, 0 AS kind, 0 AS id, c.name AS text, page.delivery AS a, 0 AS b
    FROM page JOIN customer c ON c.id = page.customer_id
  UNION ALL
  SELECT order_id, 1, id, article, qty, price FROM line WHERE order_id IN (SELECT id FROM page)
  UNION ALL
  SELECT order_id, 2, id, text, 0, 0 FROM note WHERE order_id IN (SELECT id FROM page)
  ORDER BY of DESC, kind, id`;

type Row = { of: number; kind: number; id: number; text: string; a: number; b: number };

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const views: OrderView[] = [];
      for (const row of db.prepare(STREAM).all(limit) as unknown as Row[]) {
        if (row.kind === 0) {
          views.push({ id: row.of, customer: row.text, total: row.a, lines: [], lastNote: null });
          continue;
        }
        const view = views.at(-1)!;
        if (row.kind === 1) {
          view.lines.push({ article: row.text, qty: row.a });
          view.total += row.a * row.b;
        } else view.lastNote = row.text;
      }
      return views;
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
