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
  SELECT o.id, c.name AS customer,
    o.delivery + ifnull(sum(l.qty * l.price), 0) AS total,
    json_group_array(json_object('article', l.article, 'qty', l.qty) ORDER BY l.id) AS lines,
    (SELECT text FROM note WHERE order_id = o.id ORDER BY id DESC LIMIT 1) AS lastNote
  FROM orders o
  JOIN customer c ON c.id = o.customer_id
  LEFT JOIN line l ON l.order_id = o.id
  GROUP BY o.id ORDER BY o.id DESC LIMIT ?`;

const TOTALS = `
  SELECT count(*) AS orders, coalesce(sum(delivery + cost), 0) AS revenue
  FROM (SELECT delivery, (SELECT coalesce(sum(qty * price), 0) FROM line WHERE order_id = o.id) AS cost
        FROM orders o)`;

type Row = Omit<OrderView, 'lines'> & { lines: string };

export function openOrders(db: DatabaseSync): Orders {
  const page = db.prepare(PAGE);
  const totals = db.prepare(TOTALS);
  return {
    list({ limit }) {
      return (page.all(limit) as unknown as Row[]).map((row) => ({ ...row, lines: JSON.parse(row.lines) }));
    },
    totals: () => ({ ...totals.get() }) as { orders: number; revenue: number },
  };
}
