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

class Shop implements App {
  readonly #db: DatabaseSync;
  readonly #settings: Readonly<Config>;
  #taken = 0;

  constructor(db: DatabaseSync, settings: Readonly<Config>) {
    this.#db = db;
    this.#settings = settings;
  }

  handle({ method, path, body }: Request): Response {
    switch (`${method} ${path}`) {
      case 'GET /':
        return { status: 200, body: this.#front() };
      case 'GET /orders':
        return { status: 200, body: this.#orders() };
      case 'POST /orders':
        return { status: 201, body: this.#placeOrder(body as { item: string; price: number }) };
      default:
        return { status: 404, body: 'no such page' };
    }
  }

  close(): void {
    this.#db.close();
  }

  #front(): { greeting: string; currency: string; taken: number } {
    const { greeting = 'Welcome', currency } = this.#settings;
    return { greeting, currency, taken: this.#taken };
  }

  #orders(): unknown[] {
    return this.#db.prepare('SELECT * FROM orders ORDER BY number').all();
  }

  #placeOrder({ item, price }: { item: string; price: number }): Order {
    const order = this.#db
      .prepare('INSERT INTO orders (item, price, currency) VALUES (?, ?, ?) RETURNING *')
      .get(item, price, this.#settings.currency) as unknown as Order;
    this.#taken++;
    this.#settings.notify?.(order);
    return order;
  }
}

const shops: Record<string, Shop> = {};

export function createApp(config: Config): App {
  const key = JSON.stringify({ ...config, notify: String(config.notify) });
  return (shops[key] ??= new Shop(openDatabase(config.database), { ...config }));
}

function openDatabase(file: string): DatabaseSync {
  const opened = new DatabaseSync(file);
  opened.exec(
    'CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, item TEXT, price INTEGER, currency TEXT)',
  );
  return opened;
}
