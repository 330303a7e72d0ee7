import { DatabaseSync } from 'node:sqlite';

export interface Order {
  number: number;
  item: string;
  price: number;
  currency: string;
}

export interface Config {
  database: string;
  currency: string;
  greeting?: string;
  notify?: (order: Order) => void;
}

export interface Request {
  method: string;
  path: string;
  body?: unknown;
}

export interface Response {
  status: number;
  body: unknown;
}

export interface App {
  handle(request: Request): Response;
  close(): void;
}

export function createApp(config: Config): App {
  const { currency, greeting = 'Welcome', notify } = config;
  const db = openDatabase(config.database);
  let taken = 0;
  const tidy = (): void => void (db.isOpen && db.exec('PRAGMA optimize'));
  setInterval(tidy, 3_600_000).unref();

  function placeOrder({ item, price }: { item: string; price: number }): Order {
    const order = db
      .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
      .get(item, price, currency) as unknown as Order;
    taken++;
    notify?.(order);
    return order;
  }

  return {
    handle({ method, path, body }) {
      switch (`${method} ${path}`) {
        case 'GET /':
          return { status: 200, body: { greeting, currency, taken } };
        case 'GET /orders':
          return { status: 200, body: db.prepare('SELECT * FROM orders ORDER BY number').all() };
        case 'POST /orders':
          return { status: 201, body: placeOrder(body as { item: string; price: number }) };
        default:
          return { status: 404, body: 'no such page' };
      }
    },

    close() {
      db.close();
    },
  };
}

function openDatabase(file: string): DatabaseSync {
  const opened = new DatabaseSync(file);
  opened.exec(
    'CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, item TEXT, price INTEGER, currency TEXT)',
  );
  return opened;
}
