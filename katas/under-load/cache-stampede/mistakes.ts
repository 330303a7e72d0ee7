import { mistake, type Condition, type Fact, type Frame, type Mistake, type Vector } from 'kibitzer/kata';

const HUNDRED = 'hundred-at-expiry';
const OTHERS = 'other-keys-go-on';
const FAILS = 'failure-reaches-all';
const DOWN = 'while-it-is-down';
const RACE = 'invalidate-beats-slow-load';
const MINUTE = 'a-minute-from-arrival';
const FALSY = 'falsy-is-a-value';
const SMALL = 'stays-small';
const BUSY = 'small-while-busy';

type Step = Extract<Fact, { kind: 'step' }>;

const saw = (name: string, probe: string, is: string | boolean | RegExp): Condition => ({
  saw: name,
  in: probe,
  is,
});
const message = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';
const story = (v: Vector, probe: string): readonly Step[] => v.facts(probe, 'step');
/** The line of a step, the last one that fits. */
const lineOf = (v: Vector, probe: string, label: RegExp): Frame | null =>
  story(v, probe).findLast((s) => label.test(s.label) && s.site)?.site?.near ?? null;
const firstLineOf = (v: Vector, probe: string, label: RegExp): Frame | null =>
  story(v, probe).find((s) => label.test(s.label) && s.site)?.site?.near ?? null;
const LOADS = /begins/;

/** Where the error went of which nobody took notice. */
const unheardIn = (v: Vector): string => (v.saw(FAILS, 'unhandled') === true ? FAILS : DOWN);
const twice = (v: Vector): boolean => v.saw(RACE, 'ended') === 'asks-twice';
const joined = (v: Vector): boolean => v.saw(RACE, 'ended') === 'old-joined';
const early = (v: Vector): boolean => v.saw(MINUTE, 'reload') === 'early';
const overfull = (v: Vector): string => (v.saw(SMALL, 'size') === 'unbounded' ? SMALL : BUSY);
const forRoom = (v: Vector): boolean => v.saw(BUSY, 'under-way') === 'dropped-for-room';

