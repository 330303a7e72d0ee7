import { mistake, type Fact, type Frame, type Locator, type Mistake, type Vector } from 'kibitzer/kata';

type Step = Extract<Fact, { kind: 'step' }>;

const ORDERS = 'every-order';
const REFUSED = 'refused-changes-nothing';
const ALLOWED = 'allowed-tells-the-truth';
const PARTS = 'part-payments';
const VIEW = 'view-fits-the-phase';
const BACK = 'record-and-back';
const ODD = 'odd-records';
const ONLY = 'only-apply-changes';

const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';
const lineOf = (at: Frame | null): string => (at ? `line ${at.line}` : 'the code');

const steps = (v: Vector, probe: string): readonly Step[] => v.facts(probe, 'step');
const lastStep = (v: Vector, probe: string): Step | undefined => steps(v, probe).at(-1);
const typeOf = (v: Vector, probe: string): string => lastStep(v, probe)?.task ?? 'the event';

/** The event that should have stopped the last one of the losing case. */
const before = (v: Vector): string => {
  const type = steps(v, ORDERS).at(-2)?.task;
  return type ? `the ${type} event` : 'another event';
};

/** The methods, however they are written; not their declaration in an interface. */
const METHODS: Readonly<Record<string, RegExp>> = {
  allowed: /\bview\b\s*(?:\([^;]*\{|[:=][^;]*=>|[:=]\s*function)/,
  view: /\bview\b\s*(?:\([^;]*\{|[:=][^;]*=>|[:=]\s*function)/,
  apply: /\bapply\b\s*(?:\([^;]*\{|[:=][^;]*=>|[:=]\s*function)/,
  record: /\btoJSON\b\s*(?:\([^;]*\{|[:=][^;]*=>|[:=]\s*function)/,
};

/** Where a step of the losing case was decided, by the last look at the event; in a `switch`, the case of its type. */
function decided(step: Step | undefined, locate: Locator): Frame | null {
  const at = step?.site?.near ?? null;
  if (!step || !at) return locate.line(METHODS.apply!) ?? locate.exported('openOrder');
  const first = locate.line(/\bswitch\s*\(/);
  const open = locate.line(/\bswitch\s*\(\s*$/);
  // what is asked may stand on lines of its own
  const head = first && open?.file === first.file && open.line === first.line ? 2 : 0;
  if (first?.file !== at.file || at.line < first.line || at.line > first.line + head) return at;
  const own = locate.line(new RegExp(`\\bcase\\s*\\(?\\s*['"\`]${step.task}['"\`]`));
  return own && own.file === at.file && own.line > at.line ? own : at;
}

/** Which probe shows an event that is accepted where it must not be. */
const tooMuch = (v: Vector): string =>
  v.saw(ORDERS, 'accepts') !== 'too-much' || v.saw(PARTS, 'money') === 'part-is-all' ? PARTS : ORDERS;

/** Whether the losing case is one payment that was too little and counted as all. */
const partIsAll = (v: Vector): boolean => tooMuch(v) === PARTS && v.saw(PARTS, 'money') === 'part-is-all';

/** Which probe shows a phase or a part that one place does not know. */
const unknown = (v: Vector): string =>
  v.probe(ORDERS)?.outcome === 'refuted' ? ORDERS : v.saw(VIEW, 'shows') === 'another' ? VIEW : BACK;

/** What was still shown though its phase was over. */
const partOf = (v: Vector): string =>
  v.saw(VIEW, 'part') === 'paid' ? 'money' : String(v.saw(VIEW, 'part'));

export const mistakes: Mistake[] = [
  mistake({
    id: 'impossible-combination',
    title: 'two facts that exclude each other are both true',
    severity: '??',
    when: {
      all: [
        { probe: ORDERS, is: 'refuted' },
        { saw: 'cancelled-and-sent', in: ORDERS, is: true },
      ],
    },
    masks: ['two-truths', 'forgotten-pair'],
    evidence: (v) => steps(v, ORDERS),
    outcome: (v) =>
      v.facts(ORDERS, 'note')[0]?.text.replace('view(): ', 'the order is now: ') ?? message(v, ORDERS),
    point: (v, locate) => decided(lastStep(v, ORDERS), locate),
    question: (v) => ({
      ask: `Which of these lines took the ${typeOf(v, ORDERS)} event though ${before(v)} had come before?`,
    }),
    because: (v) =>
      `the ${typeOf(v, ORDERS)} event came as far as here, and ${before(v)} before it did not stop it`,
    principle: 'Give each state only the data it can have; keep one value that says which it is.',
    belief: 'This works only if every check asks about every flag that another event may have set.',
    idea: 'How many orders can these fields describe, and how many of them can there be?',
    plan: 'Write down the phases, and for each the data that it has. Let one value say which phase it is, and let an event replace that value as a whole.',
    themes: ['states'],
  }),

  mistake({
    id: 'half-transition',
    title: 'a refused event has already changed something',
    severity: '??',
    when: {
      all: [
        { probe: REFUSED, is: 'refuted' },
        { saw: 'after-a-refusal', in: REFUSED, is: /^(?:changed|another-future)$/ },
      ],
    },
    evidence: (v) => [...steps(v, REFUSED), ...v.facts(REFUSED, 'value')],
    outcome: (v) => message(v, REFUSED),
    point: (v, locate) => decided(refusedStep(v), locate),
    question: (v) => ({
      ask: `Which of these lines handles the ${refusedStep(v)?.task ?? 'event'} that was refused?`,
    }),
    because: (v, at) =>
      `the ${refusedStep(v)?.task ?? 'event'} that ${lineOf(at)} looked at was refused, and left something behind`,
    principle: 'Decide first, change after.',
    belief: 'This works only if nothing that has been changed already depends on the answer.',
    idea: 'At which moment is it certain that the event will be accepted? What was done by then?',
    plan: 'Split each event in two: find the answer without changing anything, then change everything in one step.',
    themes: ['states', 'atomicity'],
  }),

  mistake({
    id: 'forgotten-pair',
    title: 'an event is accepted where the contract refuses it',
    severity: '?',
    when: {
      any: [
        {
          all: [
            { probe: ORDERS, is: 'refuted' },
            { saw: 'accepts', in: ORDERS, is: 'too-much' },
          ],
        },
        {
          all: [
            { probe: PARTS, is: 'refuted' },
            { saw: 'money', in: PARTS, is: /^(?:part-is-all|ships-on-part|any-amount)$/ },
          ],
        },
      ],
    },
    masks: ['two-truths'],
    evidence: (v) => [...steps(v, tooMuch(v)), ...v.facts(tooMuch(v), 'value')],
    decisive: (v) => steps(v, tooMuch(v)).length - 1,
    outcome: (v) => message(v, tooMuch(v)),
    point: (v, locate) =>
      // where part of the money is taken for all of it, the payment decided
      decided(partIsAll(v) ? steps(v, PARTS)[0] : lastStep(v, tooMuch(v)), locate),
    question: (v) => ({
      ask: partIsAll(v)
        ? 'Which of these lines looked last at the payment that made the order a paid one?'
        : `Which of these lines took the ${typeOf(v, tooMuch(v))} that should have been refused?`,
    }),
    because: (v, at) =>
      tooMuch(v) === ORDERS
        ? `the ${typeOf(v, ORDERS)} came to ${lineOf(at)}, and nothing refused it in this phase`
        : v.saw(PARTS, 'money') === 'part-is-all'
          ? `once ${lineOf(at)} had looked at the payment, the order was paid, with money still due`
          : v.saw(PARTS, 'money') === 'ships-on-part'
            ? `the ship came to ${lineOf(at)}, and nothing refused it while money was due`
            : `the amount that ${lineOf(at)} looked at is no payment, and was taken`,
    principle: 'Decide the whole table, each phase by each event; then write the code.',
    belief: (v) =>
      tooMuch(v) === ORDERS
        ? 'This works only if events come in the usual order.'
        : v.saw(PARTS, 'money') === 'part-is-all'
          ? 'This works only if everybody pays everything at once.'
          : v.saw(PARTS, 'money') === 'any-amount'
            ? 'This works only if nobody sends an amount that is no payment.'
            : 'This works only if who has begun to pay has paid.',
    idea: 'There are six phases and six events. How many of these pairs has the code an answer for?',
    plan: 'Draw the table. Let what is not in it be refused by default, so that a pair has to be written to be accepted.',
    themes: ['states', 'completeness'],
  }),

  mistake({
    id: 'forgotten-state',
    title: 'one place does not know all that an order can be',
    severity: '?',
    when: {
      any: [
        {
          all: [
            { probe: ORDERS, is: 'refuted' },
            {
              any: [
                { saw: 'refuses', in: ORDERS, is: /^(?:too-much|no-answer)$/ },
                { saw: 'answers', in: ORDERS, is: 'not-always' },
              ],
            },
          ],
        },
        {
          all: [
            { probe: VIEW, is: 'refuted' },
            { saw: 'shows', in: VIEW, is: 'another' },
          ],
        },
        {
          all: [
            { probe: BACK, is: 'refuted' },
            { saw: 'comes-back', in: BACK, is: /^(?:not|another|another-future)$/ },
          ],
        },
      ],
    },
    evidence: (v) => v.facts(unknown(v)),
    outcome: (v) => message(v, unknown(v)),
    point: (v, locate) =>
      unknown(v) === BACK
        ? (v.facts(BACK, 'note')[0]?.site?.near ?? locate.exported('restore'))
        : decided(lastStep(v, unknown(v)), locate),
    question: (v) => ({
      ask:
        unknown(v) === BACK
          ? v.saw(BACK, 'comes-back') === 'not'
            ? 'Which of these lines refused a record that is right?'
            : 'Which of these lines read the record that came back as another order?'
          : `Which of these lines was the last to look at the ${typeOf(v, unknown(v))} event?`,
    }),
    because: (v, at) =>
      unknown(v) === BACK
        ? v.saw(BACK, 'comes-back') === 'not'
          ? `at ${lineOf(at)} it ended with an error, and an order had written this record`
          : `what ${lineOf(at)} read was right; the order that was made of it is another one`
        : `the ${typeOf(v, unknown(v))} came to ${lineOf(at)} and was not treated as the contract says for this phase`,
    principle: 'Say once what there is; let everything else follow from it, or fail to compile.',
    belief: 'This works only if every place that lists the phases is found by whoever adds one.',
    idea: 'Another phase is added tomorrow. Which lines have to change, and what tells you when one was missed?',
    plan: 'List the places that know phases by name. Derive them from one definition, or make each of them exhaustive, so that a gap is an error of the compiler.',
    themes: ['completeness', 'one-source-of-truth'],
  }),

  mistake({
    id: 'outlives-its-data',
    title: 'the data of a phase that is over is still there',
    severity: '?',
    when: {
      all: [
        { probe: VIEW, is: 'refuted' },
        { saw: 'shows', in: VIEW, is: 'the-past' },
      ],
    },
    evidence: (v) => [...steps(v, VIEW), ...v.facts(VIEW, 'value')],
    outcome: (v) => message(v, VIEW),
    point: (v, locate) => decided(lastStep(v, VIEW), locate),
    question: (v) => ({
      ask: `Which of these lines handles the ${typeOf(v, VIEW)} that should have ended the ${partOf(v)}?`,
    }),
    because: (v, at) =>
      `the ${typeOf(v, VIEW)} that ${lineOf(at)} handles changes the phase; the ${partOf(v)} stays from before`,
    principle: 'Let data live in the state it belongs to, so that it goes when the state goes.',
    belief: (v) => `This works only if nobody looks at the ${partOf(v)} in a phase that has none.`,
    idea: 'Which fields mean something only some of the time? Who empties them when that time is over?',
    plan: 'Put each field beside the phases in which it means something; build what comes next from what it needs, instead of changing parts of what was.',
    themes: ['states'],
  }),

  mistake({
    id: 'trusts-stored-text',
    title: 'a record that no order can be becomes an order',
    severity: '?',
    when: {
      all: [
        { probe: ODD, is: 'refuted' },
        { saw: 'takes', in: ODD, is: (seen) => seen !== 'nothing' },
      ],
    },
    evidence: (v) => v.facts(ODD, 'note'),
    outcome: (v) => message(v, ODD),
    point: (v, locate) => v.facts(ODD, 'note')[0]?.site?.near ?? locate.exported('restore'),
    question: () => ({ ask: 'Which of these lines was the last to look at what is wrong with the record?' }),
    because: (v, at) =>
      ({
        'unknown-phase': `the phase that ${lineOf(at)} looked at was let through, and there is no such phase`,
        contradiction: `what ${lineOf(at)} looked at may be right by itself; with the rest of the record it is no order`,
        'wrong-kind': `what ${lineOf(at)} looked at is of the wrong kind, and was taken`,
        'no-record': `what came to ${lineOf(at)} was no record at all`,
      })[String(v.saw(ODD, 'takes'))] ?? `${lineOf(at)} takes it as it is`,
    principle: 'Parse what comes in: make of it one of the states there are, or refuse it.',
    belief: (v) =>
      v.saw(ODD, 'takes') === 'contradiction'
        ? 'This works only if parts that are right one by one are right together.'
        : 'This works only if everything that is stored was written by this version of this code.',
    idea: 'A type says what the record should be. Who has looked at what it is?',
    plan: 'Treat a record as a stranger: build the state that its phase asks for from the parts that this phase needs, and throw when something is missing, odd, or left over.',
    themes: ['parse-at-the-border'],
  }),

  mistake({
    id: 'shared-with-callers',
    title: 'callers hold a part of the order, or of its rules',
    severity: '?',
    when: {
      all: [
        { probe: ONLY, is: 'refuted' },
        { saw: 'through', in: ONLY, is: (seen) => seen !== 'nothing' },
      ],
    },
    evidence: (v) => v.facts(ONLY),
    outcome: (v) => message(v, ONLY),
    point: (v, locate) => {
      const method = METHODS[String(v.saw(ONLY, 'through'))];
      if (method) return locate.line(method) ?? locate.exported('openOrder');
      return v.facts(ONLY, 'note')[0]?.site?.near ?? locate.exported('restore');
    },
    question: (v) => ({
      ask: METHODS[String(v.saw(ONLY, 'through'))]
        ? 'Which of these lines begins what hands out something that is still in use?'
        : 'Which of these lines looked at something that stayed in the hands of the caller?',
    }),
    because: (v, at) =>
      METHODS[String(v.saw(ONLY, 'through'))]
        ? `what begins at ${lineOf(at)} gives away the very thing that the order goes on using`
        : `what ${lineOf(at)} looked at is kept, and the caller has it, too`,
    principle: 'Only the rule may change the state: hand out copies, keep copies.',
    belief:
      'This works only if `readonly` still exists when the program runs. It is gone with the other types.',
    idea: 'Follow what is handed out, and what was handed in. Who else has it in hand afterwards?',
    plan: 'Find every object and every list that crosses the border in either direction; let a copy cross, or something that cannot be changed.',
    themes: ['who-owns-it'],
  }),

  mistake({
    id: 'two-truths',
    title: 'what is said to be allowed is not what is accepted',
    severity: '?!',
    when: {
      all: [
        { probe: ALLOWED, is: 'refuted' },
        { saw: 'allowed', in: ALLOWED, is: (seen) => seen !== 'true' },
      ],
    },
    evidence: (v) => [...steps(v, ALLOWED), ...v.facts(ALLOWED, 'value')],
    outcome: (v) => message(v, ALLOWED),
    point: (v, locate) => decided(lastStep(v, ALLOWED), locate),
    question: (v) => ({
      ask: `Which of these lines had the last look at the ${typeOf(v, ALLOWED)} on which the list and apply differ?`,
    }),
    because: (_v, at) =>
      `apply came by ${lineOf(at)} to one answer, the list gives another, and nothing ties them`,
    principle: 'Derive the list from the rule.',
    belief: 'This works only if both are changed together, each time.',
    idea: 'How many places know when an order may be shipped?',
    plan: 'Keep one description of what may happen when; let apply decide by it, and let the list be made from it.',
    themes: ['one-source-of-truth'],
  }),
];

/** The step that was refused: the last one, or the one before when what followed went otherwise. */
function refusedStep(v: Vector): Step | undefined {
  return steps(v, REFUSED).at(v.saw(REFUSED, 'after-a-refusal') === 'changed' ? -1 : -2);
}
