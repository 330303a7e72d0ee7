import { probe, type Between, type Fact, type ProbeContext, type SqlFact, type SqlWorld } from 'kibitzer/kit';
import type * as Starter from './starter/club.ts';

type Member = Starter.Member;
type Play = ProbeContext<typeof Starter>;

const TODAY = '2026-06-01';
const SCHEMA = `
  CREATE TABLE member(id INTEGER PRIMARY KEY, name TEXT, email TEXT, status TEXT, paid_until TEXT);
  INSERT INTO member VALUES
    (1, 'Olga', 'olga@club.example', 'active',    '2026-03-31'),
    (2, 'Ben',  'ben@club.example',  'active',    '2026-01-31'),
    (3, 'Cem',  'cem@club.example',  'active',    '2026-12-31'),
    (4, 'Ada',  'ada@club.example',  'active',    '2026-05-31'),
    (5, 'Emil', 'emil@club.example', 'suspended', '2025-12-31'),
    (6, 'Fay',  'fay@club.example',  'active',    '2026-06-01');`;
const MEMBERS = ['Olga', 'Ben', 'Cem', 'Ada', 'Emil', 'Fay'];
const LATE: Member[] = ['1 Olga', '2 Ben', '4 Ada'].map((text) => {
  const [id, name] = text.split(' ') as [string, string];
  return { id: Number(id), name, email: addressOf(name) };
});
const LATE_WITHOUT_BEN = LATE.filter((m) => m.name !== 'Ben');
/** Read through this, members come in another order than that of their ids. */
const INDEX = 'CREATE INDEX member_by_payment ON member(status, paid_until);';
const FULL_HOUSE = `
  WITH RECURSIVE n(i) AS (SELECT 7 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
  INSERT INTO member SELECT i, 'Member ' || i, 'm' || i || '@club.example', 'active', '2026-12-31' FROM n;`;
const LOOKS = 12;
const MOST_ROWS = 10;
/** More statements than a call for three members needs. */
const MOST_GAPS = 12;
const ANY = (): boolean => true;

function addressOf(name: string): string {
  return `${name.toLowerCase()}@club.example`;
}

