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

const NEWEST = `
  SELECT o.id, c.name AS customer, o.delivery
  FROM orders o JOIN customer c ON c.id = o.customer_id
  ORDER BY o.id DESC LIMIT ?`;

class Row implements OrderView {
  readonly #db: DatabaseSync;
  readonly #order: Order;
  #lines: Line[] | undefined;
  constructor(db: DatabaseSync, order: Order) {
    this.#db = db;
    this.#order = order;
  }
  get id() {
    return this.#order.id;
  }
  get customer() {
    return this.#order.customer;
  }
  get #own(): Line[] {
    const sql = 'SELECT * FROM line WHERE order_id = ? ORDER BY id';
    return (this.#lines ??= this.#db.prepare(sql).all(this.id) as unknown as Line[]);
  }
  get lines() {
    return this.#own.map(({ article, qty }) => ({ article, qty }));
  }
  get total() {
    return this.#own.reduce((sum, l) => sum + l.qty * l.price, this.#order.delivery);
  }
  get lastNote() {
    const row = this.#db
      .prepare('SELECT text FROM note WHERE order_id = ? ORDER BY id DESC LIMIT 1')
      .get(this.id);
    return row ? String(row.text) : null;
  }
}

// nothing is fetched before somebody looks
export function openOrders(db: DatabaseSync): Orders {
  return {
    list: ({ limit }) =>
      (db.prepare(NEWEST).all(limit) as unknown as Order[]).map((order) => new Row(db, order)),
    totals() {
      const { orders, delivery } = db
        .prepare('SELECT count(*) AS orders, total(delivery) AS delivery FROM orders')
        .get() as { orders: number; delivery: number };
      const { cost } = db.prepare('SELECT total(qty * price) AS cost FROM line').get() as { cost: number };
      return { orders, revenue: delivery + cost };
    },
  };
}
