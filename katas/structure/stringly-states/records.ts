import { framesOfError, probe } from 'kibitzer/kit';
import type { Site } from 'kibitzer/kit';
import type * as Starter from './starter/order.ts';
import {
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
  reach,
  reachedFrom,
  send,
  sendWatched,
  shown,
  text,
  type Event,
  type Got,
  type Order,
  type OrderRecord,
  type T,
  what,
  written,
} from './orders.ts';

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

/** What a caller without types may try; that it is refused is as good. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // frozen
  }
}

/** Declares the probes of records: written and read back, odd ones, and those changed from outside. */
export function probeRecords(): void {
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
}
