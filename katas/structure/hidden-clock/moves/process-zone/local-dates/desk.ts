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
  const clock = o.clock ?? Date;
  const random = o.random ?? { float: Math.random };

  const isEarlyAt = (now: number, eventDate: string) => now < startOf(eventDate).getTime();

  return {
    isEarly: (eventDate) => isEarlyAt(clock.now(), eventDate),

    buy(eventDate) {
      const now = clock.now();
      const closing = new Date(now);
      closing.setHours(24, 0, 0, 0);
      return {
        id: `T-${random.float().toString(36).slice(2)}`,
        price: isEarlyAt(now, eventDate) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: now,
        validUntil: closing.getTime(),
        luckyNumber: 1 + Math.floor(random.float() * 9999),
      };
    },

    elapsedSince(ticket) {
      return Math.max(0, clock.now() - ticket.boughtAt);
    },

    draw(tickets) {
      return tickets[Math.floor(random.float() * tickets.length)]!;
    },
  };
}