/** One look: everything a reader can read of a list. */
function look(list: Iterable<Member>): Member[] {
  return [...list].map((m) => ({ id: m.id, name: m.name, email: m.email }));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function many(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function note(text: string): Fact {
  return { kind: 'note', text, site: null };
}

/** What does not ask for rows of the table, whatever method sends it. */
const NO_QUESTION =
  /^(?:update|insert|delete|replace|begin|commit|end|rollback|savepoint|release|pragma|create|drop)\b/i;

function isRead(f: SqlFact): boolean {
  return f.changes === 0 && f.op !== 'exec' && f.op !== 'run' && !NO_QUESTION.test(f.sql);
}

/** Whether a statement gives rows back, be it that it changes them too. */
function asks(f: SqlFact): boolean {
  return isRead(f) || (f.op !== 'exec' && f.op !== 'run' && /\breturning\b/i.test(f.sql));
}

function told(facts: readonly SqlFact[], instead: readonly SqlFact[]): SqlFact[] {
  return facts.map((f) => instead.find((i) => i.seq === f.seq) ?? f);
}

/** The statements of a call with what somebody else did put in its place. */
function withAct(facts: readonly SqlFact[], between: Between, text: string): Fact[] {
  if (between.outcome === 'not-reached') return [...facts];
  const tells = between.outcome === 'done' ? text : `${text}: kept out by a transaction`;
  return [
    ...facts.filter((f) => f.seq <= between.after),
    note(tells),
    ...facts.filter((f) => f.seq > between.after),
  ];
}

/** A read and the changes beside it, told from the call that did both; empty when a call did not do both. */
function apart(w: SqlWorld, facts: readonly SqlFact[]): SqlFact[] {
  const changes = facts.filter((f) => f.changes > 0);
  const reads = facts.filter((f) => isRead(f) && f.rows > 0);
  const read = reads.find((f) => f.seq < (changes.at(-1)?.seq ?? 0)) ?? reads.at(-1);
  if (!read || changes.length === 0) return [];
  return [w.sideBySide(read, changes[0]!)[0], ...changes.map((f) => w.sideBySide(read, f)[1])];
}

probe(
  {
    id: 'works',
    role: 'gate',
    sentence: 1,
    plays: `overdue('${TODAY}'), suspendOverdue('${TODAY}'), summary('${TODAY}')`,
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA + INDEX);
    const members = look(t.mod.openClub(w.learner).overdue(TODAY));
    for (const f of w.facts) t.fact(f);
    const names = members.map((m) => m.name).join(', ');
    t.equal(
      members,
      LATE,
      names === 'Olga, Ben, Ada'
        ? 'id, name or email is not as in the table'
        : `lists ${names || 'nobody'} instead of Olga, Ben, Ada`,
    );
    // of the other two calls only the form: whom they mean is for the probes to find out
    const letters = t.mod.openClub(t.sql.open(SCHEMA).learner).suspendOverdue(TODAY);
    t.hold(typeof letters?.map === 'function', 'suspendOverdue returns no list of letters');
    for (const letter of letters.map((l) => ({ to: l?.to, text: String(l?.text) }))) {
      const name = MEMBERS.find((n) => letter.to === addressOf(n));
      t.hold(name !== undefined, `a letter is addressed to ${String(letter.to)}, who is no member`);
      t.hold(letter.text.includes(name!), `the letter to ${letter.to} does not contain the name ${name}`);
    }
    const page = t.mod.openClub(t.sql.open(SCHEMA).learner).summary(TODAY);
    t.hold(typeof page?.count === 'number', 'the count of summary is no number');
    t.hold(typeof page.names?.map === 'function', 'the names of summary are no list');
    t.hold(
      page.names.every((n) => MEMBERS.includes(n)),
      'the names of summary are not the names of members',
    );
  },
);

probe({ id: 'letters-for-the-suspended', sentence: 2, plays: `suspendOverdue('${TODAY}')` }, (t: Play) => {
  const w = t.sql.open(SCHEMA);
  const club = t.mod.openClub(w.learner);
  const mark = w.mark();
  const letters = club.suspendOverdue(TODAY).map((l) => ({ to: l.to, text: l.text }));
  const facts = w.since(mark);
  const suspended = suspendedIn(w).filter((name) => name !== 'Emil');
  const to = letters.map((l) => l.to).sort();
  const right = LATE.map((m) => m.email).sort();

  const write = facts.find((f) => f.changes > 0);
  const changed = facts.reduce((sum, f) => sum + f.changes, 0);
  const after = write && facts.find((f) => asks(f) && f.seq > write.seq);
  const before = write && facts.findLast((f) => isRead(f) && f.rows > 0 && f.seq < write.seq);
  t.see('suspended', suspended.length === 0 ? 'none' : suspended.length === LATE.length ? 'all' : 'some');
  t.see(
    'letters',
    to.length === 0 ? 'none' : same(to, right) ? 'right' : to.length > right.length ? 'too-many' : 'other',
  );
  // a question asked after the change, and what it found
  t.see(
    'read-after',
    !after ? 'no' : after.rows === 0 ? 'nothing' : after.rows === changed ? 'same' : 'others',
  );
  t.see('read-before', !before ? 'no' : before.rows === changed ? 'same' : 'others');
  const pair =
    write && (after ? w.sideBySide(write, after) : before ? w.sideBySide(before, write) : undefined);
  for (const f of told(facts, pair ?? [])) t.fact(f);

  const result = `${many(suspended.length, 'member')} suspended, ${many(letters.length, 'letter')} written`;
  t.equal(
    suspended,
    LATE.map((m) => m.name),
    result,
  );
  t.equal(to, right, result);
  for (const m of LATE) {
    const letter = letters.find((l) => l.to === m.email);
    t.hold(
      String(letter?.text).includes(m.name),
      `the letter to ${m.email} does not contain the name ${m.name}`,
    );
  }
  const again = club.suspendOverdue(TODAY);
  t.see('again', again.length === 0 ? 'none' : 'some');
  t.equal(
    again.map((l) => l.to),
    [],
    `a second call suspends nobody and writes ${many(again.length, 'letter')}`,
  );
});

probe(
  {
    id: 'list-is-of-its-moment',
    sentence: 3,
    plays: `list = overdue('${TODAY}'); Ben pays; the list is read`,
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const club = t.mod.openClub(w.learner);
    const mark = w.mark();
    const list = club.overdue(TODAY);
    const taken = w.mark();
    t.hold(
      attempt(() => pay(w)),
      'nobody else can write while the list is in use: the database is locked',
    );
    const shown = look(list);
    const read = w.mark();
    const later = look(club.overdue(TODAY));
    const asked = w.mark() > read;

    t.see('list', same(shown, LATE) ? 'snapshot' : same(shown, LATE_WITHOUT_BEN) ? 'live' : 'other');
    t.see(
      'later',
      same(later, LATE_WITHOUT_BEN)
        ? 'fresh'
        : same(later, LATE)
          ? asked
            ? 'stale'
            : 'stale-unasked'
          : 'other',
    );
    t.fact(note('the list is taken: Olga, Ben and Ada are overdue'));
    for (const f of w.facts.slice(mark, taken)) t.fact(f);
    t.fact(note('Ben pays, from another program'));
    for (const f of w.facts.slice(taken, read)) t.fact(f);
    t.equal(
      shown,
      LATE,
      `taken with ${LATE.length} overdue, the list shows ${shown.length} after Ben has paid`,
    );
    t.fact(note(`overdue is called again${asked ? '' : ': no statement is sent'}`));
    for (const f of w.since(read)) t.fact(f);
    t.equal(later, LATE_WITHOUT_BEN, `2 are overdue now, a new call of overdue lists ${later.length}`);
    const kept = look(list);
    if (kept.length > 0 && !same(kept, LATE)) t.see('list', 'overwritten');
    t.hold(
      kept.length === 0 || same(kept, LATE),
      'the later call has changed the list that was handed out before',
    );
  },
);

probe(
  {
    id: 'looking-costs-nothing',
    sentence: 4,
    plays: `list = overdue('${TODAY}'), gone through ${LOOKS} times`,
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const list = t.mod.openClub(w.learner).overdue(TODAY);
    const first = look(list);
    const mark = w.mark();
    let alike = true;
    let last = first;
    for (let n = 1; n < LOOKS && alike; n++) {
      last = look(list);
      alike = same(last, first);
    }
    const again = w.since(mark);
    t.see('looks', alike ? 'alike' : last.length === 0 ? 'once-only' : 'different');
    t.see('requery', again.length === 0 ? 'none' : again.length >= LOOKS - 1 ? 'per-look' : 'some');
    for (const f of again.slice(0, 2)) t.fact(f);
    t.fact({ kind: 'count', what: `statements for ${LOOKS - 1} more looks`, seen: again.length, allowed: 0 });
    t.hold(alike, `the first look shows ${many(first.length, 'member')}, a later one ${last.length}`);
    t.hold(again.length === 0, `${LOOKS - 1} more looks at one list: ${many(again.length, 'statement')}`);
  },
);

probe(
  { id: 'summary-agrees-with-itself', sentence: 5, plays: `summary('${TODAY}'), while Gus joins` },
  (t: Play) => {
    const before = LATE.map((m) => m.name);
    const quiet = t.sql.open(SCHEMA);
    const club = t.mod.openClub(quiet.learner);
    const start = quiet.mark();
    const { count, names } = club.summary(TODAY);
    if (!same([count, names], [before.length, before])) {
      t.see('page', 'wrong');
      for (const f of quiet.since(start)) t.fact(f);
    }
    t.equal({ count, names: [...names] }, { count: 3, names: before }, 'wrong while nobody else writes');

    // after the last statement of a call nothing is asked any more
    let gaps = quiet.since(start).length - 1;
    for (let gap = 1; gap <= Math.min(gaps, MOST_GAPS); gap++) {
      const w = t.sql.open(SCHEMA);
      const busy = t.mod.openClub(w.learner);
      const mark = w.mark();
      const rival = w.between(ANY, () => join(w), { nth: gap, waits: true });
      const page = busy.summary(TODAY);
      gaps = w.since(mark).length - 1;
      const agrees = page.count === page.names.length;
      const right = same(page.names, before) || same(page.names, [...before, 'Gus']);
      if (agrees && right) {
        gap = Math.max(gap, rival.after);
        continue;
      }
      const facts = w.since(mark);
      const first = facts.findLast((f) => isRead(f) && f.seq <= rival.after);
      const second = facts.find((f) => isRead(f) && f.seq > rival.after);
      t.see('page', agrees ? 'wrong' : 'differs');
      t.see('asked', first && second ? 'apart' : 'once');
      const pair = first && second ? w.sideBySide(first, second) : [];
      for (const f of withAct(told(facts, pair), rival, 'Gus joins, overdue already')) t.fact(f);
      t.hold(agrees, `count ${page.count} above ${many(page.names.length, 'name')}`);
      t.equal([...page.names], before, 'the names are those of no moment');
    }
    t.see('page', 'agrees');
  },
);

probe(
  {
    id: 'list-survives-the-connection',
    sentence: 6,
    plays: `list = overdue('${TODAY}'); the database is closed; the list is read`,
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA);
    const list = t.mod.openClub(w.learner).overdue(TODAY);
    const taken = w.mark();
    const failedBefore = new Set(w.facts.filter((f) => f.error !== undefined));
    w.learner.close();
    let shown: Member[] = [];
    let failure: unknown;
    try {
      shown = look(list);
    } catch (error) {
      failure = error ?? 'nothing';
    }
    const message = failure instanceof Error ? failure.message : String(failure);
    // the statement that could not run, at the line that needed it
    const refused = w.facts.findLast((f) => f.error !== undefined && !failedBefore.has(f));
    const readable = failure === undefined && same(shown, LATE);
    t.see(
      'closed',
      readable ? 'readable' : refused ? 'needs-it' : failure === undefined ? 'other' : 'throws',
    );
    for (const f of w.facts.slice(0, taken)) if (f !== refused) t.fact(f);
    t.fact(note('the connection is closed'));
    for (const f of w.since(taken)) if (f !== refused) t.fact(f);
    if (refused) t.fact(refused);
    t.hold(failure === undefined, `reading the list after the connection was closed: ${message}`);
    t.equal(shown, LATE, `after the connection was closed the list shows ${many(shown.length, 'member')}`);
  },
);

