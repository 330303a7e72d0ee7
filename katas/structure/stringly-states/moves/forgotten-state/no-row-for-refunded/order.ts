export type Event =
  | { type: 'pay'; amount: number }
  | { type: 'ship'; parcel: string }
  | { type: 'deliver' }
  | { type: 'return' }
  | { type: 'cancel'; reason: string }
  | { type: 'refund' };

export type Answer = { ok: true } | { ok: false; why: string };

export type Phase = 'open' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';

export interface OrderRecord {
  total: number;
  phase: Phase;
  paid: number;
  parcel: string | null;
  reason: string | null;
}

export interface View extends Omit<OrderRecord, 'total'> {
  allowed: readonly Event['type'][];
}

export interface Order {
  apply(event: Event): Answer;
  view(): View;
  toJSON(): OrderRecord;
}

type Name = Event['type'];
type Held = Readonly<OrderRecord>;
type Rule = (order: Held, event: never) => Partial<OrderRecord> | null;

const payment = (order: Held, { amount }: { amount: number }): Partial<OrderRecord> | null => {
  const paid = order.paid + amount;
  if (!Number.isInteger(amount) || amount < 1 || paid > order.total) return null;
  return { paid, phase: paid === order.total ? 'paid' : 'open' };
};
const cancellation = (_: Held, { reason }: { reason: string }): Partial<OrderRecord> => ({
  phase: 'cancelled',
  reason,
});

/** Everything that can happen. What is not here is refused. */
const RULES: Readonly<Record<string, ReadonlyMap<Name, Rule>>> = {
  open: new Map<Name, Rule>([
    ['pay', payment],
    ['cancel', cancellation],
  ]),
  paid: new Map<Name, Rule>([
    ['ship', (_, { parcel }: { parcel: string }) => ({ phase: 'shipped', parcel })],
    ['cancel', cancellation],
  ]),
  shipped: new Map<Name, Rule>([
    ['deliver', () => ({ phase: 'delivered' })],
    ['return', () => ({ phase: 'paid', parcel: null })],
  ]),
  delivered: new Map(),
  cancelled: new Map<Name, Rule>([
    ['refund', (order) => (order.paid > 0 ? { phase: 'refunded', paid: 0 } : null)],
  ]),
};

/** What has to be true of an order in each phase. */
const FITS: Readonly<Record<Phase, (order: Held) => boolean>> = {
  open: (o) => o.paid < o.total && o.parcel === null && o.reason === null,
  paid: (o) => o.paid === o.total && o.parcel === null && o.reason === null,
  shipped: (o) => o.paid === o.total && o.parcel !== null && o.reason === null,
  delivered: (o) => o.paid === o.total && o.parcel !== null && o.reason === null,
  cancelled: (o) => o.parcel === null && o.reason !== null,
  refunded: (o) => o.paid === 0 && o.parcel === null && o.reason !== null,
};

function applied(order: Held, event: Event): Held | null {
  const changes = RULES[order.phase]!.get(event.type)?.(order, event as never);
  return changes ? Object.freeze({ ...order, ...changes }) : null;
}

function start(first: OrderRecord): Order {
  let now: Held = Object.freeze(first);
  const allows = (type: Name): boolean => {
    const event = { type, amount: now.total - now.paid, parcel: '', reason: '' } as Event;
    return applied(now, event) !== null;
  };
  return {
    apply(event) {
      const after = applied(now, event);
      if (!after)
        return { ok: false, why: `an order that is ${now.phase} takes no such ${String(event.type)}` };
      now = after;
      return { ok: true };
    },
    view() {
      const { phase, paid, parcel, reason } = now;
      return { phase, paid, parcel, reason, allowed: [...(RULES[phase]?.keys() ?? [])].filter(allows) };
    },
    toJSON: () => ({ ...now }),
  };
}

export const openOrder = (total: number): Order =>
  start({ total, phase: 'open', paid: 0, parcel: null, reason: null });

const isText = (x: unknown): boolean => x === null || typeof x === 'string';

export const restore = (record: unknown): Order => {
  const { total, phase, paid, parcel, reason } = record as OrderRecord;
  const order = { total, phase, paid, parcel, reason };
  const sound =
    Number.isInteger(total) &&
    Number.isInteger(paid) &&
    total > 0 &&
    paid >= 0 &&
    paid <= total &&
    isText(parcel) &&
    isText(reason);
  if (!sound || !Object.keys(FITS).includes(phase) || !FITS[phase](order))
    throw new TypeError('not a record of an order');
  return start(order);
};
