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

// the page is chosen first; only then each of its orders is given its lines, or one row without
const PAGE = `
  WITH page AS (SELECT * FROM orders ORDER BY id DESC LIMIT ?)
  SELECT page.id, c.name AS customer, page.delivery, l.id AS line, l.article, l.qty, l.price,
    (SELECT text FROM note WHERE order_id = page.id ORDER BY id DESC LIMIT 1) AS lastNote
  FROM page
  JOIN customer c ON c.id = page.customer_id
  LEFT JOIN line l ON l.order_id = page.id
  ORDER BY page.id DESC, l.id`;

interface Row {
  id: number;
  customer: string;
  delivery: number;
  line: number | null;
  article: string;
  qty: number;
  price: number;
  lastNote: string | null;
}

const COSTS = `
  SELECT o.delivery, sum(l.qty * l.price) AS cost
  FROM orders o LEFT JOIN line l ON l.order_id = o.id
  GROUP BY o.id`;

export function openOrders(db: DatabaseSync): Orders {
  return {
    list({ limit }) {
      const views: OrderView[] = [];
      for (const row of db.prepare(PAGE).iterate(limit) as Iterable<unknown> as Iterable<Row>) {
        let view = views.at(-1);
        if (view?.id !== row.id) {
          const { id, customer, delivery, lastNote } = row;
          view = { id, customer, total: delivery, lines: [], lastNote };
          views.push(view);
        }
        view.lines.push({ article: row.article, qty: row.qty });
        view.total += row.qty * row.price;
      }
      return views;
    },
    totals() {
      const costs = db.prepare(COSTS).all() as unknown as { delivery: number; cost: number | null }[];
      const revenue = costs.reduce((sum, order) => sum + order.delivery + (order.cost ?? 0), 0);
      return { orders: costs.length, revenue };
    },
  };
}
