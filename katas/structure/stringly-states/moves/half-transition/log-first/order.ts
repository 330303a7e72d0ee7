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

class Refusal extends Error {}

function refuse(why: string): never {
  throw new Refusal(why);
}

/** The record after one more event. */
function fold(r: OrderRecord, e: Event): OrderRecord {
  const at = (...phases: Phase[]): void => {
    if (!phases.includes(r.phase))
      refuse(`${e.type} is for orders that are ${phases.join(' or ')}, not ${r.phase}`);
  };
  switch (e.type) {
    case 'pay': {
      at('open');
      const paid = r.paid + e.amount;
      if (!Number.isInteger(e.amount) || e.amount < 1 || paid > r.total) refuse('no payment of that amount');
      return { ...r, paid, phase: paid < r.total ? 'open' : 'paid' };
    }
    case 'ship':
      at('paid');
      return { ...r, phase: 'shipped', parcel: e.parcel };
    case 'deliver':
      at('shipped');
      return { ...r, phase: 'delivered' };
    case 'return':
      at('shipped');
      return { ...r, phase: 'paid', parcel: null };
    case 'cancel':
      at('open', 'paid');
      return { ...r, phase: 'cancelled', reason: e.reason };
    case 'refund':
      at('cancelled');
      if (r.paid === 0) refuse('nothing was paid');
      return { ...r, phase: 'refunded', paid: 0 };
    default:
      return refuse('no such event');
  }
}

function begin(total: number): OrderRecord {
  return { total, phase: 'open', paid: 0, parcel: null, reason: null };
}

class EventSourced implements Order {
  readonly #total: number;
  readonly #history: Event[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  #fold(...more: Event[]): OrderRecord {
    return [...this.#history, ...more].reduce(fold, begin(this.#total));
  }

  apply(event: Event): Answer {
    const mine = { ...event };
    this.#history.push(mine);
    try {
      this.#fold();
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, why: error.message };
      throw error;
    }
    return { ok: true };
  }

  view(): View {
    const { total, ...shown } = this.#fold();
    const tries: Event[] = [
      { type: 'pay', amount: total - shown.paid },
      { type: 'ship', parcel: 'x' },
      { type: 'deliver' },
      { type: 'return' },
      { type: 'cancel', reason: 'x' },
      { type: 'refund' },
    ];
    const goes = (e: Event): boolean => {
      try {
        return Boolean(this.#fold(e));
      } catch {
        return false;
      }
    };
    return { ...shown, allowed: tries.filter(goes).map((e) => e.type) };
  }

  toJSON(): OrderRecord {
    return this.#fold();
  }
}

export const openOrder = (total: number): Order => new EventSourced(total);

export const restore = (record: unknown): Order => {
  const r = record as OrderRecord;
  if (!Number.isSafeInteger(r.total) || r.total <= 0) throw new Error('total');
  const order = new EventSourced(r.total);
  const events: Event[] = [];
  if (r.phase === 'refunded') events.push({ type: 'pay', amount: r.total });
  else if (r.paid !== 0) events.push({ type: 'pay', amount: r.paid });
  if (r.parcel !== null) events.push({ type: 'ship', parcel: String(r.parcel) });
  if (r.phase === 'delivered') events.push({ type: 'deliver' });
  if (r.reason !== null) events.push({ type: 'cancel', reason: String(r.reason) });
  if (r.phase === 'refunded') events.push({ type: 'refund' });
  for (const e of events) {
    const answer = order.apply(e);
    if (!answer.ok) throw new Error(answer.why);
  }
  const made = order.toJSON();
  for (const part of ['phase', 'paid', 'parcel', 'reason'] as const)
    if (made[part] !== r[part]) throw new Error(`${part} does not fit`);
  return order;
};
