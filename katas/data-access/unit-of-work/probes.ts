import { probe } from 'kibitzer/kit';
import { probeOverTime } from './over-time.ts';
import {
  aboutRows,
  ADA,
  attempt,
  BEN,
  CEM,
  CROWD,
  elsewhere,
  everybody,
  note,
  OLGA,
  said,
  SCHEMA,
  stored,
  unwatched,
  value,
  WATCHED,
  writes,
  written,
  type Member,
  type Play,
  type Session,
} from './world.ts';

probe(
  {
    id: 'works',
    role: 'gate',
    sentence: 1,
    plays: "get(3), findByCity('Kiel'), add(dora), remove(ada), commit()",
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    t.equal(s.get(99), null, 'get of an id that is not there does not give null');
    const cem = s.get(CEM)!;
    t.equal(said(cem), 'Cem, Ulm, 80', 'get(3) does not give the member as stored');
    const kiel = s.findByCity('Kiel');
    t.equal(
      Array.from(kiel, (m) => m.name),
      ['Olga', 'Ben', 'Ada'],
      'findByCity does not list Olga, Ben and Ada',
    );
    cem.balance = 90;
    s.commit();
    const next = t.mod.openSession(w.learner);
    next.add({ name: 'Dora', city: 'Ulm', balance: 5 });
    next.remove(next.get(ADA)!);
    next.commit();
    for (const f of w.facts) t.fact(f);
    t.equal(
      everybody(w),
      ['Olga, Kiel, 50', 'Ben, Kiel, 30', 'Cem, Ulm, 90', 'Dora, Ulm, 5'],
      'what was changed, added and removed is not stored',
    );
    t.mod.openSession(w.learner).rollback();
  },
);

probe(
  {
    id: 'move-and-payment',
    sentence: 3,
    plays: "a = get(1); b = findByCity('Kiel')[0]; a.balance += 20; b.city = 'Ulm'; commit()",
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    const payments = s.get(OLGA)!;
    const mailing = s.findByCity('Kiel')[0]!;
    payments.balance += 20;
    mailing.city = 'Ulm';
    s.commit();
    const row = stored(w, OLGA);
    const [paid, moved] = [row?.balance === 70, row?.city === 'Ulm'];
    t.see('lost', paid && moved ? 'none' : paid ? 'city' : moved ? 'balance' : 'both');
    for (const f of aboutRows(w.facts)) t.fact(f);
    t.fact(value('Olga’s row', 'Olga, Ulm, 70', said(row)));
    const both = 'Olga pays 20 and moves to Ulm';
    t.hold(paid || moved, `${both}; neither is stored`);
    t.hold(paid, `${both}; after the commit her balance is ${row?.balance} again`);
    t.hold(moved, `${both}; after the commit she lives in ${row?.city} again`);
  },
);

/** Two ways to come to the same member. */
const TWICE: readonly (readonly [
  way: string,
  says: string,
  a: (s: Session) => Member,
  b: (s: Session) => Member,
])[] = [
  ['get-get', 'get(1) and get(1)', (s) => s.get(OLGA)!, (s) => s.get(OLGA)!],
  ['get-find', "get(1) and findByCity('Kiel')[0]", (s) => s.get(OLGA)!, (s) => s.findByCity('Kiel')[0]!],
  ['find-get', "findByCity('Ulm')[0] and get(3)", (s) => s.findByCity('Ulm')[0]!, (s) => s.get(CEM)!],
  [
    'find-find',
    "findByCity('Ulm')[0], twice",
    (s) => s.findByCity('Ulm')[0]!,
    (s) => s.findByCity('Ulm')[0]!,
  ],
];

probe(
  { id: 'same-people', sentence: 2, plays: "get(1) === get(1), findByCity('Kiel')[0] === get(1)" },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    for (const [way, says, first, second] of TWICE) {
      const s = t.mod.openSession(w.learner);
      const mark = w.mark();
      const [a, b] = [first(s), second(s)];
      if (a === b) continue;
      t.see('apart', way);
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      a.balance += 20;
      t.fact(note('the first object gets 20 more'));
      t.fact(value('second.balance', String(a.balance), String(b.balance)));
      t.hold(false, `${says} are not the same object`);
    }
    t.see('apart', 'never');
  },
);

probe(
  {
    id: 'one-of-forty',
    sentence: 4,
    plays: "m = findByCity('Bonn'); m[0].balance += 5; m[1].city = 'Bonn'; commit()",
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA + CROWD + WATCHED);
    const s = t.mod.openSession(w.learner);
    const crowd = s.findByCity('Bonn');
    crowd[0]!.balance += 5;
    crowd[1]!.city = 'Bonn';
    const mark = w.mark();
    s.commit();
    const rows = written(w).length;
    const more = new Set(written(w).filter((id) => id !== 101)).size;
    t.see('others', more === 0 ? 'none' : more === 1 ? 'one' : 'all');
    for (const f of writes(unwatched(w.since(mark))).slice(0, 3)) t.fact(f);
    t.fact({ kind: 'count', what: 'rows written, where one member was changed', seen: rows, allowed: 1 });
    t.hold(more === 0, `1 of 40 members was changed; ${more + 1} rows were written`);
    t.equal(stored(w, 101)?.balance, 15, 'the one change is not stored');
  },
);

