import {
  mistake,
  type Condition,
  type Fact,
  type Frame,
  type Locator,
  type Mistake,
  type Vector,
} from 'kibitzer/kata';

const LIST = 'a-list-of-forty-words';
const ROWS = 'same-password-two-rows';
const WORK = 'work-per-guess';
const RISE = 'cost-can-rise';
const ODD = 'odd-passwords';
const DAMAGED = 'damaged-rows';

type CryptoFact = Extract<Fact, { kind: 'crypto' }>;

const near = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.near ?? null) : null);
const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';
const crypto = (v: Vector, probe: string): readonly CryptoFact[] => v.facts(probe, 'crypto');
const logs = (v: Vector, probe: string): readonly Fact[] => v.facts(probe, 'log');

/** How a method is written, but for its declaration in an interface. */
const written = (name: string): RegExp => new RegExp(`\\b${name}(?:\\([^;]*\\{|\\($|: [^;]*=>)`);

/** Where a row is looked at, when nothing of node:crypto is called there. */
const entrance = (locate: Locator): Frame => locate.line(written('login')) ?? locate.exported('openVault');

/** Two values of the program's own that are compared as they are. */
const COMPARED =
  /(?<![\w.$])(?!(?:undefined|null|typeof)\b)[A-Za-z_$][\w.$]* ===? (?!(?:undefined|null)\b)[A-Za-z_$][\w.$]*(?![\w.$(])/;

/** The derivation that was seen last in a probe. */
const derivation = (v: Vector, probe: string, locate: Locator): Frame =>
  near(crypto(v, probe).at(-1)) ?? entrance(locate);

/** Where a derivation was asked for: a function that derives serves many who ask. */
const asker = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.cause ?? null) : null);

/** What the code that looks at a damaged row last did: compare, derive, or throw. */
const atDamage = (v: Vector, locate: Locator): Frame =>
  near(logs(v, DAMAGED).at(-1)) ?? near(crypto(v, DAMAGED).at(-1)) ?? entrance(locate);

const byLoop = (v: Vector): boolean => v.saw(WORK, 'made-by') === 'own-loop';

/** What is made of the password, where nothing made for passwords is. */
const made = (v: Vector): 'hash' | 'cipher' | 'nothing' =>
  ({ cipher: 'cipher', nothing: 'nothing' } as const)[String(v.saw(LIST, 'by'))] ?? 'hash';

/** A hash with a key got the thief in: the key was in the code or in the table. */
const isKeyed = (v: Vector): boolean =>
  v.saw(LIST, 'found') === true && (crypto(v, LIST)[0]?.call.startsWith('createHmac') ?? false);
/** The same key for everybody can only be in the code. */
const isKeyInCode = (v: Vector): boolean => isKeyed(v) && v.saw(ROWS, 'two-names') === 'equal';

const isComparison = (v: Vector): boolean =>
  crypto(v, DAMAGED)[0]?.call.startsWith('timingSafeEqual') ?? false;

const LOST = {
  length: 'its end',
  nul: 'what follows a NUL',
  letters: 'half of each letter',
  foreign: 'letters',
} as const;
const lost = (v: Vector): string => LOST[String(v.saw(ODD, 'lost')) as keyof typeof LOST] ?? 'a part of it';

/** The row says that it was renewed, and no work had been done. */
const RELABELLED: Condition = {
  all: [
    { saw: 'renewed-row', in: RISE, is: 'refused' },
    { saw: 'did-the-work', in: RISE, is: false },
  ],
};
const isRelabelled = (v: Vector): boolean => v.saw(RISE, 'renewed-row') === 'refused';

