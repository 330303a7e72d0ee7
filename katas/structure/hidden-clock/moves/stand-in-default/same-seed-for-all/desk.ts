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

/** When and where something happens: made once for each command, read by all that follows. */
interface Stamp {
  at: number;
  today: string;
  dayEnds: number;
}

/** the same numbers at each start, so that a complaint can be looked into */
function chanceFrom(seed: number): Pick<Random, 'int'> {
  let state = seed;
  return {
    int(below) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    },
  };
}

export function createDesk(o: { clock?: Clock; random?: Random; zone?: string } = {}): Desk {
  const { clock = Date, random = chanceFrom(1), zone } = o;
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  const dayOf = (at: number): string => calendar.format(at);

  function stamp(): Stamp {
    const at = clock.now();
    const today = dayOf(at);
    // the first instant that has another date; no day has more than 26 hours
    let [inside, outside] = [at, at + 26 * 3_600_000];
    while (outside - inside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (dayOf(middle) === today) inside = middle;
      else outside = middle;
    }
    return { at, today, dayEnds: outside };
  }

  const earlyOn = (s: Stamp, eventDate: string): boolean => s.today < eventDate;
  const letters = () => random.int(36 ** 5).toString(36);

  return {
    isEarly: (eventDate) => earlyOn(stamp(), eventDate),

    buy(eventDate) {
      const s = stamp();
      return {
        id: `${letters()}-${letters()}`,
        price: earlyOn(s, eventDate) ? EARLY_PRICE : LATE_PRICE,
        boughtAt: s.at,
        validUntil: s.dayEnds,
        luckyNumber: random.int(9999) + 1,
      };
    },

    elapsedSince(ticket) {
      const { at } = stamp();
      return at < ticket.boughtAt ? 0 : at - ticket.boughtAt;
    },

    draw(tickets) {
      return tickets[random.int(tickets.length)]!;
    },
  };
}
