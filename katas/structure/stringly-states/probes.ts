import { framesOfError, probe } from 'kibitzer/kit';
import type { Fact, ProbeContext, Site } from 'kibitzer/kit';
import type * as Starter from './starter/order.ts';

type T = ProbeContext<typeof Starter>;
type Order = Starter.Order;
type Event = Starter.Event;
type OrderRecord = Starter.OrderRecord;
type Phase = OrderRecord['phase'];
type Got = 'accepted' | 'refused' | 'threw' | 'no answer';

const TOTAL = 5000;
const PART = 2000;
const REST = TOTAL - PART;
/** So many accepted events before the one that is tried: a parcel comes back, goes out again and arrives. */
const LONGEST = 5;

// what the contract says, in one place

interface Way {
  from: readonly Phase[];
  to: (r: OrderRecord, event: Event) => OrderRecord | null;
}

const TABLE: Readonly<Record<Event['type'], Way>> = {
  pay: {
    from: ['open'],
    to: (r, e) => {
      const { amount } = e as Extract<Event, { type: 'pay' }>;
      const paid = r.paid + amount;
      if (!Number.isInteger(amount) || amount < 1 || paid > r.total) return null;
      return { ...r, paid, phase: paid === r.total ? 'paid' : 'open' };
    },
  },
  ship: {
    from: ['paid'],
    to: (r, e) => ({ ...r, phase: 'shipped', parcel: (e as Extract<Event, { type: 'ship' }>).parcel }),
  },
  deliver: { from: ['shipped'], to: (r) => ({ ...r, phase: 'delivered' }) },
  return: { from: ['shipped'], to: (r) => ({ ...r, phase: 'paid', parcel: null }) },
  cancel: {
    from: ['open', 'paid'],
    to: (r, e) => ({ ...r, phase: 'cancelled', reason: (e as Extract<Event, { type: 'cancel' }>).reason }),
  },
  refund: {
    from: ['cancelled'],
    to: (r) => (r.paid > 0 ? { ...r, phase: 'refunded', paid: 0 } : null),
  },
};

const OPEN: OrderRecord = { total: TOTAL, phase: 'open', paid: 0, parcel: null, reason: null };

/** What an event makes of an order; null where it has to be refused. */
function after(r: OrderRecord, event: Event): OrderRecord | null {
  const way = TABLE[event.type];
  return way.from.includes(r.phase) ? way.to(r, event) : null;
}

/** One event of each type, the payment with all that is due; parcels and reasons differ from step to step. */
function eventsFor(r: OrderRecord, step: number): Event[] {
  const due = r.total - r.paid;
  return [
    pay(due > 0 ? due : r.total),
    the({ type: 'ship', parcel: `P${step + 1}` }),
    the({ type: 'deliver' }),
    the({ type: 'return' }),
    the({ type: 'cancel', reason: step === 0 ? 'sold elsewhere' : 'too late' }),
    the({ type: 'refund' }),
  ];
}

const made = new Map<string, Event>();

/** One object for all events that say the same: what has crossed to the learner's code is kept in step at each call. */
function the(event: Event): Event {
  const key = Object.values(event).map(String).join(' ');
  if (!made.has(key)) made.set(key, event);
  return made.get(key)!;
}

const pay = (amount: number): Event => the({ type: 'pay', amount });

interface Path {
  events: readonly Event[];
  /** what the order is after each of them; the first entry is the open order */
  records: readonly OrderRecord[];
}

const last = <X>(list: readonly X[]): X => list[list.length - 1]!;

/** Every way through the table, the shortest first. A payment in part comes only first. */
function paths(): Path[] {
  const all: Path[] = [{ events: [], records: [OPEN] }];
  for (const { events, records } of all) {
    if (events.length === LONGEST) continue;
    const now = last(records);
    const tried = eventsFor(now, events.length);
    if (events.length === 0) tried.splice(1, 0, pay(PART));
    for (const event of tried) {
      const next = after(now, event);
      if (next) all.push({ events: [...events, event], records: [...records, next] });
    }
  }
  return all;
}

