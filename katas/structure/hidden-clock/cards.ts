import { card } from 'kibitzer/kata';
import type { Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'two-readings-one-price',
    mistake: 'two-nows',
    themes: ['time', 'atomicity'],
    question:
      'The deadline is midnight, and the price changes at midnight. Can a buyer pass the early check and get the late price?',
    code: 'if (clock.now() < deadline) return price(clock.now());',
    choices: [
      'Yes, if midnight falls between the two readings',
      'No, both readings are on one line',
      'No, the clock does not move within a function',
    ],
    answer: 0,
    because:
      'The two calls are two instants. One reading, kept in a constant, can be on one side of midnight only.',
  }),
  card({
    id: 'token-that-never-expires-in-tests',
    mistake: 'reads-ambient-clock',
    themes: ['hidden-inputs', 'determinism'],
    question:
      'A test hands in a clock that stands at noon and checks that a token issued an hour ago has expired. When does it pass?',
    code: `function expired(token: Token, clock: { now(): number }): boolean {
  const age = Date.now() - token.issuedAt;
  return age > 30 * 60_000 && clock.now() > 0;
}`,
    choices: ['Always', "It depends on the computer's clock", 'Never'],
    answer: 1,
    because: 'The age comes from Date.now(). The clock that was handed in decides nothing.',
  }),
  card({
    id: 'shuffle-with-a-seed',
    mistake: 'reads-ambient-chance',
    themes: ['hidden-inputs', 'determinism'],
    question: 'The seed is stored with the playlist. Does playing it again give the same order?',
    code: `function shuffle(songs: Song[], random: Random): Song[] {
  const first = random.int(songs.length);
  const rest = songs.filter((_, i) => i !== first).sort(() => Math.random() - 0.5);
  return [songs[first], ...rest];
}`,
    choices: ['Yes, the seed decides', 'Only the first song is the same', 'Only with two songs or more'],
    answer: 1,
    because: 'The rest is ordered by Math.random, which the seed does not reach.',
  }),
  card({
    id: 'birthday-on-the-server',
    mistake: 'process-zone',
    themes: ['time', 'hidden-inputs'],
    question:
      'The server is set to UTC; the user lives in Honolulu, ten hours behind. At 15:00 there on 3 May, which day is it here?',
    code: `const now = new Date();
const today = \`\${now.getDate()}.\${now.getMonth() + 1}.\`;`,
    choices: ['3.5.', '4.5.', 'It depends on the user’s browser'],
    answer: 1,
    because: 'getDate() reads the calendar of the process: in UTC it is 01:00 on 4 May.',
  }),
  card({
    id: 'alarm-on-the-next-morning',
    mistake: 'day-is-24-hours',
    themes: ['time'],
    question:
      'It rings at 07:00 in Paris on Saturday, 24 October 2026. When does it ring on Sunday, after summer time has ended at night?',
    code: 'const next = ringsAt + 24 * 60 * 60 * 1000;',
    choices: ['06:00', '07:00', '08:00'],
    answer: 0,
    because: 'That night has an hour more. 24 hours after 07:00 the clocks in Paris show 06:00.',
  }),
  card({
    id: 'speed-over-a-leap',
    mistake: 'wall-clock-duration',
    themes: ['time'],
    question:
      'During the download the computer corrects its clock by two seconds, backwards. Which values can `rate` have?',
    code: `const start = Date.now();
await download(file);
const rate = file.size / (Date.now() - start);`,
    choices: ['Only positive ones', 'Negative ones and Infinity too', 'None, Date.now() throws'],
    answer: 1,
    because: 'The difference of two readings can be zero or negative. A monotonic clock measures spans.',
  }),
  card({
    id: 'default-parameter',
    mistake: 'captured-now',
    themes: ['time', 'dependency-injection'],
    question: 'The service is made once, when the program starts. What does `isOpen()` say the next morning?',
    code: `class Shop {
  constructor(private at = Date.now()) {}
  isOpen(): boolean { return hourOf(this.at) >= 9; }
}`,
    choices: ['What is true then', 'What was true at the start of the program', 'It throws'],
    answer: 1,
    because: 'The constructor kept a reading. A later call needs something it can ask again.',
  }),
  card({
    id: 'mailer-without-a-clock',
    mistake: 'injection-only',
    themes: ['dependency-injection'],
    question: 'All tests hand in a clock and pass. What does the program do, which calls `createMailer()`?',
    code: `export function createMailer(o: { clock?: Clock } = {}) {
  return { stamp: () => new Date(o.clock!.now()).toISOString() };
}`,
    choices: ['It uses the true time', 'It fails at the first stamp', 'It fails in createMailer()'],
    answer: 1,
    because: 'The exclamation mark silences the compiler only. A default belongs where the option is read.',
  }),
];
