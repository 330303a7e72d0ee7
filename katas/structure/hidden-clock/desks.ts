import { framesOfError, probe } from 'kibitzer/kit';
import type { Fact } from 'kibitzer/kit';
import type * as Starter from './starter/desk.ts';
import {
  EVENT,
  HOUR,
  LATE,
  MIDNIGHT,
  MINUTE,
  MORNING,
  local,
  print,
  tell,
  type Options,
  type T,
  winnerAmong,
} from './answers.ts';

/** The line that reads `boughtAt` where the result is still negative with a ticket that notes it. */
function subtraction(t: T, again: () => { desk: Starter.Desk; ticket: Starter.Ticket }): Fact | undefined {
  try {
    const { desk, ticket } = again();
    const mark = t.reads.facts.length;
    if (!(desk.elapsedSince(t.reads.watch(ticket)) < 0)) return undefined;
    return t.reads.facts.slice(mark).findLast((f) => f.what.includes('boughtAt'));
  } catch {
    return undefined; // a desk that knows its own tickets only: the line of the reading has to do
  }
}

/** Declares the probes of clocks that jump, of desks that are made early, and of those made without anything. */
export function probeDesks(): void {
  probe<typeof Starter>(
    {
      id: 'clock-goes-back',
      sentence: 5,
      plays: 'elapsedSince(ticket) after the clock was set back by a second',
    },
    (t) => {
      const bought = (later: number) => {
        const clock = t.clock.another(MORNING);
        t.ambient.shift({ now: clock, zone: 'UTC' });
        const desk = t.mod.createDesk({ clock, random: t.random.another(), zone: 'UTC' });
        const ticket = desk.buy(EVENT);
        const mark = clock.readings.length;
        clock.set(MORNING + later);
        return { desk, ticket, clock, mark };
      };
      const on = bought(90 * MINUTE);
      const forward = on.desk.elapsedSince(on.ticket);
      t.see('forward', forward === 90 * MINUTE ? 'right' : forward === 0 ? 'stands-still' : 'wrong');
      const { desk, ticket, clock, mark } = bought(-1000);
      const back = desk.elapsedSince(ticket);
      t.see('back', back >= 0 ? 'not-negative' : back < 0 ? 'negative' : 'no-number');

      if (back < 0) {
        const atPurchase = clock.readings[mark - 1];
        const atAsking = clock.readings.slice(mark).at(-1);
        const notes = subtraction(t, () => bought(-1000));
        tell(
          t,
          [atPurchase, atAsking, notes].filter((f) => f !== undefined),
        );
        t.fact({ kind: 'value', name: 'elapsedSince(ticket)', expected: '0 or more', actual: String(back) });
      }
      t.hold(back >= 0, `the clock was set back by a second: ${print(back)} ms have passed`);
      const atOnce = bought(0);
      const none = atOnce.desk.elapsedSince(atOnce.ticket);
      t.equal(none, 0, `no time after the purchase ${print(none)} ms have passed`);
      t.equal(forward, 90 * MINUTE, `an hour and a half after the purchase ${print(forward)} ms have passed`);
    },
  );

  probe<typeof Starter>(
    {
      id: 'frozen-at-creation',
      sentence: 8,
      plays: `isEarly('${EVENT}') of a desk that has been open for days`,
    },
    (t) => {
      const open = (at: number, zone: string) => {
        const clock = t.clock.another(at);
        t.ambient.shift({ now: clock, zone });
        const desk = t.mod.createDesk({ clock, random: t.random.another(), zone });
        return { desk, clock, mark: clock.readings.length };
      };
      const later = MIDNIGHT + 9 * HOUR;
      const asked = open(MORNING, 'UTC');
      asked.clock.set(later);
      const early = asked.desk.isEarly(EVENT);
      const askedReads = asked.clock.readings.length > asked.mark;
      const buying = open(MORNING, 'UTC');
      buying.clock.set(later);
      const { boughtAt, price } = buying.desk.buy(EVENT);
      const stays = early !== false || boughtAt !== later || price !== LATE;
      const used = early !== false ? asked : buying;
      const reads = early !== false ? askedReads : buying.clock.readings.length > buying.mark;
      t.see('after-days', stays ? 'stays' : 'follows');
      t.see('clock-read', reads ? 'when-asked' : used.mark > 0 ? 'at-creation-only' : 'never');

      const again = open(MORNING, 'UTC');
      const answers = [MORNING, later].map((at) => {
        again.clock.set(at);
        return again.desk.isEarly(EVENT);
      });
      t.see('asked-twice', answers[0] === true && answers[1] === true ? 'stays' : 'follows');

      // made in winter, asked on a summer's night, beside one made that night: an hour apart in Berlin's calendar
      const night = MIDNIGHT - 2 * HOUR;
      const winter = open(Date.UTC(2026, 0, 20, 12), 'Europe/Berlin');
      const summer = open(night, 'Europe/Berlin');
      winter.clock.set(night);
      t.ambient.shift({ now: night });
      const asOf = ({ desk }: typeof winter): string =>
        `early ${desk.isEarly(EVENT)}, valid until ${local(desk.buy(EVENT).validUntil, 'Europe/Berlin')}`;
      const [old, young] = [asOf(winter), asOf(summer)];
      t.see('zone-offset', old === young ? 'of-the-day' : 'of-winter');

      const now = local(later, 'UTC');
      if (stays) {
        tell(t, used.clock.readings.slice(0, used.mark).slice(-2));
        const [name, expected, actual] =
          early !== false
            ? [`isEarly('${EVENT}')`, 'false', print(early)]
            : price !== LATE
              ? [`price of buy('${EVENT}')`, String(LATE), print(price)]
              : ['boughtAt', now, local(boughtAt, 'UTC')];
        t.fact({ kind: 'value', name: `${name}, asked at ${now}`, expected, actual });
        t.hold(false, `open since 20 May, asked on 1 June: ${name} is ${actual}`);
      }
      t.equal(
        answers,
        [true, false],
        `asked on 20 May and again on 1 June, one desk answers ${answers.join(' and ')}`,
      );
      t.equal(
        old,
        young,
        `on the night to 1 June a desk made in winter says: ${old}; one made that night: ${young}`,
      );
    },
  );

  probe<typeof Starter>({ id: 'default-still-works', sentence: 9, plays: 'createDesk()' }, async (t) => {
    // in Auckland it is 1 June already, in UTC it is still the last of May
    const before = Date.UTC(2026, 4, 31, 11, 59);
    const zone = 'Pacific/Auckland';
    t.ambient.shift({ now: before, zone, random: t.random.another(3).float });
    const { createDesk } = await t.fresh();
    const options: [string, () => Options | undefined][] = [
      ['createDesk()', () => undefined],
      ['createDesk({})', () => ({})],
      ['createDesk({ clock })', () => ({ clock: t.clock.another(before) })],
      ['createDesk({ random })', () => ({ random: t.random.another() })],
      ['createDesk({ zone })', () => ({ zone })],
    ];
    for (const [call, given] of options) {
      let tickets: Starter.Ticket[] = [];
      let winner: Starter.Ticket | undefined;
      try {
        t.ambient.shift({ now: before });
        const o = given();
        const desk = o ? createDesk(o) : createDesk();
        tickets = [desk.buy(EVENT), desk.buy(EVENT), desk.buy(EVENT)];
        desk.isEarly(EVENT);
        desk.elapsedSince(tickets[0]!);
        winner = desk.draw(tickets);
      } catch (error) {
        t.see('without', 'throws');
        const near = framesOfError(error)[0];
        const text = error instanceof Error ? error.message : String(error);
        t.fact({ kind: 'note', text: `${call}: ${text}`, site: near ? { near, cause: near } : null });
        t.hold(false, `${call} and then every method once: ${text}`);
      }
      const inRange = tickets.every((x) => x.luckyNumber >= 1 && x.luckyNumber <= 9999);
      if (!inRange || winnerAmong(tickets, winner) < 0) {
        t.see('without', 'no-chance');
        const actual = inRange ? 'none of them' : tickets.map((x) => x.luckyNumber).join(' ');
        const [name, expected] = inRange
          ? ['draw', 'one of three tickets']
          : ['lucky numbers', 'from 1 to 9999'];
        t.fact({ kind: 'value', name: `${name}, ${call}`, expected, actual });
      }
      t.hold(inRange, `${call} gives the lucky numbers ${tickets.map((x) => x.luckyNumber).join(', ')}`);
      t.hold(winnerAmong(tickets, winner) >= 0, `${call} draws none of the tickets`);
    }
    const seen = (at: number) => {
      t.ambient.shift({ now: at });
      const ticket = desk.buy(EVENT);
      return { early: desk.isEarly(EVENT), boughtAt: ticket.boughtAt, lucky: ticket.luckyNumber, ticket };
    };
    t.ambient.shift({ now: before });
    const desk = createDesk();
    const first = seen(before);
    const second = seen(before + MINUTE);
    t.ambient.shift({ now: before + HOUR });
    const elapsed = desk.elapsedSince(first.ticket);
    const inTime =
      Math.abs(first.boughtAt - before) <= 1 &&
      Math.abs(second.boughtAt - before - MINUTE) <= 1 &&
      Math.abs(elapsed - HOUR) <= 1;
    const inZone = first.early === true && second.early === false;
    const numbers = async (seed: number, at: number): Promise<string> => {
      t.ambient.shift({ now: at, random: t.random.another(seed).float });
      const desk = (await t.fresh()).createDesk();
      return Array.from({ length: 8 }, () => desk.buy(EVENT).luckyNumber).join(' ');
    };
    const eight = await numbers(4, before);
    const chance = eight !== (await numbers(5, before + 1234));
    const wrong: [string, string, string] = !inTime
      ? first.boughtAt === before
        ? ['elapsedSince after an hour', String(HOUR), String(elapsed)]
        : ['boughtAt', local(before, zone), local(first.boughtAt, zone)]
      : !inZone
        ? [`isEarly('${EVENT}') before and at midnight`, 'true, false', `${first.early}, ${second.early}`]
        : ['lucky numbers of another desk', 'others', eight];
    if (!inTime || !inZone || !chance) {
      const [name, expected, actual] = wrong;
      t.fact({ kind: 'value', name: `${name}, desk without options in Auckland`, expected, actual });
    }
    t.see('without', !inTime ? 'another-clock' : !inZone ? 'another-zone' : !chance ? 'no-chance' : 'works');
    t.equal(
      local(first.boughtAt, zone),
      local(before, zone),
      `a desk without options takes the time from elsewhere: ${local(first.boughtAt, zone)}`,
    );
    t.hold(inTime, "a desk without options does not follow the computer's clock");
    t.equal(
      [first.early, second.early],
      [true, false],
      "a desk without options does not end the day at the computer's midnight",
    );
    t.hold(chance, 'two desks without options gave the same eight lucky numbers');
  });
}