/** What other programs do between two statements of a call. */
interface Rival {
  id: string;
  tells: string;
  /** @returns ids of those whom it has suspended, and of those who paid while they were active */
  act(w: SqlWorld): { suspended?: string[]; paid?: string[] };
}

const RIVALS: readonly Rival[] = [
  { id: 'payment', tells: 'Ben pays, from another program', act: (w) => ({ paid: pay(w) }) },
  {
    id: 'other-office',
    tells: 'another office takes in Gus, overdue already, and suspends Ada',
    act: (w) => ({ suspended: suspendAdaAndTakeGusIn(w) }),
  },
];

probe(
  {
    id: 'one-question-not-two',
    sentence: 7,
    plays: `suspendOverdue('${TODAY}'), while Ben pays`,
    needs: ['letters-for-the-suspended'],
  },
  (t: Play) => {
    for (const rival of RIVALS) {
      let gap = 1;
      while (gap <= MOST_GAPS) gap = suspendDuring(t, rival, gap);
    }
    suspendBesideReader(t);
    t.see('ended', 'right');
  },
);

/**
 * Plays one call with the rival's act after its `gap`-th statement, or as soon after that as it is let in.
 * @returns the next gap to try; Infinity when there is none
 */
function suspendDuring(t: Play, rival: Rival, gap: number): number {
  const w = t.sql.open(SCHEMA);
  const club = t.mod.openClub(w.learner);
  const mark = w.mark();
  let did: ReturnType<Rival['act']> = {};
  const act = (): void => {
    did = rival.act(w);
  };
  const between = w.between(ANY, act, { nth: gap, waits: true });
  const byThisCall = (): string[] =>
    suspendedIn(w).filter((name) => name !== 'Emil' && !did.suspended?.includes(name));
  const tell = (pair: readonly SqlFact[]): void => {
    for (const f of withAct(told(w.since(mark), pair), between, rival.tells)) t.fact(f);
  };

  let letters: Starter.Letter[];
  try {
    letters = club.suspendOverdue(TODAY);
  } catch (error) {
    // giving up is allowed as long as nothing was changed and a second call does the work
    const message = error instanceof Error ? error.message : String(error);
    const half = byThisCall();
    if (half.length > 0) {
      t.see('ended', 'half-done');
      tell([]);
      t.hold(
        false,
        `${rival.tells}: the call fails (${message}), ${many(half.length, 'member')} suspended, 0 letters`,
      );
    }
    try {
      letters = club.suspendOverdue(TODAY);
    } catch (second) {
      t.see('ended', 'stuck');
      tell([]);
      t.hold(
        false,
        `the call fails (${message}), and so does the next: ${second instanceof Error ? second.message : second}`,
      );
      throw second;
    }
  }
  if (between.outcome !== 'done') return Infinity;

  const suspended = byThisCall();
  const to = letters.map((l) => l.to).sort();
  const right = suspended.map(addressOf).sort();
  const paid = did.paid?.find((name) => suspended.includes(name));
  const facts = w.since(mark);
  if (same(to, right) && !paid) {
    const next = Math.max(gap, between.after) + 1;
    return next < facts.length ? next : Infinity;
  }
  const pair = apart(w, facts);
  t.see('rival', rival.id);
  t.see('asked', pair.length > 0 ? 'apart' : 'once');
  t.see(
    'ended',
    paid ? 'paid-and-suspended' : to.length < right.length ? 'letter-missing' : 'letter-too-many',
  );
  tell(pair);
  t.hold(!paid, `${paid} paid in between and was suspended all the same`);
  const namesOf = (addresses: readonly string[]): string =>
    [...LATE.map((m) => m.name), 'Gus'].filter((n) => addresses.includes(addressOf(n))).join(', ');
  const result =
    to.length === right.length
      ? `letters to ${namesOf(to)}; this call suspended ${namesOf(right)}`
      : `${many(to.length, 'letter')} written, ${many(right.length, 'member')} suspended`;
  t.equal(to, right, result);
  return Infinity;
}

