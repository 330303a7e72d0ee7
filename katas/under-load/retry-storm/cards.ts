import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'three-layers',
    mistake: 'immediate-retry',
    themes: ['load'],
    question:
      'Each of three layers tries 4 times. The lowest always fails. How many requests reach it for one click?',
    code: `const tries = (send) => () => {
  for (let i = 0; i < 4; i++) if (send()) return true;
  return false;
};
const click = tries(tries(tries(lowest)));`,
    choices: ['12', '64', '81'],
    answer: 1,
    because: 'Each layer multiplies: 4 × 4 × 4. Only one layer should repeat, or each as a small share.',
    executes: async ({ run }) => {
      let arrived = 0;
      await run({ lowest: () => (arrived++, false) }, 'return click()');
      return String(arrived);
    },
  }),
  card({
    id: 'slow-poll',
    mistake: 'constant-retry',
    themes: ['load', 'time'],
    question:
      'The printer is off for an hour. How often is it asked in that time, and how often with the second line instead?',
    code: `const steady = () => 1000;
const doubling = (n) => 1000 * 2 ** n;`,
    choices: ['3600 times, and 11', '3600 times, and 60', '60 times, and 6'],
    answer: 0,
    because:
      'Doubling reaches an hour after about a dozen pauses: the count grows with the logarithm of the outage.',
    executes: async ({ run }) => {
      const { returned } = await run({}, 'return [steady, doubling]');
      const asked = (returned as ((n: number) => number)[]).map((pause) => {
        let n = 0;
        for (let at = pause(0); at <= 3_600_000; at += pause(n)) n++;
        return n;
      });
      return `${asked[0]} times, and ${asked[1]}`;
    },
  }),
  card({
    id: 'alarm-clocks',
    mistake: 'in-step',
    themes: ['load', 'chance'],
    question:
      'A thousand phones lose the connection in the same second. At how many different moments do they come back?',
    code: `const wait = (attempt) => Math.min(60_000, 500 * 2 ** attempt);
const comesBackAt = (phone) => wait(0);`,
    choices: ['At 1', 'At about 500', 'At 1000'],
    answer: 0,
    because: 'The same start and the same rule give the same moment. Only chance makes them different.',
    executes: async ({ run }) => {
      const { returned } = await run({}, 'return comesBackAt');
      const at = Array.from({ length: 1000 }, (_, phone) => (returned as (p: number) => number)(phone));
      const moments = new Set(at).size;
      return moments === 1 ? 'At 1' : moments === 1000 ? 'At 1000' : 'At about 500';
    },
  }),
  card({
    id: 'transfer-twice',
    mistake: 'key-per-attempt',
    themes: ['partial-failure'],
    question:
      'The bank takes transfers with the same key for one. The first answer is lost. How many transfers are made?',
    code: `async function transfer(order, bank) {
  for (let i = 0; i < 3; i++) {
    try {
      return await bank.post({ ...order, key: crypto.randomUUID() });
    } catch {}
  }
}`,
    choices: ['1', '2', '3'],
    answer: 1,
    because: 'The key is made inside the loop, so each attempt looks like another order.',
    executes: async ({ run }) => {
      const made = new Set<string>();
      let first = true;
      const bank = {
        post: async ({ key }: { key: string }) => {
          made.add(key);
          if (first) {
            first = false;
            throw new Error('no answer');
          }
        },
      };
      await run({ bank }, 'return transfer({ cents: 500 }, bank)');
      return String(made.size);
    },
  }),
  card({
    id: 'two-equal-orders',
    mistake: 'one-key-for-two',
    themes: ['partial-failure'],
    question:
      'Two guests at table 4 each order a coffee. The kitchen takes orders with the same key for one. How many coffees come?',
    code: `const keyOf = (order) => JSON.stringify(order);
const order = (table, what) => kitchen.take(keyOf({ table, what }));`,
    choices: ['1', '2'],
    answer: 0,
    because: 'The key says what is wanted, not which wish it is. Two equal wishes get one key.',
    executes: async ({ run }) => {
      const taken = new Set<string>();
      await run(
        { kitchen: { take: (key: string) => taken.add(key) } },
        "order(4, 'coffee'); order(4, 'coffee')",
      );
      return String(taken.size);
    },
  }),
  card({
    id: 'late-race',
    mistake: 'outlives-deadline',
    themes: ['time', 'cancellation'],
    question: '`job` takes three steps, the time is up after the first. How many steps are made?',
    code: `async function within(job, timeUp) {
  return Promise.race([job(), timeUp]);
}`,
    choices: ['1', '3'],
    answer: 1,
    because: 'A race decides who is listened to. The loser runs on: nobody has told it to stop.',
    executes: async ({ run }) => {
      let steps = 0;
      let up = (): void => {};
      const timeUp = new Promise<void>((done) => void (up = done));
      const job = async (): Promise<void> => {
        for (; steps < 3; steps++) {
          if (steps === 1) up();
          await Promise.resolve();
        }
      };
      await run({ job, timeUp }, 'return within(job, timeUp)');
      for (let i = 0; i < 10; i++) await Promise.resolve();
      return String(steps);
    },
  }),
  card({
    id: 'thousand-baskets',
    mistake: 'no-budget',
    themes: ['load'],
    question: 'The price server is down, 500 baskets are opened. How many requests does it get?',
    code: `async function price(basket) {
  for (let i = 0; i < 3; i++) {
    try {
      return await server.price(basket);
    } catch {
      await pause(i);
    }
  }
}`,
    choices: ['500', '1500', 'Fewer than 600'],
    answer: 1,
    because: 'Each basket decides for itself. Pauses move the requests, they do not make them fewer.',
    executes: async ({ run }) => {
      let got = 0;
      const server = {
        price: async () => {
          got++;
          throw new Error('down');
        },
      };
      await run({ server, pause: async () => {} }, 'await Promise.all(Array.from({ length: 500 }, price))');
      return got < 600 && got !== 500 ? 'Fewer than 600' : String(got);
    },
  }),
  card({
    id: 'header-as-date',
    mistake: 'ignores-retry-after',
    themes: ['time'],
    question: 'The answer says `Retry-After: Fri, 02 Jan 2026 00:00:00 GMT`. How long does this wait?',
    code: `const ms = Number(headers['retry-after']) * 1000 || 100;`,
    choices: ['Until that moment', '100 ms', 'For ever'],
    answer: 1,
    because: 'A date is no number: NaN is falsy, and the fallback takes over.',
    executes: async ({ run }) => {
      const headers = { 'retry-after': 'Fri, 02 Jan 2026 00:00:00 GMT' };
      const { returned } = await run({ headers }, 'return ms');
      return returned === 100 ? '100 ms' : Number.isFinite(returned) ? 'Until that moment' : 'For ever';
    },
  }),
];
