import { card, type Card } from 'kibitzer/kata';

const STOCK = `CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, price INTEGER, stock INTEGER);
  INSERT INTO item VALUES (1, 'lamp', 20, 8)`;

export const cards: Card[] = [
  card({
    id: 'two-lamps',
    mistake: 'two-objects',
    themes: ['identity'],
    question: 'The lamp has a stock of 8. What is printed?',
    code: `const load = (id) => ({ ...db.prepare('SELECT * FROM item WHERE id = ?').get(id) });
const shelf = load(1);
const order = load(1);
order.stock -= 3;
console.log(shelf.stock);`,
    choices: ['5', '8', 'It throws: the row is in use'],
    answer: 1,
    because: 'Each load made an object of its own. The shelf holds what was read, not what the order did.',
    executes: async ({ run, database }) => (await run({ db: database(STOCK) })).printed,
  }),
  card({
    id: 'price-and-stock',
    mistake: 'whole-row-write',
    themes: ['what-changed'],
    question: 'The price was 20. What is it after both saves?',
    code: `const load = (id) => ({ ...db.prepare('SELECT * FROM item WHERE id = ?').get(id) });
const save = (i) => db.prepare('UPDATE item SET name = ?, price = ?, stock = ? WHERE id = ?')
  .run(i.name, i.price, i.stock, i.id);
const a = load(1);
const b = load(1);
a.price = 25;
b.stock = 7;
save(a);
save(b);
console.log(load(1).price);`,
    choices: ['20', '25', 'It depends on what the database locks'],
    answer: 0,
    because: 'The second save writes every column, and its price is the one that was loaded before.',
    executes: async ({ run, database }) => (await run({ db: database(STOCK) })).printed,
  }),
  card({
    id: 'three-shelves',
    mistake: 'half-commit',
    themes: ['all-at-once'],
    question: 'The third move fails. How many lamps are there in all, where there were 10?',
    code: `const move = (n, shelf) => {
  const ok = db.prepare('UPDATE shelf SET lamps = lamps + ? WHERE id = ?').run(n, shelf).changes;
  if (ok === 0) throw new Error('no such shelf');
};
try {
  move(-4, 1);
  move(+2, 2);
  move(+2, 9);
} catch {
  // nothing is moved then
}
console.log(db.prepare('SELECT sum(lamps) AS n FROM shelf').get().n);`,
    choices: ['10', '8', '6', '12'],
    answer: 1,
    because: 'Without a transaction each statement is final. Four lamps left, and two of them arrived.',
    executes: async ({ run, database }) => {
      const db = database(
        'CREATE TABLE shelf(id INTEGER PRIMARY KEY, lamps INTEGER); INSERT INTO shelf VALUES (1, 10), (2, 0)',
      );
      return (await run({ db })).printed;
    },
  }),
  card({
    id: 'undo-twice',
    mistake: 'dirty-after-rollback',
    themes: ['all-at-once'],
    question: 'What is printed?',
    code: `const lamp = { ...db.prepare('SELECT * FROM item WHERE id = 1').get() };
db.exec('BEGIN');
lamp.price = 99;
db.prepare('UPDATE item SET price = ? WHERE id = 1').run(lamp.price);
db.exec('ROLLBACK');
console.log(lamp.price, db.prepare('SELECT price FROM item WHERE id = 1').get().price);`,
    choices: ['99 99', '20 20', '99 20', '20 99'],
    answer: 2,
    because: 'ROLLBACK is about the table. The object in memory has never heard of it.',
    executes: async ({ run, database }) => (await run({ db: database(STOCK) })).printed,
  }),
  card({
    id: 'there-and-back',
    mistake: 'old-snapshot',
    themes: ['what-changed'],
    question: 'The price is raised to 25, then set back to 20. What does the table say?',
    code: `const lamp = { ...db.prepare('SELECT * FROM item WHERE id = 1').get() };
const loaded = { ...lamp };
const save = () => {
  if (lamp.price === loaded.price) return;
  db.prepare('UPDATE item SET price = ? WHERE id = 1').run(lamp.price);
};
lamp.price = 25;
save();
lamp.price = 20;
save();
console.log(db.prepare('SELECT price FROM item').get().price);`,
    choices: ['20', '25'],
    answer: 1,
    because: 'The second save compares with what was loaded at first, sees no change, and writes nothing.',
    executes: async ({ run, database }) => (await run({ db: database(STOCK) })).printed,
  }),
  card({
    id: 'freshest-row',
    mistake: 'reread-clobbers',
    themes: ['identity', 'what-changed'],
    question: 'What is the price in the table?',
    code: `const items = new Map();
const load = (id) => {
  const row = db.prepare('SELECT * FROM item WHERE id = ?').get(id);
  if (items.has(id)) return Object.assign(items.get(id), row);
  items.set(id, { ...row });
  return items.get(id);
};
load(1).price = 25;
load(1).stock = 7;
for (const i of items.values())
  db.prepare('UPDATE item SET price = ?, stock = ? WHERE id = ?').run(i.price, i.stock, i.id);
console.log(db.prepare('SELECT price FROM item').get().price);`,
    choices: ['20', '25'],
    answer: 0,
    because: 'There is one object, but the second load wrote the old row over it before anybody saved.',
    executes: async ({ run, database }) => (await run({ db: database(STOCK) })).printed,
  }),
  card({
    id: 'marked-as-saved',
    mistake: 'forgets-on-failure',
    themes: ['all-at-once', 'what-changed'],
    question: 'The network fails at the first try. How many letters arrive?',
    code: `const outbox = ['Ann', 'Bob', 'Cem'];
let tries = 0;
const arrived = [];
const sendAll = () => {
  const batch = outbox.splice(0);
  if (++tries === 1) throw new Error('no network');
  arrived.push(...batch);
};
try {
  sendAll();
} catch {
  sendAll();
}
console.log(arrived.length);`,
    choices: ['0', '3', '6'],
    answer: 0,
    because: 'The list was emptied before the work was done. The second try had nothing left to send.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'next-number',
    mistake: 'guessed-id',
    themes: ['all-at-once'],
    question: 'Two tills book at the same time. How many receipts are stored?',
    code: `const next = () => db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM receipt').get().id;
const book = (id, total) => db.prepare('INSERT INTO receipt VALUES (?, ?)').run(id, total);
const left = next();
const right = next();
book(left, 12);
try {
  book(right, 30);
} catch {
  // shown to the cashier
}
console.log(db.prepare('SELECT count(*) AS n FROM receipt').get().n);`,
    choices: ['1', '2'],
    answer: 0,
    because: 'Both were told the same free number. It was free when they asked, and not when they wrote.',
    executes: async ({ run, database }) => {
      const db = database('CREATE TABLE receipt(id INTEGER PRIMARY KEY, total INTEGER)');
      return (await run({ db })).printed;
    },
  }),
  card({
    id: 'ten-steps',
    mistake: 'row-written-often',
    themes: ['what-changed'],
    question: 'How many statements are sent?',
    code: `const lamp = {
  set price(p) {
    db.prepare('UPDATE item SET price = ? WHERE id = 1').run(p);
  },
};
for (let p = 20; p < 30; p++) lamp.price = p;`,
    choices: ['1', '10', '11'],
    answer: 1,
    because: 'Each assignment is a write. Nine of the ten values were never read by anybody.',
    executes: async ({ run, database }) => {
      const db = database(STOCK);
      let sent = 0;
      const prepare = (sql: string) => ({ run: (p: number) => (sent++, db.prepare(sql).run(p)) });
      await run({ db: { prepare } });
      return String(sent);
    },
  }),
];