probe(
  {
    id: 'ten-payments',
    sentence: 4,
    plays: "ten times get(1).balance += 5; get(1).name = 'Olga B'; commit()",
    needs: ['same-people'],
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA + WATCHED);
    const s = t.mod.openSession(w.learner);
    const olga = s.get(OLGA)!;
    const mark = w.mark();
    for (let i = 0; i < 10; i++) olga.balance += 5;
    olga.name = 'Olga B';
    const before = writes(w.since(mark)).length;
    s.commit();
    const rows = written(w).length;
    t.see('writes', rows <= 1 ? 'one' : 'many');
    t.see('when', before > 0 ? 'before' : 'commit');
    for (const f of writes(unwatched(w.since(mark))).slice(0, 3)) t.fact(f);
    t.fact({ kind: 'count', what: 'times that the row of one member was written', seen: rows, allowed: 1 });
    t.hold(rows <= 1, `one member was changed, and her row was written ${rows} times`);
    t.equal(said(stored(w, OLGA)), 'Olga B, Kiel, 100', 'not all changes of one member are stored');
  },
);

probe(
  {
    id: 'nothing-yet',
    sentence: 6,
    plays: "get(1).balance = 70, remove(get(2)), add(dora), findByCity('Kiel'); another program looks",
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    const before = everybody(w);
    const steps: [did: string, says: string, act: () => void][] = [
      ['change', 'a balance was assigned', () => void (s.get(OLGA)!.balance = 70)],
      ['remove', 'a member was removed', () => s.remove(s.get(BEN)!)],
      ['add', 'a member was added', () => void s.add({ name: 'Dora', city: 'Ulm', balance: 5 })],
      ['ask', 'members were asked for', () => void s.findByCity('Kiel')],
    ];
    for (const [did, says, act] of steps) {
      const mark = w.mark();
      act();
      const now = everybody(w);
      if (now.join() === before.join()) continue;
      t.see('early', did);
      for (const f of writes(w.since(mark))) t.fact(f);
      t.fact(value('the table, seen from outside', before.join(' · '), now.join(' · ')));
      t.hold(false, `${says}, and another program sees it before the commit`);
    }
    t.see('early', 'no');
  },
);

probe(
  {
    id: 'others-at-work',
    sentence: 6,
    plays: "get(1).balance = 70, findByCity('Ulm'); another program stores; commit()",
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    s.get(OLGA)!.balance = 70;
    s.findByCity('Ulm');
    t.see('other', elsewhere(w, 'UPDATE member SET balance = 35 WHERE id = 2'));
    for (const f of w.facts) t.fact(f);
    const mark = w.mark();
    const kept = stored(w, BEN)?.balance === 35;
    t.fact(
      note(
        kept ? 'another program stores a payment of Ben' : 'another program wants to store a payment: locked',
      ),
    );
    t.hold(kept, 'another program cannot store anything: the database is locked until the commit');
    const failed = attempt(() => s.commit());
    t.see('commit', failed ? 'refused' : 'done');
    for (const f of w.since(mark)) t.fact(f);
    t.hold(!failed, `another program stored something meanwhile; commit fails: ${failed?.failed}`);
    s.get(OLGA);
    const again = elsewhere(w, 'UPDATE member SET balance = 40 WHERE id = 2');
    t.see('other', again);
    t.hold(
      again === 'done',
      'another program cannot store anything after the commit: the database is locked',
    );
  },
);

probe(
  {
    id: 'columns-of-others',
    sentence: 5,
    plays: 'olga = get(1); elsewhere she moves to Bonn; olga.balance = 70; commit()',
    needs: ['others-at-work'],
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    const olga = s.get(OLGA)!;
    for (const f of w.facts) t.fact(f);
    elsewhere(w, "UPDATE member SET city = 'Bonn' WHERE id = 1");
    t.fact(note('another program stores that Olga lives in Bonn'));
    olga.balance = 70;
    const mark = w.mark();
    const failed = attempt(() => s.commit());
    const row = stored(w, OLGA);
    t.see('city', row?.city === 'Bonn' ? 'kept' : 'taken-back');
    t.see('balance', failed ? 'refused' : row?.balance === 70 ? 'stored' : 'lost');
    for (const f of w.since(mark)) t.fact(f);
    if (failed) t.fact(failed.fact);
    t.hold(!failed, `her balance was changed here, her city elsewhere; commit fails: ${failed?.failed}`);
    t.fact(value('Olga’s row', 'Olga, Bonn, 70', said(row)));
    t.hold(row?.city === 'Bonn', `her balance was changed here; her move to Bonn, stored elsewhere, is gone`);
    t.equal(
      row?.balance,
      70,
      'her city was changed elsewhere; the balance that was changed here is not stored',
    );
  },
);

