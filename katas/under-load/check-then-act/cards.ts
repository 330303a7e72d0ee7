import { spawnSync } from 'node:child_process';
import { card, type Card, type CardRun } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'sixty-six-orders',
    mistake: 'gap-between-if-and-then',
    themes: ['gap', 'atomicity'],
    question:
      'Three callers run this at once, and one after the other may take its next step: 66 orders. In how many is the last ticket sold exactly once?',
    code: `if (await isFree('last ticket')) await sell('last ticket');`,
    choices: ['6', '24', '36', '60'],
    answer: 0,
    because:
      'Only where one caller is through before the next one looks. In 24 orders it is sold twice, in 36 three times: the lucky order is the rare one.',
    executes: async ({ run }) => {
      let once = 0;
      let orders = 0;
      const open: number[][] = [[]];
      for (let picks = open.pop(); picks; picks = open.pop()) {
        const { sold, options } = await inOrder(picks, run);
        for (let at = picks.length; at < options.length; at++)
          for (let to = 1; to < options[at]!; to++)
            open.push([...picks, ...Array(at - picks.length).fill(0), to]);
        orders++;
        if (sold === 1) once++;
      }
      return orders === 66 ? String(once) : `${orders} orders`;
    },
  }),
  card({
    id: 'coupon-in-two-shops',
    mistake: 'one-process-lock',
    themes: ['shared-state'],
    question: 'Two processes run this. The coupon SPRING is redeemed in both. What do they answer?',
    code: `const used = new Set();
async function redeem(code) {
  if (used.has(code)) return 'used already';
  used.add(code);
  await payOut(code);
  return 'paid';
}`,
    choices: ['paid and used already', 'paid and paid', 'used already and used already'],
    answer: 1,
    because: 'Each process has a Set of its own; what one adds, the other never sees.',
    executes: async ({ run }) => {
      const scope = { payOut: async () => {} };
      const answers = [1, 2].map(() => run(scope, `return redeem('SPRING');`));
      return (await Promise.all(answers)).map((a) => a.returned).join(' and ');
    },
  }),
  card({
    id: 'one-tent-no-mat',
    mistake: 'half-booking',
    themes: ['atomicity', 'intermediate-states'],
    question: 'One tent is in stock, and no mat. How many tents does the table have afterwards?',
    code: `function transaction(work) {
  db.exec('BEGIN');
  try {
    const answer = work();
    db.exec('COMMIT');
    return answer;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
transaction(() => {
  for (const item of ['tent', 'mat']) {
    const left = db.prepare('SELECT n FROM stock WHERE item = ?').get(item).n;
    if (left === 0) return 'not everything is there';
    db.prepare('UPDATE stock SET n = n - 1 WHERE item = ?').run(item);
  }
});`,
    choices: ['1: the order came to nothing', '0', 'None can be read: the transaction is still open'],
    answer: 1,
    because:
      'Only an error takes a transaction back. To return early is to end well, and the tent is booked.',
    executes: async ({ run, database }) => {
      const db = database(`CREATE TABLE stock(item, n); INSERT INTO stock VALUES ('tent', 1), ('mat', 0)`);
      await run({ db });
      const { n } = db.prepare(`SELECT n FROM stock WHERE item = 'tent'`).get()!;
      try {
        db.exec('BEGIN');
      } catch {
        return 'None can be read: the transaction is still open';
      }
      return n === 1 ? '1: the order came to nothing' : String(n);
    },
  }),
  card({
    id: 'no-such-parcel',
    mistake: 'optimistic-yes',
    themes: ['answers'],
    question: 'Parcel 7 was handed over yesterday. What does `handOver(7)` answer?',
    code: `function handOver(id) {
  db.prepare('UPDATE parcel SET given = 1 WHERE id = ? AND given = 0').run(id);
  return 'here you are';
}`,
    choices: ['here you are', 'It throws: no row was changed', 'undefined'],
    answer: 0,
    because: 'A statement that changes no row is no error. It says so in its result, and nobody has read it.',
    executes: async ({ run, database }) => {
      const db = database('CREATE TABLE parcel(id, given); INSERT INTO parcel VALUES (7, 1)');
      const { returned, thrown } = await run({ db }, 'return handOver(7);');
      return thrown ? 'It throws: no row was changed' : String(returned);
    },
  }),
  card({
    id: 'begin-within-begin',
    mistake: 'hand-made-transaction',
    themes: ['atomicity', 'shared-state'],
    question: 'Two requests of one server use the same connection. What happens at the second BEGIN?',
    code: `async function request(work) {
  db.exec('BEGIN IMMEDIATE');
  await work();
  db.exec('COMMIT');
}
await Promise.all([request(readBody), request(readBody)]);`,
    choices: [
      'It waits until the first request commits',
      'It throws',
      'A second transaction begins beside the first',
    ],
    answer: 1,
    because: 'A connection has one transaction at most. What waits for a lock is another connection.',
    executes: async ({ run, database }) => {
      const { thrown } = await run({ db: database(), readBody: () => new Promise(setImmediate) });
      return thrown && /within a transaction/.test(thrown.message)
        ? 'It throws'
        : 'It waits until the first request commits';
    },
  }),
  card({
    id: 'transfer-both-ways',
    mistake: 'lock-order',
    themes: ['locks'],
    question: '`lock` waits until an account is free. Both transfers start at once. What is printed?',
    code: `async function transfer(from, to) {
  await lock(from);
  await lock(to);
  console.log(from + ' to ' + to);
  unlock(to);
  unlock(from);
}
await Promise.all([transfer('rent', 'food'), transfer('food', 'rent')]);`,
    choices: ['rent to food, then food to rent', 'rent to food only', 'nothing'],
    answer: 2,
    because:
      'Each has locked one account and waits for the other one. Locking in the order of the names avoids it.',
    executes: async ({ run }) => {
      const held = new Set<string>();
      let waiting: { name: string; go: () => void }[] = [];
      const printed: string[] = [];
      const take = (name: string, go: () => void): void => {
        if (held.has(name)) waiting.push({ name, go });
        else {
          held.add(name);
          go();
        }
      };
      const scope = {
        lock: async (name: string) => {
          await new Promise<void>((done) => take(name, done));
          await new Promise(setImmediate);
        },
        unlock: (name: string) => {
          held.delete(name);
          const all = waiting;
          waiting = [];
          for (const w of all) take(w.name, w.go);
        },
        console: { log: (text: string) => printed.push(text) },
      };
      void run(scope);
      for (let i = 0; i < 20; i++) await new Promise(setImmediate);
      return printed.length === 0
        ? 'nothing'
        : printed.length === 1
          ? `${printed[0]} only`
          : printed.join(', then ');
    },
  }),
  card({
    id: 'power-cut',
    mistake: 'half-moved',
    themes: ['intermediate-states'],
    question: 'The power can go off after any line. Which loss is possible?',
    code: `const text = drive.read('draft/letter');
drive.remove('draft/letter');
drive.write('sent/letter', text);`,
    choices: [
      'The letter is in both folders',
      'The letter is in neither folder',
      'None: it is in one folder or the other',
    ],
    answer: 1,
    because:
      'Between the second and the third line it is only in memory. The other order would leave two of them.',
    executes: async ({ run }) => {
      const after = async (lines: number): Promise<number> => {
        const files = new Map([['draft/letter', 'Dear …']]);
        let done = 0;
        const step = (): void => {
          if (done++ >= lines) throw new Error('no power');
        };
        const drive = {
          read: (name: string) => (step(), files.get(name)),
          remove: (name: string) => (step(), files.delete(name)),
          write: (name: string, text: string) => (step(), files.set(name, text)),
        };
        await run({ drive });
        return files.size;
      };
      const sizes = [await after(1), await after(2), await after(3)];
      if (sizes.includes(0)) return 'The letter is in neither folder';
      return sizes.includes(2) ? 'The letter is in both folders' : 'None: it is in one folder or the other';
    },
  }),
  card({
    id: 'come-back-later',
    mistake: 'over-locking',
    themes: ['locks'],
    question: 'A hotel has rooms 1 and 2, both free. Two guests come at the same moment. What are they told?',
    code: `let busy = false;
async function checkIn(room) {
  if (busy) return 'come back later';
  busy = true;
  await writeDown(room);
  busy = false;
  return 'welcome';
}
const told = await Promise.all([checkIn(1), checkIn(2)]);`,
    choices: ['welcome, welcome', 'welcome, come back later', 'come back later, come back later'],
    answer: 1,
    because: 'The flag is about the desk and not about the room. Room 2 is free, and its guest is sent away.',
    executes: async ({ run }) => {
      const { returned } = await run({ writeDown: () => new Promise(setImmediate) }, 'return told;');
      return (returned as string[]).join(', ');
    },
  }),
  card({
    id: 'finally-gone',
    mistake: 'orphan-lock',
    themes: ['locks', 'intermediate-states'],
    question: 'The process is killed while `work` is running. What is written to the lock file?',
    code: `writeFileSync('lock', 'taken');
try {
  work();
} finally {
  writeFileSync('lock', 'free');
}`,
    choices: ['free', 'taken', 'free, a little later'],
    answer: 1,
    because:
      '`finally` is code, and a process that is gone runs none. Only what the system itself lifts is lifted.',
    executes: () => {
      const code = `const writeFileSync = (_, text) => console.log(text);
const work = () => process.kill(process.pid, 'SIGKILL');
writeFileSync('lock', 'taken');
try {
  work();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
} finally {
  writeFileSync('lock', 'free');
}`;
      const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 10_000 });
      return stdout.trim().split('\n').at(-1)!;
    },
  }),
];

type Run = (scope: Readonly<Record<string, unknown>>) => Promise<CardRun>;

/** Plays three callers; at each step `picks` says who goes on, the first who can where it says nothing. */
async function inOrder(picks: readonly number[], run: Run): Promise<{ sold: number; options: number[] }> {
  const waiting: { caller: number; go: () => void }[] = [];
  const options: number[] = [];
  let free = true;
  let sold = 0;
  const step = <T>(caller: number, effect: () => T): Promise<T> =>
    new Promise((done) => waiting.push({ caller, go: () => done(effect()) }));
  for (const caller of [0, 1, 2]) {
    void run({
      isFree: () => step(caller, () => free),
      sell: () =>
        step(caller, () => {
          free = false;
          sold++;
        }),
    });
  }
  for (;;) {
    await new Promise(setImmediate);
    if (waiting.length === 0) return { sold, options };
    waiting.sort((a, b) => a.caller - b.caller);
    const pick = picks[options.length] ?? 0;
    options.push(waiting.length);
    waiting.splice(pick, 1)[0]!.go();
  }
}
