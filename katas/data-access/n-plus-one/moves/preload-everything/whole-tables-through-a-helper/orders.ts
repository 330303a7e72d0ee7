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

type Row = Record<string, any>;

export function openOrders(db: DatabaseSync): Orders {
  const all = (sql: string, ...values: number[]): Row[] => db.prepare(sql).all(...values);

  const views = (orders: Row[]): OrderView[] => {
    const customers = Map.groupBy(all('SELECT * FROM customer'), (row) => row.id);
    const lines = Map.groupBy(all('SELECT * FROM line ORDER BY id'), (row) => row.order_id);
    const notes = Map.groupBy(all('SELECT * FROM note ORDER BY id'), (row) => row.order_id);
    return orders.map((o) => ({
      id: o.id,
      customer: customers.get(o.customer_id)![0]!.name,
      total: (lines.get(o.id) ?? []).reduce((sum, l) => sum + l.qty * l.price, o.delivery),
      lines: (lines.get(o.id) ?? []).map((l) => ({ article: l.article, qty: l.qty })),
      lastNote: notes.get(o.id)?.at(-1)?.text ?? null,
    }));
  };

  return {
    list: ({ limit }) => views(all('SELECT * FROM orders ORDER BY id DESC LIMIT ?', limit)),
    totals: () => {
      const orders = views(all('SELECT * FROM orders'));
      return { orders: orders.length, revenue: orders.reduce((sum, o) => sum + o.total, 0) };
    },
  };
}
