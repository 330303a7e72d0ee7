import { getRandomValues } from 'node:crypto';

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

/** The calendar of one zone: turns instants into days and days into instants, and knows no now. */
class Calendar {
  readonly #parts: Intl.DateTimeFormat;

  constructor(zone: string | undefined) {
    this.#parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
  }

  /** days since 1970 on the calendar of the zone */
  dayOf(instant: number): number {
    const p = new Map(this.#parts.formatToParts(instant).map((x) => [x.type, Number(x.value)]));
    return Date.UTC(p.get('year')!, p.get('month')! - 1, p.get('day')!) / 86_400_000;
  }

  /** the first instant of a day: a zone is at most 14 hours ahead and 12 behind, and begins its days on a quarter of an hour */
  beginOf(day: number): number {
    let instant = day * 86_400_000 - 15 * 3_600_000;
    while (this.dayOf(instant) < day) instant += 900_000;
    return instant;
  }
}

/** Time that can be asked for again and again and never goes back. */
class Stopwatch {
  #latest = -Infinity;

  at(now: number): number {
    this.#latest = Math.max(this.#latest, now);
    return this.#latest;
  }
}

class TicketDesk implements Desk {
  readonly #now: () => number;
  readonly #chance: () => number;
  readonly #calendar: Calendar;
  readonly #watch = new Stopwatch();
  #sold = 0;

  constructor(now: () => number, chance: () => number, calendar: Calendar) {
    this.#now = now;
    this.#chance = chance;
    this.#calendar = calendar;
  }

  isEarly(eventDate: string): boolean {
    return this.#priceAt(this.#now(), eventDate) === EARLY_PRICE;
  }

  buy(eventDate: string): Ticket {
    const boughtAt = this.#now();
    this.#watch.at(boughtAt);
    return {
      id: `${++this.#sold}-${this.#chance().toString(36).slice(2, 10)}`,
      price: this.#priceAt(boughtAt, eventDate),
      boughtAt,
      validUntil: this.#calendar.beginOf(this.#calendar.dayOf(boughtAt) + 1),
      luckyNumber: 1 + Math.floor(this.#chance() * 9999),
    };
  }

  elapsedSince(ticket: Ticket): number {
    return Math.max(0, this.#watch.at(this.#now()) - ticket.boughtAt);
  }

  draw(tickets: readonly Ticket[]): Ticket {
    return tickets[Math.floor(this.#chance() * tickets.length)]!;
  }

  #priceAt(instant: number, eventDate: string): number {
    const eventDay = Date.parse(`${eventDate}T00:00:00Z`) / 86_400_000;
    return this.#calendar.dayOf(instant) < eventDay ? EARLY_PRICE : LATE_PRICE;
  }
}

export function createDesk(o: { clock?: Clock; random?: Random; zone?: string } = {}): Desk {
  const now = o.clock ? () => o.clock!.now() : Date.now;
  const chance = o.random ? () => o.random!.float() : () => getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
  return new TicketDesk(now, chance, new Calendar(o.zone));
}
