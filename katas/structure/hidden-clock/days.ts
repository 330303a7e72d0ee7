import { probe } from 'kibitzer/kit';
import type { VirtualClock } from 'kibitzer/kit';
import type * as Starter from './starter/desk.ts';
import {
  EVENT,
  HOUR,
  HOURS_24,
  MIDNIGHT,
  MINUTE,
  linesThatMatter,
  local,
  storyOf,
  tell,
  twoDesks,
  type Answer,
  type Answers,
  type T,
} from './answers.ts';

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

/** Declares the probes of when a day ends, where it ends, and how long it is. */
export function probeDays(): void {
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
}
