import {
  framesOfError,
  probe,
  type Fact,
  type ProbeContext,
  type SqlFact,
  type SqlWorld,
} from 'kibitzer/kit';
import type * as Starter from './starter/orders.ts';

type OrderView = Starter.OrderView;
type Play = ProbeContext<typeof Starter>;

/** As stored: a line is `[article, qty, price]`. */
interface Stored {
  customer?: string;
  delivery?: number;
  lines?: readonly (readonly [article: string, qty: number, price: number])[];
  notes?: readonly string[];
}

/** Read through the indexes, lines and notes come in another order than that of their ids. */
const SCHEMA = `
  CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER, delivery INTEGER);
  CREATE TABLE line(id INTEGER PRIMARY KEY, order_id INTEGER, article TEXT, qty INTEGER, price INTEGER);
  CREATE TABLE note(id INTEGER PRIMARY KEY, order_id INTEGER, text TEXT);
  CREATE INDEX line_of_order ON line(order_id, article, qty, price);
  CREATE INDEX note_of_order ON note(order_id, text);`;

const MOST_MORE_STATEMENTS = 10;
const MOST_BOUND_VALUES = 100;
/** Rows fetched beyond those of the sentence that are let pass: a look whether there is one more, say. */
const SPARE = 1.1;

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The schema with these orders, the first with id 1; each has a customer of its own. */
function stored(orders: readonly Stored[]): string {
  const rows: Record<'customer' | 'orders' | 'line' | 'note', string[]> = {
    customer: [],
    orders: [],
    line: [],
    note: [],
  };
  orders.forEach((o, i) => {
    const id = i + 1;
    rows.customer.push(`(${100 + id}, ${text(o.customer ?? `Bakery ${id}`)})`);
    rows.orders.push(`(${id}, ${100 + id}, ${o.delivery ?? 0})`);
    for (const [article, qty, price] of o.lines ?? [])
      rows.line.push(`(${rows.line.length + 1}, ${id}, ${text(article)}, ${qty}, ${price})`);
    for (const note of o.notes ?? []) rows.note.push(`(${rows.note.length + 1}, ${id}, ${text(note)})`);
  });
  const inserts = Object.entries(rows).map(([table, values]) =>
    values.length > 0 ? `INSERT INTO ${table} VALUES ${values.join(', ')};` : '',
  );
  return `${SCHEMA} BEGIN; ${inserts.join('\n')} COMMIT;`;
}

/** The schema with `n` orders that have so many lines each, and every other one a note; sixty customers. */
function manyStored(n: number, lines = 1): string {
  return `${SCHEMA} BEGIN;
    CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${n}) SELECT i FROM c;
    INSERT INTO customer SELECT i, 'Bakery ' || i FROM n WHERE i <= 60;
    INSERT INTO orders SELECT i, 1 + i % ${Math.min(n, 60)}, 500 FROM n;
    INSERT INTO line SELECT i, 1 + i % ${n}, 'Rye flour', 2, 150 FROM n;
    ${"INSERT INTO line SELECT NULL, order_id, 'Salt', qty, price FROM line;".repeat(lines - 1)}
    INSERT INTO note SELECT i, i, 'Ring twice' FROM n WHERE i % 2 = 0;
    COMMIT;`;
}

/** What a list must say of these orders, newest first. */
function viewsOf(orders: readonly Stored[]): OrderView[] {
  return orders
    .map((o, i) => ({
      id: i + 1,
      customer: o.customer ?? `Bakery ${i + 1}`,
      total: totalOf(o),
      lines: (o.lines ?? []).map(([article, qty]) => ({ article, qty })),
      lastNote: o.notes?.at(-1) ?? null,
    }))
    .reverse();
}

function totalOf(o: Stored): number {
  return (o.lines ?? []).reduce((sum, [, qty, price]) => sum + qty * price, o.delivery ?? 0);
}

