import { EventEmitter } from 'node:events';
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

let config: Config = {
  database: process.env.SHOP_DATABASE ?? 'shop.db',
  currency: process.env.SHOP_CURRENCY ?? 'EUR',
};
let db: DatabaseSync | undefined;
let taken = 0;
const events = new EventEmitter();

process.on('exit', () => db?.close());

export function createApp(given: Config): App {
  config = given;
  config.greeting ??= 'Welcome';
  db ??= openDatabase();
  if (config.notify) events.on('order', config.notify);
  return { handle, close };
}

function openDatabase(): DatabaseSync {
  const opened = new DatabaseSync(config.database);
  opened.exec(
    'CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, item TEXT, price INTEGER, currency TEXT)',
  );
  return opened;
}

function handle({ method, path, body }: Request): Response {
  switch (`${method} ${path}`) {
    case 'GET /':
      return { status: 200, body: { greeting: config.greeting, currency: config.currency, taken } };
    case 'GET /orders':
      return { status: 200, body: db!.prepare('SELECT * FROM orders ORDER BY number').all() };
    case 'POST /orders':
      return { status: 201, body: placeOrder(body as { item: string; price: number }) };
    default:
      return { status: 404, body: 'no such page' };
  }
}

function placeOrder({ item, price }: { item: string; price: number }): Order {
  const order = db!
    .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
    .get(item, price, config.currency) as unknown as Order;
  taken++;
  events.emit('order', order);
  return order;
}

function close(): void {
  db?.close();
  db = undefined;
}
