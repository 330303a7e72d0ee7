import type { Fact, ProbeContext, SqlWorld } from 'kibitzer/kit';
import type * as Starter from './starter/shop.ts';

export type T = ProbeContext<typeof Starter>;
export type Config = Starter.Config;
export type Order = Starter.Order;
export type HttpFact = Extract<Fact, { kind: 'http' }>;

/** What an application answered. */
export interface Answer {
  status: number;
  body: unknown;
  /** what it threw instead; undefined when it answered */
  error: unknown;
}

/** What `GET /` says, as one line: `Welcome, EUR`. */
export interface Front {
  says: string;
  taken: unknown;
}

/** Applications side by side, and all that is asked of them, as evidence. */
export class Street {
  readonly told: Fact[] = [];

  /** Opens a shop. @throws what `createApp` throws */
  open(name: string, mod: typeof Starter, config: Config): Shop {
    return new Shop(name, mod.createApp(config), this.told);
  }
}

/** One application, asked by its name. */
export class Shop {
  readonly name: string;
  readonly #app: Starter.App;
  readonly #told: Fact[];

  constructor(name: string, app: Starter.App, told: Fact[]) {
    this.name = name;
    this.#app = app;
    this.#told = told;
  }

  /** Asks for something; what is thrown comes back as `error`. */
  ask(method: string, path: string, body?: { item: string; price: number }): Answer {
    const request = [`${method} ${path}`, ...(body ? [`${body.item} for ${body.price}`] : [])].join('\n');
    const answer = attempt(() => this.#app.handle(body ? { method, path, body } : { method, path }));
    const response = answer.error
      ? `threw ${messageOf(answer.error)}`
      : `${answer.status}\n${shown(answer.body)}`;
    this.#told.push({ kind: 'http', who: this.name, request, response, site: null });
    return answer;
  }

  /** Places an order. @returns it as one line, or what went wrong */
  order(item: string, price = 12): string {
    const { status, body, error } = this.ask('POST', '/orders', { item, price });
    return error ? 'an error' : status === 201 ? orderText(body) : `status ${status}`;
  }

  /** The items of all orders, by number: `lamp, chair`; `nothing` when there are none, `an error` when it threw. */
  items(): string {
    const { body, error } = this.ask('GET', '/orders');
    if (error || !isList(body)) return 'an error';
    return Array.from(body, (o) => String((o as Order)?.item)).join(', ') || 'nothing';
  }

  front(): Front {
    const { body, error } = this.ask('GET', '/');
    if (error || typeof body !== 'object' || body === null) return { says: 'an error', taken: null };
    const { greeting, currency, taken } = body as Record<string, unknown>;
    return { says: `${String(greeting)}, ${String(currency)}`, taken };
  }

  close(): void {
    this.#told.push({ kind: 'note', text: `${this.name}.close()`, site: null });
    this.#app.close();
  }
}

function attempt(ask: () => Starter.Response): Answer {
  try {
    const { status, body } = ask();
    return { status, body, error: undefined };
  } catch (error) {
    return {
      status: 0,
      body: undefined,
      error: error ?? new Error('nothing was thrown, and no answer given'),
    };
  }
}

/** The exchanges of a street. */
export const exchanges = (street: Street): HttpFact[] => street.told.filter((f) => f.kind === 'http');

/** The latest of all that was done in a street, at most so many. */
export const latest = (street: Street, most: number): Fact[] => street.told.slice(-most);

const isList = (body: unknown): body is ArrayLike<unknown> => Array.isArray(body);

/** `#1 lamp, 12 EUR` */
export function orderText(order: unknown): string {
  const { number, item, price, currency } = (order ?? {}) as Partial<Order>;
  return `#${number} ${item}, ${price} ${currency}`;
}

function shown(body: unknown): string {
  if (isList(body)) return Array.from(body, orderText).join('; ') || 'no orders';
  if (typeof body !== 'object' || body === null) return String(body);
  if ('item' in body) return orderText(body);
  const { greeting, currency, taken } = body as Record<string, unknown>;
  return `${String(greeting)}, ${String(currency)}, ${String(taken)} taken`;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an order for an item stands in a database, in whatever table. */
export function holds(world: SqlWorld, item: string): boolean {
  const look = world.outside();
  try {
    const tables = look.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
    return tables.some(({ name }) =>
      JSON.stringify(look.prepare(`SELECT * FROM "${String(name)}"`).all()).includes(item),
    );
  } finally {
    look.close();
  }
}