/** What a reader can read of a list. */
function look(list: readonly OrderView[]): OrderView[] {
  return Array.from(list, (o) => ({
    id: o.id,
    customer: o.customer,
    total: o.total,
    lines: Array.from(o.lines, (l) => ({ article: l.article, qty: l.qty })),
    lastNote: o.lastNote ?? null,
  }));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function note(says: string): Fact {
  return { kind: 'note', text: says, site: null };
}

/** A list of values, or "none". */
function said(values: readonly unknown[]): string {
  return values.map(String).join(', ') || 'none';
}

const linesSaid = (o: OrderView | undefined): string =>
  o ? said(o.lines.map((l) => `${l.qty} ${l.article}`)) : 'none';

function rowsOf(facts: readonly SqlFact[]): number {
  return facts.reduce((sum, f) => sum + f.rows, 0);
}

/** The statement of a call that fetched the most rows, with the line that led to it as seen from its neighbour. */
function largest(w: SqlWorld, facts: readonly SqlFact[]): SqlFact | undefined {
  const most = Math.max(...facts.map((f) => f.rows));
  return beside(w, facts).find((f) => f.rows === most);
}

/** Two statements of a call that were the same question, those with the most rows; empty where there are none. */
function askedTwice(facts: readonly SqlFact[]): SqlFact[] {
  const groups = Map.groupBy(
    facts.filter((f) => f.rows > 0),
    (f) => JSON.stringify([f.sql, f.params]),
  );
  const twice = [...groups.values()].filter((g) => g.length > 1);
  return twice.toSorted((a, b) => b[0]!.rows - a[0]!.rows)[0]?.slice(0, 2) ?? [];
}

/**
 * Statements of a call, each with the line that led to it as seen from its neighbour: where all are sent by one line of
 * a helper, that is where they part.
 */
function beside(w: SqlWorld, facts: readonly SqlFact[]): SqlFact[] {
  return facts.map((f, i) => {
    const neighbour = facts[i - 1] ?? facts[i + 1];
    return neighbour ? w.sideBySide(neighbour, f)[1] : f;
  });
}

/** A call whose failure is an answer too. */
function attempt<T>(call: () => T): { value: T } | { failed: string; fact: Fact } {
  try {
    return { value: call() };
  } catch (error) {
    const near = framesOfError(error)[0];
    const failed = error instanceof Error ? error.message : String(error);
    return { failed, fact: { kind: 'note', text: failed, site: near ? { near, cause: near } : null } };
  }
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

/** Few have lines, few have notes, so that every statement which leaves out the others gives fewer rows than orders. */
const BARE: readonly Stored[] = [
  { delivery: 100, lines: [['Salt', 1, 30]], notes: ['Ring twice'] },
  { delivery: 200, lines: [['Yeast', 3, 700]] },
  { delivery: 300, notes: ['To be filled in'] },
  { delivery: 400 },
  { delivery: 500 },
];

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
    const nothing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value);
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
    } else t.fact({ kind: 'value', name: 'revenue', expected: `${revenue}`, actual: print(totals.revenue) });
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

/** SQL that puts several texts into one. */
const PACKS = /\b(?:group_concat|string_agg)\b|\|\|/i;

probe({ id: 'only-what-is-listed', sentence: 8, plays: 'list({ limit: 10 }) of 800 orders' }, (t: Play) => {
  const w = t.sql.open(manyStored(800, 2));
  const shop = t.mod.openOrders(w.learner);
  // whatever was fetched before is no longer what is stored
  w.outside().exec("UPDATE note SET text = 'Closed'");
  const mark = w.mark();
  const list = look(shop.list({ limit: 10 }));
  const facts = w.since(mark);
  const allowed = list.length * 4 + list.length / 2;
  const rows = rowsOf(facts);
  if (rows <= allowed * SPARE) {
    t.see('rows', 'few');
    return;
  }
  const one = largest(w, facts);
  t.see('rows', one && one.rows > allowed ? 'unlisted' : 'more');
  if (one) t.fact(one);
  t.fact({
    kind: 'count',
    what: 'rows fetched for 10 orders, their customers, 20 lines and 5 notes',
    seen: rows,
    allowed,
  });
  t.hold(false, `${rows} rows come over for a list of 10 orders`);
});

const LONG = 150;
/** What SQLite says of a statement that has grown too long. */
const TOO_LONG = /too many|too large|too big|too long|too deep|overflow/i;
/** The text of a statement without the better part of a long list of values. */
const shortened = (f: SqlFact): SqlFact => ({
  ...f,
  sql: f.sql.replace(/((?:[?\d]+|\(\?\)), ?)(?:(?:[?\d]+|\(\?\)), ?){8,}/, '$1… '),
  params: f.params.slice(0, 3),
});

