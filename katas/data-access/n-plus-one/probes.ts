import { probe, type SqlFact, type SqlWorld } from 'kibitzer/kit';
import { probeEveryOrder } from './every-order.ts';
import { probeManyAndFresh } from './many-and-fresh.ts';
import {
  SPARE,
  beside,
  largest,
  look,
  many,
  manyStored,
  note,
  rowsOf,
  said,
  same,
  stored,
  totalOf,
  type Play,
  type Stored,
  viewsOf,
} from './stored.ts';

const MOST_MORE_STATEMENTS = 10;

/** Two statements of a call that were the same question, those with the most rows; empty where there are none. */
function askedTwice(facts: readonly SqlFact[]): SqlFact[] {
  const groups = Map.groupBy(
    facts.filter((f) => f.rows > 0),
    (f) => JSON.stringify([f.sql, f.params]),
  );
  const twice = [...groups.values()].filter((g) => g.length > 1);
  return twice.toSorted((a, b) => b[0]!.rows - a[0]!.rows)[0]?.slice(0, 2) ?? [];
}

const ORDINARY: readonly Stored[] = [
  { customer: 'Ada', delivery: 400, lines: [['Salt', 2, 80]], notes: ['Back door'] },
  {
    customer: 'Ben',
    lines: [
      ['Yeast', 3, 120],
      ['Butter', 1, 900],
    ],
    notes: ['Before six'],
  },
  { customer: 'Cem', delivery: 250, lines: [['Rye flour', 5, 150]], notes: ['Ring twice'] },
];

const ONE_LINE_EACH: readonly Stored[] = ORDINARY.map((o) => ({ ...o, lines: o.lines!.slice(0, 1) }));

const THREE_NOTES: readonly Stored[] = [
  { lines: [['Salt', 1, 80]], notes: ['Ring', 'Come early', 'Do not ring'] },
];

probe(
  { id: 'works', role: 'gate', sentence: 1, plays: 'list({ limit: 10 }), list({ limit: 1 }), totals()' },
  (t: Play) => {
    const w = t.sql.open(stored(ORDINARY));
    const shop = t.mod.openOrders(w.learner);
    const list = shop.list({ limit: 10 });
    t.hold(typeof list?.map === 'function', 'list gives no list');
    t.hold(
      Array.from(list).every((o) => typeof o?.lines?.map === 'function'),
      'the lines of an order are no list',
    );
    const expected = viewsOf(ORDINARY);
    const seen = look(list);
    for (const f of w.facts) t.fact(f);
    const ids = said(seen.map((o) => o.id));
    const unlike = seen.find((o, i) => !same(o, expected[i]));
    t.equal(
      seen,
      expected,
      ids === '3, 2, 1'
        ? `order ${unlike?.id} is not shown as it is stored`
        : `shows the orders ${ids} instead of 3, 2, 1`,
    );
    t.equal(
      look(t.mod.openOrders(t.sql.open(stored(ONE_LINE_EACH)).learner).list({ limit: 1 })).map((o) => o.id),
      [3],
      'a limit of 1 does not give the newest order alone',
    );
    const noted = look(t.mod.openOrders(t.sql.open(stored(THREE_NOTES)).learner).list({ limit: 1 }))[0];
    t.equal(noted?.lastNote, 'Do not ring', 'lastNote is not the note with the highest id');
    const totals = t.mod.openOrders(t.sql.open(stored(ONE_LINE_EACH)).learner).totals();
    t.equal(
      { orders: totals?.orders, revenue: totals?.revenue },
      { orders: 3, revenue: ONE_LINE_EACH.reduce((sum, o) => sum + totalOf(o), 0) },
      'totals are not those of the three orders',
    );
  },
);

/**
 * Statements of one line of code that are sent again and again, five at most, with the line that led to each.
 * @param few the statements for a few orders
 * @param most those for many: there are many of them, so that they are asked for only where the few tell nothing
 */
function repeated(w: SqlWorld, few: readonly SqlFact[], most: () => readonly SqlFact[]): SqlFact[] {
  const often = mostFromOneLine(few);
  const facts = often.length >= few.length / 5 && often.length >= 4 ? few : most();
  const told = facts === few ? often : mostFromOneLine(facts);
  return told.slice(0, 5).map((f) => (f.seq === facts[0]!.seq ? f : w.sideBySide(facts[0]!, f)[1]));
}

