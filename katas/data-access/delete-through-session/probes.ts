import { probe, type SqlFact } from 'kibitzer/kit';
import {
  ABOUT_TRANSACTIONS,
  ADA,
  BEN,
  DEE,
  EMPTY,
  failure,
  House,
  LISBON,
  many,
  note,
  OF_ADA,
  OF_LISBON,
  OF_PORTO,
  OSLO,
  PORTO,
  SAYS,
  SCHEMA,
  tell,
  type Play,
  type Target,
} from './house.ts';
import { CALLS, MOST_FAULTS, refuse } from './refusals.ts';

const CALLED_OFF = 'the album is needed after all';

probe(
  { id: 'works', role: 'gate', sentence: 1, plays: 'find(lisbon), removeAlbum(porto), removeUser(dee)' },
  (t: Play) => {
    const house = new House(t);
    const found = house.gallery.find(LISBON);
    t.equal(
      found && { id: found.id, title: found.title, photos: found.photos },
      { id: LISBON, title: 'Lisbon', photos: 3 },
      'find does not give the album Lisbon with its 3 photos',
    );
    t.equal(house.gallery.find(99) ?? null, null, 'find gives an album that does not exist');
    house.gallery.removeAlbum(PORTO);
    tell(t, house.story(0));
    const left = house.left(OF_PORTO);
    t.hold(left === 'gone', `Porto, with 2 photos, is to be removed: ${SAYS[left]}`);
    t.hold(house.others(OF_PORTO), 'with Porto something else has been removed');
    const dee: Target = { users: [DEE], albums: [EMPTY], photos: [] };
    house.gallery.removeUser(DEE);
    t.hold(
      house.left(dee) === 'gone',
      'Dee, with an album without photos, is to be removed, and is still there',
    );
    const both: Target = { users: [DEE], albums: [PORTO, EMPTY], photos: OF_PORTO.photos };
    t.hold(house.others(both), 'something has been removed that nobody asked for');
  },
);

probe({ id: 'file-in-use', sentence: 3, plays: 'removeAlbum(lisbon); lisbon-2.jpg is in use' }, (t: Play) => {
  const house = new House(t);
  house.inUse.add('lisbon-2.jpg');
  failure(() => house.gallery.removeAlbum(LISBON));
  const left = house.left(OF_LISBON);
  t.see('left', left);
  if (left === 'whole' || left === 'gone') return;
  tell(t, house.story(0));
  const says = left === 'half' ? `still there: ${house.remains(OF_LISBON)}` : SAYS[left];
  t.hold(false, `a file of Lisbon is in use; ${says}`);
});

probe(
  {
    id: 'work-breaks-off',
    sentence: 4,
    plays: 'together(g => { g.removeAlbum(lisbon); throw … }); together(g => { … both … })',
  },
  (t: Play) => {
    const house = new House(t);
    const threw = failure(() =>
      house.gallery.together((g) => {
        g.removeAlbum(LISBON);
        throw new Error(CALLED_OFF);
      }),
    );
    const left = house.left(OF_LISBON);
    const first = house.w.facts.find((f) => f.changes > 0 && !/\bleftover\b/i.test(f.sql));
    t.see('left', left);
    t.see('in-transaction', first?.inTransaction ? 'yes' : 'no');
    seeError(t, threw);
    if (left !== 'whole' || !passedOn(threw)) tell(t, house.story(0));
    if (left !== 'whole') {
      tell(t, [note('the work throws')]);
      const says =
        left === 'broken' || left === 'listed' ? SAYS[left] : `still there: ${house.remains(OF_LISBON)}`;
      t.hold(false, `the work was called off after removeAlbum(lisbon); ${says}`);
    }
    const own = threw !== CALLED_OFF && threw !== null ? `: ${threw}` : '';
    t.hold(passedOn(threw), `work throws, and its error does not reach the caller${own}`);

    const both: Target = { albums: [LISBON, PORTO], photos: [...OF_LISBON.photos, ...OF_PORTO.photos] };
    const other = new House(t);
    const refused = failure(() =>
      other.gallery.together((g) => {
        g.removeAlbum(LISBON);
        g.removeAlbum(PORTO);
      }),
    );
    if (refused !== null) {
      seeError(t, refused);
      tell(t, other.story(0));
    }
    t.hold(refused === null, `two albums in one decision: ${refused}`);
    t.hold(other.left(both) === 'gone', `two albums in one decision: ${SAYS[other.left(both)]}`);
  },
);

/** The caller is told: by the error of the work, or by another that was made of it. */
const passedOn = (threw: string | null): boolean => threw !== null && !ABOUT_TRANSACTIONS.test(threw);

function seeError(t: Play, threw: string | null): void {
  t.see('error', threw === null ? 'swallowed' : passedOn(threw) ? 'told' : 'begun-twice');
}

