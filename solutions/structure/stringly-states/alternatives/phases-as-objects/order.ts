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

interface Money {
  readonly total: number;
  readonly paid: number;
}

/** A phase answers the events it knows with the phase that follows. */
class State {
  readonly phase: Phase;
  readonly money: Money;
  constructor(phase: Phase, money: Money) {
    this.phase = phase;
    this.money = money;
  }
  get parcel(): string | null {
    return null;
  }
  get reason(): string | null {
    return null;
  }
  on(_event: Event): State | null {
    return null;
  }
}

class Open extends State {
  constructor(money: Money) {
    super('open', money);
  }
  override on(event: Event): State | null {
    const { total, paid } = this.money;
    if (event.type === 'cancel') return new Cancelled(this.money, event.reason);
    if (event.type !== 'pay') return null;
    const { amount } = event;
    if (!Number.isInteger(amount) || amount <= 0 || amount > total - paid) return null;
    const money = { total, paid: paid + amount };
    return money.paid === total ? new Paid(money) : new Open(money);
  }
}

class Paid extends State {
  constructor(money: Money) {
    super('paid', money);
  }
  override on(event: Event): State | null {
    if (event.type === 'ship') return new Shipped(this.money, event.parcel);
    return event.type === 'cancel' ? new Cancelled(this.money, event.reason) : null;
  }
}

class Sent extends State {
  readonly #parcel: string;
  constructor(phase: Phase, money: Money, parcel: string) {
    super(phase, money);
    this.#parcel = parcel;
  }
  override get parcel(): string {
    return this.#parcel;
  }
}

class Shipped extends Sent {
  constructor(money: Money, parcel: string) {
    super('shipped', money, parcel);
  }
  override on(event: Event): State | null {
    if (event.type === 'deliver') return new Delivered(this.money, this.parcel);
    return event.type === 'return' ? new Paid(this.money) : null;
  }
}

class Delivered extends Sent {
  constructor(money: Money, parcel: string) {
    super('delivered', money, parcel);
  }
}

class Ended extends State {
  readonly #reason: string;
  constructor(phase: Phase, money: Money, reason: string) {
    super(phase, money);
    this.#reason = reason;
  }
  override get reason(): string {
    return this.#reason;
  }
}

class Cancelled extends Ended {
  constructor(money: Money, reason: string) {
    super('cancelled', money, reason);
  }
  override on(event: Event): State | null {
    if (event.type !== 'refund' || this.money.paid === 0) return null;
    return new Refunded({ ...this.money, paid: 0 }, this.reason);
  }
}

class Refunded extends Ended {
  constructor(money: Money, reason: string) {
    super('refunded', money, reason);
  }
}

class ShopOrder implements Order {
  #state: State;
  constructor(state: State) {
    this.#state = state;
  }

  apply(event: Event): Answer {
    const next = this.#state.on(event);
    if (!next) return { ok: false, why: `not while the order is ${this.#state.phase}` };
    this.#state = next;
    return { ok: true };
  }

  view(): View {
    const { total, paid } = this.#state.money;
    const tries: Event[] = [
      { type: 'pay', amount: total - paid },
      { type: 'ship', parcel: '' },
      { type: 'deliver' },
      { type: 'return' },
      { type: 'cancel', reason: '' },
      { type: 'refund' },
    ];
    const { total: _total, ...shown } = this.toJSON();
    return { ...shown, allowed: tries.filter((e) => this.#state.on(e)).map((e) => e.type) };
  }

  toJSON(): OrderRecord {
    const { phase, money, parcel, reason } = this.#state;
    return { ...money, phase, parcel, reason };
  }
}

export const openOrder = (total: number): Order => new ShopOrder(new Open({ total, paid: 0 }));

/** What has to happen to an open order until it is what the record says. */
function historyOf({ total, phase, paid, parcel, reason }: OrderRecord): Event[] {
  const [ship, cancel]: Event[] = [
    { type: 'ship', parcel: parcel ?? '' },
    { type: 'cancel', reason: reason ?? '' },
  ];
  const part: Event[] = paid === 0 ? [] : [{ type: 'pay', amount: paid }];
  const all: Event = { type: 'pay', amount: total };
  switch (phase) {
    case 'open':
      return part;
    case 'paid':
      return [all];
    case 'shipped':
      return [all, ship!];
    case 'delivered':
      return [all, ship!, { type: 'deliver' }];
    case 'cancelled':
      return [...part, cancel!];
    case 'refunded':
      return [all, cancel!, { type: 'refund' }];
    default:
      throw new Error(`there is no phase ${String(phase satisfies never)}`);
  }
}

/** A record is believed when the same can be made to happen again. */
export const restore = (record: unknown): Order => {
  const wanted = { ...(record as OrderRecord) };
  const texts = [wanted.parcel, wanted.reason].filter((x) => x !== null);
  if (!Number.isInteger(wanted.total) || wanted.total < 1 || texts.some((x) => typeof x !== 'string'))
    throw new Error('an order needs a total, and a parcel and a reason are text');
  const order = openOrder(wanted.total);
  const happened = historyOf(wanted).every((event) => order.apply(event).ok);
  const made = Object.entries(order.toJSON());
  if (!happened || made.some(([part, value]) => wanted[part as keyof OrderRecord] !== value))
    throw new Error('no order has ever been like this');
  return order;
};
