import type { SqlFact } from 'kibitzer/kit';
import {
  ADA,
  failure,
  House,
  LISBON,
  note,
  OF_ADA,
  OF_LISBON,
  OF_PORTO,
  PORTO,
  SAYS,
  tell,
  type Play,
  type Target,
} from './house.ts';

/** More statements than the removal of a user with five photos needs. */
export const MOST_FAULTS = 14;

/** What may be refused after rows are gone for good. */
const AFTERWARDS = /\bleftover\b|^(?:begin|commit|end|savepoint|release)\b/i;

interface Call {
  name: string;
  target: Target;
  play(g: House['gallery']): void;
}

const OF_BOTH: Target = {
  albums: [LISBON, PORTO],
  photos: [...OF_LISBON.photos, ...OF_PORTO.photos],
};
export const CALLS: readonly Call[] = [
  { name: 'removeUser(ada)', target: OF_ADA, play: (g) => g.removeUser(ADA) },
  {
    name: 'together, with two albums,',
    target: OF_BOTH,
    play: (g) =>
      g.together((h) => {
        h.removeAlbum(LISBON);
        h.removeAlbum(PORTO);
      }),
  },
];

/** Plays one call in which the `n`-th statement is refused. @returns whether it got there */
export function refuse(t: Play, call: Call, n: number): boolean {
  const house = new House(t);
  const { w, gallery } = house;
  w.failAt((f) => f.seq === n, new Error('disk I/O error'));
  const threw = failure(() => call.play(gallery));
  const refused = w.facts.find((f) => f.seq === n);
  if (!refused) return false;
  const left = house.left(call.target);
  // the rows are gone for good: what follows is only about the list
  const listing = AFTERWARDS.test(refused.sql) && (left === 'lost' || left === 'both');
  if (left === 'gone' || listing) return true;
  const done = (): void => {
    t.see('left', left);
    t.see('in-transaction', w.facts.find((f) => f.changes > 0)?.inTransaction ? 'yes' : 'no');
    tell(t, house.story(0));
  };
  const sql = short(refused);
  if (left !== 'whole') {
    done();
    const says = left === 'half' ? `still there: ${house.remains(call.target)}` : SAYS[left];
    t.hold(false, `the database refuses “${sql}”; ${says}`);
  }
  if (threw === null) {
    t.see('error', 'swallowed');
    done();
    t.hold(false, `the database refuses “${sql}”, nothing is removed, and the call says nothing`);
  }
  const mark = w.mark();
  const open = w.learner.isTransaction;
  const again = failure(() => call.play(gallery));
  if (again !== null || house.left(call.target) !== 'gone') {
    t.see('again', open ? 'left-open' : again === null ? 'nothing' : 'stuck');
    tell(
      t,
      house.story(0).filter((f) => f.kind !== 'sql' || f.seq <= mark),
    );
    tell(t, [note(`${call.name} is called again`), ...house.story(mark)]);
    t.hold(
      false,
      `after a refused “${sql}” the next call ${again === null ? 'removes nothing' : `says: ${again}`}`,
    );
  }
  return true;
}

const short = (f: SqlFact): string => (f.sql.length > 24 ? `${f.sql.slice(0, 22)} …` : f.sql);
