import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'rejected-an-hour-ago',
    mistake: 'error-kept',
    themes: ['failure'],
    question: '`ask` rejects once, and works from then on. What does the next caller get?',
    code: `const known = {};
function rate(currency) {
  if (!known[currency]) known[currency] = ask(currency);
  return known[currency];
}`,
    choices: ['the rate', 'the same rejection', 'undefined'],
    answer: 1,
    because:
      'The promise was kept, with its rejection. There is something for the key, so nobody asks again.',
    executes: async ({ run }) => {
      let down = true;
      const ask = async (): Promise<string> => {
        if (down) throw new Error('down');
        return 'the rate';
      };
      const { returned } = await run({ ask }, 'return { rate };');
      const { rate } = returned as { rate(currency: string): Promise<string> };
      const said = await rate('CHF').catch(() => 'a rejection');
      down = false;
      return rate('CHF').catch(() => (said === 'a rejection' ? 'the same rejection' : 'undefined'));
    },
  }),
  card({
    id: 'three-share-a-taxi',
    mistake: 'everybody-asks',
    themes: ['shared-waiting'],
    question: 'Three guests call `taxi()` at once. How many taxis come?',
    code: `let car = null;
async function taxi() {
  if (car === null) car = await order();
  return car;
}`,
    choices: ['1', '2', '3'],
    answer: 2,
    because: 'Until the first car is there, `car` is still null. That one has been ordered stands nowhere.',
    executes: async ({ run }) => {
      let ordered = 0;
      const order = async (): Promise<number> => ++ordered;
      await run({ order }, 'return Promise.all([taxi(), taxi(), taxi()]);');
      return String(ordered);
    },
  }),
  card({
    id: 'slow-search',
    mistake: 'late-writer',
    themes: ['overtaking'],
    question: 'The search for “b” takes long, the one for “be” is quick. What stands on the page in the end?',
    code: `async function typed(text) {
  page.results = await search(text);
}
typed('b');
typed('be');`,
    choices: ['results for be', 'results for b', 'nothing'],
    answer: 1,
    because: 'What arrives last is written last, and that is the answer to the older question.',
    executes: async ({ run }) => {
      const page = { results: 'nothing' };
      const answers = new Map<string, (found: string) => void>();
      const search = (text: string): Promise<string> =>
        new Promise((done) => answers.set(text, () => done(`results for ${text}`)));
      await run({ page, search });
      for (const text of ['be', 'b']) {
        answers.get(text)!(text);
        await new Promise<void>((done) => setImmediate(done));
      }
      return page.results;
    },
  }),
  card({
    id: 'no-rain',
    mistake: 'falsy-miss',
    themes: ['presence'],
    question: 'It did not rain: `measure` gives 0. How often is it called?',
    code: `const rain = new Map();
function rainOf(day) {
  if (!rain.get(day)) rain.set(day, measure(day));
  return rain.get(day);
}
rainOf('monday');
rainOf('monday');`,
    choices: ['once', 'twice', 'never'],
    answer: 1,
    because: '0 is there, and it counts as false. Whether there is an entry is what `has` says.',
    executes: async ({ run }) => {
      let measured = 0;
      const measure = (): number => (measured++, 0);
      await run({ measure });
      return measured === 1 ? 'once' : measured === 2 ? 'twice' : 'never';
    },
  }),
  card({
    id: 'finally-has-a-promise',
    mistake: 'unheard-failure',
    themes: ['failure'],
    question: '`print` rejects, and the caller catches it. Does an error go unhandled?',
    code: `let printing = null;
function printOnce() {
  printing = print();
  printing.finally(() => { printing = null; });
  return printing;
}`,
    choices: ['No: the caller has caught it', 'Yes: finally makes a second promise that rejects too'],
    answer: 1,
    because: 'What `finally` gives back rejects as well, and nobody holds it.',
    executes: async ({ run }) => {
      let made = 0;
      class Watched<T> extends Promise<T> {
        override finally(done?: (() => void) | null): Promise<T> {
          const second = super.finally(done);
          second.catch(() => made++);
          return second;
        }
      }
      const print = (): Promise<void> => new Watched((_done, fail) => fail(new Error('no paper')));
      await run({ print }, 'return printOnce().catch(() => {});');
      await new Promise<void>((done) => setImmediate(done));
      return made === 0
        ? 'No: the caller has caught it'
        : 'Yes: finally makes a second promise that rejects too';
    },
  }),
  card({
    id: 'one-at-the-door',
    mistake: 'one-lock-for-all',
    themes: ['shared-waiting'],
    question:
      'Ann’s parcel takes five minutes, Bob’s letter one. Both come at once, Ann first. When has Bob his letter?',
    code: `let turn = Promise.resolve();
function fetchFor(who) {
  const mine = turn.then(() => fetch(who));
  turn = mine;
  return mine;
}`,
    choices: ['after one minute', 'after five minutes', 'after six minutes'],
    answer: 2,
    because: 'Bob’s minute begins when Ann’s five are over, though he wants nothing of hers.',
    executes: async ({ run }) => {
      let minutes = 0;
      const fetch = async (who: string): Promise<number> => (minutes += who === 'Ann' ? 5 : 1);
      const { returned } = await run({ fetch }, `fetchFor('Ann'); return fetchFor('Bob');`);
      return `after ${returned === 1 ? 'one minute' : returned === 5 ? 'five minutes' : 'six minutes'}`;
    },
  }),
];
