import type { Card } from 'kibitzer/kata';

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
  },
];
