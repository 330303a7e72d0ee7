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

type Run = (body: unknown, response: Response) => void;

const routes: { name: string; run: Run }[] = [];

export function createApp(config: Config): App {
  const { currency, greeting = 'Welcome', notify } = config;
  const db = openDatabase(config.database);
  let taken = 0;

  routes.push(
    {
      name: 'GET /',
      run: (_body, response) => Object.assign(response, { status: 200, body: { greeting, currency, taken } }),
    },
    {
      name: 'GET /orders',
      run: (_body, response) => {
        response.status = 200;
        response.body = db.prepare('SELECT * FROM orders ORDER BY number').all();
      },
    },
    {
      name: 'POST /orders',
      run: (body, response) => {
        const { item, price } = body as { item: string; price: number };
        const order = db
          .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
          .get(item, price, currency) as unknown as Order;
        taken++;
        notify?.(order);
        response.status = 201;
        response.body = order;
      },
    },
  );

  return {
    handle({ method, path, body }) {
      const response: Response = { status: 404, body: 'no such page' };
      for (const { name, run } of routes) if (name === `${method} ${path}`) run(body, response);
      return response;
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
