import { probe } from 'kibitzer/kit';
import type * as Starter from './starter/order.ts';
import { probeRecords } from './records.ts';
import {
  LONGEST,
  OPEN,
  PART,
  PATHS,
  TOTAL,
  after,
  differing,
  eventsFor,
  inWords,
  last,
  list,
  note,
  pay,
  quoted,
  reach,
  reachedFrom,
  send,
  sendWatched,
  shown,
  text,
  the,
  type Event,
  type Got,
  type Order,
  type OrderRecord,
  type Parts,
  type T,
  what,
  written,
} from './orders.ts';

const REST = TOTAL - PART;

const sameTypes = (a: readonly string[], b: readonly string[]): boolean =>
  [...new Set(a)].sort().join() === [...new Set(b)].sort().join();

/** What an event brings: a reason in quotes, so that it is not read as an answer. */
const brought = ([part, value]: [string, unknown]): string =>
  part === 'reason' ? `reason ${quoted(String(value))}` : String(value);

const said = (events: readonly Event[]): string => events.map(what).join(', ');

// evidence: the losing case once more, with events that tell where they are read

/** Plays the events before the eyes of the learner, one fact for each. */
function tellSteps(t: T, order: Order, events: readonly Event[], from = 1): void {
  events.forEach((event, i) => {
    const { got, site } = sendWatched(t, order, event);
    const { type, ...brings } = event;
    const label = [...Object.entries(brings).map(brought), got].join(', ');
    t.fact({ kind: 'step', at: from + i, task: type, label, site });
  });
}

probe<typeof Starter>(
  { id: 'works', role: 'gate', sentence: 1, plays: `apply pay ${TOTAL}, ship, deliver; apply cancel` },
  (t) => {
    const lamp = t.mod.openOrder(TOTAL);
    const usual: [Event, string][] = [
      [{ type: 'pay', amount: TOTAL }, 'paid'],
      [{ type: 'ship', parcel: 'P1' }, 'shipped'],
      [{ type: 'deliver' }, 'delivered'],
    ];
    t.equal(lamp.view().phase, 'open', `a new order is ${text(lamp.view().phase)} instead of open`);
    for (const [event, phase] of usual) {
      const answer = lamp.apply(event);
      t.equal(answer?.ok, true, `${what(event)} is answered with ${text(answer)}`);
      t.equal(lamp.view().phase, phase, `after ${what(event)} the phase is ${text(lamp.view().phase)}`);
    }
    t.equal(lamp.view().parcel, 'P1', `the parcel of a delivered order is ${text(lamp.view().parcel)}`);
    t.equal(lamp.view().paid, TOTAL, `paid is ${text(lamp.view().paid)} after ${TOTAL} were paid`);
    t.hold(Array.isArray(lamp.view().allowed), 'allowed is no list');

    const vase = t.mod.openOrder(TOTAL);
    const early = vase.apply({ type: 'deliver' });
    t.equal(early?.ok, false, `deliver is answered with ${text(early)} when the order is open`);
    const why = early.ok ? '' : early.why;
    t.hold(typeof why === 'string' && why !== '', `a refusal says why: ${text(why)}`);
    const bowl = t.mod.openOrder(TOTAL);
    t.equal(bowl.apply({ type: 'cancel', reason: 'too late' }).ok, true, 'an open order cannot be cancelled');
    t.equal(bowl.view().phase, 'cancelled', `after cancel the phase is ${text(bowl.view().phase)}`);
    t.equal(bowl.view().reason, 'too late', `the reason is ${text(bowl.view().reason)}`);
    t.equal(lamp.view().phase, 'delivered', 'an event of one order changed another one');

    const copy = t.mod.restore(JSON.parse(JSON.stringify(t.mod.openOrder(TOTAL))));
    t.equal(copy.view().phase, 'open', `a restored open order is ${text(copy.view().phase)}`);
  },
);

/** What excludes each other in any order: that it is cancelled, and that it is on its way or there. */
const contradicts = ({ phase }: OrderRecord, { type }: Event): boolean =>
  phase === 'cancelled' || phase === 'refunded'
    ? type === 'ship' || type === 'deliver' || type === 'return'
    : (phase === 'shipped' || phase === 'delivered') && type === 'cancel';

