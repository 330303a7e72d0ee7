export interface Clock {
  now(): number;
}

export interface Random {
  float(): number; // 0 <= x < 1
  int(below: number): number; // 0 <= n < below
  bytes(n: number): Uint8Array;
}

export interface Ticket {
  id: string;
  price: number;
  boughtAt: number;
  validUntil: number;
  luckyNumber: number;
}

export interface Desk {
  buy(eventDate: string): Ticket;
  isEarly(eventDate: string): boolean;
  elapsedSince(ticket: Ticket): number;
  draw(tickets: readonly Ticket[]): Ticket;
}

const EARLY_PRICE = 30;
const LATE_PRICE = 45;

/** '2026-06-01' -> the midnight at which that day begins */
function startOf(date: string): Date {
  const [year, month, day] = date.split('-').map(Number);
  return new Date(year!, month! - 1, day!);
}

export function createDesk(o: { clock?: Clock; random?: Random; zone?: string } = {}): Desk {
  // one switch for the whole desk
  if (o.clock) {
    const { clock } = o;
    Date.now = () => clock.now();
  }
  if (o.random) {
    const { random } = o;
    Math.random = () => random.float();
  }

  function isEarly(eventDate: string): boolean {
    return new Date(Date.now()) < startOf(eventDate);
  }

  return {
    isEarly,

    buy(eventDate) {
      const closing = new Date(Date.now());
      closing.setHours(24, 0, 0, 0);
      return {
        id: `T-${Math.random().toString(36).slice(2)}`,
        price: isEarly(eventDate) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: Date.now(),
        validUntil: closing.getTime(),
        luckyNumber: 1 + Math.floor(Math.random() * 9999),
      };
    },

    elapsedSince(ticket) {
      return Date.now() - ticket.boughtAt;
    },

    draw(tickets) {
      return tickets[Math.floor(Math.random() * tickets.length)]!;
    },
  };
}
