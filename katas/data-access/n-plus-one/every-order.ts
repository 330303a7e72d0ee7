import { probe, type SqlWorld } from 'kibitzer/kit';
import {
  SCHEMA,
  attempt,
  beside,
  linesSaid,
  look,
  many,
  said,
  same,
  stored,
  type OrderView,
  type Play,
  type Stored,
  viewsOf,
} from './stored.ts';

/** Few have lines, few have notes, so that every statement which leaves out the others gives fewer rows than orders. */
const BARE: readonly Stored[] = [
  { delivery: 100, lines: [['Salt', 1, 30]], notes: ['Ring twice'] },
  { delivery: 200, lines: [['Yeast', 3, 700]] },
  { delivery: 300, notes: ['To be filled in'] },
  { delivery: 400 },
  { delivery: 500 },
];

/** Holds totals against what they should be, with the statements behind them. */
function sumUp(
  t: Play,
  w: SqlWorld,
  call: () => { orders: number; revenue: number },
  right: { orders: number; revenue: number },
  story: string,
): void {
  const mark = w.mark();
  const totals = attempt(call);
  const facts = w.since(mark);
  const { orders, revenue } = 'value' in totals ? totals.value : { orders: NaN, revenue: NaN };
  if (orders === right.orders && revenue === right.revenue) return;
  const nothing = revenue === null || revenue === undefined || Number.isNaN(revenue);
  const sqlFailed = facts.some((f) => f.error !== undefined);
  t.see('totals', sqlFailed ? 'other' : nothing ? 'no-value' : orders < right.orders ? 'missing' : 'other');
  for (const f of beside(w, facts)) t.fact(f);
  if ('failed' in totals) {
    t.fact(totals.fact);
    t.hold(false, `${story}; totals: ${totals.failed}`);
  }
  if (orders !== right.orders)
    t.fact({ kind: 'value', name: 'orders', expected: `${right.orders}`, actual: print(orders) });
  if (revenue !== right.revenue)
    t.fact({ kind: 'value', name: 'revenue', expected: `${right.revenue}`, actual: print(revenue) });
  t.equal(
    { orders, revenue },
    right,
    orders === right.orders
      ? `${story}; the revenue of totals is ${amount(revenue)}`
      : `${story}; totals counts ${print(orders)}`,
  );
}

/** A sum in words: what is none is not spelled out. */
const amount = (value: unknown): string => (Number.isFinite(value) ? String(value) : 'no number');

const hasWhat = (o: Stored): string =>
  said([...(o.lines ? [] : ['no lines']), ...(o.notes ? [] : ['no notes'])]).replace(', ', ' and ');

/** What all orders that are left out have in common. */
function whatIsMissing(missing: readonly OrderView[]): string {
  const without = missing.map((o) => BARE[o.id - 1]!);
  if (without.every((o) => !o.lines)) return 'lines';
  if (without.every((o) => !o.notes)) return 'notes';
  return 'lines or no notes';
}

function print(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}

const UNEVEN: readonly Stored[] = [
  ...Array.from({ length: 6 }, () => ({ lines: [['Salt', 1, 80]] as const, notes: ['Ring'] })),
  { lines: [['Salt', 1, 80]], notes: ['Ring'] },
  {
    lines: [
      ['Rye flour', 5, 150],
      ['Yeast', 3, 120],
      ['Butter', 1, 900],
      ['Sugar', 2, 110],
      ['Seeds', 4, 340],
    ],
    notes: ['Ring'],
  },
];

const ALIKE: readonly Stored[] = [
  { lines: [['Rye flour', 2, 150]], notes: ['Ring'] },
  {
    lines: [
      ['Rye flour', 2, 150],
      ['Yeast', 1, 700],
      ['Rye flour', 2, 150],
    ],
    notes: ['Ring'],
  },
];

const PUNCTUATED: readonly Stored[] = [
  {
    customer: 'Ann & Son; "The Mill", est. 1890 | 2 shops',
    lines: [
      ['Flour, fine; type 405: "extra" | 25 kg', 2, 150],
      ['Salt\t1/2 kg \\ x = 3 # ~ [a] {b}\nsecond line', 1, 80],
      ["Baker's -- dozen; ,, || ;; :: § ^ * _ + @", 1, 80],
    ],
    notes: ['Ring, then wait; "Do not knock"\nAsk for O\'Neill | Tom'],
  },
];

