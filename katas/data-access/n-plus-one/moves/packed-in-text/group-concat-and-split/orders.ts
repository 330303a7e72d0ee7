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
    o.delivery + (SELECT coalesce(sum(qty * price), 0) FROM line WHERE order_id = o.id) AS total,
    (SELECT group_concat(article || ':' || qty, ';' ORDER BY id) FROM line WHERE order_id = o.id) AS lines,
    (SELECT text FROM note WHERE order_id = o.id ORDER BY id DESC LIMIT 1) AS lastNote
  FROM orders o JOIN customer c ON c.id = o.customer_id
  ORDER BY o.id DESC LIMIT ?`;

const TOTALS = `
  SELECT count(*) AS orders, coalesce(sum(delivery + cost), 0) AS revenue
  FROM (SELECT delivery, (SELECT coalesce(sum(qty * price), 0) FROM line WHERE order_id = o.id) AS cost
        FROM orders o)`;

type Row = Omit<OrderView, 'lines'> & { lines: string | null };

function unpack(packed: string | null): OrderView['lines'] {
  if (packed === null) return [];
  return packed.split(';').map((line) => {
    const [article, qty] = line.split(':') as [string, string];
    return { article, qty: Number(qty) };
  });
}

export function openOrders(db: DatabaseSync): Orders {
  const page = db.prepare(PAGE);
  const totals = db.prepare(TOTALS);
  return {
    list({ limit }) {
      return (page.all(limit) as unknown as Row[]).map((row) => ({ ...row, lines: unpack(row.lines) }));
    },
    totals: () => ({ ...totals.get() }) as { orders: number; revenue: number },
  };
}
