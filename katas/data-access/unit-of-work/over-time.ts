import { probe } from 'kibitzer/kit';
import {
  aboutRows,
  ADA,
  attempt,
  BEN,
  elsewhere,
  everybody,
  many,
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
  type Play,
} from './world.ts';

/** Declares the probes of what holds after a commit or a rollback, and of members that come and go. */
export function probeOverTime(): void {
  probe(
    {
      id: 'as-it-was',
      sentence: 8,
      plays: 'olga.balance = 70; remove(ben); add(dora); rollback(); commit()',
      needs: ['nothing-yet'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA + WATCHED);
      const before = everybody(w);
      const s = t.mod.openSession(w.learner);
      const olga = s.get(OLGA)!;
      const ben = s.get(BEN)!;
      olga.balance = 70;
      olga.city = 'Ulm';
      s.remove(ben);
      s.add({ name: 'Dora', city: 'Ulm', balance: 5 });
      s.rollback();
      const restored = said(olga) === 'Olga, Kiel, 50';
      t.see('object', restored ? 'restored' : 'changed');
      t.fact(value('the object of Olga, after rollback', 'Olga, Kiel, 50', said(olga)));
      const back = s.get(BEN) !== null;
      t.see('removed', back ? 'back' : 'gone');
      const mark = w.mark();
      s.commit();
      const rows = written(w).length;
      const alike = everybody(w).join() === before.join();
      t.see('next', rows === 0 ? 'nothing' : alike ? 'same-values' : 'writes');
      for (const f of writes(unwatched(w.since(mark)))) t.fact(f);
      if (rows > 0) t.fact(note(`the next commit writes ${many(rows, 'row')}`));
      t.hold(restored, `the work was rolled back; the object still says ${said(olga)}`);
      t.hold(back, 'the work was rolled back; get still says that there is no Ben');
      t.hold(rows === 0, `the work was rolled back; the next commit writes ${many(rows, 'row')}`);
    },
  );

  probe(
    {
      id: 'same-people-again',
      sentence: 9,
      plays: "olga = get(1); olga.city = 'Ulm'; findByCity('Kiel'); get(1); commit()",
      needs: ['same-people', 'nothing-yet'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA);
      const s = t.mod.openSession(w.learner);
      const olga = s.get(OLGA)!;
      olga.city = 'Ulm';
      const mark = w.mark();
      s.findByCity('Kiel');
      s.get(OLGA);
      const kept = olga.city === 'Ulm';
      for (const f of w.since(mark)) t.fact(f);
      t.see('object', kept ? 'kept' : 'overwritten');
      if (!kept) t.fact(value('olga.city, after asking again', 'Ulm', olga.city));
      t.hold(kept, 'Olga’s city was assigned; after findByCity and get it is the old one again');
      s.commit();
      const row = stored(w, OLGA);
      t.see('stored', row?.city === 'Ulm' ? 'yes' : 'no');
      t.fact(value('Olga’s city in the table, after the commit', 'Ulm', String(row?.city)));
      t.hold(
        row?.city === 'Ulm',
        'Olga’s city was assigned; as she was asked for again, commit does not store it',
      );
    },
  );

  probe(
    {
      id: 'work-goes-on',
      sentence: 10,
      plays: 'olga.balance = 70; commit(); olga.balance = 80; commit(); olga.balance = 50; commit()',
      needs: ['columns-of-others', 'same-people'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA);
      const s = t.mod.openSession(w.learner);
      const olga = s.get(OLGA)!;
      olga.balance = 70;
      olga.city = 'Ulm';
      s.commit();
      for (const f of w.facts) t.fact(f);
      elsewhere(w, "UPDATE member SET city = 'Bonn' WHERE id = 1");
      t.fact(note('committed; elsewhere Bonn is stored; balance = 80'));
      let mark = w.mark();
      olga.balance = 80;
      s.commit();
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      const second = stored(w, OLGA);
      t.see('second', second?.balance === 80 ? 'stored' : 'lost');
      t.see('city', second?.city === 'Bonn' ? 'kept' : 'taken-back');
      t.fact(value('Olga’s row', 'Olga, Bonn, 80', said(second)));
      mark = w.mark();
      olga.balance = 50;
      s.commit();
      const third = stored(w, OLGA);
      t.see('third', third?.balance === 50 ? 'stored' : 'lost');
      t.fact(note('the balance is set to 50, as it was loaded at first'));
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      t.fact(value('Olga’s balance, after the third commit', '50', String(third?.balance)));
      t.hold(
        second?.balance === 80,
        'after a first commit, what is changed on the same object is not stored',
      );
      t.hold(
        second?.city === 'Bonn',
        'the second commit writes again what the first had stored, over what another program stored since',
      );
      t.hold(
        third?.balance === 50,
        `a balance is set back to 50; the commit leaves ${third?.balance} in the table`,
      );
    },
  );

  probe(
    {
      id: 'dora-stays-dora',
      sentence: 11,
      plays: 'dora = add(…); emil = add(…); commit(); get(dora.id) === dora; dora.balance = 9; commit()',
      needs: ['same-people', 'nothing-yet'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA);
      const s = t.mod.openSession(w.learner);
      const dora = s.add({ name: 'Dora', city: 'Ulm', balance: 5 });
      const emil = s.add({ name: 'Emil', city: 'Ulm', balance: 6 });
      s.commit();
      const known = stored(w, dora.id)?.name === 'Dora' && stored(w, emil.id)?.name === 'Emil';
      t.see('id', known ? 'known' : 'unknown');
      for (const f of aboutRows(w.facts)) t.fact(f);
      const id = Number(w.table('member').find((row) => row.name === 'Dora')?.id);
      const mark = w.mark();
      const same = s.get(id) === dora;
      t.see('object', same ? 'same' : 'another');
      dora.balance = 9;
      s.commit();
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      const row = stored(w, id);
      t.see('later', row?.balance === 9 ? 'stored' : 'lost');
      if (!known) t.fact(value('dora.id', String(id), String(dora.id)));
      t.fact(value('Dora, after a later change', 'Dora, Ulm, 9', said(row)));
      t.hold(
        known,
        'after the commit, the objects of those who were added do not have the ids of their rows',
      );
      t.hold(row?.balance === 9, 'what is changed on an added member after the commit is not stored');
      t.hold(same, 'after the commit, get gives another object for a member who was added');
    },
  );

  probe(
    {
      id: 'gone-is-gone',
      sentence: 12,
      plays: 'remove(ada); get(4); remove(add(fay)); ben.balance = 31; remove(ben), twice; commit()',
      needs: ['same-people', 'nothing-yet'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA);
      const s = t.mod.openSession(w.learner);
      s.remove(s.get(ADA)!);
      for (const f of w.facts) t.fact(f);
      let mark = w.mark();
      const given = s.get(ADA) !== null;
      t.see('asked', given ? 'given' : 'null');
      t.fact(note(`Ada is removed; ${given ? 'get(4) still gives her' : 'get(4) gives nobody'}`));
      for (const f of w.since(mark)) t.fact(f);
      mark = w.mark();
      s.remove(s.add({ name: 'Fay', city: 'Ulm', balance: 1 }));
      const ben = s.get(BEN)!;
      ben.balance = 31;
      s.remove(ben);
      s.remove(ben);
      const failed = attempt(() => s.commit());
      const now = everybody(w);
      t.see('commit', failed ? 'refused' : 'done');
      t.see('table', now.some((row) => row.startsWith('Fay')) ? 'fay' : now.length === 2 ? 'right' : 'other');
      for (const f of aboutRows(w.since(mark))) t.fact(f);
      t.hold(!failed, `members were removed; commit fails: ${failed?.failed}`);
      t.equal(now, ['Olga, Kiel, 50', 'Cem, Ulm, 80'], `after the commit the table has: ${now.join(' · ')}`);
      t.hold(!given, 'Ada was removed, and get still gives her');
    },
  );

  probe(
    {
      id: 'next-session',
      sentence: 13,
      plays: 'openSession(db).get(1); elsewhere a payment; openSession(db).get(1)',
      needs: ['nothing-yet', 'others-at-work'],
    },
    (t: Play) => {
      const w = t.sql.open(SCHEMA);
      const olga = t.mod.openSession(w.learner).get(OLGA)!;
      for (const f of w.facts) t.fact(f);
      elsewhere(w, 'UPDATE member SET balance = 75 WHERE id = 1');
      t.fact(note('another program stores a balance of 75; a new session is opened'));
      const mark = w.mark();
      const next = t.mod.openSession(w.learner).get(OLGA);
      const fresh = next?.balance === 75;
      t.see('second', fresh ? 'stored' : 'old');
      for (const f of w.since(mark)) t.fact(f);
      t.fact(value('Olga’s balance in a new session', '75', String(next?.balance)));
      t.hold(fresh, `75 are stored; a new session says ${next?.balance}`);
      olga.balance = 99;
      const third = t.mod.openSession(w.learner).get(OLGA);
      t.see('uncommitted', third?.balance === 75 ? 'hidden' : 'shown');
      t.hold(third?.balance === 75, 'a new session shows what another has not committed');
    },
  );
}
