import { probe, type Call, type Ending, type StageWorld, type Task } from 'kibitzer/kit';
import type * as Starter from './starter/booking.ts';
import {
  BUDGET,
  MOST_STEPS,
  SCHEMA,
  TAKEN,
  ask,
  guestOf,
  list,
  noAnswer,
  of,
  playAll,
  saidNo,
  saidYes,
  type Desk,
  type Owners,
  type Round,
  type Wrong,
} from './rounds.ts';

/** The house has closed A2: whoever tries to sell it gets an error. */
const CLOSED = ['UPDATE OF taken_by', 'INSERT']
  .map(
    (what, i) => `
  CREATE TRIGGER closed_${i} BEFORE ${what} ON seat WHEN NEW.id = 'A2' AND NEW.taken_by IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'A2 is closed'); END;`,
  )
  .join('');

const seatsOf = (guest: string, owners: Owners): string[] =>
  Object.keys(owners).filter((seat) => owners[seat] === guest);

/** What is wrong with the seats of Ann, who had A1 and asked for others. */
function annsSeats(end: Ending, owners: Owners, yes: readonly string[]): Wrong | null {
  const seats = seatsOf('Ann', owners);
  if (seats.length === 0)
    return {
      ended: 'no-seat',
      says: `${end.cut === null ? '' : 'Ann dies on the way: '}Ann had A1 and has no seat`,
    };
  if (seats.length > 1)
    return {
      ended: 'two-seats',
      says: `${end.cut === null ? '' : 'Ann dies on the way: '}Ann had A1 and has ${seats.join(' and ')}`,
    };
  const moved = seats[0] !== 'A1';
  if (end.cut === null && moved !== yes.includes('Ann'))
    return {
      ended: 'untrue',
      says: `Ann was told ${moved ? 'no' : 'yes'}, and her seat is ${seats[0]}`,
      loser: moved ? undefined : 'Ann',
    };
  return null;
}

const MOVES: readonly Round[] = [
  {
    name: 'cut-off',
    processes: 1,
    crash: true,
    maxPreemptions: 0,
    before: TAKEN('A1', 'Ann'),
    tasks: (one, _other, { s }) => ({ Ann: ask.move(s, one, 'Ann', 'A1', 'B1') }),
    wrong: (end, owners) => noAnswer(end) ?? annsSeats(end, owners, saidYes(end)),
  },
  {
    name: 'same-seat',
    processes: 2,
    before: TAKEN('A1', 'Ann'),
    tasks: (one, other, { s }) => ({
      Ann: ask.move(s, one, 'Ann', 'A1', 'B1'),
      Bob: ask.book(s, other, 'B1', 'Bob'),
    }),
    wrong(end, owners) {
      const yes = saidYes(end);
      const { B1 } = owners;
      const failed = noAnswer(end);
      if (failed) return failed;
      const loser = yes.find((guest) => guest !== B1);
      if (yes.length === 2)
        return { ended: 'sold-twice', says: `Ann and Bob were told yes, B1 is ${of(B1)}`, loser };
      const wrong = annsSeats(end, owners, yes);
      if (wrong) return wrong;
      return yes.includes('Bob') === (B1 === 'Bob') && yes.length === 1
        ? null
        : {
            ended: 'untrue',
            says: `Bob was told ${yes.includes('Bob') ? 'yes' : 'no'}, B1 is ${of(B1)}`,
            loser,
          };
    },
  },
  {
    // B1 is taken: Ann stays where she is, and nobody gets her seat meanwhile
    name: 'stays',
    processes: 2,
    before: TAKEN('A1', 'Ann') + TAKEN('B1', 'Zoe'),
    tasks: (one, other, { s }) => ({
      Ann: ask.move(s, one, 'Ann', 'A1', 'B1'),
      Bob: ask.book(s, other, 'A1', 'Bob'),
    }),
    wrong: (end, owners) =>
      noAnswer(end) ??
      annsSeats(end, owners, saidYes(end)) ??
      (owners.B1 === 'Zoe' && saidYes(end).length === 0
        ? null
        : { ended: 'untrue', says: `B1 is ${of(owners.B1)}, and ${list(saidYes(end))} was told yes` }),
  },
  {
    name: 'two-tabs',
    processes: 2,
    before: TAKEN('A1', 'Ann'),
    tasks: (one, other, { s }) => ({
      'Ann, tab 1': ask.move(s, one, 'Ann', 'A1', 'B1'),
      'Ann, tab 2': ask.move(s, other, 'Ann', 'A1', 'A2'),
    }),
    wrong(end, owners) {
      const failed = noAnswer(end);
      if (failed) return failed;
      const yes = end.answered(true);
      const wrong = annsSeats(end, owners, yes.map(guestOf));
      if (wrong) return wrong;
      return yes.length === 1
        ? null
        : {
            ended: 'sold-twice',
            says: `both tabs were told yes, Ann's seat is ${seatsOf('Ann', owners)[0]}`,
          };
    },
  },
];

/** Whoever is told yes looks at the table right away. */
function atOnce(
  name: string,
  before: string,
  seat: string,
  call: (s: StageWorld, desk: Desk) => Call,
): Round {
  let told: unknown;
  return {
    name,
    processes: 1,
    before,
    limit: 20,
    tasks(one, _other, { s, file }) {
      const seen = s.db(file);
      const look = (answer: unknown): unknown => {
        told = answer;
        return seen.get(`SELECT taken_by FROM seat WHERE id = '${seat}'`);
      };
      return { Ann: [call(s, one), look] };
    },
    wrong(end) {
      const ann = end.tasks['Ann']!;
      if (ann.how !== 'answered') return noAnswer(end);
      if (told !== true)
        return { ended: 'refused', says: `Ann was not told yes, and nobody else wanted ${seat}` };
      const owner = (ann.value as { taken_by: string | null } | undefined)?.taken_by;
      return owner === 'Ann'
        ? null
        : { ended: 'early', says: `Ann was told yes, and ${seat} was still ${of(owner)}` };
    },
  };
}

