import {
  mistake,
  type Condition,
  type Fact,
  type Frame,
  type Locator,
  type Mistake,
  type Vector,
} from 'kibitzer/kata';

const SHOPS = 'two-shops';
const CURRENCIES = 'two-currencies';
const NOTICE = 'one-order-one-notice';
const IMPORT = 'import-is-silent';
const CLOSE = 'close-closes-own';
const CONFIG = 'caller-keeps-config';
const EITHER = 'either-shop-first';
const TWICE = 'same-settings-twice';

const near = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.near ?? null) : null);
const cause = (f: Fact | undefined): Frame | null => (f && 'site' in f ? (f.site?.cause ?? null) : null);
const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

/** Where a function does nothing but ask, the line to see is the one that chose to ask there. */
const asker = (f: Fact | undefined, locate: Locator): Frame | null => {
  const inner = near(f);
  return inner && locate.asksOnly(inner) ? cause(f) : inner;
};

/** What is kept for all applications at once; on the global object, where the program itself keeps nothing. */
const keptFor = (locate: Locator, about: string, o?: { gathers: boolean }): Frame | null =>
  locate.keptOutside(about, o) ?? locate.line(/\b(?:globalThis|global)\b(?!\s*\{)/);

const refuted = (probe: string, ...seen: Condition[]): Condition => ({
  all: [{ probe, is: 'refuted' }, ...seen],
});

/** Which of two probes tells of settings that are not an application's own. */
const settingsIn = (v: Vector): string => (v.probe(CURRENCIES)?.outcome === 'refuted' ? CURRENCIES : NOTICE);

/** What the applications on one database have in common beside its orders. */
const sharedIn = (v: Vector): string =>
  [
    'settings',
    'prices',
    'notices',
    'taken',
    'after-close',
    'one-config',
    'one-config-close',
    'again',
    'memory',
    'memory-close',
  ].find((name) => ['wrong', 'fails'].includes(String(v.saw(TWICE, name)))) ?? 'settings';

/** The first effect that importing had. */
const firstEffect = (v: Vector): Fact | undefined => v.facts(IMPORT).find((f) => f.kind !== 'note');

/** Whether the application was seen to write into the config. */
const written = (v: Vector): boolean =>
  v.saw(CONFIG, 'frozen') === 'written-to' || ['changed', 'frozen'].includes(String(v.saw(CONFIG, 'config')));

/** The setting that was followed after the application had been made. */
const followed = (v: Vector): string => String(v.saw(CONFIG, 'follows')).split('+')[0]!;

export const mistakes: Mistake[] = [
  mistake({
    id: 'shared-database',
    title: 'two applications work on one database',
    severity: '??',
    when: refuted(
      SHOPS,
      { saw: 'orders', in: SHOPS, is: 'mixed' },
      { saw: 'stored-in', in: SHOPS, is: /^(?:one-file|elsewhere)$/ },
    ),
    masks: ['shared-counter', 'closes-everything', 'leaks-on-close'],
    evidence: (v) => v.facts(SHOPS),
    outcome: (v) => message(v, SHOPS),
    point: (v, locate) => keptFor(locate, 'DatabaseSync'),
    question: () => ({ ask: 'Because of which of these lines do both applications use one database?' }),
    because: () => 'what is kept here is there once, however often createApp is called',
    principle: 'What an instance needs, its factory makes.',
    belief: 'This works only if one process runs one application.',
    idea: 'Draw the two applications. Which box is drawn once?',
    plan: "Move what differs into the factory's scope; pass it to those who use it; leave constants outside.",
    themes: ['module-state', 'factories'],
  }),

  mistake({
    id: 'one-memory-for-all',
    title: 'what one application remembers, another one answers with',
    severity: '??',
    when: refuted(
      SHOPS,
      { saw: 'orders', in: SHOPS, is: 'mixed' },
      { saw: 'stored-in', in: SHOPS, is: 'own' },
    ),
    masks: ['shared-counter'],
    evidence: (v) => v.facts(SHOPS),
    outcome: (v) => message(v, SHOPS),
    point: (v, locate) => keptFor(locate, 'body'),
    question: () => ({ ask: 'Which of these lines remembers orders, whosever they are?' }),
    because: () => 'it remembers orders for everybody, though each of them went into the right database',
    principle: 'What is remembered for one instance is kept by that instance.',
    belief: 'This works only if everybody who asks may get the same answer.',
    idea: 'The databases are right and the answer is wrong. What stands between the two?',
    plan: 'Find what is kept so that the database need not be asked. Keep it with the application whose orders they are, or do without.',
    themes: ['module-state'],
  }),

  mistake({
    id: 'shared-settings',
    title: 'one application acts on what another one was told',
    severity: '??',
    when: {
      all: [
        // where every application's code runs for each request, the last one answers: that is another trouble
        { not: { saw: 'stored-in', in: SHOPS, is: 'both' } },
        {
          any: [
            refuted(CURRENCIES, {
              any: [
                { saw: 'answers', in: CURRENCIES, is: 'of-another' },
                { saw: 'prices', in: CURRENCIES, is: 'of-another' },
              ],
            }),
            refuted(NOTICE, { saw: 'notices', in: NOTICE, is: 'elsewhere' }),
          ],
        },
      ],
    },
    evidence: (v) => v.facts(settingsIn(v)),
    outcome: (v) => message(v, settingsIn(v)),
    point: (v, locate) => keptFor(locate, settingsIn(v) === NOTICE ? 'notify' : 'currency'),
    question: () => ({ ask: 'Which of these lines keeps settings for all applications at once?' }),
    because: () => 'what is kept here is there once, and the settings of one application are in it',
    principle: 'What differs between two instances belongs to the instance.',
    belief: 'This works only if createApp is called once, or always with the same settings.',
    idea: 'Two applications are asked for their currency in turn. Where does each of them look?',
    plan: 'Follow each setting from createApp to the place that uses it. Let it travel by arguments, or live in the scope of that one call.',
    themes: ['module-state', 'factories'],
  }),

  mistake({
    id: 'registrations-pile-up',
    title: 'every application is entered in one list, and all of it runs',
    severity: '?',
    when: {
      any: [
        refuted(NOTICE, { saw: 'notices', in: NOTICE, is: 'many' }),
        refuted(SHOPS, { saw: 'stored-in', in: SHOPS, is: 'both' }),
      ],
    },
    evidence: (v) => v.facts(piledIn(v)),
    // after the order, the first who had no part in it
    decisive: (v) => (piledIn(v) === NOTICE ? 1 : v.facts(SHOPS).length - 1),
    outcome: (v) => message(v, piledIn(v)),
    point: (v, locate) =>
      keptFor(locate, piledIn(v) === NOTICE ? 'notify' : 'DatabaseSync', { gathers: true }),
    question: () => ({ ask: 'Which of these lines makes the list that grows with every application?' }),
    because: () => 'what is made here is there once; each createApp adds to it, and nothing says for whom',
    principle: 'Registration belongs to an instance, not to the module.',
    belief: 'This works only if the program is set up once.',
    idea: 'Count the entries after three calls of createApp. Which of them does one order concern?',
    plan: 'Let each application keep its own list of what is registered with it, and go through that list alone.',
    themes: ['module-state'],
  }),

  mistake({
    id: 'takes-turns',
    title: 'whose turn it is stands in one place for all applications',
    severity: '?',
    when: refuted(
      NOTICE,
      { saw: 'notices', in: NOTICE, is: 'right' },
      { saw: 'asked-meanwhile', in: NOTICE, is: 'mixed' },
      { probe: EITHER, is: 'held' },
    ),
    evidence: (v) => v.facts(NOTICE).filter((f) => f.kind === 'http'),
    outcome: (v) => message(v, NOTICE),
    point: (v, locate) => keptFor(locate, 'taken'),
    question: () => ({ ask: 'Which of these lines says whose turn it is?' }),
    because: () => 'here stood A when C went on: A was asked before C had finished',
    principle: 'What is set for the length of a call is not safe from the calls within.',
    belief: 'This works only if no application is called while another one is at work.',
    idea: 'C is still answering, and somebody asks A. Whose turn is it when C goes on?',
    plan: 'Hand each step the application that it works for. If it must be found from around, let it be found by something that a call in between cannot change.',
    themes: ['module-state'],
  }),

  mistake({
    id: 'work-at-import',
    title: 'the import alone has effects',
    severity: '?',
    when: refuted(IMPORT),
    evidence: (v) => v.facts(IMPORT),
    decisive: () => 1,
    outcome: (v) => message(v, IMPORT),
    // the outermost line: a helper that it calls may be right in itself
    point: (v) => cause(firstEffect(v)),
    question: () => ({ ask: 'Which of these lines acts while the file is being loaded?' }),
    because: () => 'it runs once, as soon as anybody imports the file, before there is any application',
    principle: 'Importing should cost nothing and decide nothing.',
    belief: 'This works only if whoever imports this file wants to run it, here and now.',
    idea: 'What happened before anybody asked for anything?',
    plan: 'Turn each effect at load time into a step of the factory.',
    themes: ['module-state', 'side-effects'],
  }),

  mistake({
    id: 'closes-everything',
    title: 'closing one application takes another with it',
    severity: '?',
    when: refuted(CLOSE, { saw: 'b-after', in: CLOSE, is: (seen) => seen !== 'answers' }),
    evidence: (v) => v.facts(CLOSE),
    outcome: (v) => message(v, CLOSE),
    point: (v, locate) =>
      near(v.facts(CLOSE, 'handle')[0]) ?? locate.line(/\bclose\b\s*(?:\([^;]*\{|[:=][^;]*=>)/),
    question: (v) => ({
      ask: v.facts(CLOSE, 'handle')[0]
        ? 'Which of these lines closed what belongs to B?'
        : 'Which of these lines begins the closing that B did not survive?',
    }),
    because: (v) =>
      v.facts(CLOSE, 'handle')[0]
        ? 'it did not ask whose it was when A was told to close'
        : "what begins here took more than what was A's when A was told to close",
    principle: 'Who opens, closes, and only that.',
    belief: 'This works only if closing is for the end of the process.',
    idea: 'Which handles did this instance open?',
    plan: 'Let the factory keep a list of what it opened; close exactly that.',
    themes: ['ownership'],
  }),

  mistake({
    id: 'leaks-on-close',
    title: 'something that the application opened outlives it',
    severity: '?',
    when: refuted(
      CLOSE,
      { saw: 'b-after', in: CLOSE, is: 'answers' },
      { saw: 'left', in: CLOSE, is: /^(?:connection-of-a|more)$/ },
    ),
    evidence: (v) => v.facts(CLOSE),
    decisive: () => 1,
    outcome: (v) => message(v, CLOSE),
    point: (v, locate) => asker(v.facts(CLOSE, 'handle')[0], locate),
    question: () => ({ ask: 'Which of these lines opened or started what is still there?' }),
    because: () => 'what began here was not ended when its application was closed',
    principle: 'For everything that is opened, know who closes it.',
    belief: 'This works only if the process ends soon after.',
    idea: 'Open and close a thousand applications. What is there a thousand times?',
    plan: 'Go through the factory and write down each thing that it opens, starts or enters somewhere. Closing undoes that list, line by line.',
    themes: ['ownership'],
  }),

  mistake({
    id: 'global-by-another-name',
    title: 'what is looked up under one key is shared by two applications',
    severity: '?',
    when: refuted(TWICE, {
      any: ['settings', 'prices', 'notices', 'taken', 'one-config', 'memory']
        .map((saw): Condition => ({ saw, in: TWICE, is: 'wrong' }))
        .concat(
          ['after-close', 'one-config-close', 'again', 'memory-close'].map((saw): Condition => ({
            saw,
            in: TWICE,
            is: /^(?:wrong|fails)$/,
          })),
        ),
    }),
    evidence: (v) => v.facts(TWICE),
    outcome: (v) => message(v, TWICE),
    point: (v, locate) =>
      keptFor(locate, sharedIn(v) === 'settings' ? 'currency' : 'DatabaseSync', { gathers: true }),
    question: () => ({ ask: 'Which of these lines keeps what two applications find under one key?' }),
    because: () => 'it keeps what the first application made, and the second was given it from there',
    principle: 'A cache of instances is still a global.',
    belief: 'This works only if two applications never have the same key.',
    idea: 'The same config comes twice. How many applications are there, and how many should there be?',
    plan: 'Make what belongs to an application in the call that makes the application, each time. Share only what is meant to be shared, and count who still uses it.',
    themes: ['module-state'],
  }),

  mistake({
    id: 'shared-counter',
    title: 'one count is kept for all applications',
    severity: '?',
    when: refuted(EITHER, {
      any: [
        { saw: 'taken', in: EITHER, is: 'of-others-too' },
        { saw: 'numbers', in: EITHER, is: 'go-on' },
      ],
    }),
    evidence: (v) => v.facts(EITHER),
    outcome: (v) => message(v, EITHER),
    point: (v, locate) => keptFor(locate, v.saw(EITHER, 'numbers') === 'go-on' ? 'number' : 'taken'),
    question: () => ({ ask: 'Which of these lines keeps the count that all applications add to?' }),
    because: () => 'what is kept here is there once: every application counts on from where the others are',
    principle: 'State at module level belongs to the process, not to the instance.',
    belief: 'This works only if the answer may depend on what else the process has done.',
    idea: 'The same test runs alone, and after another one. What does it count?',
    plan: 'Find each value that is written after the file was loaded. Give it a place in what one call of the factory makes.',
    themes: ['module-state'],
  }),

  mistake({
    id: 'holds-callers-object',
    title: "the caller's config is the application's memory",
    severity: '?!',
    when: refuted(CONFIG, {
      any: [
        { saw: 'frozen', in: CONFIG, is: 'written-to' },
        { saw: 'config', in: CONFIG, is: /^(?:changed|frozen)$/ },
        { saw: 'follows', in: CONFIG, is: (seen) => seen !== 'nothing' },
      ],
    }),
    evidence: (v) => v.facts(CONFIG),
    outcome: (v) => message(v, CONFIG),
    point: (v, locate) =>
      near(v.facts(CONFIG).findLast((f) => near(f) !== null)) ??
      locate.line(/\.(?:freeze|seal|preventExtensions|defineProperty)\(/) ??
      locate.exported('createApp'),
    question: (v) => ({
      ask: written(v)
        ? "Which of these lines writes into the caller's object?"
        : `Which of these lines read the ${followed(v)} that had been changed meanwhile?`,
    }),
    because: (v) =>
      written(v)
        ? 'it changes an object that somebody else made, and may still use'
        : 'it looks into an object that somebody else can change at any time',
    principle: 'Take a copy of what you are configured by.',
    belief: 'This works only if nobody uses the object for anything else.',
    idea: 'How many have a hand on this object once createApp has returned?',
    plan: 'At the border, take from the config what is needed, defaults included, into something of your own; let go of the rest.',
    themes: ['ownership'],
  }),
];

/** Which probe shows one order that was handled more than once. */
function piledIn(v: Vector): string {
  return v.saw(NOTICE, 'notices') === 'many' && v.probe(NOTICE)?.outcome === 'refuted' ? NOTICE : SHOPS;
}