probe(
  {
    id: 'together-in-together',
    sentence: 4,
    plays: 'together(g => { g.together(h => h.removeAlbum(lisbon)); throw … })',
    needs: ['work-breaks-off'],
  },
  (t: Play) => {
    const house = new House(t);
    const threw = failure(() =>
      house.gallery.together((g) => {
        g.together((h) => h.removeAlbum(LISBON));
        g.removeAlbum(PORTO);
        throw new Error(CALLED_OFF);
      }),
    );
    const left = house.left(OF_LISBON);
    t.see('left', left);
    seeError(t, threw);
    if (left === 'whole' && passedOn(threw)) return;
    tell(t, house.story(0));
    const says = left === 'whole' ? `the error is: ${threw}` : SAYS[left];
    t.hold(false, `a decision within a decision is called off; ${says}`);
  },
);

probe(
  {
    id: 'called-off-stays-off',
    sentence: 4,
    plays: 'together(g => { g.removeAlbum(lisbon); throw … }); find(lisbon); removeAlbum(porto)',
    needs: ['work-breaks-off'],
  },
  (t: Play) => {
    const house = new House(t);
    failure(() =>
      house.gallery.together((g) => {
        g.removeAlbum(LISBON);
        throw new Error(CALLED_OFF);
      }),
    );
    const mark = house.w.mark();
    const found = house.gallery.find(LISBON);
    house.gallery.removeAlbum(PORTO);
    const left = house.left(OF_LISBON);
    t.see(
      'later',
      left === 'broken' ? 'files' : left !== 'whole' ? 'carried-out' : found ? 'forgotten' : 'hidden',
    );
    if (left !== 'whole' || !found) {
      tell(t, [note('the removal of Lisbon is called off; then Porto is removed'), ...house.story(mark)]);
    }
    const what = left === 'broken' ? 'the files of Lisbon too' : 'Lisbon too';
    t.hold(left === 'whole', `the removal of Lisbon was called off; removeAlbum(porto) removes ${what}`);
    t.equal(found?.photos, 3, 'the removal of Lisbon was called off; find still does not give it');
    t.hold(
      house.left(OF_PORTO) === 'gone',
      `Porto is to be removed after that: ${SAYS[house.left(OF_PORTO)]}`,
    );
  },
);

probe({ id: 'everything-of-a-user', sentence: 2, plays: 'removeUser(ada), with three albums' }, (t: Play) => {
  const house = new House(t);
  house.gallery.removeUser(ADA);
  const left = house.left(OF_ADA);
  const now = house.remains(OF_ADA);
  t.see('orphans', left === 'gone' ? 'none' : left === 'half' ? 'rows' : left === 'lost' ? 'files' : 'other');
  if (left !== 'gone') tell(t, house.story(0));
  t.hold(left === 'gone', `after removeUser(ada) there are still ${now} of hers`);
  t.hold(house.others(OF_ADA), 'with Ada something of somebody else has been removed');
});

probe(
  {
    id: 'database-refuses',
    sentence: 5,
    plays: 'removeUser(ada); together(g => { … two albums … }); each statement refused in turn',
    needs: ['everything-of-a-user'],
  },
  (t: Play) => {
    for (const call of CALLS) {
      let n = 1;
      while (n <= MOST_FAULTS && refuse(t, call, n)) n++;
    }
  },
);

probe(
  {
    id: 'foreign-keys-on',
    sentence: 6,
    plays: 'removeAlbum, together and removeUser with foreign keys enforced',
    needs: ['everything-of-a-user'],
  },
  (t: Play) => {
    const house = new House(t, { foreignKeys: true });
    const { gallery, w } = house;
    const calls: Record<string, () => void> = {
      'removeAlbum(porto)': () => gallery.removeAlbum(PORTO),
      'together(g => { g.removeUser(ben); g.removeAlbum(lisbon) })': () =>
        gallery.together((g) => {
          g.removeUser(BEN);
          g.removeAlbum(LISBON);
        }),
      'removeUser(ada)': () => gallery.removeUser(ADA),
    };
    for (const [name, call] of Object.entries(calls)) {
      const mark = w.mark();
      const threw = failure(call);
      if (threw !== null) t.see('order', /foreign key/i.test(threw) ? 'refused' : 'other');
      if (threw !== null) tell(t, house.story(mark));
      t.hold(threw === null, `${name}: ${threw}`);
    }
    const all: Target = {
      users: [ADA, BEN],
      albums: [...OF_ADA.albums, OSLO],
      photos: [...OF_ADA.photos, 106],
    };
    const left = house.left(all);
    const calling = w.mark();
    const enforced = failure(() => w.learner.exec('INSERT INTO album VALUES (98, 98, NULL)')) !== null;
    t.see('order', enforced ? (left === 'gone' ? 'right' : 'other') : 'switched-off');
    if (!enforced || left !== 'gone')
      tell(
        t,
        house.story(0).filter((f) => f.kind !== 'sql' || f.seq <= calling),
      );
    t.hold(enforced, 'foreign keys were enforced; after the removals they are not');
    t.hold(left === 'gone', `with foreign keys enforced: ${SAYS[left]}`);
  },
);