/** SQL that puts several texts into one. */
const PACKS = /\b(?:group_concat|string_agg)\b|\|\|/i;

/** Declares the probes of orders that are easily lost, doubled or misread. */
export function probeEveryOrder(): void {
  probe(
    {
      id: 'order-without-lines',
      sentence: 3,
      plays: 'list({ limit: 20 }), totals(); some orders have no lines, some no notes; totals() of none',
    },
    (t: Play) => {
      const w = t.sql.open(stored(BARE));
      const shop = t.mod.openOrders(w.learner);
      const expected = viewsOf(BARE);
      let mark = w.mark();
      const listed = attempt(() => look(shop.list({ limit: 20 })));
      const facts = w.since(mark);
      if ('failed' in listed) {
        t.see('list', facts.some((f) => f.error !== undefined) ? 'other' : 'no-value');
        for (const f of beside(w, facts)) t.fact(f);
        t.fact(listed.fact);
        t.hold(false, 'the list breaks off where an order has no lines or no notes');
        return;
      }
      const list = listed.value;
      const listRight = same(list, expected);
      if (!listRight) for (const f of beside(w, facts)) t.fact(f);
      const missing = expected.filter((o) => !list.some((s) => s.id === o.id));
      const unlike = expected
        .map((o) => ({ o, s: list.find((s) => s.id === o.id) }))
        .find(({ o, s }) => s && !same(o, s));
      const nothing = (value: unknown): boolean =>
        value === null || value === undefined || Number.isNaN(value);
      const none = unlike?.s?.lines.some((l) => nothing(l.article)) || nothing(unlike?.s?.total);
      t.see('list', listRight ? 'right' : missing.length > 0 ? 'missing' : none ? 'no-value' : 'other');
      if (missing.length > 0) {
        t.see('lacks', whatIsMissing(missing));
        const [has, shown] = [expected, list].map((l) => said(l.map((o) => o.id)));
        t.fact({ kind: 'value', name: 'orders listed', expected: has!, actual: shown! });
        t.hold(
          false,
          `5 orders are stored; the list leaves out ${said(missing.map((o) => o.id))}, which have no ${whatIsMissing(missing)}`,
        );
      }
      if (unlike?.s) {
        const { o, s } = unlike;
        const row = (name: string, right: unknown, seen: unknown): void => {
          if (!same(right, seen))
            t.fact({ kind: 'value', name, expected: JSON.stringify(right), actual: print(seen) });
        };
        row(`lines of order ${o.id}`, o.lines, s.lines);
        row(`total of order ${o.id}`, o.total, s.total);
        row(`lastNote of order ${o.id}`, o.lastNote, s.lastNote);
        const what = !same(o.lines, s.lines)
          ? `is shown with ${many(s.lines.length, 'line')}`
          : !same(o.total, s.total)
            ? `has ${amount(s.total)} as its total`
            : 'has another lastNote';
        t.equal(list, expected, `order ${o.id}, with ${hasWhat(BARE[o.id - 1]!)}, ${what}`);
      }
      t.equal(list, expected, 'the list is not that of the five orders');

      mark = w.mark();
      sumUp(t, w, () => shop.totals(), { orders: 5, revenue: 3630 }, 'five orders are stored');
      const empty = t.sql.open(SCHEMA);
      const shut = t.mod.openOrders(empty.learner);
      sumUp(t, empty, () => shut.totals(), { orders: 0, revenue: 0 }, 'no order is stored');
    },
  );

  probe(
    {
      id: 'limit-counts-orders',
      sentence: 4,
      plays: 'list({ limit: 2 }), with 5 lines in the newest order',
    },
    (t: Play) => {
      const w = t.sql.open(stored(UNEVEN));
      const shop = t.mod.openOrders(w.learner);
      const mark = w.mark();
      const list = look(shop.list({ limit: 2 }));
      const facts = w.since(mark);
      const tell = (l: readonly OrderView[]): string =>
        said(l.map((o) => `${o.id} with ${many(o.lines.length, 'line')}`));
      const right = viewsOf(UNEVEN).slice(0, 2);
      const lines = list.reduce((sum, o) => sum + o.lines.length, 0);
      const asFarAsShown = list.every((o, i) => same(o.lines, right[i]?.lines.slice(0, o.lines.length)));
      t.see('limit', same(list, right) ? 'orders' : asFarAsShown && lines <= 5 ? 'rows' : 'other');
      if (same(list, right)) return;
      for (const f of beside(w, facts)) t.fact(f);
      t.fact({ kind: 'value', name: 'orders', expected: tell(right), actual: tell(list) });
      t.equal(list, right, `a limit of 2 should give ${tell(right)}; it gives ${tell(list)}`);
    },
  );

  probe(
    { id: 'twins', sentence: 5, plays: 'list({ limit: 20 }), totals(); an order has two lines alike' },
    (t: Play) => {
      const w = t.sql.open(stored(ALIKE));
      const shop = t.mod.openOrders(w.learner);
      const right = viewsOf(ALIKE);
      let mark = w.mark();
      const list = look(shop.list({ limit: 20 }));
      const listed = w.since(mark);
      mark = w.mark();
      const totals = shop.totals();
      const summed = w.since(mark);
      const newest = list[0];
      const total = right[0]!.total;
      const revenue = right.reduce((sum, o) => sum + o.total, 0);
      const listRight = same(list, right);
      const fewer = list.length === 2 && (newest!.lines.length < 3 || newest!.total < total);
      t.see('list', listRight ? 'both' : fewer ? 'merged' : 'other');
      const totalsRight = totals.orders === 2 && totals.revenue === revenue;
      t.see(
        'totals',
        totalsRight ? 'both' : totals.orders === 2 && totals.revenue < revenue ? 'merged' : 'other',
      );
      if (listRight && totalsRight) return;
      for (const f of beside(w, listRight ? summed : listed)) t.fact(f);
      if (!listRight) {
        if (linesSaid(newest) !== linesSaid(right[0]))
          t.fact({ kind: 'value', name: 'lines', expected: linesSaid(right[0]), actual: linesSaid(newest) });
        if (newest?.total !== total)
          t.fact({ kind: 'value', name: 'total', expected: `${total}`, actual: print(newest?.total) });
      } else
        t.fact({ kind: 'value', name: 'revenue', expected: `${revenue}`, actual: print(totals.revenue) });
      t.equal(
        list,
        right,
        newest?.lines.length === 3
          ? `order 2 comes to ${total}; list says ${print(newest.total)}`
          : `order 2 has 3 lines, two of them alike; list shows ${newest?.lines.length ?? 0}`,
      );
      t.equal(
        { orders: totals.orders, revenue: totals.revenue },
        { orders: 2, revenue },
        `with two lines alike the revenue is ${revenue}; totals says ${print(totals.revenue)}`,
      );
    },
  );

  probe(
    { id: 'any-text', sentence: 6, plays: 'list({ limit: 20 }), with commas, quotes and line breaks' },
    (t: Play) => {
      const w = t.sql.open(stored(PUNCTUATED));
      const shop = t.mod.openOrders(w.learner);
      const right = viewsOf(PUNCTUATED);
      const mark = w.mark();
      const listed = attempt(() => look(shop.list({ limit: 20 })));
      const facts = w.since(mark);
      const packs = facts.some((f) => PACKS.test(f.sql)) && facts.every((f) => f.error === undefined);
      const list = 'value' in listed ? listed.value : [];
      t.see('text', same(list, right) ? 'whole' : packs ? 'packed' : 'other');
      if (same(list, right)) return;
      for (const f of beside(w, facts)) t.fact(f);
      if ('failed' in listed) {
        t.fact(listed.fact);
        t.hold(false, `an article with commas and quotes: ${listed.failed}`);
      }
      const [shown, stands] = [list[0], right[0]!];
      const wrong = stands.lines.findIndex((l, i) => l.article !== shown?.lines[i]?.article);
      if (wrong >= 0)
        t.fact({
          kind: 'value',
          name: `article ${wrong + 1}`,
          expected: JSON.stringify(stands.lines[wrong]!.article),
          actual: print(shown?.lines[wrong]?.article),
        });
      else if (shown && shown.lines.length !== stands.lines.length)
        t.fact({ kind: 'value', name: 'lines', expected: '3', actual: String(shown.lines.length) });
      t.equal(
        list,
        right,
        wrong >= 0
          ? `the article ${JSON.stringify(stands.lines[wrong]!.article)} is shown as ${print(shown?.lines[wrong]?.article)}`
          : 'a text is not shown as it is stored',
      );
    },
  );
}
