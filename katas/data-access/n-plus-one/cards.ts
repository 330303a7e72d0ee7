import { card, type Card, type CardDatabase } from 'kibitzer/kata';

/** A database that notes every statement sent to it, and how many rows came back. */
function counted(db: CardDatabase): {
  db: Pick<CardDatabase, 'prepare'>;
  sent: { rows: number }[];
} {
  const sent: { rows: number }[] = [];
  const noted = <T>(rows: T, count: number): T => {
    sent.push({ rows: count });
    return rows;
  };
  const prepare: CardDatabase['prepare'] = (sql) => {
    const statement = db.prepare(sql);
    return {
      run: (...values) => noted(statement.run(...values), 0),
      get: (...values) => {
        const row = statement.get(...values);
        return noted(row, row ? 1 : 0);
      },
      all: (...values) => {
        const rows = statement.all(...values);
        return noted(rows, rows.length);
      },
      iterate: (...values) => noted(statement.iterate(...values), 0),
    };
  };
  return { db: { prepare }, sent };
}

export const cards: Card[] = [
  card({
    id: 'names-beside-messages',
    mistake: 'query-per-row',
    themes: ['counting-questions'],
    question: 'The channel has 30 messages by 4 people. How many statements are sent?',
    code: `const author = db.prepare('SELECT name FROM person WHERE id = ?');
const messages = db.prepare('SELECT * FROM message').all();
return messages.map((m) => author.get(m.person_id).name + ': ' + m.text);`,
    choices: ['1', '2', '5', '31'],
    answer: 3,
    because:
      'One for the messages and one for each of them. The statement is prepared once, and sent thirty times.',
    executes: async ({ run, database }) => {
      const { db, sent } = counted(
        database(`CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT);
          CREATE TABLE message(id INTEGER PRIMARY KEY, person_id INTEGER, text TEXT);
          INSERT INTO person VALUES (0, 'Ida'), (1, 'Jo'), (2, 'Kim'), (3, 'Lea');
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
            INSERT INTO message SELECT i, i % 4, 'hello' FROM n`),
      );
      const { thrown } = await run({ db });
      return thrown ? String(thrown) : String(sent.length);
    },
  }),
  card({
    id: 'album-tracks-reviews',
    mistake: 'cross-product',
    themes: ['joins', 'counting-questions'],
    question: 'One album has 12 tracks and 50 reviews. How many rows come back?',
    code: `return db.prepare(\`
  SELECT * FROM album a
  LEFT JOIN track t ON t.album_id = a.id
  LEFT JOIN review r ON r.album_id = a.id\`).all();`,
    choices: ['50', '62', '63', '600'],
    answer: 3,
    because: 'Each track comes with each review. Two lists that have nothing to do with each other multiply.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE album(id INTEGER); INSERT INTO album VALUES (1);
        CREATE TABLE track(album_id INTEGER, n INTEGER); CREATE TABLE review(album_id INTEGER, n INTEGER);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO track SELECT 1, i FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO review SELECT 1, i FROM n`);
      const { returned } = await run({ db });
      return String((returned as unknown[]).length);
    },
  }),
  card({
    id: 'invoice-and-reminders',
    mistake: 'fan-out-sum',
    themes: ['joins'],
    question: 'One invoice over 100, with 3 items and 4 reminders. What is `sum`?',
    code: `return db.prepare(\`
  SELECT SUM(i.amount) AS sum FROM invoice i
  LEFT JOIN item ON item.invoice_id = i.id
  LEFT JOIN reminder ON reminder.invoice_id = i.id\`).get().sum;`,
    choices: ['100', '300', '700', '1200'],
    answer: 3,
    because: 'The join makes 12 rows of one invoice, and the amount stands in each of them.',
    executes: async ({ run, database }) => {
      const db =
        database(`CREATE TABLE invoice(id INTEGER, amount INTEGER); INSERT INTO invoice VALUES (1, 100);
        CREATE TABLE item(invoice_id INTEGER); INSERT INTO item VALUES (1), (1), (1);
        CREATE TABLE reminder(invoice_id INTEGER); INSERT INTO reminder VALUES (1), (1), (1), (1)`);
      return String((await run({ db })).returned);
    },
  }),
  card({
    id: 'two-tickets-one-price',
    mistake: 'equals-are-one',
    themes: ['joins'],
    question: 'Ann buys two tickets at 20 and one at 35. What does this return?',
    code: `return db.prepare(
  "SELECT SUM(DISTINCT price) AS sum FROM ticket WHERE buyer = 'Ann'",
).get().sum;`,
    choices: ['75', '55', '20', '35'],
    answer: 1,
    because: 'DISTINCT looks at values: the second ticket at 20 is taken for the first.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE ticket(buyer TEXT, price INTEGER);
        INSERT INTO ticket VALUES ('Ann', 20), ('Ann', 20), ('Ann', 35)`);
      return String((await run({ db })).returned);
    },
  }),
  card({
    id: 'rooms-with-bookings',
    mistake: 'inner-join-loss',
    themes: ['absence', 'joins'],
    question: 'A hotel has 10 rooms, and 7 of them have bookings for May. How many rooms are listed?',
    code: `return db.prepare(\`
  SELECT room.id, COUNT(b.id) AS nights FROM room
  LEFT JOIN booking b ON b.room_id = room.id
  WHERE b.month = 'May'
  GROUP BY room.id\`).all().length;`,
    choices: ['10', '7', '3', 'It depends on bookings in other months'],
    answer: 1,
    because:
      'A room without booking has NULL as its month, and WHERE drops it. In the ON it would have stayed.',
    executes: async ({ run, database }) => {
      const listed = async (more: string): Promise<string> => {
        const db =
          database(`CREATE TABLE room(id INTEGER); CREATE TABLE booking(id INTEGER, room_id INTEGER, month TEXT);
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) INSERT INTO room SELECT i FROM n;
          INSERT INTO booking SELECT id, id, 'May' FROM room WHERE id <= 7; ${more}`);
        return String((await run({ db })).returned);
      };
      const [plain, others] = [
        await listed(''),
        await listed("INSERT INTO booking SELECT 100 + id, id, 'June' FROM room WHERE id > 8"),
      ];
      return plain === others ? plain : 'It depends on bookings in other months';
    },
  }),
  card({
    id: 'latest-threads',
    mistake: 'limit-on-rows',
    themes: ['joins'],
    question: 'Each thread has 20 posts. How many threads does the page show?',
    code: `const rows = db.prepare(\`
  SELECT t.id AS thread, p.text FROM thread t
  JOIN post p ON p.thread_id = t.id
  ORDER BY t.id DESC LIMIT 10\`).all();
return new Set(rows.map((r) => r.thread)).size;`,
    choices: ['1', '10', '20', '200'],
    answer: 0,
    because: 'Ten rows are ten posts, all of the newest thread.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE thread(id INTEGER); CREATE TABLE post(thread_id INTEGER, text TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO thread SELECT i FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO post SELECT id, 'x' FROM thread, n`);
      return String((await run({ db })).returned);
    },
  }),
  card({
    id: 'empty-shelf',
    mistake: 'null-for-nothing',
    themes: ['absence'],
    question: 'The shelf is empty. What does this return?',
    code: `const { weight } = db.prepare('SELECT SUM(kg) AS weight FROM parcel').get();
return weight + ' kg';`,
    choices: ['0 kg', 'null kg', 'undefined kg', 'It throws: there is no row'],
    answer: 1,
    because: 'A sum always has one row. Over nothing its value is NULL, and not 0.',
    executes: async ({ run, database }) => {
      const { returned, thrown } = await run({ db: database('CREATE TABLE parcel(kg INTEGER)') });
      return thrown ? 'It throws: there is no row' : String(returned);
    },
  }),
  card({
    id: 'names-with-commas',
    mistake: 'packed-in-text',
    themes: ['joins'],
    question: 'The team is `Kim` and `Lea, the captain`. How many players are counted?',
    code: `const { names } = db.prepare('SELECT GROUP_CONCAT(name) AS names FROM player').get();
return names.split(',').length;`,
    choices: ['1', '2', '3', 'It throws'],
    answer: 2,
    because: 'Once the names are one text, nobody can tell the comma between names from the one in a name.',
    executes: async ({ run, database }) => {
      const db = database(
        `CREATE TABLE player(name TEXT); INSERT INTO player VALUES ('Kim'), ('Lea, the captain')`,
      );
      const { returned, thrown } = await run({ db });
      return thrown ? 'It throws' : String(returned);
    },
  }),
  card({
    id: 'ten-of-many-letters',
    mistake: 'preload-everything',
    themes: ['counting-questions'],
    question: 'The archive has 5,000 letters by 300 people. How many rows come over for these ten letters?',
    code: `const people = new Map(db.prepare('SELECT * FROM person').all().map((p) => [p.id, p]));
const letters = db.prepare('SELECT * FROM letter ORDER BY id DESC LIMIT 10').all();
return letters.map((l) => [people.get(l.person_id).name, l.title]);`,
    choices: ['10', '20', '310', '5300'],
    answer: 2,
    because:
      'Everybody who ever wrote comes over for ten letters. It is two statements, and grows all the same.',
    executes: async ({ run, database }) => {
      const { db, sent } = counted(
        database(`CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT);
          CREATE TABLE letter(id INTEGER PRIMARY KEY, person_id INTEGER, title TEXT);
          WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299) INSERT INTO person SELECT i, 'P' FROM n;
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO letter SELECT i, i % 300, 'T' FROM n`),
      );
      await run({ db });
      return String(sent.reduce((sum, s) => sum + s.rows, 0));
    },
  }),
  card({
    id: 'lines-for-two-purposes',
    mistake: 'fetched-twice',
    themes: ['counting-questions'],
    question: 'A trip has 40 stops. How many rows come over?',
    code: `const stops = () => db.prepare('SELECT * FROM stop ORDER BY n').all();
const first = stops()[0].name;
const last = stops().at(-1).name;
return first + ' to ' + last;`,
    choices: ['2', '40', '80', '1'],
    answer: 2,
    because:
      'A function that asks is asked twice: all stops come over for the first, and again for the last.',
    executes: async ({ run, database }) => {
      const { db, sent } = counted(
        database(`CREATE TABLE stop(n INTEGER, name TEXT);
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO stop SELECT i, 'S' FROM n`),
      );
      await run({ db });
      return String(sent.reduce((sum, s) => sum + s.rows, 0));
    },
  }),
  card({
    id: 'a-mark-for-each-photo',
    mistake: 'unbounded-in-list',
    themes: ['counting-questions'],
    question: 'With ten photos this works. What happens with 40,000?',
    code: `const marks = ids.map(() => '?').join();
return db.prepare('SELECT id FROM photo WHERE id IN (' + marks + ')').all(...ids).length;`,
    choices: ['40000', '32766', 'It throws: too many SQL variables'],
    answer: 2,
    because: 'A statement has room for a limited number of values; here it is 32,766, elsewhere it is 100.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE photo(id INTEGER PRIMARY KEY);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) INSERT INTO photo SELECT i FROM n`);
      const ids = Array.from({ length: 40_000 }, (_, i) => i + 1);
      const { returned, thrown } = await run({ db, ids });
      return thrown ? `It throws: ${thrown.message}` : String(returned);
    },
  }),
  card({
    id: 'price-by-article',
    mistake: 'stale-cache',
    themes: ['counting-questions'],
    question: 'At noon the office sets the price of bread from 3 to 4. What can a till say in the afternoon?',
    code: `const known = new Map();
function price(article) {
  if (!known.has(article))
    known.set(article, db.prepare('SELECT price FROM article WHERE name = ?').get(article).price);
  return known.get(article);
}`,
    choices: ['4', '3', '3, if bread was sold in the morning, else 4'],
    answer: 2,
    because: 'What was asked in the morning is answered from memory; nothing here hears of the change.',
    executes: async ({ run, database }) => {
      const afternoon = async (morning: string): Promise<unknown> => {
        const db = database(
          `CREATE TABLE article(name TEXT, price INTEGER); INSERT INTO article VALUES ('bread', 3)`,
        );
        const office = (): void => db.exec('UPDATE article SET price = 4');
        return (await run({ db, office }, `${morning} office(); return price('bread');`)).returned;
      };
      const [sold, unsold] = [await afternoon("price('bread');"), await afternoon('')];
      return sold === unsold ? String(sold) : `${sold}, if bread was sold in the morning, else ${unsold}`;
    },
  }),
];