probe(
  {
    id: 'others-join',
    sentence: 5,
    plays: 'dora = add(…); elsewhere Gus joins; commit()',
    needs: ['others-at-work', 'nothing-yet'],
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    s.add({ name: 'Dora', city: 'Ulm', balance: 5 });
    for (const f of w.facts) t.fact(f);
    elsewhere(w, "INSERT INTO member(name, city, balance) VALUES ('Gus', 'Bonn', 15)");
    t.fact(note('another program adds Gus, who gets the id 5'));
    const mark = w.mark();
    const failed = attempt(() => s.commit());
    const now = everybody(w);
    const [gus, dora] = [now.includes('Gus, Bonn, 15'), now.includes('Dora, Ulm, 5')];
    t.see('commit', failed ? 'refused' : 'done');
    t.see('table', gus && dora ? 'both' : gus ? 'without-dora' : 'without-gus');
    for (const f of aboutRows(w.since(mark))) t.fact(f);
    t.hold(!failed, `Gus was added elsewhere; commit fails: ${failed?.failed}`);
    t.hold(gus, 'Gus was added elsewhere; after the commit he is gone');
    t.hold(dora, 'Dora was added and committed, and is not stored');
  },
);

const TOO_LOW = -5000;

/** Three bookings, one member more and one less; the one that is named cannot be stored. */
function booking(s: Session, wrong: 'Ben' | 'Dora'): Member {
  s.get(OLGA)!.balance = 60;
  const ben = s.get(BEN)!;
  ben.balance = wrong === 'Ben' ? TOO_LOW : 25;
  s.get(CEM)!.balance = 90;
  const dora = s.add({ name: 'Dora', city: 'Ulm', balance: wrong === 'Dora' ? TOO_LOW : 5 });
  s.remove(s.get(ADA)!);
  return wrong === 'Ben' ? ben : dora;
}

const BOOKED = ['Olga, Kiel, 60', 'Ben, Kiel, 25', 'Cem, Ulm, 90', 'Dora, Ulm, 5'];

probe(
  {
    id: 'all-or-none',
    sentence: 7,
    plays: 'olga.balance = 60; ben.balance = -5000; cem.balance = 90; add(dora); remove(ada); commit()',
    needs: ['nothing-yet', 'others-at-work'],
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const s = t.mod.openSession(w.learner);
    const before = everybody(w);
    booking(s, 'Ben');
    const mark = w.mark();
    const failed = attempt(() => s.commit());
    const now = everybody(w);
    t.see('told', failed ? 'threw' : 'silent');
    t.see('table', now.join() === before.join() ? 'untouched' : 'half');
    const open = elsewhere(w, 'BEGIN IMMEDIATE; ROLLBACK') === 'blocked';
    t.see('open', open ? 'yes' : 'no');
    for (const f of w.since(mark)) t.fact(f);
    const unlike =
      now.filter((row) => !before.includes(row)).length + before.filter((row) => !now.includes(row)).length;
    if (unlike > 0)
      t.fact(value('the table, after a commit that failed', before.join(' · '), now.join(' · ')));
    t.hold(unlike === 0, `a commit failed, and the table has changed: ${now.join(' · ')}`);
    t.hold(!open, 'a commit failed, and others are kept out of the table: its transaction is still open');
    t.hold(failed, 'a balance below -1000 could not be stored, and commit returned as if all was well');
  },
);

probe(
  {
    id: 'try-again',
    sentence: 7,
    plays: 'as before; after the commit that failed: ben.balance = 25; commit(). Then with dora’s balance',
    needs: ['all-or-none', 'same-people'],
  },
  (t: Play) => {
    for (const wrong of ['Ben', 'Dora'] as const) {
      const w = t.sql.open(SCHEMA);
      const s = t.mod.openSession(w.learner);
      const member = booking(s, wrong);
      const begun = w.mark();
      attempt(() => s.commit());
      const first = aboutRows(w.since(begun));
      member.balance = wrong === 'Ben' ? 25 : 5;
      const mark = w.mark();
      const failed = attempt(() => s.commit());
      const now = everybody(w);
      const right = now.toSorted().join() === BOOKED.toSorted().join();
      t.see('again', failed ? 'refused' : right ? 'stored' : now.length > BOOKED.length ? 'more' : 'less');
      if (right && !failed) continue;
      for (const f of first) t.fact(f);
      t.fact(note(`the commit fails; ${wrong}’s balance is put right; commit again`));
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      t.fact(value('the table, after the second commit', BOOKED.join(' · '), now.join(' · ')));
      t.hold(!failed, `put right, the commit still fails: ${failed?.failed}`);
      const missing = BOOKED.filter((row) => !now.includes(row)).join(' · ');
      t.hold(
        false,
        `put right and committed again, the table ${missing ? `lacks: ${missing}` : 'has too much'}`,
      );
    }
  },
);

probeOverTime();
