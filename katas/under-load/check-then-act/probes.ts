import { probe, type Explored } from 'kibitzer/kit';
import type * as Starter from './starter/booking.ts';
import { probeAfterBooking } from './after-booking.ts';
import {
  BUDGET,
  SCHEMA,
  TAKEN,
  ask,
  list,
  messageOf,
  noAnswer,
  of,
  ownersIn,
  playAll,
  saidNo,
  saidYes,
  type Desk,
  type Owners,
  type Round,
} from './rounds.ts';

/** `never comes to an end: it waits at BEGIN IMMEDIATE` */
function neverEnds({ violation }: Explored): string {
  const at = / waits for ever (at .*)$/.exec(violation ?? '')?.[1];
  return `never comes to an end${at === undefined ? '' : `: it waits ${at}`}`;
}

probe<typeof Starter>(
  {
    id: 'works',
    role: 'gate',
    sentence: 1,
    plays: "book('A1', 'Ann'), book('A1', 'Bob'), move('Ann', 'A1', 'B1'), …",
    budgetMs: BUDGET,
  },
  async (t) => {
    const calls: [says: string, right: boolean, call: (desk: Desk) => Promise<boolean>][] = [
      ["book('A1', 'Ann')", true, (d) => d.book('A1', 'Ann')],
      ["book('A1', 'Bob'), who comes after Ann,", false, (d) => d.book('A1', 'Bob')],
      ["book('Z9', 'Bob'), a seat that does not exist,", false, (d) => d.book('Z9', 'Bob')],
      ["move('Ann', 'A1', 'B1')", true, (d) => d.move('Ann', 'A1', 'B1')],
      ["bookTogether(['A1', 'A2'], 'Bob')", true, (d) => d.bookTogether(['A1', 'A2'], 'Bob')],
      ["move('Bob', 'A2', 'B2'), who keeps A1,", true, (d) => d.move('Bob', 'A2', 'B2')],
      ["move('Ann', 'B1', 'A1'), which is Bob's,", false, (d) => d.move('Ann', 'B1', 'A1')],
      ["move('Bob', 'B1', 'A2'), from a seat of Ann's,", false, (d) => d.move('Bob', 'B1', 'A2')],
      ["bookTogether(['A1', 'B1'], 'Cy'), both taken,", false, (d) => d.bookTogether(['A1', 'B1'], 'Cy')],
    ];
    const answers: unknown[] = [];
    let owners: Owners = {};
    let failure: string | null = null;
    const result = await t.stage.explore({
      limit: 1,
      world(s) {
        const file = s.file(SCHEMA);
        const desk = t.mod.openBooking(s.db(file));
        return {
          tasks: {
            Ann: calls.map(([, , call], i) => (before?: unknown) => {
              if (i > 0) answers.push(before);
              return call(desk);
            }),
          },
          check(end) {
            const last = end.tasks['Ann']!;
            if (last.how === 'answered') answers.push(last.value);
            if (last.how === 'failed') failure = messageOf(last.error);
            owners = ownersIn(file);
            return 'played';
          },
        };
      },
    });
    for (const step of result.steps.slice(-6)) t.fact(step);
    for (const [i, [says, right]] of calls.entries()) {
      if (i < answers.length) t.hold(answers[i] === right, `${says} answers ${String(answers[i])}`);
      else t.hold(false, `${says} ${failure === null ? neverEnds(result) : `fails: ${failure}`}`);
    }
    t.equal(owners, { A1: 'Bob', A2: null, B1: 'Ann', B2: 'Bob' }, 'the seats are not whose they should be');
  },
);

/** Several who want the one seat. */
const oneSeat = (name: string, processes: 1 | 2, guests: readonly string[]): Round => ({
  name,
  processes,
  tasks: (one, other, { s }) =>
    Object.fromEntries(
      guests.map((guest, i) => [
        processes === 1 ? guest : `${guest}, box ${(i % 2) + 1}`,
        ask.book(s, i % 2 ? other : one, 'A1', guest),
      ]),
    ),
  wrong(end, { A1 }) {
    const yes = saidYes(end);
    const failed = noAnswer(end);
    if (failed) return failed;
    const loser = yes.find((guest) => guest !== A1);
    if (yes.length > 1)
      return { ended: 'sold-twice', says: `${list(yes)} were told yes, A1 is ${of(A1)}`, loser };
    if (yes.length === 0)
      return { ended: 'nobody', says: `nobody was told yes for A1, which was free; it is ${of(A1)}` };
    return A1 === yes[0] ? null : { ended: 'untrue', says: `${yes[0]} was told yes, A1 is ${of(A1)}`, loser };
  },
});

probe<typeof Starter>(
  {
    id: 'one-seat-one-guest',
    sentence: 2,
    plays: "book('A1', 'Ann') while book('A1', 'Bob')",
    budgetMs: BUDGET,
  },
  (t) =>
    playAll(t, [
      oneSeat('one-process', 1, ['Ann', 'Bob']),
      oneSeat('two-processes', 2, ['Ann', 'Bob']),
      { ...oneSeat('three-callers', 2, ['Ann', 'Bob', 'Cy']), maxPreemptions: 1, limit: 24 },
    ]),
);

