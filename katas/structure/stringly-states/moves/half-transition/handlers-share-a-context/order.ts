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

interface Context extends OrderRecord {}

type Handler = (order: Context, event: never) => string | null;

const nothing = 'that does not go with this phase';

const cancel = (order: Context, event: { reason: string }): string | null => {
  order.reason = event.reason;
  order.phase = 'cancelled';
  return null;
};

class Phases {
  static open: Partial<Record<Event['type'], Handler>> = {
    pay: (order, { amount }: { amount: number }) => {
      if (!Number.isInteger(amount) || amount < 1) return 'that is no payment';
      order.paid += amount;
      if (order.paid > order.total) return 'that is too much';
      if (order.paid === order.total) order.phase = 'paid';
      return null;
    },
    cancel,
  };
  static paid: Partial<Record<Event['type'], Handler>> = {
    ship: (order, { parcel }: { parcel: string }) => {
      order.parcel = parcel;
      order.phase = 'shipped';
      return null;
    },
    cancel,
  };
  static shipped: Partial<Record<Event['type'], Handler>> = {
    deliver: (order) => {
      order.phase = 'delivered';
      return null;
    },
    return: (order) => {
      order.parcel = null;
      order.phase = 'paid';
      return null;
    },
  };
  static delivered: Partial<Record<Event['type'], Handler>> = {};
  static cancelled: Partial<Record<Event['type'], Handler>> = {
    refund: (order) => {
      order.phase = 'refunded';
      if (order.paid === 0) return 'nothing was paid';
      order.paid = 0;
      return null;
    },
  };
  static refunded: Partial<Record<Event['type'], Handler>> = {};
}

function handlerFor(phase: Phase, type: Event['type']): Handler | undefined {
  return Object.hasOwn(Phases[phase], type) ? Phases[phase][type] : undefined;
}

function orderOf(start: OrderRecord): Order {
  const order: Context = { ...start };
  return {
    apply(event) {
      const why = handlerFor(order.phase, event.type)?.(order, event as never);
      return why === null ? { ok: true } : { ok: false, why: why ?? nothing };
    },
    view() {
      const { phase, paid, parcel, reason } = order;
      const tries = { type: 'pay', amount: order.total - paid, parcel: '', reason: '' };
      const types = Object.keys(Phases[phase]) as Event['type'][];
      const allowed = types.filter(
        (type) => handlerFor(phase, type)?.({ ...order }, { ...tries, type } as never) === null,
      );
      return { phase, paid, parcel, reason, allowed };
    },
    toJSON: () => ({ ...order }),
  };
}

export const openOrder = (total: number): Order =>
  orderOf({ total, phase: 'open', paid: 0, parcel: null, reason: null });

const fits: Record<Phase, (r: OrderRecord) => boolean> = {
  open: (r) => r.paid < r.total && r.parcel === null && r.reason === null,
  paid: (r) => r.paid === r.total && r.parcel === null && r.reason === null,
  shipped: (r) => r.paid === r.total && isText(r.parcel) && r.reason === null,
  delivered: (r) => r.paid === r.total && isText(r.parcel) && r.reason === null,
  cancelled: (r) => r.parcel === null && isText(r.reason),
  refunded: (r) => r.paid === 0 && r.parcel === null && isText(r.reason),
};

const isText = (x: unknown): boolean => typeof x === 'string';

export const restore = (record: unknown): Order => {
  const saved = { ...(record as OrderRecord) };
  if (!Number.isInteger(saved.total) || saved.total < 1) throw new Error('no total');
  if (!Number.isInteger(saved.paid) || saved.paid < 0 || saved.paid > saved.total)
    throw new Error('paid is odd');
  if (!Object.hasOwn(fits, saved.phase)) throw new Error('no such phase');
  if (!fits[saved.phase](saved)) throw new Error('parts do not belong to the phase');
  return orderOf(saved);
};
