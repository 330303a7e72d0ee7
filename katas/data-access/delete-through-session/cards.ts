import { card, type Card } from 'kibitzer/kata';

const BOXES = `CREATE TABLE box(id INTEGER PRIMARY KEY, room INTEGER);
  INSERT INTO box VALUES (1, 1), (2, 1), (3, 2)`;
const PARENTS = `PRAGMA foreign_keys = ON; CREATE TABLE shelf(id INTEGER PRIMARY KEY);
  CREATE TABLE book(id INTEGER PRIMARY KEY, shelf_id INTEGER REFERENCES shelf(id));
  INSERT INTO shelf VALUES (1); INSERT INTO book VALUES (1, 1), (2, 1)`;

export const cards: Card[] = [
  card({
    id: 'two-boxes-and-a-key',
    mistake: 'deletes-as-it-goes',
    themes: ['intent-and-execution'],
    question: 'The second key is lost, and `takeKey` throws. How many boxes are in the table then?',
    code: `for (const id of [1, 2]) {
  db.prepare('DELETE FROM box WHERE id = ?').run(id);
  takeKey(id);
}`,
    choices: ['3', '2', '1', '0'],
    answer: 2,
    because: 'Each DELETE was final when it had run. The second box has gone before its key was missed.',
    executes: async ({ run, database }) => {
      const db = database(BOXES);
      const takeKey = (id: number): void => {
        if (id === 2) throw new Error('no such key');
      };
      await run({ db, takeKey });
      return String(db.prepare('SELECT count(*) AS n FROM box').get()!.n);
    },
  }),
  card({
    id: 'called-off-then-committed',
    mistake: 'intent-survives',
    themes: ['intent-and-execution'],
    question: 'Which ids are deleted?',
    code: `const wanted = new Set();
const session = {
  delete: (id) => wanted.add(id),
  rollback: () => wanted.clear(),
  commit: () => { const ids = [...wanted]; wanted.clear(); return ids; },
};
session.delete(1);
session.rollback();
session.delete(2);
console.log(session.commit().join());`,
    choices: ['1,2', '1', '2', 'none'],
    answer: 2,
    because:
      'The wish for 1 was thrown away with the rollback. Without `clear` there, the commit would have done it too.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'mail-before-commit',
    mistake: 'file-before-commit',
    themes: ['what-cannot-be-undone'],
    question: 'The COMMIT fails. How many boxes are there, and how many mails have gone out?',
    code: `db.exec('BEGIN');
try {
  db.exec('DELETE FROM box WHERE room = 1');
  mail('room 1 has been cleared');
  commit();
} catch {
  db.exec('ROLLBACK');
}`,
    choices: ['3 boxes, no mail', '3 boxes, 1 mail', '1 box, 1 mail', '1 box, no mail'],
    answer: 1,
    because: 'ROLLBACK brings rows back. It knows nothing of mails.',
    executes: async ({ run, database }) => {
      const db = database(BOXES);
      const sent: string[] = [];
      const commit = (): void => {
        throw new Error('disk full');
      };
      await run({ db, commit, mail: (text: string) => sent.push(text) });
      const n = Number(db.prepare('SELECT count(*) AS n FROM box').get()!.n);
      return `${n} ${n === 1 ? 'box' : 'boxes'}, ${sent.length === 0 ? 'no' : sent.length} mail`;
    },
  }),
  card({
    id: 'overridden-delete',
    mistake: 'bulk-skips-children',
    themes: ['dependencies'],
    question: 'Three boxes are stored. How many labels are printed?',
    code: `class Box {
  constructor(id) { this.id = id; }
  delete() { console.log('label of ' + this.id); db.exec('DELETE FROM box WHERE id = ' + this.id); }
}
const clear = (room) => db.exec('DELETE FROM box WHERE room = ' + room);
new Box(3).delete();
clear(1);`,
    choices: ['1', '2', '3', 'none'],
    answer: 0,
    because: '`clear` removes rows. That boxes have labels is known to `Box.delete` only.',
    executes: async ({ run, database }) => {
      const { printed } = await run({ db: database(BOXES) });
      return String(printed.split('\n').filter((text) => text.startsWith('label')).length);
    },
  }),
  card({
    id: 'begin-within-begin',
    mistake: 'decides-for-itself',
    themes: ['intent-and-execution'],
    question: 'What does this call do?',
    code: `function clear(room) {
  db.exec('BEGIN');
  db.exec('DELETE FROM box WHERE room = ' + room);
  db.exec('COMMIT');
}
db.exec('BEGIN');
clear(1);
db.exec('COMMIT');`,
    choices: [
      'It removes two boxes',
      'It throws: there is a transaction already',
      'It removes nothing and says nothing',
    ],
    answer: 1,
    because: 'Transactions do not nest. `clear` does not know that it is a part of something.',
    executes: async ({ run, database }) => {
      const db = database(BOXES);
      const { thrown } = await run({ db });
      if (thrown)
        return /within a transaction/.test(thrown.message)
          ? 'It throws: there is a transaction already'
          : String(thrown);
      return Number(db.prepare('SELECT count(*) AS n FROM box').get()!.n) === 1
        ? 'It removes two boxes'
        : 'It removes nothing and says nothing';
    },
  }),
  card({
    id: 'shelf-and-books',
    mistake: 'wrong-order',
    themes: ['dependencies'],
    question: 'Foreign keys are enforced, and two books stand on the shelf. What is there afterwards?',
    code: `try {
  db.exec('DELETE FROM shelf WHERE id = 1');
  db.exec('DELETE FROM book WHERE shelf_id = 1');
} catch {}`,
    choices: ['Nothing', 'The books', 'The shelf', 'The shelf and the books'],
    answer: 3,
    because: 'The first statement is refused, since books refer to the shelf; the second is not reached.',
    executes: async ({ run, database }) => {
      const db = database(PARENTS);
      await run({ db });
      const left = ['shelf', 'book'].map(
        (t) => Number(db.prepare(`SELECT count(*) AS n FROM ${t}`).get()!.n) > 0,
      );
      return ['Nothing', 'The books', 'The shelf', 'The shelf and the books'][
        Number(left[0]) * 2 + Number(left[1])
      ]!;
    },
  }),
  card({
    id: 'asked-twice',
    mistake: 'double-delete',
    themes: ['dependencies'],
    question: 'Somebody asks for box 1 and for all of room 1. How many labels are torn up?',
    code: `const wanted = [];
wanted.push(1);
for (const box of db.prepare('SELECT id FROM box WHERE room = 1').all()) wanted.push(box.id);
for (const id of wanted) tearUp(id);`,
    choices: ['1', '2', '3'],
    answer: 2,
    because:
      'The list holds box 1 twice: once for each time that it was asked for. A set would hold it once.',
    executes: async ({ run, database }) => {
      const torn: number[] = [];
      await run({ db: database(BOXES), tearUp: (id: number) => torn.push(id) });
      return String(torn.length);
    },
  }),
];