probe({ id: 'many-ids', sentence: 9, plays: `list({ limit: ${LONG} })` }, (t: Play) => {
  const w = t.sql.open(manyStored(LONG));
  w.learner.limits.variableNumber = MOST_BOUND_VALUES;
  const shop = t.mod.openOrders(w.learner);
  const mark = w.mark();
  const listed = attempt(() => shop.list({ limit: LONG }).length);
  if ('failed' in listed) {
    const facts = beside(w, w.since(mark).slice(0, 20)).map(shortened);
    const refused = facts.findLast((f) => f.error !== undefined);
    t.see('statement', refused && TOO_LONG.test(refused.error!) ? 'refused' : 'other');
    for (const f of facts) t.fact(f);
    if (!refused) t.fact(listed.fact);
    t.hold(false, `a list of ${LONG} orders: ${listed.failed}`);
    return;
  }
  t.see('statement', 'taken');
  t.equal(listed.value, LONG, `a list of ${LONG} orders shows ${listed.value}`);
});

const BEFORE: readonly Stored[] = [
  { customer: 'Ada', delivery: 100, lines: [['Salt', 1, 30]], notes: ['Ring twice'] },
];

/** What others write, one after the other, and what a list then says. */
const WRITES: readonly (readonly [
  sql: string,
  tells: string,
  what: (o: OrderView) => unknown,
  asks: RegExp,
])[] = [
  ["UPDATE customer SET name = 'Eva'", 'customer Ada is renamed Eva', (o) => o.customer, /\bcustomer\b/i],
  ['UPDATE line SET qty = 9', 'the 1 Salt becomes 9 Salt', (o) => linesSaid(o), /\bline\b/i],
  ['UPDATE orders SET delivery = 700', 'delivery rises from 100 to 700', (o) => o.total, /\borders\b/i],
  ["UPDATE note SET text = 'Closed'", 'the note becomes: Closed', (o) => o.lastNote, /\bnote\b/i],
];
const NOW: readonly unknown[] = ['Eva', '9 Salt', 970, 'Closed'];

probe(
  {
    id: 'fresh-each-time',
    sentence: 10,
    plays: 'list({ limit: 1 }), totals(); others write; list({ limit: 1 }), totals()',
  },
  (t: Play) => {
    const w = t.sql.open(stored(BEFORE));
    const shop = t.mod.openOrders(w.learner);
    const outside = w.outside();
    const start = w.mark();
    const before = look(shop.list({ limit: 1 }))[0];
    shop.totals();
    const first = w.since(start);
    for (const [sql] of WRITES) outside.exec(sql);
    const mark = w.mark();
    const after = look(shop.list({ limit: 1 }))[0];
    const totals = shop.totals();
    const second = w.since(mark);

    const old = WRITES.findIndex(([, , what], i) => !same(after && what(after), NOW[i]));
    const totalsOld = totals.revenue !== 970;
    const unchanged =
      old < 0
        ? totals.revenue === 130
        : same(after && WRITES[old]![2](after), before && WRITES[old]![2](before));
    const wrong = old >= 0 || totalsOld;
    const unasked = first.filter((f) => !second.some((s) => s.sql === f.sql && same(s.params, f.params)));
    t.see('second', !wrong ? 'new' : unchanged ? 'old' : 'other');
    t.see('asked', unasked.length === 0 ? 'again' : 'less');
    if (!wrong) return;
    const what = old >= 0 ? WRITES[old]![3] : /./;
    const kept = unasked.find((f) => what.test(f.sql)) ?? unasked[0];
    const told = beside(w, first);
    for (const f of told) if (!kept || f.seq === kept.seq) t.fact(f);
    t.fact(note(old >= 0 ? `${WRITES[old]![1]}, by another program` : 'orders change, by another program'));
    if (kept) t.fact(note('the next call does not send this statement again'));
    else for (const f of second) t.fact(f);
    const [name, expected, actual] =
      old >= 0
        ? [['customer', 'lines', 'total', 'lastNote'][old]!, NOW[old], after && WRITES[old]![2](after)]
        : ['revenue', 970, totals.revenue];
    t.fact({ kind: 'value', name, expected: String(expected), actual: String(actual) });
    t.hold(false, `another program writes, and the next call still says: ${name} ${String(actual)}`);
  },
);
