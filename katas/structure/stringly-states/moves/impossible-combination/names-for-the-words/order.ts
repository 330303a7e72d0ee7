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

const STATUS = {
  open: 'open',
  paid: 'paid',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
  refunded: 'refunded',
} as const;

const no = (why: string): Answer => ({ ok: false, why });

class ShopOrder implements Order {
  status: Phase = STATUS.open;
  isPaid = false;
  isShipped = false;
  isCancelled = false;
  paid = 0;
  parcel: string | null = null;
  reason: string | null = null;
  total: number;

  constructor(total: number) {
    this.total = total;
  }

  apply(event: Event): Answer {
    if (event.type === 'pay') {
      if (this.isPaid) return no('paid already');
      this.paid += event.amount;
      this.isPaid = true;
      this.status = STATUS.paid;
    } else if (event.type === 'ship') {
      if (!this.isPaid) return no('not paid yet');
      if (this.isShipped) return no('shipped already');
      this.parcel = event.parcel;
      this.isShipped = true;
      this.status = STATUS.shipped;
    } else if (event.type === 'deliver') {
      if (!this.isShipped) return no('not shipped yet');
      this.status = STATUS.delivered;
    } else if (event.type === 'return') {
      if (this.parcel === null) return no('no parcel');
      this.isShipped = false;
      this.status = STATUS.paid;
    } else if (event.type === 'cancel') {
      if (this.isShipped) return no('too late, it is on its way');
      this.reason = event.reason;
      this.isCancelled = true;
      this.status = STATUS.cancelled;
    } else {
      if (!this.isPaid) return no('nothing was paid');
      this.paid = 0;
      this.status = STATUS.refunded;
    }
    return { ok: true };
  }

  view(): View {
    return { ...this.toJSON(), allowed: this.allowed() };
  }

  allowed(): Event['type'][] {
    if (this.status === STATUS.open) return ['pay', 'cancel'];
    if (this.status === STATUS.paid) return ['ship', 'cancel'];
    if (this.status === STATUS.shipped) return ['deliver', 'return'];
    if (this.isCancelled && this.paid > 0) return ['refund'];
    return [];
  }

  toJSON(): OrderRecord {
    const { total, paid, parcel, reason } = this;
    return { total, phase: this.status, paid, parcel, reason };
  }
}

export const openOrder = (total: number): Order => new ShopOrder(total);

export const restore = (record: unknown): Order => {
  const saved = record as OrderRecord;
  const order = new ShopOrder(saved.total);
  order.status = saved.phase;
  order.isPaid = saved.paid > 0;
  order.isShipped = saved.phase === 'shipped';
  order.isCancelled = saved.phase === 'cancelled';
  order.paid = saved.paid;
  order.parcel = saved.parcel;
  order.reason = saved.reason;
  return order;
};