export const mistakes: Mistake[] = [
  mistake({
    id: 'fast-hash',
    title: 'a guess costs the thief next to nothing',
    severity: '??',
    when: {
      any: [
        { saw: 'found', in: LIST, is: true },
        // a key that lives in the process keeps the thief out, and everybody else after a restart
        { saw: 'made-by', in: WORK, is: 'plain-hash' },
      ],
    },
    masks: ['too-cheap', 'one-salt', 'name-as-salt'],
    evidence: (v) => (v.saw(LIST, 'found') === true ? v.facts(LIST) : v.facts(WORK)),
    outcome: (v) => (v.saw(LIST, 'found') === true ? message(v, LIST) : message(v, WORK)),
    point: (v, locate) =>
      near(crypto(v, LIST)[0]) ??
      near(crypto(v, WORK)[0]) ??
      locate.line(written('register')) ??
      entrance(locate),
    question: (v) => ({
      ask:
        made(v) === 'hash'
          ? 'Which of these lines is all that the thief has to do for a guess?'
          : 'Which of these lines makes of the password what is stored?',
    }),
    because: (v) =>
      ({
        hash: isKeyed(v)
          ? `it takes about a microsecond, and its secret is no secret: the thief has the ${isKeyInCode(v) ? 'code' : 'code and the table'}`
          : 'it is done in about a microsecond, and the thief has to do no more',
        cipher: 'what it does is undone with the key, and the key is in the code',
        nothing: 'on the way from here to the table there is no work, so there is none on the way back',
      })[made(v)],
    principle: 'Choose the function by what a guess costs the thief.',
    belief: (v) =>
      made(v) === 'hash' && !isKeyInCode(v)
        ? 'This works only if going back is the only way. The thief goes forward, word by word.'
        : 'This works only if whoever has the table does not have the code.',
    idea: 'How many guesses a second does the thief get?',
    plan: 'Use a function made to be slow and to need memory; set its cost.',
    themes: ['cost-of-attack'],
  }),

  mistake({
    id: 'one-salt',
    title: 'equal passwords are equal rows',
    severity: '??',
    when: { saw: 'two-names', in: ROWS, is: 'equal' },
    masks: ['parameters-not-stored'],
    evidence: (v) => v.facts(ROWS),
    outcome: () => 'whoever finds one of the two passwords has the other as well',
    point: (v, locate) => near(crypto(v, ROWS)[0]) ?? entrance(locate),
    question: () => ({ ask: 'Which of these lines got the same to work with for ann and for bob?' }),
    because: () => 'it was given nothing that ann has and bob has not',
    principle: 'A salt is random and its row’s own; it need not be secret.',
    belief:
      'This works only if no two people have the same password. A secret added for all does not part them.',
    idea: 'Lay two rows of equal passwords side by side.',
    plan: 'Draw a salt per row from the secure source; store it beside the hash.',
    themes: ['cost-of-attack'],
  }),

  mistake({
    id: 'name-as-salt',
    title: 'the salt is known before the table is stolen',
    severity: '?',
    when: {
      all: [
        { saw: 'two-names', in: ROWS, is: 'distinct' },
        { saw: 'two-sites', in: ROWS, is: 'equal' },
      ],
    },
    evidence: (v) => v.facts(ROWS),
    outcome: () => 'what was computed for ann once is good for every ann, everywhere',
    point: (v, locate) => near(crypto(v, ROWS)[0]) ?? entrance(locate),
    question: () => ({ ask: 'Which of these lines got the same to work with on both sites?' }),
    because: () => 'all that goes in here can be known from outside, or is in the code',
    principle: 'A salt is drawn, not derived.',
    belief: 'This works only if nobody is called the same, or wants the same password, on another site.',
    idea: 'Everybody knows that there is an admin. What can be prepared before there is a table?',
    plan: 'Draw fresh bytes each time a password is set; keep them in the row, since login needs them again.',
    themes: ['cost-of-attack'],
  }),

  mistake({
    id: 'too-cheap',
    title: 'work is asked of the thief, but too little',
    severity: '?',
    when: {
      all: [
        { saw: 'made-by', in: WORK, is: /^(?:function-for-passwords|own-loop)$/ },
        { saw: 'cost', in: WORK, is: /^(?:low|none)$/ },
      ],
    },
    evidence: (v) => v.facts(WORK),
    outcome: (v) =>
      byLoop(v)
        ? 'work for this machine, and next to none for one that was made for hashing'
        : 'every row can be tried with that much more of the list',
    point: (v, locate) => derivation(v, WORK, locate),
    question: () => ({ ask: 'Which of these lines decides what the thief pays for a guess?' }),
    because: (v) =>
      byLoop(v)
        ? 'what is done here needs no memory; machines made for it do thousands side by side'
        : 'it takes the right function and asks less of it than a thief can afford',
    principle: 'Cost is a parameter to be set, written down and raised.',
    belief: (v) =>
      byLoop(v)
        ? 'This works only if the thief’s machine is the one that the loop was timed on.'
        : 'This works only if the name of the function is what slows a guess down.',
    idea: 'The right function was called. How many guesses does the thief get for the price of one good one?',
    plan: 'Look up what is recommended today for this function; derive its parameters from the cost; measure once.',
    themes: ['cost-of-attack'],
  }),

  mistake({
    id: 'parameters-not-stored',
    title: 'the row does not say how it was made',
    severity: '?',
    when: {
      all: [
        { saw: 'after-a-guess', in: RISE, is: 'same-row' },
        {
          any: [
            { saw: 'old-row', in: RISE, is: 'refused' },
            RELABELLED,
            {
              all: [
                { saw: 'old-row', in: RISE, is: 'throws' },
                { saw: 'looked-at', in: RISE, is: 'otherwise' },
              ],
            },
          ],
        },
      ],
    },
    masks: ['cost-ceiling'],
    evidence: (v) => [
      ...(isRelabelled(v) ? crypto(v, RISE).filter((_f, i) => i !== 1) : crypto(v, RISE).slice(0, 2)),
      ...logs(v, RISE).slice(-1),
    ],
    outcome: (v) => message(v, RISE),
    point: (v, locate) =>
      near(crypto(v, RISE)[isRelabelled(v) ? 2 : 1]) ?? near(crypto(v, RISE)[0]) ?? entrance(locate),
    question: (v) => ({
      ask: isRelabelled(v)
        ? 'Which of these lines did what the row says, and could not get the same?'
        : v.saw(RISE, 'looked-at') === 'otherwise'
          ? 'Which of these lines did the work of the greater cost for a row of the smaller one?'
          : 'Which of these lines was given something that the old table does not contain?',
    }),
    because: (v) =>
      isRelabelled(v)
        ? 'it did the work that the row speaks of; nobody had done it when that was written'
        : v.saw(RISE, 'looked-at') === 'otherwise'
          ? 'it takes the cost of the vault, and the row was made with another'
          : 'something goes in here that is neither in the row nor in the code',
    principle: 'Store with each hash how it was made.',
    belief: (v) =>
      isRelabelled(v)
        ? 'This works only if another number in the row makes another hash of the old one.'
        : v.saw(RISE, 'looked-at') === 'otherwise'
          ? 'This works only if the cost is never raised.'
          : 'This works only if the process that made the rows never ends.',
    idea: 'Next year you want twice the cost. What of the old rows?',
    plan: 'Write how it was made into the row; verify with that; renew at the next good login.',
    themes: ['data-that-outlives-code'],
  }),

  mistake({
    id: 'cost-ceiling',
    title: 'there is no room for the greater cost',
    severity: '?',
    when: { saw: 'old-row', in: RISE, is: 'throws' },
    evidence: (v) => [...crypto(v, RISE).slice(-1), ...logs(v, RISE).slice(-1)],
    outcome: (v) => message(v, RISE),
    point: (v, locate) => near(logs(v, RISE).at(-1)) ?? derivation(v, RISE, locate),
    question: () => ({ ask: 'Which of these lines fails when the cost is raised by one?' }),
    because: () => 'it works at the cost it was tried with, and at no greater one',
    principle: 'A setting that may be raised is tried at what it will be raised to.',
    belief: 'This works only if the limits around the function grow with its cost.',
    idea: 'The cost goes up by one. What else has a limit?',
    plan: 'Find what the function refuses by default when it is asked for more; derive that limit from the cost as well.',
    themes: ['cost-of-attack'],
  }),

  mistake({
    id: 'renewed-by-a-guess',
    title: 'a row is renewed before the password is known to be right',
    severity: '??',
    when: { saw: 'after-a-guess', in: RISE, is: 'another-row' },
    evidence: (v) => v.facts(RISE).slice(-4),
    outcome: () => 'whoever guessed wrong is the one who gets in from now on',
    point: (v, locate) => asker(crypto(v, RISE).at(-1)) ?? entrance(locate),
    question: () => ({ ask: 'Which of these lines made a row out of a wrong password?' }),
    because: () => 'it stores what it was given, right or wrong',
    principle: 'Whoever is not known to be right changes nothing.',
    belief: 'This works only if nobody mistypes a password, and nobody guesses.',
    idea: 'Somebody types a wrong password for ann. What may be different afterwards?',
    plan: 'First the answer; only when it is yes, the renewal.',
    themes: ['trust-boundary'],
  }),

  mistake({
    id: 'never-renewed',
    title: 'the cost was raised, and the old rows stay cheap',
    severity: '?!',
    when: {
      all: [
        { saw: 'renewed', in: RISE, is: 'no' },
        { saw: 'renewed-row', in: RISE, is: 'in' },
      ],
    },
    evidence: (v) => [...crypto(v, RISE).slice(0, 1), ...crypto(v, RISE).slice(-1)],
    outcome: (v) => message(v, RISE),
    point: (v, locate) => asker(crypto(v, RISE).at(-1)) ?? entrance(locate),
    question: () => ({ ask: 'After which of these lines is the password known to be right, or not?' }),
    because: () =>
      'after it a right password is at hand and could be stored anew; there is no other such time',
    principle: 'Data is renewed when all that it takes is at hand.',
    belief: 'This works only if those who registered long ago are not worth stealing from.',
    idea: 'When does the forum know a password? How long, and what can only be done then?',
    plan: 'After a good login compare the cost of the row with that of the vault; where it is less, store the row anew.',
    themes: ['data-that-outlives-code'],
  }),

  mistake({
    id: 'truncates',
    title: 'two passwords are one',
    severity: '?',
    when: { saw: 'every-character', in: ODD, is: 'ignored' },
    evidence: (v) => v.facts(ODD),
    outcome: (v) => message(v, ODD),
    point: (v, locate) => derivation(v, ODD, locate),
    question: () => ({ ask: 'Which of these lines works on what is left of the password?' }),
    because: (v) => `the password that comes here has lost ${lost(v)}`,
    principle: 'Define the bytes of a password before hashing.',
    belief: (v) =>
      ({
        length: 'This works only if nobody has a long password that begins like another.',
        nul: 'This works only if a text ends where C says that it ends.',
        letters: 'This works only if all people write with the letters of Western Europe.',
        foreign: 'This works only if all people write with the letters that the code knows.',
      })[String(v.saw(ODD, 'lost'))] ?? 'This works only if passwords are short and plain.',
    idea: 'Write down the bytes that are hashed. Can you read the password from them?',
    plan: 'Take all of the text, as UTF-8; if there must be a longest password, refuse what is longer when it is set.',
    themes: ['trust-boundary'],
  }),

  mistake({
    id: 'raw-unicode',
    title: 'one password is two',
    severity: '?',
    when: { saw: 'accents', in: ODD, is: 'part' },
    evidence: (v) => v.facts(ODD),
    outcome: (v) => message(v, ODD),
    point: (v, locate) => derivation(v, ODD, locate),
    question: () => ({ ask: 'Which of these lines was given other bytes for the same text?' }),
    because: () => 'it hashes bytes, and the same é can be two bytes or three',
    principle: 'A text is bytes only after it was said which.',
    belief: 'This works only if every device of a member spells é in the same way.',
    idea: 'Print the length of the password, typed on a telephone and on a computer.',
    plan: 'Choose one of the normal forms of Unicode; bring every password into it, where it is set and where it is checked.',
    themes: ['trust-boundary'],
  }),

  mistake({
    id: 'fail-open',
    title: 'a broken row lets anybody in',
    severity: '??',
    when: { saw: 'answer', in: DAMAGED, is: 'in' },
    evidence: (v) => [...logs(v, DAMAGED).slice(1, 2), ...crypto(v, DAMAGED), ...logs(v, DAMAGED).slice(-1)],
    outcome: (v) => message(v, DAMAGED),
    point: (v, locate) => near(crypto(v, DAMAGED)[0]) ?? locate.line(COMPARED) ?? entrance(locate),
    question: (v) => ({
      ask: isComparison(v)
        ? 'Which of these lines compares with what is left of the row?'
        : 'Which of these lines had to do with the row that let somebody in?',
    }),
    because: (v) =>
      isComparison(v)
        ? 'it compares what there is, and nothing asks whether that is enough'
        : crypto(v, DAMAGED).length > 0
          ? 'it was reached with such a row, and nothing after it said no'
          : 'nothing was derived for this row, and here the answer could still be yes',
    principle: 'What cannot be verified is false.',
    belief: 'This works only if every row is as it was written.',
    idea: 'What is the answer for half a row?',
    plan: 'Parse strictly; any doubt is "no"; compare equal lengths in constant time.',
    themes: ['trust-boundary'],
  }),

  mistake({
    id: 'broken-row-throws',
    title: 'a broken row is an accident of the whole service',
    severity: '?',
    when: { saw: 'answer', in: DAMAGED, is: 'throws' },
    evidence: (v) => logs(v, DAMAGED).slice(-2),
    outcome: (v) => message(v, DAMAGED),
    point: (v, locate) => atDamage(v, locate),
    question: () => ({ ask: 'Which of these lines fails when the row is not what it should be?' }),
    because: () => 'it was not meant to see such a row, and says so to the caller',
    principle: 'Stored data is input: it may be anything.',
    belief: 'This works only if nothing ever happens to the table, its backups and its imports.',
    idea: 'Who gets the error, and what can they do about it?',
    plan: 'Look at each part of the row before it is used: is it there, is it the length it must be? If not, the answer is no.',
    themes: ['trust-boundary'],
  }),
];