const PATHS = paths();

// playing

function send(order: Order, event: Event): Got {
  try {
    return gotFrom(order.apply(event));
  } catch {
    return 'threw';
  }
}

function gotFrom(answer: Starter.Answer | undefined): Got {
  return answer?.ok === true ? 'accepted' : answer?.ok === false ? 'refused' : 'no answer';
}

/** The order after a path; null when the code does not go along: that has a shorter path of its own. */
function reach(t: T, events: readonly Event[]): Order | null {
  const order = t.mod.openOrder(TOTAL);
  return events.every((event) => send(order, event) === 'accepted') ? order : null;
}

/** What is shown of an order; null when showing throws. */
function shown(order: Order): Starter.View | null {
  try {
    const { phase, paid, parcel, reason, allowed } = order.view();
    return { phase, paid, parcel, reason, allowed: [...allowed] };
  } catch {
    return null;
  }
}

function written(order: Order): OrderRecord | null {
  try {
    const { total, phase, paid, parcel, reason } = order.toJSON();
    return { total, phase, paid, parcel, reason };
  } catch {
    return null;
  }
}

const PARTS = ['phase', 'paid', 'parcel', 'reason'] as const;
type Part = (typeof PARTS)[number];
type Parts = Pick<OrderRecord, Part>;

/** The first part in which two orders differ. */
function differing(a: Parts, b: Parts | null): Part | undefined {
  return PARTS.find((part) => b === null || a[part] !== b[part]);
}

const sameTypes = (a: readonly string[], b: readonly string[]): boolean =>
  [...new Set(a)].sort().join() === [...new Set(b)].sort().join();

// words

const text = (x: unknown): string =>
  x === undefined ? 'missing' : x === null ? 'nothing' : (JSON.stringify(x) ?? String(x));

/** `phase paid, paid 5000, parcel P2, reason “too late”`: what is null is left out. */
function inWords(r: Parts | null): string {
  if (r === null) return 'it throws';
  const say = (part: Part, x: unknown): string =>
    typeof x !== 'string' ? text(x) : part === 'reason' ? quoted(x) : x;
  return PARTS.filter((part) => part === 'phase' || part === 'paid' || r[part] !== null)
    .map((part) => `${part} ${say(part, r[part])}`)
    .join(', ');
}

const quoted = (words: string): string => `“${words}”`;

/** What an event brings: a reason in quotes, so that it is not read as an answer. */
const brought = ([part, value]: [string, unknown]): string =>
  part === 'reason' ? `reason ${quoted(String(value))}` : String(value);

const list = (types: readonly string[]): string => types.join(', ') || 'none';

function what(event: Event): string {
  if (event.type === 'pay') return `pay ${event.amount}`;
  if (event.type === 'ship') return `ship ${event.parcel}`;
  return event.type;
}

const said = (events: readonly Event[]): string => events.map(what).join(', ');

// evidence: the losing case once more, with events that tell where they are read

/** The place that looked last at what the event brings; else the place that looked at its type. */
function sendWatched(t: T, order: Order, event: Event): { got: Got; site: Site | null } {
  const mark = t.reads.facts.length;
  let got: Got = 'threw';
  let thrown: Site | null = null;
  try {
    got = gotFrom(order.apply(t.reads.watch(event)));
  } catch (error) {
    const near = framesOfError(error)[0];
    if (near) thrown = { near, cause: near };
  }
  const reads = t.reads.facts.slice(mark);
  const read = reads.findLast((f) => f.what !== 'type') ?? last(reads);
  return { got, site: thrown ?? read?.site ?? null };
}

