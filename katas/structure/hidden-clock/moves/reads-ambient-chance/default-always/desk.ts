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

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const get = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The instant at which a calendar day begins in a zone; `day` may run over the end of its month. */
function startOfDay(year: number, month: number, day: number, zone: string): number {
  const wall = Date.UTC(year, month - 1, day);
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

function isEarlyAt(now: number, eventDate: string, zone: string): boolean {
  const [year, month, day] = eventDate.split('-').map(Number);
  return now < startOfDay(year!, month!, day!, zone);
}

function endOfDayAt(now: number, zone: string): number {
  const here = new Date(now + offsetAt(now, zone));
  return startOfDay(here.getUTCFullYear(), here.getUTCMonth() + 1, here.getUTCDate() + 1, zone);
}

export function createDesk(o: { clock?: Clock; random?: Random; zone?: string } = {}): Desk {
  const clock = o.clock ?? Date;
  const random = computerChance;
  const zone = o.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

  return {
    isEarly: (eventDate) => isEarlyAt(clock.now(), eventDate, zone),

    buy(eventDate) {
      const now = clock.now();
      return {
        id: Buffer.from(random.bytes(16)).toString('hex'),
        price: isEarlyAt(now, eventDate, zone) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: now,
        validUntil: endOfDayAt(now, zone),
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
