import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'five-booleans',
    mistake: 'impossible-combination',
    themes: ['states'],
    question: 'A door is open, closed or locked. How many doors can this code describe that cannot be?',
    code: `const flags = ['isOpen', 'isClosed', 'isLocked'];
const doors = 2 ** flags.length;
const real = ['open', 'closed', 'locked'].length;
console.log(doors - real);`,
    choices: ['None', '3', '5'],
    answer: 2,
    because:
      'Three booleans are eight doors, among them one that is open and locked. One value of three is three doors.',
    executes: async ({ run }) => {
      const { printed } = await run();
      return printed === '0' ? 'None' : printed;
    },
  }),
  card({
    id: 'withdraw-and-check',
    mistake: 'half-transition',
    themes: ['states', 'atomicity'],
    question: 'There are 10 in the account. What is printed?',
    code: `const account = { balance: 10 };
function withdraw(amount) {
  account.balance -= amount;
  if (account.balance < 0) return 'refused';
  return 'paid out';
}
console.log(withdraw(30), withdraw(5));`,
    choices: ['refused paid out', 'refused refused', 'paid out refused'],
    answer: 1,
    because: 'The first withdrawal was refused and had taken the money all the same. The second finds -20.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'traffic-light-by-default',
    mistake: 'forgotten-pair',
    themes: ['completeness'],
    question: 'A flashing yellow was added to the light. May one walk?',
    code: `function mayWalk(cars) {
  switch (cars) {
    case 'green': return false;
    case 'yellow': return false;
    default: return true;
  }
}
console.log(mayWalk('flashing'));`,
    choices: ['true', 'false', 'undefined'],
    answer: 0,
    because:
      'What nobody thought of is let through. Where the default refuses, a new case is found by a complaint.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'label-for-a-new-size',
    mistake: 'forgotten-state',
    themes: ['completeness', 'one-source-of-truth'],
    question: 'Size L was added to the sizes. What is printed?',
    code: `const sizes = ['S', 'M', 'L'];
const price = { S: 10, M: 12 };
console.log(sizes.map((size) => price[size] + 1).join(' '));`,
    choices: ['11 13 1', '11 13 NaN', 'It throws'],
    answer: 1,
    because:
      'The second place was not told. Had the sizes been made of the prices, there would be no second place.',
    executes: async ({ run }) => {
      const { printed, thrown } = await run();
      return thrown ? 'It throws' : printed;
    },
  }),
  card({
    id: 'signed-out',
    mistake: 'outlives-its-data',
    themes: ['states'],
    question: 'Ann signs out. What is printed?',
    code: `const session = { signedIn: true, name: 'Ann' };
function signOut() {
  session.signedIn = false;
}
const greeting = () => (session.name ? 'Hello ' + session.name : 'Please sign in');
signOut();
console.log(greeting());`,
    choices: ['Hello Ann', 'Please sign in'],
    answer: 0,
    because:
      'The name belonged to being signed in and was kept when that ended. Sooner or later somebody reads it.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'a-level-from-a-file',
    mistake: 'trusts-stored-text',
    themes: ['parse-at-the-border'],
    question:
      'Levels are looked up by a name from a file. Which name is taken though there is no such level?',
    code: `const levels = { low: 1, high: 2 };
const known = (name) => name in levels;
console.log(['medium', 'constructor', ''].filter(known).join());`,
    choices: ['medium', 'constructor', 'none of them'],
    answer: 1,
    because:
      '`in` also finds what every object inherits. Ask for own keys, or compare with the list of those there are.',
    executes: async ({ run }) => (await run()).printed || 'none of them',
  }),
  card({
    id: 'days-off',
    mistake: 'shared-with-callers',
    themes: ['who-owns-it'],
    question: 'One caller adds a day for itself. What does the next one get?',
    code: `const DAYS = { shop: ['Sun'], office: ['Sat', 'Sun'] };
const closed = (place) => DAYS[place];
closed('shop').push('Mon');
console.log(closed('shop').join(' '));`,
    choices: ['Sun', 'Sun Mon', 'It throws: DAYS is a const'],
    answer: 1,
    because: 'The row itself was handed out. `const` holds the name DAYS, not what is in the rows.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'button-and-handler',
    mistake: 'two-truths',
    themes: ['one-source-of-truth'],
    question: 'The cart holds an article that is out of stock. What happens to a buyer who sees the button?',
    code: `const cart = [{ article: 'lamp', stock: 0 }];
const showButton = () => cart.length > 0;
const buy = () => (cart.every((x) => x.stock > 0) ? 'bought' : 'refused');
console.log(showButton() ? buy() : 'no button');`,
    choices: ['bought', 'refused', 'no button'],
    answer: 1,
    because: 'Two lines know when one may buy, and only one of them knows about the stock.',
    executes: async ({ run }) => (await run()).printed,
  }),
];
