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
  customer_id: number;
  delivery: number;
}

interface Line {
  article: string;
  qty: number;
  price: number;
}

export function openOrders(db: DatabaseSync): Orders {
  // preparing is the expensive part
  const newest = db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?');
  const all = db.prepare('SELECT * FROM orders');
  const customer = db.prepare('SELECT name FROM customer WHERE id = ?');
  const lines = db.prepare('SELECT article, qty, price FROM line WHERE order_id = ? ORDER BY id');
  const note = db.prepare('SELECT text FROM note WHERE order_id = ? ORDER BY id DESC LIMIT 1');

  const linesOf = (order: Order): Line[] => lines.all(order.id) as unknown as Line[];
  const totalOf = (own: Line[], delivery: number): number =>
    own.reduce((sum, line) => sum + line.qty * line.price, delivery);

  return {
    list({ limit }) {
      const views: OrderView[] = [];
      for (const order of newest.all(limit) as unknown as Order[]) {
        const own = linesOf(order);
        views.push({
          id: order.id,
          customer: String(customer.get(order.customer_id)?.name),
          total: totalOf(own, order.delivery),
          lines: own.map(({ article, qty }) => ({ article, qty })),
          lastNote: (note.get(order.id)?.text as string | undefined) ?? null,
        });
      }
      return views;
    },
    totals() {
      const orders = all.all() as unknown as Order[];
      return {
        orders: orders.length,
        revenue: orders.reduce((sum, order) => sum + totalOf(linesOf(order), order.delivery), 0),
      };
    },
  };
}