/** Plays the events before the eyes of the learner, one fact for each. */
function tellSteps(t: T, order: Order, events: readonly Event[], from = 1): void {
  events.forEach((event, i) => {
    const { got, site } = sendWatched(t, order, event);
    const { type, ...brings } = event;
    const label = [...Object.entries(brings).map(brought), got].join(', ');
    t.fact({ kind: 'step', at: from + i, task: type, label, site });
  });
}

/** The place that looked last at the part of a record that is wrong in it. */
function restoredFrom(
  t: T,
  record: unknown,
  part: string | null,
): { order: Order | null; site: Site | null } {
  const mark = t.reads.facts.length;
  const plain = typeof record === 'object' && record !== null && !Array.isArray(record);
  let order: Order | null = null;
  let thrown: Site | null = null;
  try {
    order = t.mod.restore(plain ? t.reads.watch(record) : record);
  } catch (error) {
    const near = framesOfError(error)[0];
    if (near) thrown = { near, cause: near };
  }
  const reads = t.reads.facts.slice(mark);
  const read = reads.findLast((f) => f.what === part) ?? last(reads);
  return { order, site: thrown ?? read?.site ?? null };
}

const note = (words: string, site: Site | null = null): Fact => ({ kind: 'note', text: words, site });

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

/** How an event goes when nothing was refused before. */
function reachedFrom(t: T, events: readonly Event[], next: Event): Got | null {
  const order = reach(t, events);
  return order && send(order, next);
}

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

probe<typeof Starter>(
  { id: 'record-and-back', sentence: 7, plays: 'restore(record), then every event' },
  (t) => {
    const known = new Map(
      PATHS.map(({ records }) => [text({ ...last(records), parcel: '' }), last(records)]),
    );
    for (const record of known.values()) {
      const words = inWords(record);
      const restored = (): Order | null => {
        try {
          return t.mod.restore({ ...record });
        } catch {
          return null;
        }
      };
      const lose = (kind: string, part: string, actual: string, expected: string): void => {
        t.see('comes-back', kind);
        const { site } = restoredFrom(t, { ...record }, part);
        t.fact(note(`restore of ${words}`, site));
        t.fact({ kind: 'value', name: part, expected, actual });
        t.hold(false, `restored from ${words}: ${part} is ${actual} instead of ${expected}`);
      };
      const order = restored();
      if (!order) {
        lose('not', 'restore', 'an error', 'an order');
        return;
      }
      const view = shown(order);
      const part = differing(record, view);
      if (part) lose('another', part, view ? text(view[part]) : 'it throws', text(record[part]));
      const saved = written(order);
      const kept = differing(record, saved) ?? (saved?.total === record.total ? undefined : 'total');
      if (kept) lose('another', kept, saved ? text(saved[kept]) : 'it throws', text(record[kept]));
      const same = restored();
      const tried = eventsFor(record, 7);
      const right = (event: Event, got: Got | null): boolean =>
        got === (after(record, event) ? 'accepted' : 'refused');
      const refused = tried.filter((event) => !after(record, event));
      const next = tried.filter((event) => after(record, event));
      // what has to be refused is tried on one order; by itself only where something goes otherwise
      if (same && [...refused, ...next.slice(0, 1)].every((event) => right(event, send(same, event))))
        continue;
      for (const event of tried) {
        const fresh = restored();
        const got = fresh && send(fresh, event);
        if (right(event, got)) continue;
        // what goes wrong without a record, too, is for another probe
        const usual = usually(t, record, event);
        if (usual === null || usual === got || got === null) continue;
        lose('another-future', `apply ${what(event)}`, got, usual);
      }
    }
    t.see('comes-back', 'same');
  },
);

/** How an event goes with an order that came to be what the record says without being restored. */
function usually(t: T, record: OrderRecord, event: Event): Got | null {
  const path = PATHS.find(({ records }) => {
    const r = last(records);
    return r.phase === record.phase && r.paid === record.paid;
  });
  return path ? reachedFrom(t, path.events, event) : null;
}

