import {
  probe,
  type Call,
  type Ending,
  type Explored,
  type ProbeContext,
  type StageFile,
  type StageWorld,
  type StepFact,
  type Task,
} from 'kibitzer/kit';
import type * as Starter from './starter/booking.ts';

type Play = ProbeContext<typeof Starter>;
type Desk = Starter.Booking;

const SCHEMA = `
  CREATE TABLE seat(id TEXT PRIMARY KEY, taken_by TEXT);
  CREATE TABLE hold(name TEXT PRIMARY KEY, since INTEGER);
  INSERT INTO seat VALUES ('A1', NULL), ('A2', NULL), ('B1', NULL), ('B2', NULL);`;
const TAKEN = (seat: string, guest: string): string =>
  `UPDATE seat SET taken_by = '${guest}' WHERE id = '${seat}';`;
/** The house has closed A2: whoever tries to sell it gets an error. */
const CLOSED = ['UPDATE OF taken_by', 'INSERT']
  .map(
    (what, i) => `
  CREATE TRIGGER closed_${i} BEFORE ${what} ON seat WHEN NEW.id = 'A2' AND NEW.taken_by IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'A2 is closed'); END;`,
  )
  .join('');

/** Steps kept as evidence: a caller that asks for ever asks the same each time. */
const MOST_STEPS = 60;
const BUDGET = 10_000;

type Owners = Readonly<Record<string, string | null>>;

/** What is wrong at the end of a schedule: as an observation, and in a sentence. */
interface Wrong {
  ended: string;
  says: string;
  /** the caller who was told yes, and has nothing of it */
  loser?: string | undefined;
}

/** Callers who are at work at once, and what must be true in the end. */
interface Round {
  name: string;
  /** each is a module graph of its own with one connection */
  processes: 1 | 2;
  /** further statements before anybody calls */
  before?: string;
  /** who calls what; `other` is the second process, or the first again */
  tasks(one: Desk, other: Desk, world: { s: StageWorld; file: StageFile }): Record<string, Task>;
  wrong(end: Ending, owners: Owners): Wrong | null;
  /** each caller is also cut off in the place of each of its steps */
  crash?: true;
  maxPreemptions?: number;
  limit?: number;
}

/** Plays a round under its schedules; the first one that breaks is the evidence. */
async function play(t: Play, r: Round, tally: Tally): Promise<void> {
  let { result, wrong } = await explore(t, r, async () => (tally.other ??= await t.fresh()));
  // what a module remembers of other schedules has not happened in this one: what counts has to break without that
  if (result.violation !== null) ({ result, wrong } = await explore(t, r, null));
  tally.schedules += result.schedules;
  tally.exhausted &&= result.exhausted;
  if (result.violation !== null) lose(t, r, result, wrong);
}

/** @param other gives the module of the second process; null: each schedule has modules of its own */
async function explore(
  t: Play,
  r: Round,
  other: (() => Promise<typeof Starter>) | null,
): Promise<{ result: Explored; wrong: Wrong | null }> {
  let wrong: Wrong | null = null;
  const result = await t.stage.explore({
    maxPreemptions: r.maxPreemptions ?? 2,
    limit: r.limit ?? 40,
    crash: r.crash ?? false,
    async world(s) {
      const file = s.file(SCHEMA + (r.before ?? ''));
      const first = s.make(other ? t.mod : await t.fresh(), 'openBooking', file);
      const second =
        r.processes === 2 ? s.make(other ? await other() : await t.fresh(), 'openBooking', file) : first;
      return {
        tasks: r.tasks(first, second, { s, file }),
        check(end) {
          wrong = r.wrong(end, ownersIn(file));
          return wrong?.says ?? null;
        },
      };
    },
  });
  return { result, wrong };
}

/** What a probe has played so far. */
interface Tally {
  schedules: number;
  exhausted: boolean;
  /** the second process's module, once it was needed */
  other: typeof Starter | null;
}

async function playAll(t: Play, rounds: readonly Round[]): Promise<void> {
  const tally: Tally = { schedules: 0, exhausted: true, other: null };
  // who measures how long somebody has held on to something finds the time that passes for those who wait
  t.ambient.shift({ now: t.clock });
  for (const r of rounds) await play(t, r, tally);
  t.see('schedules', tally.schedules);
  t.see('exhausted', tally.exhausted);
}

function lose(t: Play, r: Round, result: Explored, wrong: Wrong | null): void {
  const steps = result.steps.slice(0, MOST_STEPS);
  const failing = result.steps.map((s) => / → fails: (.*)$/.exec(s.label)?.[1]).find((e) => e !== undefined);
  const stuck = result.stuck.length > 0;
  const tells = stuck ? inWords(result) : wrong!.says;
  t.see('round', r.name);
  t.see('ended', stuck ? waiting(result) : wrong!.ended);
  if (failing !== undefined) t.see('failing', kindOfError(failing));
  const loser = stuck ? undefined : wrong!.loser;
  if (loser !== undefined) {
    t.see('loser', fate(loser, steps));
    t.fact({ kind: 'note', text: `${loser} was told yes, and has nothing of it`, site: null });
  }
  for (const step of steps) t.fact(step);
  t.fact({ kind: 'note', text: found(result), site: null });
  t.hold(false, tells);
}

