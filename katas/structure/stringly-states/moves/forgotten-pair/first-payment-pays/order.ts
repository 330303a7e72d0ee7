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

const no = (why: string): Answer => ({ ok: false, why });

class ShopOrder implements Order {
  #total: number;
  #phase: Phase;
  #paid: number;
  #parcel: string | null;
  #reason: string | null;

  constructor({ total, phase, paid, parcel, reason }: OrderRecord) {
    this.#total = total;
    this.#phase = phase;
    this.#paid = paid;
    this.#parcel = parcel;
    this.#reason = reason;
  }

  apply(event: Event): Answer {
    switch (event.type) {
      case 'pay': {
        if (this.#phase !== 'open') return no('it is not open');
        const due = this.#total - this.#paid;
        if (!Number.isInteger(event.amount) || event.amount < 1) return no('that is no payment');
        if (event.amount > due) return no('that is too much');
        this.#paid += event.amount;
        this.#phase = 'paid';
        return { ok: true };
      }
      case 'ship':
        if (this.#phase !== 'paid') return no('it is not paid');
        this.#parcel = event.parcel;
        this.#phase = 'shipped';
        return { ok: true };
      case 'deliver':
        if (this.#phase !== 'shipped') return no('it is not on its way');
        this.#phase = 'delivered';
        return { ok: true };
      case 'return':
        if (this.#phase !== 'shipped') return no('it is not on its way');
        this.#parcel = null;
        this.#phase = 'paid';
        return { ok: true };
      case 'cancel':
        if (this.#phase !== 'open' && this.#phase !== 'paid') return no('it is too late');
        this.#reason = event.reason;
        this.#phase = 'cancelled';
        return { ok: true };
      case 'refund':
        if (this.#phase !== 'cancelled') return no('it is not cancelled');
        if (this.#paid === 0) return no('nothing was paid');
        this.#paid = 0;
        this.#phase = 'refunded';
        return { ok: true };
      default:
        return no('there is no such event');
    }
  }

  view(): View {
    const { total: _total, ...shown } = this.toJSON();
    return { ...shown, allowed: this.#allowed() };
  }

  #allowed(): Event['type'][] {
    switch (this.#phase) {
      case 'open':
        return ['pay', 'cancel'];
      case 'paid':
        return ['ship', 'cancel'];
      case 'shipped':
        return ['deliver', 'return'];
      case 'cancelled':
        return this.#paid > 0 ? ['refund'] : [];
      default:
        return [];
    }
  }

  toJSON(): OrderRecord {
    const [total, phase, paid] = [this.#total, this.#phase, this.#paid];
    return { total, phase, paid, parcel: this.#parcel, reason: this.#reason };
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