/** A record with its phase and the part that is wrong: `{ …, phase: "shipped", parcel: 7 }`. */
function inShort(record: unknown, part: string): string {
  if (typeof record !== 'object' || record === null || part === '') return text(record);
  const parts = Object.entries(record).filter(([name]) => name === 'phase' || name === part);
  return `{ …, ${parts.map(([name, value]) => `${name}: ${text(value)}`).join(', ')} }`;
}

const PAID: OrderRecord = { ...OPEN, phase: 'paid', paid: TOTAL };
const SHIPPED: OrderRecord = { ...PAID, phase: 'shipped', parcel: 'P1' };
const CANCELLED: OrderRecord = { ...PAID, phase: 'cancelled', reason: 'too late' };
const REFUNDED: OrderRecord = { ...CANCELLED, phase: 'refunded', paid: 0 };

const without = (r: OrderRecord, part: keyof OrderRecord): unknown => {
  const { [part]: _gone, ...rest } = r;
  return rest;
};

/** Each with the part that is wrong in it and the kind of wrong it is, the plainest first. */
const ODD: readonly [kind: string, part: string, says: string, record: unknown][] = [
  ['unknown-phase', 'phase', 'phase payed', { ...PAID, phase: 'payed' }],
  ['unknown-phase', 'phase', 'phase Paid', { ...PAID, phase: 'Paid' }],
  ['unknown-phase', 'phase', 'phase constructor', { ...OPEN, phase: 'constructor' }],
  ['unknown-phase', 'phase', 'no phase', without(PAID, 'phase')],
  ['contradiction', 'parcel', 'cancelled with a parcel', { ...CANCELLED, parcel: 'P1' }],
  ['contradiction', 'parcel', 'shipped without a parcel', { ...SHIPPED, parcel: null }],
  ['contradiction', 'parcel', 'paid with a parcel', { ...PAID, parcel: 'P1' }],
  ['contradiction', 'reason', 'cancelled without a reason', { ...CANCELLED, reason: null }],
  [
    'contradiction',
    'reason',
    'delivered with a reason',
    { ...SHIPPED, phase: 'delivered', reason: 'too late' },
  ],
  ['contradiction', 'paid', 'paid with too little', { ...PAID, paid: PART }],
  ['contradiction', 'paid', 'open with all paid', { ...OPEN, paid: TOTAL }],
  ['contradiction', 'paid', 'shipped with nothing paid', { ...SHIPPED, paid: 0 }],
  ['contradiction', 'paid', 'cancelled with too much paid', { ...CANCELLED, paid: TOTAL + 1 }],
  ['contradiction', 'paid', 'refunded with money left', { ...REFUNDED, paid: PART }],
  ['contradiction', 'paid', 'open with less than nothing paid', { ...OPEN, paid: -PART }],
  ['wrong-kind', 'paid', 'paid as text', { ...OPEN, paid: '2000' }],
  ['wrong-kind', 'paid', 'half a cent paid', { ...OPEN, paid: 0.5 }],
  ['wrong-kind', 'paid', 'no paid', without(OPEN, 'paid')],
  ['wrong-kind', 'total', 'total as text', { ...OPEN, total: '5000' }],
  ['wrong-kind', 'total', 'no total', without(OPEN, 'total')],
  ['wrong-kind', 'parcel', 'a number as parcel', { ...SHIPPED, parcel: 7 }],
  ['wrong-kind', 'reason', 'a number as reason', { ...CANCELLED, reason: 7 }],
  ['no-record', '', 'nothing for a record', null],
  ['no-record', '', 'a word for a record', 'paid'],
  ['no-record', '', 'an empty list for a record', []],
];

