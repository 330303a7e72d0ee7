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

type Run = (body: unknown) => Response;

const routes: { name: string; run: Run }[] = [];

function route(name: string, run: Run): void {
  routes.push({ name, run });
}

export function createApp(config: Config): App {
  const { currency, greeting = 'Welcome', notify } = config;
  const db = openDatabase(config.database);
  let taken = 0;

  route('GET /', () => ({ status: 200, body: { greeting, currency, taken } }));
  route('GET /orders', () => ({
    status: 200,
    body: db.prepare('SELECT * FROM orders ORDER BY number').all(),
  }));
  route('POST /orders', (body) => {
    const { item, price } = body as { item: string; price: number };
    const order = db
      .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
      .get(item, price, currency) as unknown as Order;
    taken++;
    notify?.(order);
    return { status: 201, body: order };
  });

  return {
    handle({ method, path, body }) {
      const found = routes.find((r) => r.name === `${method} ${path}`);
      return found ? found.run(body) : { status: 404, body: 'no such page' };
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