probe<typeof Starter>(
  {
    id: 'every-order',
    sentence: 2,
    plays: `every sequence of up to ${LONGEST} events, each one allowed; then each event that must be refused`,
  },
  (t) => {
    type Case = { events: readonly Event[]; now: OrderRecord; got: Got };
    const found: { both?: Case; extra?: Case; missing?: Case; silent?: Case } = {};
    for (const { events, records } of PATHS) {
      const order = t.mod.openOrder(TOTAL);
      const got = events.map((event) => send(order, event));
      if (got.some((x, i) => x !== 'accepted' && i < got.length - 1)) continue;
      const now = last(records);
      if (got.length > 0 && last(got) !== 'accepted') {
        found.missing ??= { events, now: records.at(-2)!, got: last(got) };
        continue;
      }
      for (const event of refusedIn(now, events.length)) {
        if (send(order, event) === 'refused') continue;
        // once more by itself: it may have gone so because of those that were refused before
        const fresh = reach(t, events);
        const one: Case = { events: [...events, event], now, got: fresh ? send(fresh, event) : 'refused' };
        if (one.got === 'accepted') found[contradicts(now, event) ? 'both' : 'extra'] ??= one;
        else if (one.got !== 'refused') found.silent ??= one;
        if (fresh && one.got === 'accepted') found.both ??= othersIn(t, { events, now }, event);
        if (one.got === 'accepted') break;
      }
    }
    for (const type of ['gift', 'constructor']) {
      const event = { type } as unknown as Event;
      const got = send(t.mod.openOrder(TOTAL), event);
      if (got === 'accepted') found.extra ??= { events: [event], now: OPEN, got };
      else if (got === 'no answer') found.silent ??= { events: [event], now: OPEN, got };
    }
    const { both, extra, missing, silent } = found;
    t.see('cancelled-and-sent', both !== undefined);
    t.see('accepts', extra ? 'too-much' : 'as-promised');
    t.see('refuses', missing ? (missing.got === 'refused' ? 'too-much' : 'no-answer') : 'as-promised');
    t.see('answers', silent ? 'not-always' : 'always');
    const one = both ?? extra ?? missing ?? silent;
    if (!one) return;
    const order = t.mod.openOrder(TOTAL);
    tellSteps(t, order, one.events);
    const phase = one.now.phase;
    const event = last(one.events);
    if (both) {
      const words = inWords(shown(order));
      t.fact(note(`view(): ${words}`));
      t.hold(false, `${said(both.events)}: all of them accepted; ${words}`);
    }
    if (extra) t.hold(false, `${what(event)} is accepted in phase ${phase} (${said(one.events)})`);
    t.hold(false, `${what(event)} in phase ${phase}: ${one.got} (${said(one.events)})`);
  },
);

/** The events that have to be refused. */
function refusedIn(now: OrderRecord, step: number): Event[] {
  return eventsFor(now, step).filter((event) => !after(now, event));
}

/** Where one event was accepted wrongly: another one that is, and that excludes what was before. */
function othersIn(
  t: T,
  { events, now }: { events: readonly Event[]; now: OrderRecord },
  but: Event,
): { events: readonly Event[]; now: OrderRecord; got: Got } | undefined {
  const event = refusedIn(now, events.length).find(
    (e) => e.type !== but.type && contradicts(now, e) && reachedFrom(t, events, e) === 'accepted',
  );
  return event && { events: [...events, event], now, got: 'accepted' };
}

probe<typeof Starter>(
  { id: 'refused-changes-nothing', sentence: 3, plays: 'view(); an event that is refused; view()' },
  (t) => {
    for (const { events, records } of PATHS) {
      if (events.length === LONGEST) break;
      const now = last(records);
      const odd = [0, -PART, TOTAL + 1, 0.5].map(pay);
      const refused = [...refusedIn(now, events.length), ...(now.phase === 'open' ? odd : [])];
      const next = eventsFor(now, events.length).find((e) => after(now, e));
      const trace = (
        tried: readonly Event[],
      ): { got: Got[]; before: Parts; later: Parts | null; goes: Got | null } | null => {
        const order = reach(t, events);
        const before = order && shown(order);
        if (!order || !before) return null;
        const got = tried.map((event) => send(order, event));
        const later = got.includes('accepted') ? before : shown(order);
        return { got, before, later, goes: next && !got.includes('accepted') ? send(order, next) : null };
      };
      // all at once; one by one only where that leaves a trace, or where one of them is accepted
      const all = trace(refused);
      if (!all) continue;
      if (
        !all.got.includes('accepted') &&
        !differing(all.before, all.later) &&
        (!next || all.goes === 'accepted')
      )
        continue;
      const usual = trace([])?.goes ?? null;
      for (const event of refused) {
        const one = trace([event]);
        if (!one || one.got[0] === 'accepted') continue;
        const part = differing(one.before, one.later);
        if (!part && one.goes === usual) continue;
        t.see('after-a-refusal', part ? 'changed' : 'another-future');
        tellSteps(t, t.mod.openOrder(TOTAL), [...events, event, ...(part ? [] : [next!])]);
        const is = (r: Parts | null): string => (part && r ? text(r[part]) : 'an error');
        if (part)
          t.fact({ kind: 'value', name: `view().${part}`, expected: is(one.before), actual: is(one.later) });
        const since = part
          ? `${part} went from ${is(one.before)} to ${is(one.later)}`
          : `${what(next!)} goes otherwise since`;
        t.hold(false, `${what(event)} was refused in phase ${now.phase}, and ${since}`);
      }
    }
    t.see('after-a-refusal', 'same');
  },
);