const WRITES = /^(?:UPDATE|INSERT|REPLACE|DELETE|WITH\b.*\b(?:UPDATE|INSERT|DELETE))\b/i;
const IN_VAIN = /(?:→ (?:0 changed|0 rows|no row|fails: .*)|\(waits\))$/;

/** What became of the writes of a caller who was told yes and has nothing of it. */
function fate(who: string, steps: readonly StepFact[]): string {
  const own = steps.filter((s) => guestOf(s.task) === who);
  const writes = own.filter((s) => WRITES.test(s.label));
  const last = writes.at(-1);
  if (!last || writes.some((s) => IN_VAIN.test(s.label))) return 'changed-nothing';
  const after = steps.filter((s) => s.at > last.at);
  const end = after.find((s) => own.includes(s) && /^(?:COMMIT|ROLLBACK)\b/i.test(s.label));
  if (end && /^ROLLBACK\b/i.test(end.label)) return 'changed-nothing';
  if (!end && after.some((s) => !own.includes(s) && /^ROLLBACK\b/i.test(s.label))) return 'rolled-back';
  const others = steps.filter((s) => s.at > writes[0]!.at && !own.includes(s) && WRITES.test(s.label));
  return others.some((s) => !IN_VAIN.test(s.label)) ? 'overwritten' : 'otherwise';
}

/** Whether those who do not come to an end wait for something, or ask for it without a pause. */
function waiting({ violation, steps }: Explored): string {
  const endless = violation?.includes('to an end') && !steps.some((s) => s.task === 'clock');
  return endless ? 'spins' : 'waits';
}

function inWords({ stuck, cut, violation }: Explored): string {
  const s = stuck.length === 1 ? 's' : '';
  const endless = violation?.includes('to an end');
  const waits = `${list(stuck)} ${endless ? `ask${s} again and again` : `wait${s}`} for ever`;
  return cut === null ? waits : `${cut} dies on the way, and ${waits}`;
}

/** How the schedule was found. */
function found({ schedules, cut }: Explored): string {
  const tried =
    schedules === 1
      ? 'found in the first order of the steps'
      : `found after trying ${schedules} orders of the steps`;
  return cut === null ? tried : `${tried}, with ${cut} cut off`;
}

/** `never comes to an end: it waits at BEGIN IMMEDIATE` */
function neverEnds({ violation }: Explored): string {
  const at = / waits for ever (at .*)$/.exec(violation ?? '')?.[1];
  return `never comes to an end${at === undefined ? '' : `: it waits ${at}`}`;
}

function kindOfError(text: string): string {
  if (/within a transaction|no transaction is active/.test(text)) return 'shared-transaction';
  return /locked/.test(text) ? 'locked' : 'other';
}

function ownersIn(file: StageFile): Owners {
  return Object.fromEntries(
    file.table('seat').map((s) => [String(s.id), s.taken_by === null ? null : String(s.taken_by)]),
  );
}

/** A call that failed, or answered neither yes nor no. */
function noAnswer(end: Ending): Wrong | null {
  for (const [who, e] of Object.entries(end.tasks)) {
    if (e.how === 'failed')
      return { ended: 'throws', says: `${guestOf(who)}'s call fails: ${messageOf(e.error)}` };
    if (e.how === 'answered' && typeof e.value !== 'boolean')
      return { ended: 'no-answer', says: `${guestOf(who)}'s call answers neither true nor false` };
  }
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ann of "Ann, box 1" */
const guestOf = (task: string): string => task.split(',')[0]!;
const saidYes = (end: Ending): string[] => end.answered(true).map(guestOf);
const saidNo = (end: Ending): string[] => end.answered(false).map(guestOf);
const list = (names: readonly string[]): string => names.map(guestOf).join(' and ') || 'nobody';
const of = (owner: string | null | undefined): string => (owner ? `${owner}'s` : 'free');
const seatsOf = (guest: string, owners: Owners): string[] =>
  Object.keys(owners).filter((seat) => owners[seat] === guest);

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

/** Calls, planned for a task. */
const ask = {
  book: (s: StageWorld, desk: Pick<Desk, 'book'>, seat: string, guest: string): Call =>
    s.call(desk, 'book', seat, guest),
  move: (s: StageWorld, desk: Pick<Desk, 'move'>, guest: string, from: string, to: string): Call =>
    s.call(desk, 'move', guest, from, to),
  bookTogether: (s: StageWorld, desk: Pick<Desk, 'bookTogether'>, seats: string[], guest: string): Call =>
    s.call(desk, 'bookTogether', seats, guest),
};

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

probe<typeof Starter>(
  {
    id: 'move-keeps-one',
    sentence: 5,
    plays: "move('Ann', 'A1', 'B1') while book('B1', 'Bob')",
    budgetMs: BUDGET,
  },
  (t) => playAll(t, MOVES),
);

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
