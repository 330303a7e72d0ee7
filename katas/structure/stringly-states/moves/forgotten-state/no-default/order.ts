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

/** What an order can be, and what it has then. */
type State =
  | { phase: 'open'; paid: number }
  | { phase: 'paid' }
  | { phase: 'shipped'; parcel: string }
  | { phase: 'delivered'; parcel: string }
  | { phase: 'cancelled'; paid: number; reason: string }
  | { phase: 'refunded'; reason: string };

const isCents = (x: unknown): x is number => typeof x === 'number' && Number.isInteger(x) && x > 0;

/** The state after an event; null when the event is not for this state. */
function next(total: number, state: State, event: Event): State | null {
  switch (state.phase) {
    case 'open':
      if (event.type === 'pay') {
        if (!isCents(event.amount) || event.amount > total - state.paid) return null;
        const paid = state.paid + event.amount;
        return paid === total ? { phase: 'paid' } : { phase: 'open', paid };
      }
      if (event.type === 'cancel') return { phase: 'cancelled', paid: state.paid, reason: event.reason };
      return null;
    case 'paid':
      if (event.type === 'ship') return { phase: 'shipped', parcel: event.parcel };
      if (event.type === 'cancel') return { phase: 'cancelled', paid: total, reason: event.reason };
      return null;
    case 'shipped':
      if (event.type === 'deliver') return { phase: 'delivered', parcel: state.parcel };
      if (event.type === 'return') return { phase: 'paid' };
      return null;
    case 'cancelled':
      if (event.type === 'refund' && state.paid > 0) return { phase: 'refunded', reason: state.reason };
      return null;
    default:
      return undefined as never;
  }
}

/** What the shop holds. */
function paidIn(total: number, state: State): number {
  if (state.phase === 'open' || state.phase === 'cancelled') return state.paid;
  return state.phase === 'refunded' ? 0 : total;
}

function recordOf(total: number, state: State): OrderRecord {
  return {
    total,
    phase: state.phase,
    paid: paidIn(total, state),
    parcel: 'parcel' in state ? state.parcel : null,
    reason: 'reason' in state ? state.reason : null,
  };
}

/** One event of each type, to ask the rule with. */
function samples(total: number, state: State): Event[] {
  return [
    { type: 'pay', amount: total - paidIn(total, state) },
    { type: 'ship', parcel: '' },
    { type: 'deliver' },
    { type: 'return' },
    { type: 'cancel', reason: '' },
    { type: 'refund' },
  ];
}

function orderIn(total: number, start: State): Order {
  let state = start;
  return {
    apply(event) {
      const after = next(total, state, event);
      if (after === undefined) return undefined as never;
      if (after === null)
        return { ok: false, why: `${event.type} does not go with an order that is ${state.phase}` };
      state = after;
      return { ok: true };
    },
    view() {
      const { total: _total, ...shown } = recordOf(total, state);
      const allowed = samples(total, state).filter((event) => next(total, state, event) !== null);
      return { ...shown, allowed: allowed.map((event) => event.type) };
    },
    toJSON: () => recordOf(total, state),
  };
}

export const openOrder = (total: number): Order => orderIn(total, { phase: 'open', paid: 0 });

/** The state that a record's phase asks for, made of the parts that this phase has. */
function stateIn({ total, phase, paid, parcel, reason }: Record<string, unknown>): State | null {
  if (!isCents(total)) return null;
  const some = paid === 0 || (isCents(paid) && paid <= total) ? paid : null;
  switch (phase) {
    case 'open':
      return some === null || some === total ? null : { phase, paid: some };
    case 'paid':
      return { phase };
    case 'shipped':
    case 'delivered':
      return typeof parcel === 'string' ? { phase, parcel } : null;
    case 'cancelled':
      return some === null || typeof reason !== 'string' ? null : { phase, paid: some, reason };
    case 'refunded':
      return typeof reason === 'string' ? { phase, reason } : null;
    default:
      return null;
  }
}

export const restore = (record: unknown): Order => {
  const given = { ...(record as Record<string, unknown>) };
  const state = stateIn(given);
  const total = given.total as number;
  const written = state && Object.entries(recordOf(total, state));
  if (!written?.every(([part, value]) => given[part] === value))
    throw new Error('no order can be like this record');
  return orderIn(total, state!);
};
