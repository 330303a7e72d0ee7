import { probe, type SqlFact } from 'kibitzer/kit';
import {
  SPARE,
  attempt,
  beside,
  largest,
  linesSaid,
  look,
  manyStored,
  note,
  rowsOf,
  same,
  stored,
  type OrderView,
  type Play,
  type Stored,
} from './stored.ts';

const MOST_BOUND_VALUES = 100;

const LONG = 150;

/** What SQLite says of a statement that has grown too long. */
const TOO_LONG = /too many|too large|too big|too long|too deep|overflow/i;

/** The text of a statement without the better part of a long list of values. */
const shortened = (f: SqlFact): SqlFact => ({
  ...f,
  sql: f.sql.replace(/((?:[?\d]+|\(\?\)), ?)(?:(?:[?\d]+|\(\?\)), ?){8,}/, '$1… '),
  params: f.params.slice(0, 3),
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

/** Declares the probes of long lists, and of what was written meanwhile. */
export function probeManyAndFresh(): void {
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
}