/** What else is sent for each of five orders, in words. */
function alsoForEach(few: readonly SqlFact[], told: readonly SqlFact[]): string[] {
  const others = Map.groupBy(
    few.filter((f) => !told.some((one) => one.sql === f.sql)),
    (f) => f.sql.replaceAll(/\s+/g, ' ').trim(),
  );
  return [...others]
    .filter(([, sent]) => sent.length >= 5)
    .map(([sql, sent]) => `also sent ${sent.length} times: ${sql}`);
}

function mostFromOneLine(facts: readonly SqlFact[]): SqlFact[] {
  const place = (f: SqlFact): string =>
    f.site ? `${f.site.near.file}:${f.site.near.line}:${f.site.near.column}` : f.sql;
  const groups = [...Map.groupBy(facts, place).values()];
  return groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

probe(
  {
    id: 'statements-do-not-grow',
    sentence: 7,
    plays: 'list({ limit: 5 }), list({ limit: 200 }); totals() of 5 and of 200 orders',
  },
  (t: Play) => {
    const w = t.sql.open(manyStored(200));
    const shop = t.mod.openOrders(w.learner);
    const sentBy = (limit: number): readonly SqlFact[] => {
      const mark = w.mark();
      look(shop.list({ limit }));
      return w.since(mark);
    };
    const statements = (limit: number): number => {
      const mark = w.mark();
      look(shop.list({ limit }));
      return w.mark() - mark;
    };
    const few = sentBy(5);
    const five = few.length;
    const start = w.mark();
    const all = statements(200);
    const listGrows = all - five > MOST_MORE_STATEMENTS;
    t.see('list', listGrows ? 'grows' : 'flat');
    if (listGrows) {
      const most = (): readonly SqlFact[] => w.since(start).slice(0, all);
      const told = repeated(w, few, most);
      for (const f of told) t.fact(f);
      for (const also of alsoForEach(few, told)) t.fact(note(also));
      t.fact(
        note(`a list of 5 orders sends ${many(five, 'statement')}, a list of 20 sends ${statements(20)}`),
      );
      t.fact({
        kind: 'count',
        what: `statements for 200 orders (allowed: the ${five} for 5, and ${MOST_MORE_STATEMENTS} more)`,
        seen: all,
        allowed: five + MOST_MORE_STATEMENTS,
      });
    }
    t.hold(
      !listGrows,
      `a list of 5 orders sends ${many(five, 'statement')}, a list of 200 sends ${many(all, 'statement')}`,
    );

    const small = t.sql.open(manyStored(5));
    t.mod.openOrders(small.learner).totals();
    const fewer = small.mark();
    const mark = w.mark();
    shop.totals();
    const more = w.mark() - mark;
    const totalsGrow = more - fewer > MOST_MORE_STATEMENTS;
    t.see('totals', totalsGrow ? 'grow' : 'flat');
    if (totalsGrow) {
      const few = repeated(small, small.facts, () => []);
      for (const f of few.length > 0 ? few : repeated(w, w.since(mark), () => [])) t.fact(f);
      t.fact(note(`the totals of 5 orders take ${many(fewer, 'statement')}`));
      t.fact({
        kind: 'count',
        what: `statements for totals of 200 (allowed: the ${fewer} for 5, and ${MOST_MORE_STATEMENTS} more)`,
        seen: more,
        allowed: fewer + MOST_MORE_STATEMENTS,
      });
    }
    t.hold(
      !totalsGrow,
      `the totals of 5 orders take ${many(fewer, 'statement')}, those of 200 take ${many(more, 'statement')}`,
    );
  },
);

const LARGE_ORDERS: readonly Stored[] = Array.from({ length: 6 }, (_, i) => ({
  delivery: 300,
  lines: Array.from({ length: 12 }, (_none, n) => [`Article ${i}-${n}`, n + 1, 100 + n] as const),
  notes: Array.from({ length: 8 }, (_none, n) => `Note ${i}-${n}`),
}));

probe(
  {
    id: 'rows-do-not-explode',
    sentence: 8,
    plays: 'list({ limit: 6 }) of orders with 12 lines and 8 notes each',
  },
  (t: Play) => {
    const w = t.sql.open(stored(LARGE_ORDERS));
    const shop = t.mod.openOrders(w.learner);
    const mark = w.mark();
    look(shop.list({ limit: 6 }));
    const facts = w.since(mark);
    const allowed = 6 + 6 + 6 * 12 + 6 * 8;
    const rows = rowsOf(facts);
    if (rows <= allowed * SPARE) {
      t.see('rows', 'few');
      return;
    }
    const one = largest(w, facts);
    const pair = askedTwice(facts);
    const twice = pair.length > 1 ? w.sideBySide(pair[0]!, pair[1]!) : [];
    // more rows from one statement than there are in all tables: something came more than once
    t.see('rows', one && one.rows > allowed ? 'multiplied' : twice.length > 0 ? 'twice' : 'more');
    for (const f of one && one.rows > allowed ? [one] : twice.length > 0 ? twice : facts) t.fact(f);
    t.fact({
      kind: 'count',
      what: 'rows fetched for 6 orders, their customers, 72 lines and 48 notes',
      seen: rows,
      allowed,
    });
    t.hold(false, `${rows} rows come over for 6 orders with 72 lines and 48 notes`);
  },
);

const EACH_ONCE: readonly Stored[] = [
  { delivery: 100, lines: [['Salt', 1, 30]], notes: ['Back door'] },
  {
    delivery: 400,
    lines: [
      ['Rye flour', 2, 1500],
      ['Yeast', 3, 700],
      ['Butter', 1, 950],
    ],
    notes: ['Ring twice', 'Do not ring'],
  },
];

/** A sum over joined rows instead of things: what an order would come to with its lines and delivery counted so often. */
function multiples(o: Stored): number[] {
  const lines = totalOf(o) - (o.delivery ?? 0);
  const found: number[] = [];
  const [n, m] = [o.lines?.length ?? 0, o.notes?.length ?? 0];
  for (const a of [1, m]) for (const b of [1, n, m, n * m]) found.push(lines * a + (o.delivery ?? 0) * b);
  return found.filter((sum) => sum > totalOf(o));
}

probe(
  {
    id: 'each-thing-once',
    sentence: 2,
    plays: 'list({ limit: 20 }), totals(); an order has 3 lines, 2 notes',
  },
  (t: Play) => {
    const w = t.sql.open(stored(EACH_ONCE));
    const shop = t.mod.openOrders(w.learner);
    const [plain, rich] = EACH_ONCE as [Stored, Stored];
    const revenue = totalOf(plain) + totalOf(rich);
    let mark = w.mark();
    const page = look(shop.list({ limit: 20 }));
    const listed = w.since(mark);
    mark = w.mark();
    const totals = shop.totals();
    const summed = w.since(mark);

    const large = page.find((o) => o.id === 2);
    const shown = large?.lines.length ?? 0;
    const multiplied = multiples(rich).includes(large?.total ?? 0) || shown === 6;
    const listRight = same(page, viewsOf(EACH_ONCE));
    t.see('list', listRight ? 'once' : multiplied ? 'multiplied' : 'other');
    const totalsRight = totals.orders === 2 && totals.revenue === revenue;
    const more = [revenue, ...multiples(rich).map((sum) => sum + totalOf(plain)), ...multiples(rich)];
    t.see(
      'totals',
      totalsRight
        ? 'once'
        : [2, 3, 4, 6, 7].includes(totals.orders) && (totals.orders > 2 || more.includes(totals.revenue))
          ? 'multiplied'
          : 'other',
    );
    const excess = listRight ? totals.revenue - revenue : (large?.total ?? 0) - totalOf(rich);
    t.see('too-often', excess === 0 ? 'nothing' : excess % (rich.delivery ?? 1) === 0 ? 'delivery' : 'lines');
    if (listRight && totalsRight) return;
    if (listRight) {
      for (const f of beside(w, summed)) t.fact(f);
      if (totals.orders !== 2)
        t.fact({ kind: 'value', name: 'orders', expected: '2', actual: String(totals.orders) });
      if (totals.revenue !== revenue)
        t.fact({ kind: 'value', name: 'revenue', expected: `${revenue}`, actual: String(totals.revenue) });
    } else {
      for (const f of beside(w, listed)) t.fact(f);
      if (large?.total !== totalOf(rich))
        t.fact({
          kind: 'value',
          name: 'total of order 2',
          expected: `${totalOf(rich)}`,
          actual: String(large?.total),
        });
      if (shown !== 3)
        t.fact({ kind: 'value', name: 'lines of order 2', expected: '3', actual: String(shown) });
    }
    t.equal(
      page,
      viewsOf(EACH_ONCE),
      shown === 3
        ? `order 2 comes to ${totalOf(rich)}; list says ${large?.total}`
        : `order 2 has 3 lines; list shows ${shown}`,
    );
    t.equal(
      { orders: totals.orders, revenue: totals.revenue },
      { orders: 2, revenue },
      totals.orders === 2
        ? `the revenue of two orders is ${revenue}; totals says ${totals.revenue}`
        : `two orders are stored; totals counts ${totals.orders}`,
    );
  },
);

probeEveryOrder();

probeManyAndFresh();