/** Plays one call while a program that reads keeps every change from being made final: giving up must leave no trace. */
function suspendBesideReader(t: Play): void {
  const tells = 'while another program reads';
  const w = t.sql.open(SCHEMA, { wal: false });
  const club = t.mod.openClub(w.learner);
  const mark = w.mark();
  const reader = w.outside();
  reader.exec('BEGIN');
  reader.prepare('SELECT name FROM member').all();
  let gaveUp = false;
  let letters: Starter.Letter[] = [];
  try {
    letters = club.suspendOverdue(TODAY);
  } catch {
    gaveUp = true;
  }
  reader.exec('COMMIT');
  if (gaveUp) {
    try {
      letters = club.suspendOverdue(TODAY);
    } catch (error) {
      const again = error instanceof Error ? error.message : String(error);
      t.see('ended', 'stuck');
      t.see('transaction', /within a transaction/.test(again) ? 'left-open' : 'closed');
      for (const f of w.since(mark)) t.fact(f);
      t.hold(false, `${tells}: the call fails, and so does the next: ${again}`);
    }
  }
  let suspended: string[] = [];
  const free = attempt(() => (suspended = suspendedIn(w).filter((name) => name !== 'Emil')));
  const to = (letters ?? []).map((l) => l.to).sort();
  if (free && suspended.length === LATE.length && same(to, suspended.map(addressOf).sort())) return;
  t.see('ended', suspended.length < LATE.length ? 'not-done' : 'letter-missing');
  t.see('transaction', free ? 'closed' : 'left-open');
  for (const f of w.since(mark)) t.fact(f);
  t.hold(free, `${tells}: the call ends and leaves the table locked`);
  t.hold(
    false,
    `${tells}: in the end ${many(suspended.length, 'member')} suspended, ${many(to.length, 'letter')} written`,
  );
}

