import type { Card, CardDatabase } from 'kibitzer/kata';

export const cards: Card[] = [
  {
    id: 'spread-after-update',
    mistake: 'late-execution',
    themes: ['when-it-runs'],
    question:
      '`overdue` returns a generator object over a SELECT; three members are overdue. What is printed?',
    code: `const late = club.overdue(d);
markAllPaid();
console.log([...late].length);`,
    choices: ['3', '0', '3 the first time, 0 after that', 'It throws: the rows have changed'],
    answer: 1,
    because: 'The SELECT runs at the spread, after the update. The first line only made the generator.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE member(paid); INSERT INTO member VALUES (0), (0), (0)`);
      const club = {
        *overdue() {
          yield* db.prepare('SELECT * FROM member WHERE paid = 0').all();
        },
      };
      const markAllPaid = (): void => db.exec('UPDATE member SET paid = 1');
      return (await run({ club, d: '2026-06-01', markAllPaid })).printed;
    },
  },
  {
    id: 'basket-handed-out',
    mistake: 'live-view',
    themes: ['values-and-views', 'when-it-runs'],
    question: 'The basket holds 2 items. What does the receipt say?',
    code: `const items = {
  *[Symbol.iterator]() {
    yield* db.prepare('SELECT name FROM item').all();
  },
};
const receipt = makeReceipt(items); // keeps items for later
db.exec("INSERT INTO item(name) VALUES ('umbrella')");
receipt.print();                    // goes through items`,
    choices: ['2 items', '3 items', 'It depends on whether makeReceipt has looked at items before'],
    answer: 1,
    because:
      'Each look asks the table anew, an earlier one changes nothing about that: print sees the umbrella.',
    executes: async ({ run, database }) => {
      const receipt = async (looksAtOnce: boolean): Promise<string> => {
        const db = database(`CREATE TABLE item(name TEXT); INSERT INTO item VALUES ('lamp'), ('rug')`);
        let says = '';
        const makeReceipt = (items: Iterable<unknown>) => {
          if (looksAtOnce) Array.from(items);
          return { print: () => void (says = `${Array.from(items).length} items`) };
        };
        await run({ db, makeReceipt });
        return says;
      };
      const [plain, looked] = [await receipt(false), await receipt(true)];
      return plain === looked ? plain : 'It depends on whether makeReceipt has looked at items before';
    },
  },
  {
    id: 'five-places',
    mistake: 'asks-again',
    themes: ['when-it-runs', 'counting-questions'],
    question: 'Going through `rooms` sends a SELECT. How many are sent?',
    code: `const rooms = hotel.freeRooms(night);
const first = [...rooms][0];
const total = [...rooms].length;
for (const r of rooms) if (r.beds > 2) show(r);`,
    choices: ['1', '2', '3', 'one per room'],
    answer: 2,
    because: 'Two spreads and a loop: three looks, three queries, and perhaps three different answers.',
    executes: async ({ run }) => {
      const rooms = [{ beds: 1 }, { beds: 2 }, { beds: 3 }, { beds: 4 }, { beds: 5 }];
      let sent = 0;
      const freeRooms = () => ({
        *[Symbol.iterator]() {
          sent++;
          yield* rooms;
        },
      });
      await run({ hotel: { freeRooms }, night: '2026-06-01', show: () => {} });
      return sent === rooms.length ? 'one per room' : String(sent);
    },
  },
  {
    id: 'average-and-list',
    mistake: 'two-answers',
    themes: ['one-question'],
    question: 'A page shows the average and the list of marks. When can the two contradict each other?',
    code: `const { avg } = db.prepare('SELECT AVG(mark) AS avg FROM exam').get();
const marks = db.prepare('SELECT mark FROM exam').all();
return { avg, marks };`,
    choices: [
      'Never, both read the same table',
      'Only when this process also writes',
      'Whenever somebody writes between the two statements',
      'Only when there are no marks',
    ],
    answer: 2,
    because: 'Two statements are two moments. Read the marks once and compute the average from them.',
    executes: async ({ run, database }) => {
      const contradicts = async (marks: string, before: number, act: string): Promise<boolean> => {
        const db = database(`CREATE TABLE exam(mark INTEGER); ${marks}`);
        const { returned } = await run({ db: withAct(db, before, () => db.exec(act)) });
        const page = returned as { avg: number | null; marks: { mark: number }[] };
        const sum = page.marks.reduce((all, m) => all + m.mark, 0);
        return page.marks.length === 0 ? page.avg !== null : page.avg !== sum / page.marks.length;
      };
      const three = 'INSERT INTO exam VALUES (1), (2), (3)';
      const one = 'INSERT INTO exam VALUES (5)';
      if (await contradicts('', 3, one)) return 'Only when there are no marks';
      if (await contradicts(three, 1, one)) return 'Only when this process also writes';
      return (await contradicts(three, 2, one))
        ? 'Whenever somebody writes between the two statements'
        : 'Never, both read the same table';
    },
  },
  {
    id: 'report-after-close',
    mistake: 'outlives-session',
    themes: ['values-and-views'],
    question: 'What does the caller get?',
    code: `function report() {
  const db = new DatabaseSync('sales.db');
  const rows = db.prepare('SELECT * FROM sale').iterate();
  db.close();
  return rows;
}
for (const sale of report()) print(sale);`,
    choices: [
      'All sales',
      'No sales, the loop ends at once',
      'An error at the first step of the loop',
      'The sales up to the moment of closing',
    ],
    answer: 2,
    because: 'The rows are pulled one by one by the loop, and by then what they are pulled from is closed.',
    executes: async ({ run, database }) => {
      const printed: unknown[] = [];
      const opened = database('CREATE TABLE sale(n); INSERT INTO sale VALUES (1), (2), (3)');
      const DatabaseSync = function () {
        return opened;
      };
      const { thrown } = await run({ DatabaseSync, print: (sale: unknown) => printed.push(sale) });
      if (printed.length === 3) return 'All sales';
      if (printed.length > 0) return 'The sales up to the moment of closing';
      return thrown ? 'An error at the first step of the loop' : 'No sales, the loop ends at once';
    },
  },
  {
    id: 'ticket-numbers',
    mistake: 'read-then-write-apart',
    themes: ['one-question', 'gap'],
    question: 'Which change lets `expired` name exactly the tickets that were deleted, whoever else writes?',
    code: `const expired = db.prepare('SELECT id FROM ticket WHERE until < ?').all(now);
db.prepare('DELETE FROM ticket WHERE until < ?').run(now);
return expired;`,
    choices: [
      'Put the SELECT after the DELETE',
      'Let the DELETE return the ids of the rows it deleted',
      'Prepare both statements before running either',
      'Copy expired before the DELETE',
    ],
    answer: 1,
    because:
      'Only the statement that did the work knows what it did; every other one asks at another moment.',
    executes: ({ database }) => {
      const ASK = 'SELECT id FROM ticket WHERE until < ?';
      const DELETE = 'DELETE FROM ticket WHERE until < ?';
      const changes: Record<string, (db: Asked, now: number) => unknown[]> = {
        'Put the SELECT after the DELETE': (db, now) => {
          db.prepare(DELETE).run(now);
          return db.prepare(ASK).all(now);
        },
        'Let the DELETE return the ids of the rows it deleted': (db, now) =>
          db.prepare(`${DELETE} RETURNING id`).all(now),
        'Prepare both statements before running either': (db, now) => {
          const [ask, remove] = [db.prepare(ASK), db.prepare(DELETE)];
          const expired = ask.all(now);
          remove.run(now);
          return expired;
        },
        'Copy expired before the DELETE': (db, now) => {
          const expired = [...db.prepare(ASK).all(now)];
          db.prepare(DELETE).run(now);
          return expired;
        },
      };
      const right = Object.keys(changes).filter((name) =>
        [1, 2].every((before) => {
          const db = database(
            'CREATE TABLE ticket(id, until); INSERT INTO ticket VALUES (1, 5), (2, 5), (3, 99)',
          );
          const ids = (): unknown[] =>
            db
              .prepare('SELECT id FROM ticket')
              .all()
              .map((t) => t.id);
          // somebody else extends the second ticket
          const extend = (): void => db.exec('UPDATE ticket SET until = 99 WHERE id = 2');
          const named = changes[name]!(withAct(db, before, extend), 10).map((t) => (t as { id: number }).id);
          const deleted = [1, 2, 3].filter((id) => !ids().includes(id));
          return named.join() === deleted.join();
        }),
      );
      return right.join(' or ');
    },
  },
  {
    id: 'rate-of-the-day',
    mistake: 'old-answer',
    themes: ['values-and-views'],
    question: "An office corrects today's rate at noon. What do calls in the afternoon return?",
    code: `const rates = new Map();
function rate(day) {
  if (!rates.has(day)) rates.set(day, db.prepare('SELECT r FROM rate WHERE day = ?').get(day).r);
  return rates.get(day);
}`,
    choices: [
      'The corrected rate',
      "The morning's rate, where somebody had asked for it in the morning",
      'An error: the row has changed',
    ],
    answer: 1,
    because: 'The answer was kept for the day; nothing in this process hears of the correction.',
    executes: async ({ run, database }) => {
      const afternoon = async (askedInTheMorning: boolean): Promise<unknown> => {
        const db = database(`CREATE TABLE rate(day TEXT, r REAL); INSERT INTO rate VALUES ('mon', 1)`);
        const correct = (): void => db.exec('UPDATE rate SET r = 2');
        const morning = askedInTheMorning ? `rate('mon');` : '';
        const { returned, thrown } = await run({ db, correct }, `${morning} correct(); return rate('mon');`);
        return thrown ?? returned;
      };
      const [asked, unasked] = [await afternoon(true), await afternoon(false)];
      if (asked === 1 && unasked === 2)
        return "The morning's rate, where somebody had asked for it in the morning";
      return asked === 2 && unasked === 2 ? 'The corrected rate' : 'An error: the row has changed';
    },
  },
  {
    id: 'one-of-a-million',
    mistake: 'filter-in-the-app',
    themes: ['counting-questions'],
    question: 'The table has a million rows, one is wanted. How many rows come over?',
    code: `const all = db.prepare('SELECT * FROM parcel').all();
return all.find(p => p.code === code);`,
    choices: ['1', 'on average half a million', 'a million', 'none until p.code is read'],
    answer: 2,
    because: '`all` has fetched every row before `find` looks at the first; stopping early saves nothing.',
    executes: async ({ run, database }) => {
      // a thousand stand for the million
      const db = database(`CREATE TABLE parcel(code INTEGER);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO parcel SELECT i FROM n`);
      let rows = 0;
      const prepare = (sql: string) => ({
        all: () => {
          const all = db.prepare(sql).all();
          rows += all.length;
          return all;
        },
      });
      await run({ db: { prepare }, code: 500 });
      return rows === 1000 ? 'a million' : String(rows);
    },
  },
];

type Asked = Pick<CardDatabase, 'prepare'>;

/** A database in which somebody else acts before the given statement. */
function withAct(db: CardDatabase, before: number, act: () => void): Asked {
  let sent = 0;
  const next = (): void => {
    if (++sent === before) act();
  };
  return {
    prepare(sql) {
      const statement = db.prepare(sql);
      return {
        run: (...values) => (next(), statement.run(...values)),
        get: (...values) => (next(), statement.get(...values)),
        all: (...values) => (next(), statement.all(...values)),
        iterate: (...values) => (next(), statement.iterate(...values)),
      };
    },
  };
}