probe<typeof Starter>(
  { id: 'allowed-tells-the-truth', sentence: 4, plays: 'view().allowed beside what apply accepts' },
  (t) => {
    for (const { events, records } of PATHS) {
      if (events.length === LONGEST) break;
      const order = reach(t, events);
      const view = order && shown(order);
      if (!order || !view) continue;
      const now = last(records);
      const due = now.phase === 'open' ? now.total - now.paid : now.total;
      const tried = eventsFor(now, events.length).map((e) => (e.type === 'pay' ? pay(due) : e));
      // what should be refused can be tried on one order, as long as it is
      const others = tried.filter((e) => !view.allowed.includes(e.type));
      const quiet = others.every((e) => send(order, e) !== 'accepted');
      const listed = tried.filter((e) => view.allowed.includes(e.type));
      const takes = tried.filter((e) => {
        if (quiet && others.includes(e)) return false;
        // the first of the list still finds the order as it was
        const here = quiet && e === listed[0] && send(order, e) === 'accepted';
        return here || reachedFrom(t, events, e) === 'accepted';
      });
      const types = takes.map((event) => event.type);
      if (sameTypes(types, view.allowed)) continue;
      const odd = tried.find((event) => types.includes(event.type) !== view.allowed.includes(event.type));
      t.see('allowed', odd && !types.includes(odd.type) ? 'too-much' : odd ? 'too-little' : 'unknown');
      const again = t.mod.openOrder(TOTAL);
      tellSteps(t, again, odd ? [...events, odd] : events);
      const { phase } = view;
      t.fact({ kind: 'value', name: 'allowed', expected: list(types), actual: list(view.allowed) });
      t.hold(false, `in phase ${phase} allowed says ${list(view.allowed)}; apply accepts ${list(types)}`);
    }
    t.see('allowed', 'true');
  },
);

probe<typeof Starter>(
  { id: 'part-payments', sentence: 5, plays: `apply pay ${PART}, ship; apply pay ${TOTAL + 1}` },
  (t) => {
    type Case = { events: Event[]; expected: string; actual: string };
    const lose = (kind: string, { events, expected, actual }: Case): void => {
      t.see('money', kind);
      tellSteps(t, t.mod.openOrder(TOTAL), events);
      t.fact({ kind: 'value', name: 'order', expected, actual });
      t.hold(false, `of ${TOTAL}: ${said(events)}; and then: ${actual} instead of ${expected}`);
    };
    /** `kind` is what it is called when the last event was accepted. */
    const play = (kind: string, events: Event[], expected: OrderRecord): void => {
      const order = t.mod.openOrder(TOTAL);
      const got = last(events.map((event) => send(order, event)));
      const view = shown(order);
      if (!differing(expected, view)) return;
      const name = got !== 'accepted' ? 'not-taken' : kind;
      lose(name, { events, expected: inWords(expected), actual: inWords(view) });
    };
    const part = t.mod.openOrder(TOTAL);
    send(part, pay(PART));
    const onPart = shown(part)?.phase === 'open' ? 'ships-on-part' : 'part-is-all';
    play(onPart, [pay(PART), the({ type: 'ship', parcel: 'P1' })], { ...OPEN, paid: PART });
    play('part-is-lost', [pay(PART)], { ...OPEN, paid: PART });
    play('part-is-lost', [pay(PART), pay(REST)], { ...OPEN, phase: 'paid', paid: TOTAL });
    for (const amount of [TOTAL + 1, 0, -PART, 0.5, NaN, Infinity]) play('any-amount', [pay(amount)], OPEN);
    play('any-amount', [pay(PART), pay(REST + 1)], { ...OPEN, paid: PART });
    play('any-amount', [pay(PART), pay(-1)], { ...OPEN, paid: PART });
    const words = { type: 'pay', amount: '2000' } as unknown as Event;
    play('any-amount', [words], OPEN);
    const cent = t.mod.openOrder(1);
    t.hold(send(cent, pay(1)) === 'accepted' && cent.view().phase === 'paid', 'one cent cannot be paid');
    t.see('money', 'counted');
  },
);

probe<typeof Starter>(
  { id: 'view-fits-the-phase', sentence: 6, plays: 'view() and toJSON() after each accepted event' },
  (t) => {
    for (const { events, records } of PATHS) {
      if (events.length === LONGEST) break;
      const order = reach(t, events);
      if (!order) continue;
      const promised = last(records);
      const [view, record] = [shown(order), written(order)];
      const part = differing(promised, view) ?? differing(promised, record);
      const total = record?.total === TOTAL;
      if (!part && total) continue;
      const [call, seen] = differing(promised, view) ? ['view()', view] : ['toJSON()', record];
      const was = part && seen && records.slice(0, -1).some((r) => r[part] === seen[part] && seen[part]);
      t.see('shows', part === 'phase' ? 'another-phase' : was ? 'the-past' : 'another');
      t.see('part', part ?? 'total');
      const again = t.mod.openOrder(TOTAL);
      tellSteps(t, again, events);
      const [expected, actual] = part
        ? [text(promised[part]), seen ? text(seen[part]) : 'it throws']
        : [text(TOTAL), text(record?.total)];
      t.fact({ kind: 'value', name: `${call}.${part ?? 'total'}`, expected, actual });
      t.hold(
        false,
        `after ${said(events) || 'nothing'} the phase is ${promised.phase} and ${call}.${part ?? 'total'} is ${actual} instead of ${expected}`,
      );
    }
    t.see('shows', 'the-present');
  },
);

probeRecords();