const twoSeats = (name: string, processes: 1 | 2): Round => ({
  name,
  processes,
  tasks: (one, other, { s }) => ({
    Ann: ask.book(s, one, 'A1', 'Ann'),
    Bob: ask.book(s, other, 'B1', 'Bob'),
  }),
  wrong(end, { A1, B1 }) {
    const failed = noAnswer(end);
    if (failed) return failed;
    const [no] = saidNo(end);
    const seat = no === 'Ann' ? 'A1' : 'B1';
    const owner = no === 'Ann' ? A1 : B1;
    if (no !== undefined)
      return { ended: 'refused', says: `${no} wanted ${seat} and was told no; it is ${of(owner)}` };
    if (A1 === 'Ann' && B1 === 'Bob') return null;
    return { ended: 'untrue', says: `Ann and Bob were told yes; A1 is ${of(A1)}, B1 is ${of(B1)}` };
  },
});

probe<typeof Starter>(
  {
    id: 'two-different-seats',
    sentence: 3,
    plays: "book('A1', 'Ann') while book('B1', 'Bob')",
    budgetMs: BUDGET,
  },
  (t) => playAll(t, [twoSeats('one-process', 1), twoSeats('two-processes', 2)]),
);

/** Zoe has A2: what Ann wants cannot be had, and is no reason to send Bob away. */
const BESIDE: Round = {
  name: 'beside-one',
  processes: 2,
  before: TAKEN('A2', 'Zoe'),
  tasks: (one, other, { s }) => ({
    Ann: ask.bookTogether(s, one, ['A1', 'A2'], 'Ann'),
    Bob: ask.book(s, other, 'A1', 'Bob'),
  }),
  wrong(end, { A1, A2 }) {
    const failed = noAnswer(end);
    if (failed) return failed;
    const yes = saidYes(end);
    if (yes.includes('Ann') || A2 !== 'Zoe')
      return {
        ended: 'taken-away',
        says: `Ann was told ${yes.includes('Ann') ? 'yes' : 'no'}, A2 was Zoe's and is ${of(A2)}`,
        loser: yes.includes('Ann') && A2 === 'Zoe' ? 'Ann' : undefined,
      };
    if (A1 === 'Ann') return { ended: 'half', says: 'Ann was told no for A1 and A2, and A1 is hers' };
    if (A1 === null && yes.length === 0)
      return { ended: 'turned-away', says: 'Ann and Bob were both told no, and A1 is free' };
    const loser = yes[0];
    if (A1 === 'Bob' && loser === 'Bob') return null;
    return { ended: 'untrue', says: `Bob was told ${loser ? 'yes' : 'no'}, A1 is ${of(A1)}`, loser };
  },
};

/** Two who want the same two seats, named in another order. */
const crossing = (name: string, processes: 1 | 2): Round => ({
  name,
  processes,
  tasks: (one, other, { s }) => ({
    Ann: ask.bookTogether(s, one, ['A1', 'A2'], 'Ann'),
    Bob: ask.bookTogether(s, other, ['A2', 'A1'], 'Bob'),
  }),
  wrong(end, { A1, A2 }) {
    const failed = noAnswer(end);
    if (failed) return failed;
    const yes = saidYes(end);
    const are = A1 === A2 ? `both seats are ${of(A1)}` : `A1 is ${of(A1)}, A2 is ${of(A2)}`;
    const loser = yes.find((guest) => A1 !== guest || A2 !== guest);
    if (yes.length === 2) return { ended: 'sold-twice', says: `Ann and Bob were told yes; ${are}`, loser };
    if (yes.length === 1 && A1 === yes[0] && A2 === yes[0]) return null;
    if (yes.length === 0 && A1 === null && A2 === null)
      return { ended: 'turned-away', says: 'Ann and Bob were both told no, and both seats are free' };
    return {
      ended: 'half',
      says: `${yes.length ? `${yes[0]} was told yes` : 'Ann and Bob were both told no'}; ${are}`,
      loser,
    };
  },
});

probe<typeof Starter>(
  {
    id: 'all-or-none',
    sentence: 4,
    plays: "bookTogether(['A1', 'A2'], 'Ann') while bookTogether(['A2', 'A1'], 'Bob')",
    budgetMs: BUDGET,
  },
  (t) =>
    playAll(t, [
      BESIDE,
      { ...crossing('one-process', 1), maxPreemptions: 1 },
      crossing('two-processes', 2),
      {
        name: 'cut-off',
        processes: 1,
        crash: true,
        maxPreemptions: 0,
        tasks: (one, _other, { s }) => ({ Ann: ask.bookTogether(s, one, ['A1', 'A2'], 'Ann') }),
        wrong: (_end, { A1, A2 }) =>
          A1 === A2 ? null : { ended: 'half', says: `Ann dies on the way: A1 is ${of(A1)}, A2 is ${of(A2)}` },
      },
    ]),
);

probeAfterBooking();
