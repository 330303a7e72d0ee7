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

const ALLOWED: Readonly<Record<Phase, readonly Name[]>> = {
  open: ['pay', 'cancel'],
  paid: ['ship', 'cancel'],
  shipped: ['deliver', 'return'],
  delivered: [],
  cancelled: ['refund'],
  refunded: [],
};

class ShopOrder implements Order {
  readonly #now: OrderRecord;

  constructor(start: OrderRecord) {
    this.#now = { ...start };
  }

  get #allowed(): readonly Name[] {
    const { phase, paid } = this.#now;
    return phase === 'cancelled' && paid === 0 ? [] : ALLOWED[phase];
  }

  apply(event: Event): Answer {
    const now = this.#now;
    if (!this.#allowed.includes(event.type)) return { ok: false, why: `not while it is ${now.phase}` };
    switch (event.type) {
      case 'pay': {
        const due = now.total - now.paid;
        if (!Number.isInteger(event.amount) || event.amount < 1 || event.amount > due)
          return { ok: false, why: `${due} is due` };
        now.paid += event.amount;
        if (event.amount === due) now.phase = 'paid';
        break;
      }
      case 'ship':
        now.parcel = event.parcel;
        now.phase = 'shipped';
        break;
      case 'deliver':
        now.phase = 'delivered';
        break;
      case 'return':
        now.parcel = null;
        now.phase = 'paid';
        break;
      case 'cancel':
        now.reason = event.reason;
        now.phase = 'cancelled';
        break;
      case 'refund':
        now.paid = 0;
        now.phase = 'refunded';
    }
    return { ok: true };
  }

  view(): View {
    const { phase, paid, parcel, reason } = this.#now;
    return { phase, paid, parcel, reason, allowed: [...this.#allowed] };
  }

  toJSON(): OrderRecord {
    return { ...this.#now };
  }
}

export const openOrder = (total: number): Order =>
  new ShopOrder({ total, phase: 'open', paid: 0, parcel: null, reason: null });

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
  return new ShopOrder(saved);
};
