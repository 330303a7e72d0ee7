import { framesOfError } from 'kibitzer/kit';
import type { Fact, ProbeContext, Site } from 'kibitzer/kit';
import type * as Starter from './starter/order.ts';

export type T = ProbeContext<typeof Starter>;

export type Order = Starter.Order;

export type Event = Starter.Event;

export type OrderRecord = Starter.OrderRecord;

export type Phase = OrderRecord['phase'];

export type Got = 'accepted' | 'refused' | 'threw' | 'no answer';

export const TOTAL = 5000;

export const PART = 2000;

/** So many accepted events before the one that is tried: a parcel comes back, goes out again and arrives. */
export const LONGEST = 5;

// what the contract says, in one place

export interface Way {
  from: readonly Phase[];
  to: (r: OrderRecord, event: Event) => OrderRecord | null;
}

export const TABLE: Readonly<Record<Event['type'], Way>> = {
  pay: {
    from: ['open'],
    to: (r, e) => {
      const { amount } = e as Extract<Event, { type: 'pay' }>;
      const paid = r.paid + amount;
      if (!Number.isInteger(amount) || amount < 1 || paid > r.total) return null;
      return { ...r, paid, phase: paid === r.total ? 'paid' : 'open' };
    },
  },
  ship: {
    from: ['paid'],
    to: (r, e) => ({ ...r, phase: 'shipped', parcel: (e as Extract<Event, { type: 'ship' }>).parcel }),
  },
  deliver: { from: ['shipped'], to: (r) => ({ ...r, phase: 'delivered' }) },
  return: { from: ['shipped'], to: (r) => ({ ...r, phase: 'paid', parcel: null }) },
  cancel: {
    from: ['open', 'paid'],
    to: (r, e) => ({ ...r, phase: 'cancelled', reason: (e as Extract<Event, { type: 'cancel' }>).reason }),
  },
  refund: {
    from: ['cancelled'],
    to: (r) => (r.paid > 0 ? { ...r, phase: 'refunded', paid: 0 } : null),
  },
};

export const OPEN: OrderRecord = { total: TOTAL, phase: 'open', paid: 0, parcel: null, reason: null };

/** What an event makes of an order; null where it has to be refused. */
export function after(r: OrderRecord, event: Event): OrderRecord | null {
  const way = TABLE[event.type];
  return way.from.includes(r.phase) ? way.to(r, event) : null;
}

/** One event of each type, the payment with all that is due; parcels and reasons differ from step to step. */
export function eventsFor(r: OrderRecord, step: number): Event[] {
  const due = r.total - r.paid;
  return [
    pay(due > 0 ? due : r.total),
    the({ type: 'ship', parcel: `P${step + 1}` }),
    the({ type: 'deliver' }),
    the({ type: 'return' }),
    the({ type: 'cancel', reason: step === 0 ? 'sold elsewhere' : 'too late' }),
    the({ type: 'refund' }),
  ];
}

export const made = new Map<string, Event>();

/** One object for all events that say the same: what has crossed to the learner's code is kept in step at each call. */
export function the(event: Event): Event {
  const key = Object.values(event).map(String).join(' ');
  if (!made.has(key)) made.set(key, event);
  return made.get(key)!;
}

export const pay = (amount: number): Event => the({ type: 'pay', amount });

export interface Path {
  events: readonly Event[];
  /** what the order is after each of them; the first entry is the open order */
  records: readonly OrderRecord[];
}

export const last = <X>(list: readonly X[]): X => list[list.length - 1]!;

/** Every way through the table, the shortest first. A payment in part comes only first. */
export function paths(): Path[] {
  const all: Path[] = [{ events: [], records: [OPEN] }];
  for (const { events, records } of all) {
    if (events.length === LONGEST) continue;
    const now = last(records);
    const tried = eventsFor(now, events.length);
    if (events.length === 0) tried.splice(1, 0, pay(PART));
    for (const event of tried) {
      const next = after(now, event);
      if (next) all.push({ events: [...events, event], records: [...records, next] });
    }
  }
  return all;
}

export const PATHS = paths();

// playing

export function send(order: Order, event: Event): Got {
  try {
    return gotFrom(order.apply(event));
  } catch {
    return 'threw';
  }
}

export function gotFrom(answer: Starter.Answer | undefined): Got {
  return answer?.ok === true ? 'accepted' : answer?.ok === false ? 'refused' : 'no answer';
}

/** The order after a path; null when the code does not go along: that has a shorter path of its own. */
export function reach(t: T, events: readonly Event[]): Order | null {
  const order = t.mod.openOrder(TOTAL);
  return events.every((event) => send(order, event) === 'accepted') ? order : null;
}

/** What is shown of an order; null when showing throws. */
export function shown(order: Order): Starter.View | null {
  try {
    const { phase, paid, parcel, reason, allowed } = order.view();
    return { phase, paid, parcel, reason, allowed: [...allowed] };
  } catch {
    return null;
  }
}

export function written(order: Order): OrderRecord | null {
  try {
    const { total, phase, paid, parcel, reason } = order.toJSON();
    return { total, phase, paid, parcel, reason };
  } catch {
    return null;
  }
}

export const PARTS = ['phase', 'paid', 'parcel', 'reason'] as const;

export type Part = (typeof PARTS)[number];

export type Parts = Pick<OrderRecord, Part>;

/** The first part in which two orders differ. */
export function differing(a: Parts, b: Parts | null): Part | undefined {
  return PARTS.find((part) => b === null || a[part] !== b[part]);
}

export const text = (x: unknown): string =>
  x === undefined ? 'missing' : x === null ? 'nothing' : (JSON.stringify(x) ?? String(x));

/** `phase paid, paid 5000, parcel P2, reason “too late”`: what is null is left out. */
export function inWords(r: Parts | null): string {
  if (r === null) return 'it throws';
  const say = (part: Part, x: unknown): string =>
    typeof x !== 'string' ? text(x) : part === 'reason' ? quoted(x) : x;
  return PARTS.filter((part) => part === 'phase' || part === 'paid' || r[part] !== null)
    .map((part) => `${part} ${say(part, r[part])}`)
    .join(', ');
}

export const quoted = (words: string): string => `“${words}”`;

export const list = (types: readonly string[]): string => types.join(', ') || 'none';

export function what(event: Event): string {
  if (event.type === 'pay') return `pay ${event.amount}`;
  if (event.type === 'ship') return `ship ${event.parcel}`;
  return event.type;
}

/** The place that looked last at what the event brings; else the place that looked at its type. */
export function sendWatched(t: T, order: Order, event: Event): { got: Got; site: Site | null } {
  const mark = t.reads.facts.length;
  let got: Got = 'threw';
  let thrown: Site | null = null;
  try {
    got = gotFrom(order.apply(t.reads.watch(event)));
  } catch (error) {
    const near = framesOfError(error)[0];
    if (near) thrown = { near, cause: near };
  }
  const reads = t.reads.facts.slice(mark);
  const read = reads.findLast((f) => f.what !== 'type') ?? last(reads);
  return { got, site: thrown ?? read?.site ?? null };
}

export const note = (words: string, site: Site | null = null): Fact => ({ kind: 'note', text: words, site });

/** How an event goes when nothing was refused before. */
export function reachedFrom(t: T, events: readonly Event[], next: Event): Got | null {
  const order = reach(t, events);
  return order && send(order, next);
}
