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

const MOST_AT_ONCE = 100;

/** Collects keys first; the first answer that is wanted fetches all of them, a hundred at a time. */
class Loader<Row> {
  readonly #keys = new Set<number>();
  readonly #fetch: (keys: number[]) => Row[];
  readonly #keyOf: (row: Row) => number;
  #rows: Map<number, Row[]> | null = null;

  constructor(fetch: (keys: number[]) => Row[], keyOf: (row: Row) => number) {
    this.#fetch = fetch;
    this.#keyOf = keyOf;
  }

  /** notes a key down and gives the way to its rows */
  want(key: number): () => Row[] {
    this.#keys.add(key);
    return () => (this.#rows ??= this.#load()).get(key) ?? [];
  }

  #load(): Map<number, Row[]> {
    const keys = [...this.#keys];
    const rows: Row[] = [];
    for (let from = 0; from < keys.length; from += MOST_AT_ONCE)
      rows.push(...this.#fetch(keys.slice(from, from + MOST_AT_ONCE)));
    return Map.groupBy(rows, this.#keyOf);
  }
}

interface Order {
  id: number;
  customer_id: number;
  delivery: number;
}

interface Line {
  order_id: number;
  article: string;
  qty: number;
  price: number;
}

export function openOrders(db: DatabaseSync): Orders {
  const loader = <Row>(sql: string, keyOf: (row: Row) => number): Loader<Row> =>
    new Loader((keys) => {
      const marks = keys.map(() => '?').join(', ');
      return db.prepare(sql.replace('(?)', `(${marks})`)).all(...keys) as unknown as Row[];
    }, keyOf);

  return {
    list({ limit }) {
      const orders = db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?').all(limit);
      // loaders of this call: what they fetched is not kept for the next
      const customers = loader<{ id: number; name: string }>(
        'SELECT id, name FROM customer WHERE id IN (?)',
        (row) => row.id,
      );
      const lines = loader<Line>(
        'SELECT order_id, article, qty, price FROM line WHERE order_id IN (?) ORDER BY id',
        (row) => row.order_id,
      );
      const notes = loader<{ order_id: number; text: string }>(
        'SELECT order_id, text FROM note WHERE order_id IN (?) ORDER BY id',
        (row) => row.order_id,
      );
      return (orders as unknown as Order[])
        .map((order) => ({
          order,
          customer: customers.want(order.customer_id),
          lines: lines.want(order.id),
          notes: notes.want(order.id),
        }))
        .map(({ order, customer, lines, notes }) => ({
          id: order.id,
          customer: customer()[0]!.name,
          total: lines().reduce((sum, line) => sum + line.qty * line.price, order.delivery),
          lines: lines().map(({ article, qty }) => ({ article, qty })),
          lastNote: notes().at(-1)?.text ?? null,
        }));
    },
    totals() {
      const { orders, delivery } = db
        .prepare('SELECT count(*) AS orders, ifnull(sum(delivery), 0) AS delivery FROM orders')
        .get() as { orders: number; delivery: number };
      const { cost } = db.prepare('SELECT ifnull(sum(qty * price), 0) AS cost FROM line').get() as {
        cost: number;
      };
      return { orders, revenue: delivery + cost };
    },
  };
}
