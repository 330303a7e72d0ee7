import { randomBytes, randomInt } from 'node:crypto';

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

const computerChance: Random = {
  float: () => randomInt(2 ** 47) / 2 ** 47,
  int: (below) => randomInt(below),
  bytes: (n) => randomBytes(n),
};

function isEarlyAt(now: number, eventDate: string): boolean {
  return now < new Date(`${eventDate}T00:00`).getTime();
}

function endOfDayAt(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

export function createDesk(o: { clock?: Clock; random?: Random; zone?: string } = {}): Desk {
  const clock = o.clock ?? Date;
  const random = o.random ?? computerChance;
  if (o.zone) process.env.TZ = o.zone;

  return {
    isEarly: (eventDate) => isEarlyAt(clock.now(), eventDate),

    buy(eventDate) {
      const now = clock.now();
      return {
        id: Buffer.from(random.bytes(16)).toString('hex'),
        price: isEarlyAt(now, eventDate) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: now,
        validUntil: endOfDayAt(now),
        luckyNumber: 1 + random.int(9999),
      };
    },

    elapsedSince(ticket) {
      return Math.max(0, clock.now() - ticket.boughtAt);
    },

    draw(tickets) {
      return tickets[random.int(tickets.length)]!;
    },
  };
}
