import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'coupon-used-elsewhere',
    mistake: 'shared-database',
    themes: ['module-state'],
    question: 'Two tills in one program. A coupon was redeemed at the first: does the second accept it?',
    code: `const seen = new Set();

function createTill() {
  return { redeem: (coupon) => !seen.has(coupon) && !!seen.add(coupon) };
}`,
    choices: ['Yes, each till has its own set', 'No, it counts as used there, too'],
    answer: 1,
    because:
      'The set stands outside of createTill: there is one in the process, however many tills there are.',
    executes: async ({ run }) => {
      const { returned } = await run(
        {},
        `const [a, b] = [createTill(), createTill()]; a.redeem('SUN'); return b.redeem('SUN')`,
      );
      return returned ? 'Yes, each till has its own set' : 'No, it counts as used there, too';
    },
  }),
  card({
    id: 'units-of-the-last',
    mistake: 'shared-settings',
    themes: ['module-state', 'factories'],
    question: 'What is printed?',
    code: `const base = { unit: 'kg' };
const scale = (options) => {
  const settings = Object.assign(base, options);
  return { show: (n) => n + ' ' + settings.unit };
};
const kitchen = scale({ unit: 'g' });
const harbour = scale({ unit: 't' });
console.log(kitchen.show(5), harbour.show(5));`,
    choices: ['5 g 5 t', '5 t 5 t', '5 kg 5 kg'],
    answer: 1,
    because:
      'Object.assign writes into base and returns it: both scales have the same settings, those of the last.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'three-doorbells',
    mistake: 'registrations-pile-up',
    themes: ['module-state'],
    question: 'Flats 1 to 3 were made. Somebody rings at flat 3: which numbers are printed?',
    code: `const listeners = [];
const makeFlat = (n) => {
  listeners.push(() => console.log(n));
  return { ring: () => listeners.forEach((listener) => listener()) };
};
const [, , third] = [makeFlat(1), makeFlat(2), makeFlat(3)];
third.ring();`,
    choices: ['3', '1 2 3', '3 3 3'],
    answer: 1,
    because: 'Each flat entered its own listener, into a list that all of them go through.',
    executes: async ({ run }) => (await run()).printed.trim().replaceAll('\n', ' '),
  }),
  card({
    id: 'same-key-other-language',
    mistake: 'global-by-another-name',
    themes: ['module-state'],
    question: 'What does the second call give?',
    code: `const readers = new Map();
function reader(file, language) {
  if (!readers.has(file)) readers.set(file, { file, language });
  return readers.get(file);
}
reader('menu.txt', 'fr');
console.log(reader('menu.txt', 'it').language);`,
    choices: ['it', 'fr', 'undefined'],
    answer: 1,
    because:
      'The key says which file, and not which language: whoever comes second gets what the first one asked for.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'the-test-that-only-imports',
    mistake: 'work-at-import',
    themes: ['side-effects'],
    question: 'A test imports this file for `round` alone. How many connections are opened?',
    code: `const db = connect('billing');
const round = (amount) => Math.round(amount * 100) / 100;
const billed = () => db.total();`,
    choices: ['None, billed was not called', 'One'],
    answer: 1,
    because: 'The first line runs as soon as the file is loaded, whatever is used of it.',
    executes: async ({ run }) => {
      let opened = 0;
      const connect = (): object => ({ opened: ++opened });
      await run({ connect }, 'return round(1.005)');
      return opened === 0 ? 'None, billed was not called' : 'One';
    },
  }),
  card({
    id: 'last-one-out',
    mistake: 'closes-everything',
    themes: ['ownership'],
    question: 'Both rooms are lit. One is left with `leave`: how many are lit then?',
    code: `const lit = new Set();
const room = (name) => {
  lit.add(name);
  return { leave: () => lit.clear() };
};
const kitchen = room('kitchen');
const study = room('study');
kitchen.leave();`,
    choices: ['0', '1', '2'],
    answer: 0,
    because: 'clear() asks nobody whose light it is. delete(name) would have taken its own.',
    executes: async ({ run }) => String((await run({}, 'return lit.size')).returned),
  }),
  card({
    id: 'options-changed-later',
    mistake: 'holds-callers-object',
    themes: ['ownership'],
    question: 'What is printed?',
    code: `const createLog = (options) => ({ line: (text) => options.prefix + text });
const options = { prefix: '[a] ' };
const first = createLog(options);
options.prefix = '[b] ';
const second = createLog(options);
console.log(first.line('hi'), second.line('hi'));`,
    choices: ['[a] hi [b] hi', '[b] hi [b] hi'],
    answer: 1,
    because:
      'Both logs look into the one object of the caller each time. A copy taken in createLog would have kept “[a]”.',
    executes: async ({ run }) => (await run()).printed,
  }),
];
