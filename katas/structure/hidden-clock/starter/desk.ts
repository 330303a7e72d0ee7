import { randomUUID } from 'node:crypto';

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

  function isEarly(eventDate: string): boolean {
    return new Date() < startOf(eventDate);
  }

  return {
    isEarly,

    buy(eventDate) {
      const closing = new Date();
      closing.setHours(24, 0, 0, 0);
      return {
        id: randomUUID(),
        price: isEarly(eventDate) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: clock.now(),
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
