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

interface Snapshot {
  version: number;
  views: OrderView[];
}

export function openOrders(db: DatabaseSync): Orders {
  const rows = (sql: string): Record<string, any>[] => db.prepare(sql).all();
  let kept: Snapshot | undefined;
  const changed = (): number => Number(rows('PRAGMA data_version')[0]!.data_version);

  function views(): OrderView[] {
    const version = changed();
    if (kept?.version === version) return kept.views;
    const names = new Map(rows('SELECT id, name FROM customer').map((c) => [c.id, c.name]));
    const lines = Map.groupBy(rows('SELECT * FROM line ORDER BY id'), (l) => l.order_id);
    const notes = new Map(rows('SELECT * FROM note ORDER BY id').map((n) => [n.order_id, n.text]));
    const all = rows('SELECT * FROM orders ORDER BY id DESC').map((o) => ({
      id: o.id,
      customer: names.get(o.customer_id),
      total: (lines.get(o.id) ?? []).reduce((sum, l) => sum + l.qty * l.price, o.delivery),
      lines: (lines.get(o.id) ?? []).map(({ article, qty }) => ({ article, qty })),
      lastNote: notes.get(o.id) ?? null,
    }));
    kept = { version, views: all };
    return all;
  }
  views();

  return {
    list: ({ limit }) => views().slice(0, limit),
    totals: () => ({ orders: views().length, revenue: views().reduce((sum, o) => sum + o.total, 0) }),
  };
}
