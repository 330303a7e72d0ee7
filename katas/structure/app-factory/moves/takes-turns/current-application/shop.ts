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

interface State {
  db: DatabaseSync;
  settings: Config;
  taken: number;
}

let current: State;

export function createApp(config: Config): App {
  const state: State = {
    db: openDatabase(config.database),
    settings: { greeting: 'Welcome', ...config },
    taken: 0,
  };
  return {
    handle(request) {
      current = state;
      return dispatch(request);
    },
    close() {
      state.db.close();
    },
  };
}

function dispatch({ method, path, body }: Request): Response {
  const { db, settings, taken } = current;
  switch (`${method} ${path}`) {
    case 'GET /':
      return { status: 200, body: { greeting: settings.greeting, currency: settings.currency, taken } };
    case 'GET /orders':
      return { status: 200, body: db.prepare('SELECT * FROM orders ORDER BY number').all() };
    case 'POST /orders':
      return { status: 201, body: placeOrder(body as { item: string; price: number }) };
    default:
      return { status: 404, body: 'no such page' };
  }
}

function placeOrder({ item, price }: { item: string; price: number }): Order {
  const order = current.db
    .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
    .get(item, price, current.settings.currency) as unknown as Order;
  current.settings.notify?.(order);
  current.taken++;
  return order;
}

function openDatabase(file: string): DatabaseSync {
  const opened = new DatabaseSync(file);
  opened.exec(
    'CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, item TEXT, price INTEGER, currency TEXT)',
  );
  return opened;
}
