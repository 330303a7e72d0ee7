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

const PAID = 1;
const SHIPPED = 2;
const CANCELLED = 4;

class ShopOrder implements Order {
  status = 'open';
  flags = 0;
  paid = 0;
  parcel: string | null = null;
  reason: string | null = null;
  total: number;

  constructor(total: number) {
    this.total = total;
  }

  apply(event: Event): Answer {
    if (event.type === 'pay') {
      if (this.flags & PAID) return no('paid already');
      this.paid += event.amount;
      this.flags |= PAID;
      this.status = 'paid';
    } else if (event.type === 'ship') {
      if (!(this.flags & PAID)) return no('not paid yet');
      if (this.flags & SHIPPED) return no('shipped already');
      this.parcel = event.parcel;
      this.flags |= SHIPPED;
      this.status = 'shipped';
    } else if (event.type === 'deliver') {
      if (!(this.flags & SHIPPED)) return no('not shipped yet');
      this.status = 'delivered';
    } else if (event.type === 'return') {
      if (this.parcel === null) return no('no parcel');
      this.flags &= ~SHIPPED;
      this.status = 'paid';
    } else if (event.type === 'cancel') {
      if (this.flags & SHIPPED) return no('too late, it is on its way');
      this.reason = event.reason;
      this.flags |= CANCELLED;
      this.status = 'cancelled';
    } else {
      if (!(this.flags & PAID)) return no('nothing was paid');
      this.paid = 0;
      this.status = 'refunded';
    }
    return { ok: true };
  }

  view(): View {
    return { ...this.toJSON(), allowed: this.allowed() };
  }

  allowed(): Event['type'][] {
    if (this.status === 'open') return ['pay', 'cancel'];
    if (this.status === 'paid') return ['ship', 'cancel'];
    if (this.status === 'shipped') return ['deliver', 'return'];
    if (this.flags & CANCELLED && this.paid > 0) return ['refund'];
    return [];
  }

  toJSON(): OrderRecord {
    const { total, paid, parcel, reason } = this;
    return { total, phase: this.status as Phase, paid, parcel, reason };
  }
}

export const openOrder = (total: number): Order => new ShopOrder(total);

export const restore = (record: unknown): Order => {
  const saved = record as OrderRecord;
  const order = new ShopOrder(saved.total);
  order.status = saved.phase;
  order.flags =
    (saved.paid > 0 ? PAID : 0) |
    (saved.phase === 'shipped' ? SHIPPED : 0) |
    (saved.phase === 'cancelled' ? CANCELLED : 0);
  order.paid = saved.paid;
  order.parcel = saved.parcel;
  order.reason = saved.reason;
  return order;
};