probe(
  // a query per member is slow, but it is not a hang
  {
    id: 'fetches-what-it-needs',
    sentence: 8,
    plays: `overdue('${TODAY}'), 3 of 5,000 members`,
    budgetMs: 6000,
  },
  (t: Play) => {
    const w = t.sql.open(SCHEMA + FULL_HOUSE);
    const club = t.mod.openClub(w.learner);
    const calls: Record<string, () => unknown> = {
      overdue: () => look(club.overdue(TODAY)),
      summary: () => club.summary(TODAY),
      suspendOverdue: () => club.suspendOverdue(TODAY),
    };
    for (const [name, call] of Object.entries(calls)) {
      const mark = w.mark();
      call();
      const facts = w.since(mark);
      const rows = facts.reduce((sum, f) => sum + f.rows, 0);
      if (rows <= MOST_ROWS) continue;
      t.see('call', name);
      t.see('rows', rows > 1000 ? 'all' : 'some');
      for (const f of facts.toSorted((a, b) => a.rows - b.rows).slice(-2)) t.fact(f);
      t.fact({
        kind: 'count',
        what: `rows fetched by ${name}, 3 members overdue`,
        seen: rows,
        allowed: MOST_ROWS,
      });
      t.hold(false, `${name} fetches ${rows.toLocaleString('en')} rows for 3 members overdue`);
    }
    t.see('rows', 'few');
  },
);

