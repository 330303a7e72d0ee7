import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';
import { card, type Card } from 'kibitzer/kata';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const cards: Card[] = [
  card({
    id: 'four-digits',
    mistake: 'fast-hash',
    themes: ['cost-of-attack'],
    question: 'The table of door codes is stolen. What does this print?',
    code: `const stolen = sha256('4711'); // "nobody can go back from here"
let pin = null;
for (let i = 0; i < 10_000 && pin === null; i++) {
  const guess = String(i).padStart(4, '0');
  if (sha256(guess) === stolen) pin = guess;
}
console.log(pin);`,
    choices: ['null', '4711', 'It does not end within a day'],
    answer: 1,
    because:
      'A hash need not be taken back. What can be guessed can be hashed and compared, in a millisecond or ten.',
    executes: async ({ run }) => {
      const { printed, thrown } = await run({ sha256 });
      return thrown ? 'It does not end within a day' : printed;
    },
  }),
  card({
    id: 'admin-on-two-sites',
    mistake: 'name-as-salt',
    themes: ['cost-of-attack'],
    question:
      'Two sites store `row(name, password)`. Ann has one password on both. What does a thief of both tables see?',
    code: `const salt = (name) => sha256(name).slice(0, 32);
const row = (name, password) => scrypt(password, salt(name));`,
    choices: ['Two rows that have nothing in common', 'The same row twice', 'Nothing: the salt is hashed'],
    answer: 1,
    because:
      'Same name, same salt, same hash. And tables for "admin" can be computed before anything is stolen.',
    executes: async ({ run }) => {
      const scrypt = (password: string, salt: string): string =>
        scryptSync(password, salt, 32, { N: 16 }).toString('hex');
      const { returned } = await run(
        { sha256, scrypt },
        `return [row('ann', 'rosebud'), row('ann', 'rosebud')]`,
      );
      const [one, two] = returned as [string, string];
      return one === two ? 'The same row twice' : 'Two rows that have nothing in common';
    },
  }),
  card({
    id: 'secret-in-front',
    mistake: 'one-salt',
    themes: ['cost-of-attack'],
    question: 'Ten accounts, three of them with the password "summer". How many different rows are there?',
    code: `const PEPPER = readSecret();
const rows = passwords.map((password) => scrypt(PEPPER + password, 'v1'));
console.log(new Set(rows).size);`,
    choices: ['10', '8', '1'],
    answer: 1,
    because: 'A secret that is the same for all keeps strangers out; it does not part three equal passwords.',
    executes: async ({ run }) => {
      const passwords = ['summer', 'a', 'b', 'summer', 'c', 'd', 'e', 'f', 'summer', 'g'];
      const scrypt = (password: string, salt: string): string =>
        scryptSync(password, salt, 32, { N: 16 }).toString('hex');
      return (await run({ passwords, scrypt, readSecret: () => 'b1946ac9' })).printed;
    },
  }),
  card({
    id: 'the-next-version',
    mistake: 'parameters-not-stored',
    themes: ['data-that-outlives-code'],
    question: 'On Monday ROUNDS goes from 1 to 2. Who can log in on Tuesday?',
    code: `const stored = old; // made on Sunday, from 'rosebud'
const login = (password) => stretch(password, ROUNDS) === stored;`,
    choices: ['Everybody', 'Nobody from before Monday', 'Everybody from before Monday'],
    answer: 1,
    because: 'The row does not say that it was made with one round, so it is looked at with two.',
    executes: async ({ run }) => {
      const stretch = (text: string, rounds: number): string =>
        rounds === 0 ? text : stretch(sha256(text), rounds - 1);
      const { returned } = await run(
        { stretch, ROUNDS: 2, old: stretch('rosebud', 1) },
        `return login('rosebud')`,
      );
      return returned === true ? 'Everybody' : 'Nobody from before Monday';
    },
  }),
  card({
    id: 'token-without-end',
    mistake: 'fail-open',
    themes: ['trust-boundary'],
    question:
      'The signature in the link was cut off by a mail program: `signature` is empty. What is returned?',
    code: `function isGenuine(text: string, signature: string): boolean {
  const expected = sha256('secret' + text);
  return expected.startsWith(signature);
}
return isGenuine('user=1&admin=yes', '');`,
    choices: ['true', 'false', 'It throws'],
    answer: 0,
    because:
      'Every text begins with nothing. The length must be what it should be before anything is compared.',
    executes: async ({ run }) => {
      const { returned, thrown } = await run({ sha256 });
      return thrown ? 'It throws' : String(returned);
    },
  }),
  card({
    id: 'equal-in-constant-time',
    mistake: 'broken-row-throws',
    themes: ['trust-boundary'],
    question: 'An API key arrives that is one character too long. What does the middleware do?',
    code: `// timingSafeEqual is that of node:crypto
const isKey = (given) => timingSafeEqual(Buffer.from(given), Buffer.from(KEY));`,
    choices: ['It says false', 'It throws a RangeError', 'It compares what both have'],
    answer: 1,
    because:
      'Buffers of two lengths are an error for it. Compare the lengths first, or compare hashes of both.',
    executes: async ({ run }) => {
      const { returned, thrown } = await run({ KEY: 'k-123', timingSafeEqual }, `return isKey('k-1234')`);
      if (thrown) return 'It throws a RangeError';
      return returned === false ? 'It says false' : 'It compares what both have';
    },
  }),
  card({
    id: 'same-name-not-found',
    mistake: 'raw-unicode',
    themes: ['trust-boundary'],
    question: 'The file was saved on one computer and is looked for on another. What is printed?',
    code: `const saved = new Set(['Re\\u0301sume\\u0301.pdf']); // Résumé.pdf, as one system spells it
console.log(saved.has('R\\u00e9sum\\u00e9.pdf'));      // Résumé.pdf, as another does`,
    choices: ['true', 'false'],
    answer: 1,
    because: 'They look the same and are twelve code units and ten. `normalize` brings both to one form.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'first-of-its-kind',
    mistake: 'truncates',
    themes: ['trust-boundary'],
    question: 'Two users have the names "Αλέξανδρος" and "Αλέξανδρα". What does `slug` make of them?',
    code: `const slug = (name) => Buffer.from(name, 'latin1').toString('hex').slice(0, 16);`,
    choices: ['Two slugs', 'One slug for both', 'It throws: these letters are not in Latin-1'],
    answer: 1,
    because: 'Cut to eight letters they are equal. Latin-1 had already kept only the lower half of each.',
    executes: async ({ run }) => {
      const { returned, thrown } = await run({}, `return slug('Αλέξανδρος') === slug('Αλέξανδρα')`);
      if (thrown) return 'It throws: these letters are not in Latin-1';
      return returned === true ? 'One slug for both' : 'Two slugs';
    },
  }),
  card({
    id: 'raised-by-one',
    mistake: 'cost-ceiling',
    themes: ['cost-of-attack'],
    question:
      'With N = 2 ** 14 this has worked for years. N becomes 2 ** 15. What happens at the next registration?',
    code: `// scryptSync is that of node:crypto
const hash = (password, salt) => scryptSync(password, salt, 32, { N });`,
    choices: ['It takes twice as long', 'It throws', 'Node falls back to 2 ** 14'],
    answer: 1,
    because: 'That takes 32 MiB and a little more, and `maxmem` is 32 MiB unless it is set.',
    executes: async ({ run }) => {
      const { thrown } = await run({ N: 2 ** 15, scryptSync }, `return hash('rosebud', 'salt')`);
      return thrown ? 'It throws' : 'It takes twice as long';
    },
  }),
];
