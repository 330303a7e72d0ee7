import { probe } from 'kibitzer/kit';
import type { Reading, VirtualClock } from 'kibitzer/kit';
import type * as Starter from './starter/desk.ts';
import { probeDays } from './days.ts';
import { probeDesks } from './desks.ts';
import {
  EVENT,
  HOURS_24,
  LATE,
  MIDNIGHT,
  MINUTE,
  MORNING,
  linesThatMatter,
  local,
  print,
  storyOf,
  tell,
  twoDesks,
  type Answer,
  type Answers,
  winnerAmong,
} from './answers.ts';

/** the midnight that ends that day */
const NEXT_MIDNIGHT = Date.UTC(2026, 4, 21);

const IN_2031 = Date.UTC(2031, 2, 10, 9, 30);

const EARLY = 30;

/** So often in a row chance is as it seldom is; not for ever, should somebody draw until it is another. */
const EXTREME_DRAWS = 40;

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

probeDays();

probeDesks();

function isInstant(x: unknown): boolean {
  return typeof x === 'number' && Number.isFinite(x);
}

function shorten(text: string): string {
  return text.length > 12 ? `${text.slice(0, 8)}…` : text;
}

/** A value for evidence: instants and durations in words. */
function told(name: string, value: Answer): string {
  if (name === 'boughtAt' || name === 'validUntil') return local(Number(value), 'UTC');
  return name === 'elapsedSince' ? `${value} ms` : String(value);
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