/** A2 is closed: the database refuses every statement that would give it to somebody. */
const REFUSED: Round = {
  name: 'refused-statement',
  processes: 1,
  before: TAKEN('B1', 'Cy') + CLOSED,
  limit: 1,
  tasks: (one, _other, { s }) => ({
    Ann: ask.bookTogether(s, one, ['A1', 'A2'], 'Ann'),
    Bob: ask.book(s, one, 'A2', 'Bob'),
    Cy: ask.move(s, one, 'Cy', 'B1', 'A2'),
  }),
  wrong(end, owners) {
    const [yes] = saidYes(end);
    if (yes !== undefined)
      return {
        ended: 'yes-to-an-error',
        says: `A2 is closed; ${yes} was told yes, A2 is ${of(owners.A2)}`,
        loser: yes,
      };
    if (owners.A1 !== null)
      return {
        ended: 'half-booked',
        says: `A2 is closed; Ann wanted A1 and A2, was not told yes, and A1 is ${of(owners.A1)}`,
      };
    if (owners.B1 !== 'Cy')
      return {
        ended: 'half-moved',
        says: `A2 is closed; Cy wanted to move there from B1, and B1 is ${of(owners.B1)}`,
      };
    return null;
  },
};

/** Ann dies at each of her steps in turn; whoever comes after her wants what she wanted. */
const afterDeath = (
  name: string,
  before: string,
  wanted: readonly string[],
  tasks: (s: StageWorld, one: Desk, other: Desk) => Record<string, Task>,
): Round => ({
  name,
  processes: 2,
  before,
  crash: true,
  maxPreemptions: 0,
  tasks: (one, other, { s }) => tasks(s, one, other),
  wrong(end, owners) {
    const failed = noAnswer(end);
    if (failed) return failed;
    const free = wanted.every((seat) => owners[seat] === null);
    const [no] = saidNo(end);
    if (end.cut === null || no === undefined || !free) return null;
    return {
      ended: 'refused',
      says: `${end.cut} dies on the way, ${no} is told no, and ${wanted.join(' and ')} ${wanted.length > 1 ? 'are' : 'is'} free`,
    };
  },
});

/** Declares the probes of moving, of what guests are told, and of who dies on the way. */
export function probeAfterBooking(): void {
  probe<typeof Starter>(
    {
      id: 'move-keeps-one',
      sentence: 5,
      plays: "move('Ann', 'A1', 'B1') while book('B1', 'Bob')",
      budgetMs: BUDGET,
    },
    (t) => playAll(t, MOVES),
  );

  probe<typeof Starter>(
    {
      id: 'told-the-truth',
      sentence: 6,
      plays: "if (await book('A1', 'Ann')), a look at the table; book('A2', 'Bob') while A2 is closed",
      budgetMs: BUDGET,
    },
    (t) =>
      playAll(t, [
        atOnce('book', '', 'A1', (s, desk) => ask.book(s, desk, 'A1', 'Ann')),
        atOnce('move', TAKEN('A1', 'Ann'), 'B1', (s, desk) => ask.move(s, desk, 'Ann', 'A1', 'B1')),
        atOnce('together', '', 'A2', (s, desk) => ask.bookTogether(s, desk, ['A1', 'A2'], 'Ann')),
        REFUSED,
      ]),
  );

  probe<typeof Starter>(
    {
      id: 'no-lock-forever',
      sentence: 7,
      plays: "book('A1', 'Ann'), whose process dies on the way; book('A1', 'Bob')",
      budgetMs: BUDGET,
    },
    (t) =>
      playAll(t, [
        afterDeath('book', '', ['A1'], (s, one, other) => ({
          Ann: ask.book(s, one, 'A1', 'Ann'),
          Bob: ask.book(s, other, 'A1', 'Bob'),
        })),
        afterDeath('together', '', ['A1', 'A2'], (s, one, other) => ({
          Ann: ask.bookTogether(s, one, ['A1', 'A2'], 'Ann'),
          Bob: ask.bookTogether(s, other, ['A2', 'A1'], 'Bob'),
        })),
        afterDeath('move', TAKEN('A1', 'Ann') + TAKEN('A2', 'Bob'), ['B1'], (s, one, other) => ({
          Ann: ask.move(s, one, 'Ann', 'A1', 'B1'),
          Bob: ask.move(s, other, 'Bob', 'A2', 'B1'),
        })),
      ]),
  );

  probe<typeof Starter>(
    {
      id: 'progress',
      role: 'merit',
      sentence: 3,
      plays: "book('A1', 'Ann'), half done; book('B1', 'Bob')",
      budgetMs: BUDGET,
    },
    async (t) => {
      let played = 0;
      const result = await t.stage.explore({
        maxPreemptions: 1,
        limit: 5,
        world(s) {
          const file = s.file(SCHEMA);
          const one = s.make(t.mod, 'openBooking', file);
          return {
            tasks: { Ann: ask.book(s, one, 'A1', 'Ann'), Bob: ask.book(s, one, 'B1', 'Bob') },
            // two orders, made in two ways: after these the first one in which Ann is interrupted
            check: () => (++played > 4 ? 'interrupted' : null),
          };
        },
      });
      const waits = result.steps.some((s) => s.label.endsWith('(waits)') || s.task === 'clock');
      for (const step of result.steps.slice(0, MOST_STEPS)) t.fact(step);
      t.see('in-the-way', waits);
      t.hold(!waits, 'Bob, who wants another seat, waits until Ann is done');
    },
  );
}
