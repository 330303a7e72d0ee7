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

const isText = (x: unknown): x is string => typeof x === 'string';

/** What is true of every order, in any phase. */
function sound(r: OrderRecord): boolean {
  if (!Number.isInteger(r.total) || !Number.isInteger(r.paid) || r.total < 1) return false;
  if (r.paid < 0 || r.paid > r.total) return false;
  const sent = r.phase === 'shipped' || r.phase === 'delivered';
  const ended = r.phase === 'cancelled' || r.phase === 'refunded';
  if (sent !== isText(r.parcel) || ended !== isText(r.reason)) return false;
  if (!sent && r.parcel !== null) return false;
  if (!ended && r.reason !== null) return false;
  if (r.phase === 'open') return r.paid < r.total;
  if (r.phase === 'paid' || sent) return r.paid === r.total;
  if (r.phase === 'refunded') return r.paid === 0;
  return r.phase === 'cancelled';
}

function changed(r: OrderRecord, event: Event): OrderRecord {
  switch (event.type) {
    case 'pay': {
      const paid = r.paid + event.amount;
      return { ...r, paid, phase: paid === r.total ? 'paid' : 'open' };
    }
    case 'ship':
      return { ...r, phase: 'shipped', parcel: event.parcel };
    case 'deliver':
      return { ...r, phase: 'delivered' };
    case 'return':
      return { ...r, phase: 'paid', parcel: null };
    case 'cancel':
      return { ...r, phase: 'cancelled', reason: event.reason };
    case 'refund':
      return { ...r, phase: 'refunded', paid: 0 };
  }
}

function orderOf(start: OrderRecord): Order {
  let now = start;
  const takes = (event: Event): OrderRecord | null => {
    const next = changed(now, event);
    return next && sound(next) ? next : null;
  };
  return {
    apply(event) {
      const next = takes(event);
      if (!next) return { ok: false, why: 'the order would not be sound' };
      now = next;
      return { ok: true };
    },
    view() {
      const { total, ...shown } = now;
      const tries: Event[] = [
        { type: 'pay', amount: total - now.paid },
        { type: 'ship', parcel: '' },
        { type: 'deliver' },
        { type: 'return' },
        { type: 'cancel', reason: '' },
        { type: 'refund' },
      ];
      return { ...shown, allowed: tries.filter(takes).map((event) => event.type) };
    },
    toJSON: () => ({ ...now }),
  };
}

export const openOrder = (total: number): Order =>
  orderOf({ total, phase: 'open', paid: 0, parcel: null, reason: null });

export const restore = (record: unknown): Order => {
  const { total, phase, paid, parcel, reason } = record as OrderRecord;
  const saved = { total, phase, paid, parcel, reason };
  if (!sound(saved)) throw new Error('not sound');
  return orderOf(saved);
};
