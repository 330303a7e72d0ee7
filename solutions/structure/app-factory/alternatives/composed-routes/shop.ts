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

type Handler = (body: unknown) => Response;
type Routes = Record<string, Handler>;

/** What the routes of one application work with. */
interface Parts {
  db: DatabaseSync;
  events: EventEmitter;
  currency: string;
}

const ordersOf = ({ db, events, currency }: Parts): Routes => ({
  'GET /orders': () => ({ status: 200, body: db.prepare('SELECT * FROM orders ORDER BY number').all() }),
  'POST /orders': (body) => {
    const { item, price } = body as { item: string; price: number };
    const order = db
      .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
      .get(item, price, currency);
    events.emit('order', order);
    return { status: 201, body: order };
  },
});

function frontOf({ events, currency }: Parts, greeting: string): Routes {
  let taken = 0;
  events.on('order', () => taken++);
  return { 'GET /': () => ({ status: 200, body: { greeting, currency, taken } }) };
}

const notFound: Handler = () => ({ status: 404, body: 'no such page' });

export function createApp({ database, currency, greeting = 'Welcome', notify }: Config): App {
  const parts: Parts = { db: openDatabase(database), events: new EventEmitter(), currency };
  const routes: Routes = { ...frontOf(parts, greeting), ...ordersOf(parts) };
  if (notify) parts.events.on('order', notify);
  return {
    handle: ({ method, path, body }) => (routes[`${method} ${path}`] ?? notFound)(body),
    close: () => parts.db.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  const opened = new DatabaseSync(file);
  opened.exec(
    'CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, item TEXT, price INTEGER, currency TEXT)',
  );
  return opened;
}