probe<typeof Starter>(
  { id: 'odd-records', sentence: 8, plays: 'restore({ …, phase: "payed" }) and the like' },
  (t) => {
    const taken = ODD.filter(([, , , record]) => {
      try {
        t.mod.restore(record);
        return true;
      } catch {
        return false;
      }
    });
    const [kind, part, says, record] = taken[0] ?? [];
    t.see('takes', kind ?? 'nothing');
    t.see('all', taken.length === ODD.length);
    if (!kind) return;
    const { order, site } = restoredFrom(t, record, part!);
    t.fact(note(`restore(${inShort(record, part!)})`, site));
    const view = order && shown(order);
    t.fact(note(`an order: ${inWords(view)}${view ? `, allowed ${list(view.allowed)}` : ''}`));
    const more = taken.length - 1;
    t.hold(
      false,
      `restore took ${kind === 'no-record' ? '' : 'a record with '}${says}${more > 0 ? ` (and ${more} more of ${ODD.length})` : ''}`,
    );
  },
);

/** What a caller without types may try; that it is refused is as good. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // frozen
  }
}

probe<typeof Starter>(
  { id: 'only-apply-changes', sentence: 9, plays: `view().allowed.push('refund'); view()` },
  (t) => {
    type Loose = Record<string, unknown> & { allowed: string[] };
    const spoil = (given: object): void => {
      for (const [part, value] of Object.entries({
        phase: 'delivered',
        paid: 1,
        parcel: 'X',
        reason: 'X',
        total: 1,
      }))
        attempt(() => void ((given as Loose)[part] = value));
    };
    const state = (order: Order): [string, string][] => {
      const view = shown(order);
      const saved = written(order);
      return [
        ['view()', inWords(view)],
        ['allowed', list([...(view?.allowed ?? [])].sort())],
        ['toJSON()', `${inWords(saved)}, total ${saved?.total}`],
      ];
    };
    const watch = (
      through: string,
      says: string,
      orders: readonly Order[],
      act: () => (() => Site | null) | void,
    ): void => {
      const before = orders.map(state);
      const place = act();
      for (const [i, order] of orders.entries()) {
        const which = i === 0 ? 'the order' : 'another order';
        for (const [n, [name, actual]] of state(order).entries()) {
          const expected = before[i]![n]![1];
          if (actual === expected) continue;
          t.see('through', through);
          t.fact(note(says, place?.() ?? null));
          t.fact({ kind: 'value', name: i === 0 ? name : `other's ${name}`, expected, actual });
          t.hold(false, `${says}, and ${which} changed: ${name} is ${actual} instead of ${expected}`);
        }
      }
    };
    const toShipped: Event[] = [
      { type: 'pay', amount: TOTAL },
      { type: 'ship', parcel: 'P1' },
    ];
    for (const events of [toShipped.slice(0, 1), toShipped]) {
      const [order, other] = [reach(t, events), reach(t, events)];
      if (!order || !other) continue;
      const both = [order, other];
      watch('allowed', 'a caller added refund to allowed', both, () => {
        const { allowed } = order.view();
        attempt(() => void (allowed as string[]).push('refund'));
      });
      watch('view', 'a caller wrote into a view', both, () => spoil(order.view()));
      watch('record', 'a caller wrote into a record', both, () => spoil(order.toJSON()));
    }
    const given = { ...PAID };
    const restored = t.mod.restore(given);
    watch('given-record', 'a caller wrote into the record after restore', [restored], () => {
      spoil(given);
      return () => restoredFrom(t, { ...PAID }, 'phase').site;
    });
    const shipped = reach(t, toShipped.slice(0, 1));
    if (shipped) {
      const event = { type: 'ship' as const, parcel: 'P1' };
      send(shipped, event);
      watch('event', 'a caller wrote into the event after apply', [shipped], () => {
        event.parcel = 'X';
        return () => {
          const again = reach(t, toShipped.slice(0, 1));
          return again && sendWatched(t, again, { type: 'ship', parcel: 'P1' }).site;
        };
      });
    }
    t.see('through', 'nothing');
  },
);
