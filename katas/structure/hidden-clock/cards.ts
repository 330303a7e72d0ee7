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
    executes: async ({ run }) => {
      const deadline = 1000;
      const readings = [deadline - 1, deadline];
      const clock = { now: () => readings.shift() };
      const price = (at: number): string => (at < deadline ? 'early' : 'late');
      const { returned } = await run({ clock, deadline, price });
      if (returned === 'late') return 'Yes, if midnight falls between the two readings';
      return readings.length === 0
        ? 'No, both readings are on one line'
        : 'No, the clock does not move within a function';
    },
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
    executes: async ({ run }) => {
      const noon = Date.UTC(2026, 5, 1, 12);
      const passes = async (computer: number): Promise<unknown> => {
        const scope = { Date: { now: () => computer }, token: { issuedAt: noon - 3_600_000 }, noon };
        return (await run(scope, 'return expired(token, { now: () => noon })')).returned;
      };
      const found = [await passes(Date.UTC(2020)), await passes(noon), await passes(Date.UTC(2030))];
      if (found.every((passed) => passed === true)) return 'Always';
      return found.includes(true) ? "It depends on the computer's clock" : 'Never';
    },
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
    executes: async ({ run }) => {
      const songs = ['a', 'b', 'c', 'd', 'e', 'f'];
      const played = async (computer: number): Promise<string[]> => {
        // the seed is the same each time, the computer's chance is another
        const random = { int: (below: number) => 3 % below };
        const ambient = Object.assign(Object.create(Math) as Math, { random: () => computer });
        const { returned } = await run({ Math: ambient, random, songs }, 'return shuffle(songs, random)');
        return returned as string[];
      };
      const [one, two] = [await played(0.1), await played(0.9)];
      if (one.join() === two.join()) return 'Yes, the seed decides';
      return one[0] === two[0] ? 'Only the first song is the same' : 'Only with two songs or more';
    },
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
    executes: async ({ run }) => {
      // 15:00 on 3 May in Honolulu; this process is set to UTC
      const at = Date.parse('2026-05-03T15:00:00-10:00');
      const Now = class extends Date {
        constructor() {
          super(at);
        }
      };
      return String((await run({ Date: Now }, 'return today')).returned);
    },
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
    executes: async ({ run }) => {
      const ringsAt = Date.parse('2026-10-24T07:00:00+02:00');
      const { returned } = await run({ ringsAt }, 'return next');
      return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Paris' }).format(
        Number(returned),
      );
    },
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
    executes: async ({ run }) => {
      const rate = async (...readings: number[]): Promise<number> => {
        const scope = { Date: { now: () => readings.shift() }, download: async () => {}, file: { size: 5 } };
        const { returned, thrown } = await run(scope, 'return rate');
        return thrown ? NaN : Number(returned);
      };
      // corrected by two seconds after one, two and three
      const found = [await rate(9000, 8000), await rate(9000, 9000), await rate(9000, 10_000)];
      if (found.some(Number.isNaN)) return 'None, Date.now() throws';
      return found.some((r) => r < 0) && found.includes(Infinity)
        ? 'Negative ones and Infinity too'
        : 'Only positive ones';
    },
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
    executes: async ({ run }) => {
      let at = Date.UTC(2026, 5, 1, 6);
      const hourOf = (instant: number): number => new Date(instant).getUTCHours();
      const nextMorning = (): void => void (at = Date.UTC(2026, 5, 2, 10));
      const { returned, thrown } = await run(
        { Date: { now: () => at }, hourOf, nextMorning },
        'const shop = new Shop(); nextMorning(); return shop.isOpen();',
      );
      if (thrown) return 'It throws';
      return returned === true ? 'What is true then' : 'What was true at the start of the program';
    },
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
    executes: async ({ run }) => {
      const { printed, thrown } = await run(
        {},
        `const mailer = createMailer(); console.log('made'); return mailer.stamp();`,
      );
      if (!thrown) return 'It uses the true time';
      return printed === 'made' ? 'It fails at the first stamp' : 'It fails in createMailer()';
    },
  }),
];