probe(
  {
    id: 'gone-is-gone',
    sentence: 7,
    plays: 'find(lisbon) after removeAlbum(lisbon), within together and after',
  },
  (t: Play) => {
    const house = new House(t);
    const { gallery, w } = house;
    const seen: { after: string; what: unknown; mark: number }[] = [];
    const look = (after: string, what: unknown, mark: number): void => void seen.push({ after, what, mark });
    gallery.together((g) => {
      const before = g.find(LISBON);
      t.equal(before?.photos, 3, 'within together, find does not give Lisbon with its 3 photos');
      g.removeAlbum(LISBON);
      const mark = w.mark();
      look('removeAlbum(lisbon), within together', g.find(LISBON), mark);
      g.find(OSLO);
      g.removeUser(BEN);
      const later = w.mark();
      look('removeUser(ben), within together', g.find(OSLO), later);
      t.equal(g.find(PORTO)?.photos, 2, 'within together, find no longer gives Porto with its 2 photos');
    });
    const mark = w.mark();
    look('together', gallery.find(LISBON), mark);
    const still = seen.find((s) => s.what);
    t.see('find', !still ? 'null' : still.after === 'together' ? 'shown-after' : 'shown');
    if (!still) return;
    tell(t, [...house.story(still.mark).slice(0, 3), note(`find after ${still.after}: the album is there`)]);
    t.hold(false, `find gives an album after ${still.after}`);
  },
);

probe(
  {
    id: 'said-twice',
    sentence: 8,
    plays: 'together(g => { g.removeAlbum(lisbon) twice; g.removeUser(ada) }); removeAlbum(lisbon)',
    needs: ['everything-of-a-user', 'file-in-use'],
  },
  (t: Play) => {
    const house = new House(t);
    const threw = failure(() => {
      house.gallery.together((g) => {
        g.removeAlbum(LISBON);
        g.removeAlbum(LISBON);
        g.removeUser(ADA);
      });
      house.gallery.removeAlbum(LISBON);
      house.gallery.removeUser(99);
    });
    const left = house.left(OF_ADA);
    t.see(
      'twice',
      house.missing > 0 ? 'file' : threw !== null ? 'threw' : left === 'both' ? 'listed' : 'once',
    );
    if (house.missing > 0 || threw !== null || left !== 'gone') tell(t, house.story(0));
    if (house.missing > 0)
      t.hold(false, `asked for twice: ${many(house.missing, 'file')} removed a second time`);
    t.hold(threw === null, `asked for twice: ${threw}`);
    t.hold(left === 'gone', `asked for twice: ${SAYS[left]}`);
  },
);

const ALBUMS = 60;
const PHOTOS = 2;
const MOST_STATEMENTS = 20;
const SIXTY = `${SCHEMA} BEGIN;
  INSERT INTO user VALUES (1, 'Ada');
  CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${ALBUMS}) SELECT i FROM c;
  INSERT INTO album SELECT i, 1, 'Album ' || i FROM n;
  INSERT INTO photo SELECT NULL, a.i, a.i || '-' || p.i || '.jpg' FROM n a, n p WHERE p.i <= ${PHOTOS};
  COMMIT;`;

probe({ id: 'sixty-albums', sentence: 9, plays: `removeUser(ada), with ${ALBUMS} albums` }, (t: Play) => {
  const house = new House(t, { schema: SIXTY, traced: false });
  house.gallery.removeUser(ADA);
  const facts = house.w.facts.filter((f) => !/\bleftover\b/i.test(f.sql));
  const most = facts.length > MOST_STATEMENTS;
  t.see('statements', most ? 'many' : 'few');
  if (most) {
    const groups = [...Map.groupBy(facts, (f) => f.sql).values()].toSorted((a, b) => b.length - a.length);
    const [one, two] = groups[0]! as [SqlFact, SqlFact | undefined];
    // where it parts from the last statement that was sent once is where the repetition begins
    const once = groups.flatMap((g) => (g.length === 1 && g[0]!.seq < one.seq ? g : []));
    const before = once.toSorted((a, b) => a.seq - b.seq).at(-1) ?? two;
    t.fact(before ? house.w.sideBySide(before, one)[1] : one);
    t.fact({
      kind: 'count',
      what: `statements for a user with ${ALBUMS} albums of ${PHOTOS} photos each`,
      seen: facts.length,
      allowed: MOST_STATEMENTS,
    });
  }
  t.hold(!most, `${facts.length} statements for a user with ${ALBUMS} albums`);
});