export const mistakes: Mistake[] = [
  mistake({
    id: 'everybody-asks',
    title: 'nobody knows that somebody is on the way',
    severity: '??',
    when: { any: [saw('expiry', HUNDRED, /^(?:each|some)$/), saw('cold', HUNDRED, /^(?:each|some)$/)] },
    masks: ['retry-per-waiter', 'clears-more-than-its-own'],
    evidence: (v) => v.facts(HUNDRED),
    decisive: (v) => Math.max(0, story(v, HUNDRED).length - 1),
    outcome: (v) => message(v, HUNDRED),
    point: (v) => firstLineOf(v, HUNDRED, LOADS),
    question: () => ({ ask: 'Which of these lines ran once for each of those who came at once?' }),
    because: (_v, at) =>
      `whoever comes before the first answer finds nothing that would keep them from line ${at.line}`,
    principle: 'Remember the question, not only the answer.',
    belief: 'This works only if the cache is filled at the moment when the first one asks.',
    idea: 'What does the second caller know about the first?',
    plan: 'Keep what is under way, not only what has arrived; join it.',
    themes: ['shared-waiting'],
  }),

  mistake({
    id: 'error-kept',
    title: 'a failure has become an answer',
    severity: '??',
    when: saw('later', FAILS, 'old-error'),
    evidence: (v) => v.facts(FAILS, 'step'),
    outcome: (v) => message(v, FAILS),
    point: (v) => firstLineOf(v, FAILS, LOADS),
    question: () => ({ ask: 'Which of these lines made what is still handed out 20 seconds later?' }),
    because: (_v, at) =>
      `the promise that line ${at.line} got is kept with its rejection, and given to everyone`,
    principle: 'Cache answers; let failures pass.',
    belief: 'This works only if every promise that is kept turns into a value.',
    idea: 'What stays in the cache after a failure?',
    plan: 'Remove what failed, and only if it is still the one that you put there.',
    themes: ['failure'],
  }),

  mistake({
    id: 'late-writer',
    title: 'an answer that was overtaken is stored over a newer one',
    severity: '??',
    when: saw('ended', RACE, 'old-later'),
    evidence: (v) => v.facts(RACE, 'step').slice(-6),
    outcome: (v) => message(v, RACE),
    point: (v) => lineOf(v, RACE, /^gets /) ?? firstLineOf(v, RACE, LOADS),
    question: () => ({ ask: 'Which of these lines put edition 1 in the place of edition 2?' }),
    because: (_v, at) => `line ${at.line} runs for each load that arrives, also for one that began before`,
    principle: 'An answer may only be stored while its question is the current one.',
    belief: 'This works only if what arrives last was also asked last.',
    idea: 'Two loads of one key are under way: which one may write?',
    plan: 'Let each load know whether it is still the one that counts. The latest question wins, not the latest answer.',
    themes: ['overtaking'],
  }),

  mistake({
    id: 'answer-from-before',
    title: 'who asks after the change is answered from before it',
    severity: '??',
    when: saw('ended', RACE, /^old-(?:kept|joined)$/),
    evidence: (v) => v.facts(RACE, 'step'),
    outcome: (v) => message(v, RACE),
    point: (v) => firstLineOf(v, RACE, LOADS),
    question: () => ({ ask: 'Which of these lines asked for the answer that Ben got?' }),
    because: (v, at) =>
      joined(v)
        ? `line ${at.line} had asked before edition 2 was out; Ben came after it and was sent to wait for that`
        : `what line ${at.line} had asked for before edition 2 was out is still given after the invalidate`,
    principle: 'What has been declared wrong must not be given to anybody who asks after that.',
    belief: (v) =>
      joined(v)
        ? 'This works only if an answer that has not arrived yet cannot be out of date.'
        : 'This works only if an answer that has run out and one that is wrong are the same.',
    idea: 'List everything that is there for a key at the moment of `invalidate`. What of it may still be given?',
    plan: 'Let `invalidate` cut off what has arrived and what is under way: who comes later joins neither.',
    themes: ['overtaking'],
  }),

  mistake({
    id: 'one-lock-for-all',
    title: 'who wants one thing waits for those who want another',
    severity: '?',
    masks: ['retry-per-waiter', 'clears-more-than-its-own'],
    when: saw('munich', OTHERS, /^(?:behind|never)$/),
    evidence: (v) => v.facts(OTHERS, 'step'),
    outcome: (v) => message(v, OTHERS),
    point: (v) => lineOf(v, OTHERS, LOADS),
    question: () => ({ ask: 'Which of these lines did Munich reach only when Hamburg was through?' }),
    because: (_v, at) => `line ${at.line} needs nothing of Hamburg’s, and comes after the wait for it`,
    principle: 'Share waiting only among those who want the same.',
    belief: 'This works only if all loads are quick, whatever they are for.',
    idea: 'Who waits for whom, and do they want the same?',
    plan: 'One waiting list for each key, and none for all of them.',
    themes: ['shared-waiting'],
  }),

  mistake({
    id: 'waiter-hangs',
    title: 'a load has failed, and somebody still waits for it',
    severity: '?',
    when: { any: [saw('wait-for-ever', FAILS, true), saw('later', FAILS, 'waits')] },
    evidence: (v) => v.facts(FAILS, 'step'),
    outcome: (v) => message(v, FAILS),
    point: (v) => firstLineOf(v, FAILS, LOADS),
    question: () => ({ ask: 'After which of these lines did what was to follow never happen?' }),
    because: (_v, at) =>
      `what comes after line ${at.line} happens when it is answered, and not when it fails`,
    principle: 'Everyone who waits must hear, of a failure too.',
    belief: 'This works only if every load that begins is answered.',
    idea: 'Ten wait, and it fails. Go through them one by one: who tells each of them?',
    plan: 'End the waiting on both ways out. Take the mark away on both as well, or the next one waits for nobody.',
    themes: ['failure'],
  }),

  mistake({
    id: 'unheard-failure',
    title: 'a load fails, and nobody is there for its error',
    severity: '?',
    when: { any: [saw('unhandled', FAILS, true), saw('unhandled', DOWN, true)] },
    evidence: (v) => v.facts(unheardIn(v), 'step').filter((s) => !s.label.startsWith('20 s')),
    outcome: (v) => message(v, unheardIn(v)),
    point: (v) => firstLineOf(v, unheardIn(v), LOADS),
    question: () => ({ ask: 'Which of these lines began what failed with nobody listening?' }),
    because: (_v, at) =>
      `the load of line ${at.line} has one more promise hanging on it, and no one catches that one`,
    principle: 'Every promise needs somebody who takes its failure.',
    belief: 'This works only if a promise that nobody waits for cannot fail.',
    idea: 'Each `then`, `finally` and `async` call makes a promise of its own. Who holds each of them?',
    plan: 'Follow every promise to somebody who takes its error. Where nobody waits, say so: take it and drop it.',
    themes: ['failure'],
  }),

  mistake({
    id: 'retry-per-waiter',
    title: 'each of those who waited asks again',
    severity: '?',
    when: {
      any: [saw('loads', FAILS, 'more'), { all: [saw('at-once', DOWN, 'more'), saw('loads', FAILS, 'one')] }],
    },
    evidence: (v) => v.facts(v.saw(FAILS, 'loads') === 'more' ? FAILS : DOWN, 'step').slice(0, 3),
    outcome: (v) => message(v, v.saw(FAILS, 'loads') === 'more' ? FAILS : DOWN),
    point: (v) => lineOf(v, v.saw(FAILS, 'loads') === 'more' ? FAILS : DOWN, LOADS),
    question: () => ({
      ask: 'Which of these lines ran again for somebody who had waited for the failed load?',
    }),
    because: (_v, at) =>
      `the failure ends nobody’s turn: the next of those who waited comes to line ${at.line}`,
    principle: 'Who shares the question shares the failure.',
    belief: 'This works only if a load that has just failed succeeds for the next in the queue.',
    idea: 'A provider has just said no. What do the nine others who asked the same do to it now?',
    plan: 'Give the failure to all who waited for that load. Let those ask again who come after it.',
    themes: ['failure', 'shared-waiting'],
  }),

  mistake({
    id: 'clears-more-than-its-own',
    title: 'an overtaken load clears away what a later one needs',
    severity: '?',
    when: saw('ended', RACE, /^asks-(?:twice|again)$/),
    evidence: (v) => v.facts(RACE, 'step').slice(-6),
    outcome: (v) => message(v, RACE),
    point: (v) => lineOf(v, RACE, LOADS),
    question: () => ({ ask: 'Which of these lines asked for what somebody had asked for already?' }),
    because: (v, at) =>
      twice(v)
        ? `load 1 had tidied up what said that load 2 is under way, so line ${at.line} ran once more`
        : `load 1 had tidied up what load 2 needed for its answer to be kept, so line ${at.line} ran once more`,
    principle: 'Clear away only what you have put there yourself.',
    belief: 'This works only if there is never more than one load of a key.',
    idea: 'Load 1 ends and tidies up. Whose things are lying there?',
    plan: 'Before anything is removed, compare: is it still what this load has put there?',
    themes: ['overtaking'],
  }),

  mistake({
    id: 'wrong-age',
    title: 'the age of an answer is counted from the wrong moment',
    severity: '?',
    when: saw('reload', MINUTE, /^(?:early|late)$/),
    evidence: (v) => v.facts(MINUTE, 'step'),
    outcome: (v) => message(v, MINUTE),
    point: (v) =>
      early(v)
        ? lineOf(v, MINUTE, LOADS)
        : (firstLineOf(v, MINUTE, /^98 s/) ?? firstLineOf(v, MINUTE, LOADS)),
    question: (v) => ({
      ask: early(v)
        ? 'Which of these lines asked again for an answer that was still good?'
        : 'Which of these lines ran for each visitor, and kept the answer from running out?',
    }),
    because: (v, at) =>
      early(v)
        ? `when line ${at.line} ran again, the answer had been there for less than a minute`
        : `line ${at.line} runs again with every visitor, and 102 s is more than a minute after 40 s`,
    principle: 'Say from which moment an answer ages, and let nothing else move it.',
    belief: (v) =>
      early(v)
        ? 'This works only if answers arrive at the moment when they are asked for.'
        : 'This works only if there is a quiet minute now and then.',
    idea: 'Draw a line of time: asked, arrived, given, given, run out. Which two marks make the minute?',
    plan: 'Read the clock once, when the answer has arrived. Keep what follows from it with the answer, unchanged.',
    themes: ['presence'],
  }),

  mistake({
    id: 'drops-what-is-under-way',
    title: 'what is still under way is thrown out with what is old',
    severity: '?',
    when: saw('under-way', BUSY, /^dropped/),
    evidence: (v) => v.facts(BUSY, 'step').slice(0, 2),
    outcome: (v) => message(v, BUSY),
    point: (v) => lineOf(v, BUSY, /begins again/),
    question: () => ({
      ask: 'Which of these lines asked for what had been asked for and not been answered?',
    }),
    because: (v, at) =>
      forRoom(v)
        ? `a load that is under way had to make room for another, so line ${at.line} ran for it once more`
        : `the load took longer than an answer is good for, so line ${at.line} ran while it was under way`,
    principle: 'A question that is under way is not old and takes no room: it ends with its answer.',
    belief: 'This works only if every load is over before its entry has to go.',
    idea: 'Which of the things that you keep are answers, and which are only promises of one?',
    plan: 'Let age and room concern answers alone. What is under way leaves when it ends.',
    themes: ['shared-waiting', 'presence'],
  }),

  mistake({
    id: 'falsy-miss',
    title: 'an answer that counts as false counts as missing',
    severity: '?',
    when: saw('falsy', FALSY, 'asked-again'),
    evidence: (v) => v.facts(FALSY, 'step'),
    outcome: (v) => message(v, FALSY),
    point: (v) => lineOf(v, FALSY, LOADS),
    question: () => ({ ask: 'Which of these lines asked for an answer that was there?' }),
    because: (_v, at) => `the way to line ${at.line} is open whenever the answer itself looks like nothing`,
    principle: 'Whether there is a value is another question than which one it is.',
    belief: 'This works only if no answer is empty, zero, false or nothing.',
    idea: 'It does not rain: 0 millimetres. Is that an answer?',
    plan: 'Ask whether the key has an entry, not what the entry is worth.',
    themes: ['presence'],
  }),

  mistake({
    id: 'closed-when-full',
    title: 'who comes when it is full is never kept',
    severity: '?',
    when: { all: [saw('newest', SMALL, 'asked-again'), { not: saw('expiry', HUNDRED, 'each') }] },
    evidence: (v) => v.facts(SMALL, 'step'),
    outcome: (v) => message(v, SMALL),
    point: (v) => lineOf(v, SMALL, /begins again/),
    question: () => ({ ask: 'Which of these lines asked again for what had come last?' }),
    because: (_v, at) =>
      `the answer was not kept when it came, so line ${at.line} runs for each who wants it`,
    principle: 'When there is no room, the old makes way for the new.',
    belief: 'This works only if what was asked for first is what will be asked for.',
    idea: 'After an hour the cache is full of what was wanted in the first minute. What is it good for now?',
    plan: 'Store first, then let something older go.',
    themes: ['room'],
  }),

  mistake({
    id: 'grows-for-ever',
    title: 'more is kept than there is room for',
    severity: '?!',
    when: { any: [saw('size', SMALL, 'unbounded'), saw('size', BUSY, 'unbounded')] },
    evidence: (v) => v.facts(overfull(v), 'step'),
    outcome: (v) => message(v, overfull(v)),
    decisive: (v) =>
      Math.max(
        0,
        story(v, overfull(v)).findIndex((s) => s.task === 'size()'),
      ),
    point: (v) => firstLineOf(v, overfull(v), /answers/) ?? firstLineOf(v, overfull(v), LOADS),
    question: () => ({ ask: 'Which of these lines ran for each answer, however many there were?' }),
    because: (_v, at) =>
      `line ${at.line} runs for each answer that comes in; nothing counts those that are there`,
    principle: 'Every cache needs a way out.',
    belief: 'This works only if what has run out goes away by itself, or never comes in at once.',
    idea: 'Follow one answer that nobody asks for again. When does it leave?',
    plan: 'At the moment when an answer is stored, count, and let go of as many as there are too many.',
    themes: ['room'],
  }),
];
