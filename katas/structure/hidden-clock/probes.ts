import { framesOfError, probe } from 'kibitzer/kit';
import type {
  AmbientGroup,
  AmbientUse,
  Fact,
  Frame,
  ProbeContext,
  Reading,
  VirtualClock,
} from 'kibitzer/kit';
import type * as Starter from './starter/desk.ts';

type T = ProbeContext<typeof Starter>;
type Options = NonNullable<Parameters<typeof Starter.createDesk>[0]>;
type Answer = string | number | boolean;
type Answers = Record<string, Answer>;

const EVENT = '2026-06-01';
/** the midnight at which the event's day begins, in UTC */
const MIDNIGHT = Date.UTC(2026, 5, 1);
const MORNING = Date.UTC(2026, 4, 20, 10);
/** the midnight that ends that day */
const NEXT_MIDNIGHT = Date.UTC(2026, 4, 21);
const IN_2031 = Date.UTC(2031, 2, 10, 9, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS_24 = 24 * HOUR;
const EARLY = 30;
const LATE = 45;

/** So often in a row chance is as it seldom is; not for ever, should somebody draw until it is another. */
const EXTREME_DRAWS = 40;

/** At most this many lines are tried as the one that makes a difference. */
const LINES_TRIED = 8;

probe<typeof Starter>({ id: 'works', role: 'gate', sentence: 1, plays: `buy('2099-06-01')` }, (t) => {
  t.clock.set(MORNING);
  t.ambient.shift({ now: t.clock, zone: 'UTC' });
  const desk = t.mod.createDesk({ clock: t.clock, random: t.random, zone: 'UTC' });
  const tickets = Array.from({ length: 5 }, () => desk.buy('2099-06-01'));
  for (const ticket of tickets) {
    t.hold(typeof ticket?.id === 'string' && ticket.id !== '', 'the ticket has no id');
    t.equal(ticket.price, EARLY, `an early ticket costs ${print(ticket.price)} instead of ${EARLY}`);
    t.hold(isInstant(ticket.boughtAt), `boughtAt is ${print(ticket.boughtAt)}, no number of milliseconds`);
    t.hold(
      isInstant(ticket.validUntil),
      `validUntil is ${print(ticket.validUntil)}, no number of milliseconds`,
    );
    const lucky = ticket.luckyNumber;
    t.hold(Number.isInteger(lucky) && lucky >= 1 && lucky <= 9999, `luckyNumber is ${print(lucky)}`);
  }
  t.equal(new Set(tickets.map((x) => x.id)).size, 5, 'two tickets of one desk have the same id');
  t.equal(desk.buy('2000-01-01').price, LATE, `after the event's day has begun the price is not ${LATE}`);
  t.equal(desk.isEarly('2099-06-01'), true, 'a day far ahead is not early');
  t.equal(desk.isEarly('2000-01-01'), false, 'a day long past is early');
  t.equal(desk.isEarly('2026-05-21'), true, 'the day before is not early');
  t.equal(desk.isEarly('2026-05-20'), false, 'the day itself is early');
  const { boughtAt, validUntil } = tickets[0]!;
  t.equal(boughtAt, MORNING, `bought ${local(MORNING, 'UTC')}, but boughtAt is ${local(boughtAt, 'UTC')}`);
  // how long a day is, is for another probe
  t.hold(
    validUntil === NEXT_MIDNIGHT || validUntil === MORNING + HOURS_24,
    `bought ${local(MORNING, 'UTC')}, valid until ${local(validUntil, 'UTC')}`,
  );
  for (const [at, early] of [
    [MIDNIGHT - 1, true],
    [MIDNIGHT, false],
  ] as const) {
    t.clock.set(at);
    const then = t.mod.createDesk({ clock: t.clock, random: t.random.another(), zone: 'UTC' });
    t.equal(then.isEarly(EVENT), early, `isEarly('${EVENT}') is ${!early} at ${local(at, 'UTC')}`);
  }
  t.clock.set(MORNING);
  const elapsed = desk.elapsedSince(tickets[0]!);
  t.hold(elapsed >= 0 && elapsed < MINUTE, `just bought, and ${print(elapsed)} ms have passed`);
  t.hold(winnerAmong(tickets, desk.draw(tickets)) >= 0, 'draw gives none of the tickets');
  // the least and the greatest that chance can give
  for (const float of [0, 1 - 2 ** -32]) {
    const random = t.random.another();
    random.script(Array<number>(EXTREME_DRAWS).fill(float));
    const lucky = t.mod.createDesk({ clock: t.clock, random, zone: 'UTC' }).buy('2099-06-01').luckyNumber;
    t.hold(Number.isInteger(lucky) && lucky >= 1 && lucky <= 9999, `luckyNumber is ${print(lucky)}`);
    random.script(Array<number>(EXTREME_DRAWS).fill(float));
    const winner = t.mod.createDesk({ clock: t.clock, random, zone: 'UTC' }).draw(tickets);
    t.hold(winnerAmong(tickets, winner) >= 0, 'draw gives none of the tickets');
  }
});

probe<typeof Starter>(
  {
    id: 'only-the-given-clock',
    sentence: 6,
    plays: `createDesk({ clock }) with the computer's clock in 2031`,
  },
  async (t) => {
    t.ambient.shift({ zone: 'UTC' });
    const play = async (computer: (later: number) => void): Promise<Answers> => {
      // the same chance each time, also for code that takes the computer's
      t.ambient.shift({ random: t.random.another(7).float });
      computer(0);
      const { createDesk } = await t.fresh();
      const desk = createDesk({ clock: t.clock.another(MORNING), random: t.random.another(), zone: 'UTC' });
      const isEarly = desk.isEarly(EVENT);
      const ticket = desk.buy(EVENT);
      computer(5000);
      const { price, boughtAt, validUntil, luckyNumber, id } = ticket;
      const elapsedSince = desk.elapsedSince(ticket);
      const tickets = [ticket, desk.buy(EVENT), desk.buy(EVENT)];
      const winner = `ticket ${winnerAmong(tickets, desk.draw(tickets)) + 1}`;
      return { isEarly, price, boughtAt, validUntil, elapsedSince, luckyNumber, id, winner };
    };
    const together = await play(() => t.ambient.shift({ now: MORNING }));
    const mark = t.ambient.mark();
    const apart = await play((later) => t.ambient.shift({ now: IN_2031 + later }));
    const changed = Object.keys(together).filter((name) => !Object.is(together[name], apart[name]));
    const uses = t.ambient.since(mark, 'clock');
    t.see('second-run', changed.length === 0 ? 'same' : 'differs');
    t.see('computer-asked', uses.length > 0);

    const sideBySide = await twoDesks(t, { clock: [MORNING, Date.UTC(2026, 9, 10, 8)] });
    t.see('two-desks', sideBySide.mixed ? 'mixed' : 'apart');
    t.see('replaced', sideBySide.replaced.length > 0);

    const name = changed[0];
    if (name) {
      const lines = await linesThatMatter(uses, together, (at) =>
        play((later) => {
          t.ambient.shift({ now: MORNING });
          t.ambient.shift({ now: IN_2031 + later, at });
        }),
      );
      tell(t, storyOf(name, lines, uses));
      const [expected, actual] = [told(name, together[name]!), told(name, apart[name]!)];
      t.fact({ kind: 'value', name: `${name}, computer's clock in 2031`, expected, actual });
      t.hold(false, `${name} is ${actual} instead of ${expected} when the computer's clock says 2031`);
    }
    if (sideBySide.mixed) {
      tell(t, sideBySide.replaced);
      const { name, expected, actual } = sideBySide.mixed;
      t.fact({ kind: 'value', name: `${name}, two desks in turn`, expected, actual });
      t.hold(false, `${name} is ${actual} instead of ${expected} when the other has another clock`);
    }
  },
);

probe<typeof Starter>(
  { id: 'only-the-given-chance', sentence: 7, plays: 'createDesk({ random }) twice with the same seed' },
  async (t) => {
    t.ambient.shift({ zone: 'UTC', now: MORNING });
    const play = async (seed: number, computer: () => void, mod?: typeof Starter): Promise<Answers> => {
      computer();
      const { createDesk } = mod ?? (await t.fresh());
      const desk = createDesk({
        clock: t.clock.another(MORNING),
        random: t.random.another(seed),
        zone: 'UTC',
      });
      const tickets = Array.from({ length: 6 }, () => desk.buy(EVENT));
      const winner = `ticket ${winnerAmong(tickets, desk.draw(tickets)) + 1}`;
      return {
        id: tickets.map((x) => x.id).join(' '),
        luckyNumber: tickets.map((x) => x.luckyNumber).join(' '),
        winner,
      };
    };
    const computer = (seed: number) => ({ random: t.random.another(seed).float });
    const one = await play(1, () => t.ambient.shift(computer(11)));
    const mark = t.ambient.mark();
    const two = await play(1, () => t.ambient.shift(computer(22)));
    const changed = Object.keys(one).filter((name) => one[name] !== two[name]);
    const uses = t.ambient.since(mark, 'chance');
    t.see('second-run', changed.length === 0 ? 'same' : 'differs');
    t.see('computer-asked', uses.length > 0);

    const others: Answers[] = [];
    const alike = (name: string): boolean => others.every((x) => x[name] === one[name]);
    for (let seed = 2; seed <= 13 && (alike('luckyNumber') || alike('winner')); seed++) {
      others.push(await play(seed, () => t.ambient.shift(computer(11)), t.mod));
    }
    t.see('lucky-numbers', others.some((x) => x.luckyNumber !== one.luckyNumber) ? 'vary' : 'never-vary');
    t.see('winner', others.some((x) => x.winner !== one.winner) ? 'varies' : 'never-varies');

    const sideBySide = await twoDesks(t, { random: [1, 2] });
    t.see('two-desks', sideBySide.mixed ? 'mixed' : 'apart');
    t.see('replaced', sideBySide.replaced.length > 0);

    const name = changed[0];
    if (name) {
      const lines = await linesThatMatter(uses, one, (at) =>
        play(1, () => {
          const [usual, other] = [computer(11).random, computer(22).random];
          t.ambient.shift({ random: usual });
          // what is drawn elsewhere stays what it was: the usual numbers go on as if they had been used here, too
          t.ambient.shift({ random: () => (usual(), other()), at });
        }),
      );
      tell(t, storyOf(name, lines, uses));
      const [expected, actual] = firstDifference(String(one[name]), String(two[name]));
      t.fact({ kind: 'value', name: `${name}, second run with the same seed`, expected, actual });
      t.hold(false, `the same seed gave the ${name} ${shorten(expected)}, then ${shorten(actual)}`);
    }
    if (sideBySide.mixed) {
      tell(t, sideBySide.replaced);
      const { name, expected, actual } = sideBySide.mixed;
      t.fact({ kind: 'value', name: `${name}, two desks in turn`, expected, actual });
      t.hold(
        false,
        `${name} is ${shorten(actual)} instead of ${shorten(expected)} when the other has another seed`,
      );
    }
    t.hold(
      others.some((x) => x.luckyNumber !== one.luckyNumber),
      'twelve seeds gave the same lucky numbers',
    );
    t.hold(
      others.some((x) => x.winner !== one.winner),
      `twelve seeds drew the same winner of six, ${one.winner}`,
    );
  },
);

probe<typeof Starter>(
  { id: 'one-now-per-decision', sentence: 4, plays: `buy('${EVENT}') while midnight passes` },
  (t) => {
    let worst: { ticket: Starter.Ticket; clock: VirtualClock; read: readonly Reading[] } | null = null;
    let crossed = false;
    for (let before = 1; before <= 10; before++) {
      const clock = t.clock.another(MIDNIGHT - before);
      t.ambient.shift({ now: clock, zone: 'UTC' });
      const desk = t.mod.createDesk({ clock, random: t.random.another(), zone: 'UTC' });
      // set again, should opening the desk have looked at it
      clock.set(MIDNIGHT - before);
      clock.moveAtEachReading(1);
      const mark = clock.readings.length;
      const ticket = desk.buy(EVENT);
      const read = clock.readings.slice(mark);
      if (agrees(ticket)) continue;
      const across = read.some((r) => sideOf(r) === 'before') && read.some((r) => sideOf(r) === 'after');
      if (!worst || (across && !crossed)) worst = { ticket, clock, read };
      crossed ||= across;
    }
    t.see('ticket', worst ? 'of-two-instants' : 'of-one-instant');
    t.see('readings', crossed ? 'on-both-sides' : 'on-one-side');
    if (!worst) return;
    const { ticket, read } = worst;
    const second = read.findIndex((r) => sideOf(r) === 'after');
    if (crossed) tell(t, [read[second - 1]!, read[second]!]);
    const late = ticket.boughtAt >= MIDNIGHT;
    const wrongPrice = ticket.price !== (late ? LATE : EARLY);
    const at = local(ticket.boughtAt, 'UTC');
    const [what, expected, actual] = wrongPrice
      ? ['price', String(late ? LATE : EARLY), String(ticket.price)]
      : ['validUntil', local(late ? MIDNIGHT + HOURS_24 : MIDNIGHT, 'UTC'), local(ticket.validUntil, 'UTC')];
    t.fact({ kind: 'value', name: `${what}, boughtAt ${at}`, expected, actual });
    t.hold(false, `one ticket: boughtAt ${at}, ${what} ${actual}`);
  },
);

probe<typeof Starter>(
  {
    id: 'end-of-day-in-the-zone',
    sentence: 2,
    plays: `createDesk({ zone: 'Pacific/Auckland' }).isEarly('${EVENT}')`,
  },
  async (t) => {
    const zone = 'Pacific/Auckland';
    const deskAt = (createDesk: typeof Starter.createDesk, at: number, computer: () => void) => {
      const clock = t.clock.another(at);
      t.ambient.shift({ now: clock });
      computer();
      return createDesk({ clock, random: t.random.another(), zone });
    };
    /** instants at which midnight is: of the desk, of a process in Los Angeles, of UTC */
    const cuts = [
      { event: EVENT, desk: Date.UTC(2026, 4, 31, 12), process: Date.UTC(2026, 5, 1, 7), utc: MIDNIGHT },
      {
        event: '2026-01-15',
        desk: Date.UTC(2026, 0, 14, 11),
        process: Date.UTC(2026, 0, 15, 8),
        utc: Date.UTC(2026, 0, 15),
      },
    ];
    const bought = {
      at: Date.UTC(2026, 4, 30, 13),
      desk: Date.UTC(2026, 4, 31, 12),
      process: Date.UTC(2026, 4, 31, 7),
      utc: Date.UTC(2026, 4, 31),
    };
    // further purchases, so that what ends at one midnight by accident is not taken for the habit
    const purchases: Readonly<Record<string, typeof bought>> = {
      validUntil: bought,
      'validUntil later': {
        at: Date.UTC(2026, 5, 1, 23, 30),
        desk: Date.UTC(2026, 5, 2, 12),
        process: Date.UTC(2026, 5, 2, 7),
        utc: Date.UTC(2026, 5, 2),
      },
      'validUntil at new year': {
        at: Date.UTC(2026, 11, 31, 13),
        desk: Date.UTC(2027, 0, 1, 11),
        process: Date.UTC(2027, 0, 1, 8),
        utc: Date.UTC(2027, 0, 1),
      },
    };
    const play = async (computer: () => void): Promise<Answers> => {
      computer();
      const { createDesk } = await t.fresh();
      const answers: Answers = {};
      for (const cut of cuts) {
        for (const who of ['desk', 'process', 'utc'] as const) {
          for (const [when, at] of [
            ['before', cut[who] - MINUTE],
            ['at', cut[who]],
          ] as const) {
            const desk = deskAt(createDesk, at, computer);
            answers[`isEarly ${cut.event} ${when} ${who}`] = desk.isEarly(cut.event);
          }
        }
      }
      for (const [name, { at }] of Object.entries(purchases))
        answers[name] = deskAt(createDesk, at, computer).buy('2026-07-01').validUntil;
      return answers;
    };
    const inUtc = await play(() => t.ambient.shift({ zone: 'UTC' }));
    const mark = t.ambient.mark();
    const inAngeles = await play(() => t.ambient.shift({ zone: 'America/Los_Angeles' }));
    const uses = t.ambient.since(mark, 'zone');
    const moved = Object.keys(inUtc).filter((name) => inUtc[name] !== inAngeles[name]);
    const cutBy = (a: Answers): string => {
      const found = cuts.map(
        (c) =>
          (['desk', 'process', 'utc'] as const).find(
            (who) =>
              a[`isEarly ${c.event} before ${who}`] === true &&
              a[`isEarly ${c.event} at ${who}`] === false &&
              (who !== 'desk' || a[`isEarly ${c.event} at utc`] === false),
          ) ?? 'other',
      );
      return found[0] === found[1] ? found[0]! : 'other';
    };
    const early = cutBy(inAngeles);
    const earlyInUtc = cutBy(inUtc);
    const valid =
      (['desk', 'process', 'utc'] as const).find((who) =>
        Object.entries(purchases).every(([name, midnight]) => midnight[who] === inAngeles[name]),
      ) ?? 'other';
    t.see('moves-with-the-process', moved.length > 0);
    t.see('early-ends-at', early === 'desk' ? (earlyInUtc === 'desk' ? 'desk' : 'other') : early);
    t.see('valid-ends-at', valid);

    const sideBySide = await twoDesks(t, { zone: [zone, 'America/Los_Angeles'] });
    t.see('two-desks', sideBySide.mixed ? 'mixed' : 'apart');
    t.see('replaced', sideBySide.replaced.length > 0);

    const instantOf = (name: string): number => {
      const [, event, when, who] = name.split(' ');
      const cut = cuts.find((c) => c.event === event);
      return cut ? cut[who as 'desk'] - (when === 'before' ? MINUTE : 0) : purchases[name]!.at;
    };
    const rightOf = (name: string): Answer =>
      name in purchases
        ? purchases[name]!.desk
        : instantOf(name) < cuts.find((c) => c.event === name.split(' ')[1])!.desk;
    const name = moved.find((n) => inAngeles[n] !== rightOf(n)) ?? moved[0];
    if (name) {
      const lines = await linesThatMatter(uses, inUtc, (at) =>
        play(() => {
          t.ambient.shift({ zone: 'UTC' });
          t.ambient.shift({ zone: 'America/Los_Angeles', at });
        }),
      );
      tell(t, storyOf(name, lines, uses));
      const at = local(instantOf(name), zone);
      const what = name in purchases ? 'validUntil' : `isEarly('${name.split(' ')[1]}')`;
      const show = (a: Answer): string => (typeof a === 'number' ? local(a, zone) : String(a));
      const [right, one, two] = [rightOf(name), inUtc[name]!, inAngeles[name]!].map(show) as [
        string,
        string,
        string,
      ];
      const inOther = two === right ? ['Los Angeles', two, 'UTC', one] : ['UTC', one, 'Los Angeles', two];
      t.fact({
        kind: 'note',
        text: `in Auckland it is ${at}; process in ${inOther[0]}: ${inOther[1]}`,
        site: null,
      });
      t.fact({
        kind: 'value',
        name: `${what}, process in ${inOther[2]}`,
        expected: right,
        actual: inOther[3]!,
      });
      t.hold(
        false,
        `${at} in Auckland: ${name.split(' ')[0]} is ${one} (process: UTC) or ${two} (Los Angeles)`,
      );
    }
    if (early !== 'desk' || earlyInUtc !== 'desk') {
      const [cut, when] = firstWrongCut(cuts, inUtc);
      const at = cut.desk - (when === 'before' ? MINUTE : 0);
      const desk = deskAt(t.mod.createDesk, at, () => t.ambient.shift({ zone: 'UTC' }));
      tellReadings(t, at, (c) =>
        t.mod.createDesk({ clock: c, random: t.random.another(), zone }).isEarly(cut.event),
      );
      const [expected, actual] = [when === 'before', desk.isEarly(cut.event)];
      t.fact({
        kind: 'value',
        name: `isEarly('${cut.event}') at ${local(at, zone)} in Auckland`,
        expected: String(expected),
        actual: String(actual),
      });
      t.equal(actual, expected, `isEarly('${cut.event}') is ${actual} at ${local(at, zone)} in Auckland`);
      t.hold(false, `isEarly('${cut.event}') does not end at midnight in Auckland`);
    }
    if (valid === 'utc' || valid === 'process') {
      tellReadings(t, bought.at, (c) =>
        t.mod.createDesk({ clock: c, random: t.random.another(), zone }).buy('2026-07-01'),
      );
      const [expected, actual] = [local(bought.desk, zone), local(Number(inAngeles.validUntil), zone)];
      t.fact({
        kind: 'value',
        name: `validUntil, bought ${local(bought.at, zone)} in Auckland`,
        expected,
        actual,
      });
      t.hold(false, `bought ${local(bought.at, zone)} in Auckland, valid until ${actual}`);
    }
    if (sideBySide.mixed) {
      tell(t, sideBySide.replaced);
      const { name, expected, actual } = sideBySide.mixed;
      t.fact({ kind: 'value', name: `${name}, two desks in turn`, expected, actual });
      t.hold(false, `${name} is ${actual} instead of ${expected} when the other is in another zone`);
    }
  },
);

probe<typeof Starter>(
  {
    id: 'short-and-long-day',
    sentence: 3,
    plays: `createDesk({ zone: 'Europe/Berlin' }).buy(…) on 29 March`,
  },
  (t) => {
    const zone = 'Europe/Berlin';
    const deskAt = (at: number) => {
      const clock = t.clock.another(at);
      t.ambient.shift({ now: clock, zone });
      return t.mod.createDesk({ clock, random: t.random.another(), zone });
    };
    const days = [
      {
        day: 'plain',
        ends: Date.UTC(2026, 4, 20, 22),
        buys: [
          Date.UTC(2026, 4, 20, 8),
          Date.UTC(2026, 4, 19, 22, 0, 0, 500),
          Date.UTC(2026, 4, 20, 8, 1, 2, 3),
        ],
        slip: 0,
      },
      {
        day: 'short',
        ends: Date.UTC(2026, 2, 29, 22),
        buys: [Date.UTC(2026, 2, 28, 23, 30), Date.UTC(2026, 2, 29, 10)],
        slip: HOUR,
      },
      {
        day: 'long',
        ends: Date.UTC(2026, 9, 25, 23),
        buys: [Date.UTC(2026, 9, 24, 22, 30), Date.UTC(2026, 9, 25, 11)],
        slip: -HOUR,
      },
    ];
    let wrong: { at: number; expected: number; actual: number } | null = null;
    for (const { day, ends, buys, slip } of days) {
      let seen = 'midnight';
      for (const at of buys) {
        const { boughtAt, validUntil } = deskAt(at).buy('2026-12-24');
        if (validUntil === ends) continue;
        const how =
          validUntil === boughtAt + HOURS_24
            ? '24-hours-on'
            : validUntil === ends + slip
              ? 'an-hour-off'
              : 'other';
        seen = seen === 'midnight' || seen === how ? how : 'other';
        wrong ??= { at, expected: ends, actual: validUntil };
      }
      t.see(`${day}-day`, seen);
    }
    const cuts = [
      { event: '2026-05-21', cut: Date.UTC(2026, 4, 20, 22) },
      { event: '2026-03-29', cut: Date.UTC(2026, 2, 28, 23) },
      { event: '2026-03-30', cut: Date.UTC(2026, 2, 29, 22) },
      { event: '2026-10-25', cut: Date.UTC(2026, 9, 24, 22) },
      { event: '2026-10-26', cut: Date.UTC(2026, 9, 25, 23) },
    ];
    const isCut = (event: string, at: number): boolean =>
      deskAt(at - MINUTE).isEarly(event) === true && deskAt(at).isEarly(event) === false;
    const off = cuts.filter((c) => !isCut(c.event, c.cut));
    const byAnHour = off.every((c) => isCut(c.event, c.cut + HOUR) || isCut(c.event, c.cut - HOUR));
    // whoever counts hours misses the midnights that end the short and the long day, and no others
    const endsOddDay = off.every((c) => c.event === '2026-03-30' || c.event === '2026-10-26');
    t.see('early', off.length === 0 ? 'midnight' : endsOddDay && byAnHour ? 'an-hour-off' : 'other');

    if (wrong) {
      const { at, expected, actual } = wrong;
      tellReadings(
        t,
        at,
        (c) => t.mod.createDesk({ clock: c, random: t.random.another(), zone }).buy('2026-12-24'),
        zone,
      );
      t.fact({
        kind: 'value',
        name: `validUntil, bought ${local(at, zone)} in Berlin`,
        expected: local(expected, zone),
        actual: local(actual, zone),
      });
      t.equal(
        local(actual, zone),
        local(expected, zone),
        `bought ${local(at, zone)} in Berlin: valid until ${local(actual, zone)}`,
      );
      t.equal(
        actual,
        expected,
        `bought ${local(at, zone)} in Berlin: validUntil misses midnight by ${actual - expected} ms`,
      );
    }
    const missed = off[0];
    if (missed) {
      const before = deskAt(missed.cut - MINUTE).isEarly(missed.event) !== true;
      const at = before ? missed.cut - MINUTE : missed.cut;
      tellReadings(
        t,
        at,
        (c) => t.mod.createDesk({ clock: c, random: t.random.another(), zone }).isEarly(missed.event),
        zone,
      );
      t.fact({
        kind: 'value',
        name: `isEarly('${missed.event}') at ${local(at, zone)} in Berlin`,
        expected: String(before),
        actual: String(!before),
      });
      t.hold(false, `isEarly('${missed.event}') is ${!before} at ${local(at, zone)} in Berlin`);
    }
  },
);

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

// what the probes share

function isInstant(x: unknown): boolean {
  return typeof x === 'number' && Number.isFinite(x);
}

function print(x: unknown): string {
  return typeof x === 'string' ? `'${x}'` : String(x);
}

function shorten(text: string): string {
  return text.length > 12 ? `${text.slice(0, 8)}…` : text;
}

/** An instant on the wall of a place: `31 May 23:59`, with seconds and milliseconds where it has some. */
function local(at: number, zone: string): string {
  if (!(Math.abs(at) <= 8.64e15)) return String(at);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  const year = part('year') === '2026' ? '' : ` ${part('year')}`;
  const seconds = at % MINUTE === 0 ? '' : `:${part('second')}.${part('fractionalSecond')}`;
  return `${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')}${seconds}`;
}

/** A value for evidence: instants and durations in words. */
function told(name: string, value: Answer): string {
  if (name === 'boughtAt' || name === 'validUntil') return local(Number(value), 'UTC');
  return name === 'elapsedSince' ? `${value} ms` : String(value);
}

function winnerAmong(tickets: readonly Starter.Ticket[], winner: Starter.Ticket | undefined): number {
  return tickets.findIndex((x) => x.id === winner?.id);
}

function firstDifference(a: string, b: string): [string, string] {
  const [left, right] = [a.split(' '), b.split(' ')];
  if (left[0] === 'ticket') return [a, b];
  const i = left.findIndex((x, n) => x !== right[n]);
  return [left[i] ?? a, right[i] ?? b];
}

function sideOf(r: Reading): 'before' | 'after' {
  return r.detail!.startsWith('2026-05-31') ? 'before' : 'after';
}

/** Whether price and end of validity belong to the side of midnight that boughtAt is on. */
function agrees({ boughtAt, price, validUntil }: Starter.Ticket): boolean {
  const late = boughtAt >= MIDNIGHT;
  // neither the other midnight nor a moment beside one: how long the day is, is for another probe
  const beside = validUntil !== MIDNIGHT && Math.abs(validUntil - MIDNIGHT) < 1000;
  return price === (late ? LATE : EARLY) && validUntil !== (late ? MIDNIGHT : MIDNIGHT + HOURS_24) && !beside;
}

function tell(t: T, facts: readonly Fact[]): void {
  for (const f of facts) t.fact(f);
}

/** Plays once more on a clock of its own and tells where it was read. */
function tellReadings(t: T, at: number, play: (clock: VirtualClock) => unknown, zone = 'UTC'): void {
  const clock = t.clock.another(at);
  t.ambient.shift({ now: clock, zone });
  play(clock);
  tell(t, clock.readings.slice(-1));
}

/** The first wrong answer around the desk's own midnight. */
function firstWrongCut<C extends { event: string }>(cuts: readonly C[], a: Answers): [C, 'before' | 'at'] {
  for (const c of cuts) {
    if (a[`isEarly ${c.event} before desk`] !== true) return [c, 'before'];
    if (a[`isEarly ${c.event} at desk`] !== false) return [c, 'at'];
  }
  return [cuts[0]!, 'at'];
}

/** Which lines, their use of the surroundings changed and nothing else, change which answers. */
async function linesThatMatter(
  uses: readonly AmbientUse[],
  base: Answers,
  play: (at: Frame) => Promise<Answers>,
): Promise<{ at: Frame; changes: string[] }[]> {
  const lines = new Map<string, Frame>();
  for (const { site } of uses) {
    if (site && lines.size < LINES_TRIED) lines.set(`${site.near.file}:${site.near.line}`, site.near);
  }
  const found: { at: Frame; changes: string[] }[] = [];
  for (const at of lines.values()) {
    const answers = await play(at);
    const changes = Object.keys(base).filter((name) => answers[name] !== base[name]);
    if (changes.length > 0) found.push({ at, changes });
  }
  return found;
}

/** The use that changed the answer first, then one of each line that changed only others. */
function storyOf(
  name: string,
  lines: readonly { at: Frame; changes: string[] }[],
  uses: readonly AmbientUse[],
): AmbientUse[] {
  const useAt = (at: Frame) =>
    uses.find((u) => u.site?.near.file === at.file && u.site.near.line === at.line);
  // the last of several: a span is decided where it is asked for, not where its beginning was noted
  const mine = lines.findLast((l) => l.changes.includes(name));
  const others = lines.filter((l) => !l.changes.includes(name)).slice(0, 2);
  const story = [...(mine ? [mine] : []), ...others].map((l) => useAt(l.at)).filter((u) => u !== undefined);
  return mine ? story : uses.slice(0, 1);
}

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

/** Two desks that differ in one option, used in turn, against each of them alone. */
async function twoDesks(
  t: T,
  differ: { clock?: [number, number]; random?: [number, number]; zone?: [string, string] },
): Promise<{
  mixed: { name: string; expected: string; actual: string } | null;
  replaced: readonly AmbientUse[];
}> {
  const group: AmbientGroup = 'replaced';
  const optionsOf = (i: 0 | 1): Options => ({
    clock: t.clock.another(differ.clock?.[i] ?? Date.UTC(2026, 4, 31, 13)),
    random: t.random.another(differ.random?.[i] ?? 1),
    zone: differ.zone?.[i] ?? 'UTC',
  });
  const surroundings = () =>
    t.ambient.shift({ now: MORNING, zone: 'UTC', random: t.random.another(7).float });
  type Desk = Starter.Desk;
  const questions: [string, (d: Desk, tickets: Starter.Ticket[]) => string][] = [
    ['isEarly', (d) => String(d.isEarly(EVENT))],
    ['price', (d, x) => String((x.push(d.buy(EVENT)), x.at(-1)!.price))],
    ['boughtAt', (_d, x) => local(x.at(-1)!.boughtAt, 'UTC')],
    ['validUntil', (_d, x) => local(x.at(-1)!.validUntil, 'UTC')],
    ['luckyNumber', (d, x) => String((x.push(d.buy(EVENT)), x.at(-1)!.luckyNumber))],
    ['winner', (d, x) => `ticket ${winnerAmong(x, d.draw(x)) + 1}`],
  ];
  // only what the differing option decides is compared: the rest has probes of its own
  const names = differ.random ? ['luckyNumber', 'winner'] : ['isEarly', 'price', 'boughtAt', 'validUntil'];
  const alone: string[][] = [];
  for (const i of [0, 1] as const) {
    surroundings();
    const desk = (i === 0 ? t.mod : await t.fresh()).createDesk(optionsOf(i));
    const tickets: Starter.Ticket[] = [];
    alone.push(questions.map(([, ask]) => ask(desk, tickets)));
  }
  surroundings();
  const mark = t.ambient.mark();
  const { createDesk } = await t.fresh();
  const desks = [createDesk(optionsOf(0)), createDesk(optionsOf(1))] as const;
  const tickets: [Starter.Ticket[], Starter.Ticket[]] = [[], []];
  let mixed: { name: string; expected: string; actual: string } | null = null;
  for (const [q, [name, ask]] of questions.entries()) {
    for (const i of [0, 1] as const) {
      const actual = ask(desks[i], tickets[i]);
      const expected = alone[i]![q]!;
      if (names.includes(name) && actual !== expected)
        mixed ??= { name: `${name} of the ${i === 0 ? 'first' : 'second'} desk`, expected, actual };
    }
  }
  return { mixed, replaced: t.ambient.since(mark, group) };
}