/** False when the act was kept out by a lock. */
function attempt(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ([5, 6].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)) return false;
    throw error;
  }
}

/** Names of all suspended members, in order of id. */
function suspendedIn(w: SqlWorld): string[] {
  return w.table('member').flatMap((m) => (m.status === 'suspended' ? [String(m.name)] : []));
}

function pay(w: SqlWorld): string[] {
  const paid = w
    .outside()
    .prepare(`UPDATE member SET paid_until = '2027-05-31' WHERE id = 2 RETURNING name, status`)
    .all();
  return paid.flatMap((m) => (m.status === 'active' ? [String(m.name)] : []));
}

function join(w: SqlWorld): void {
  w.outside().exec(`INSERT INTO member VALUES (7, 'Gus', 'gus@club.example', 'active', '2026-04-30')`);
}

function suspendAdaAndTakeGusIn(w: SqlWorld): string[] {
  const office = w.outside();
  office.exec('BEGIN IMMEDIATE');
  const ada = `UPDATE member SET status = 'suspended' WHERE id = 4 AND status = 'active' RETURNING name`;
  const suspended = office
    .prepare(ada)
    .all()
    .map((m) => String(m.name));
  office.exec(`INSERT INTO member VALUES (7, 'Gus', 'gus@club.example', 'active', '2026-04-30')`);
  office.exec('COMMIT');
  return suspended;
}
