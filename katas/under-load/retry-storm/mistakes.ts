import { mistake, type Mistake, type Vector } from 'kibitzer/kata';
import {
  DEADLINE,
  factory,
  GROW,
  HOPELESS,
  isSending,
  LEFT,
  message,
  noted,
  ONCE,
  outlivedIn,
  refuted,
  saw,
  sent,
  SPREAD,
  TOGETHER,
  WAIT,
  WHY,
} from './read.ts';

/** Attempts and averages, without the mark of the line. */
const growth = (v: Vector) => v.facts(GROW).filter((f) => f.kind !== 'note');
const withoutNotes = (v: Vector, probe: string) => v.facts(probe).filter((f) => f.kind !== 'note');
const last = (v: Vector, probe: string): number => v.facts(probe).length - 1;

export const mistakes: Mistake[] = [
  mistake({
    id: 'immediate-retry',
    title: 'the next attempt comes at once',
    severity: '??',
    when: { all: [refuted(GROW), saw(GROW, 'spacing', 'none')] },
    masks: ['in-step', 'no-budget', 'tries-for-ever'],
    evidence: growth,
    decisive: () => 1,
    outcome: (v) => message(v, GROW),
    point: (v) => noted(v, GROW) ?? sent(v, GROW, 1),
    question: () => ({ ask: 'Which of these lines meets the service again in its worst moment?' }),
    because: (v, at) =>
      isSending(v, GROW, at)
        ? 'it sends again while nothing has changed since the service refused'
        : `it lets hardly any time pass before ${/attempt \d+/.exec(message(v, GROW))?.[0] ?? 'the next attempt'}`,
    principle: 'Give the other side time, and more of it each time.',
    belief: 'This works only if failures are accidents that have nothing to do with each other.',
    idea: 'Be the service for a moment, at two seconds before noon, with everything in it already too slow. What arrives next?',
    plan: 'Let time pass between a failure and the next attempt. Make it longer with each failure, up to a limit, and stop after few.',
    themes: ['load', 'time'],
  }),
  mistake({
    id: 'constant-retry',
    title: 'the pauses do not grow',
    severity: '??',
    when: { all: [refuted(GROW), saw(GROW, 'spacing', 'constant')] },
    masks: ['tries-for-ever'],
    evidence: growth,
    outcome: (v) => message(v, GROW),
    point: (v) => noted(v, GROW),
    question: () => ({ ask: 'Which of these lines waits as if nothing had happened yet?' }),
    because: () => 'it waits hardly longer after the last failure than after the first',
    principle: 'The longer it has been failing, the longer it will go on: wait in proportion.',
    belief: 'This works only if the outage is shorter than the pause.',
    idea: 'After one failure little is known. What is known after the fourth?',
    plan: 'Let each failure lengthen the next pause by a factor, up to a limit, and count the attempts.',
    themes: ['load', 'time'],
  }),
  mistake({
    id: 'double-post',
    title: 'nothing tells a repetition from another parcel',
    severity: '??',
    when: { all: [refuted(ONCE), saw(ONCE, 'key', 'none')] },
    evidence: (v) => v.facts(ONCE),
    outcome: (v) => message(v, ONCE),
    point: (v) => sent(v, ONCE, 1),
    question: () => ({ ask: 'Which of these lines booked the second parcel?' }),
    because: () => 'here the same body was sent again, and nothing in it says that it is the same parcel',
    principle: 'If it is not known whether it happened, the repetition must be recognisable.',
    belief: 'This works only if no answer means that nothing was done.',
    idea: 'Stand on the other side: two equal sheets of paper lie on the desk. One order or two?',
    plan: 'Give each intention a name, once, before the first attempt, and let each of its attempts carry it; or do not repeat what must not be done twice.',
    themes: ['partial-failure'],
  }),
  mistake({
    id: 'key-per-attempt',
    title: 'each attempt has a key of its own',
    severity: '??',
    when: { all: [refuted(ONCE), saw(ONCE, 'key', 'changing')] },
    evidence: (v) => v.facts(ONCE),
    outcome: (v) => message(v, ONCE),
    point: (v, locate) => locate.line(/idempotency-key/i) ?? sent(v, ONCE, 1),
    question: () => ({ ask: 'Which of these lines makes a repetition look like another parcel?' }),
    because: () => 'what it sends along differs from attempt to attempt',
    principle: 'A key stands for what is wanted, not for one message about it.',
    belief: 'This works only if a key protects because it is there. It protects because it stays the same.',
    idea: 'How long does the wish to send this parcel live, and how long does one message about it?',
    plan: 'Find the place where the wish is known and no attempt has begun. Name it there, and hand the name down.',
    themes: ['partial-failure'],
  }),
  mistake({
    id: 'one-key-for-two',
    title: 'two parcels have the same key',
    severity: '??',
    when: { all: [refuted(ONCE), saw(ONCE, 'key', 'shared')] },
    evidence: (v) => v.facts(ONCE),
    outcome: (v) => message(v, ONCE),
    point: (v, locate) => locate.line(/idempotency-key/i) ?? sent(v, ONCE),
    question: () => ({ ask: 'Which of these lines tells the service that it has seen this parcel before?' }),
    because: () => 'the key that it sends along was sent for another parcel as well',
    principle: 'Two wishes are two, even if they are equal word for word.',
    belief: 'This works only if nobody else, in no other process, ever makes the same key.',
    idea: 'Ann sends two equal boxes to the same aunt. Somebody in the next office does so, too.',
    plan: 'Ask what makes this call different from every other one anywhere: neither its content nor a count within this process. Draw it.',
    themes: ['partial-failure'],
  }),
  mistake({
    id: 'in-step',
    title: 'everybody comes back together',
    severity: '?',
    when: { all: [refuted(SPREAD), saw(SPREAD, 'crowd', /^(?:together|narrow)$/)] },
    evidence: (v) => v.facts(SPREAD),
    outcome: (v) => message(v, SPREAD),
    point: (v) => noted(v, SPREAD),
    question: () => ({ ask: 'Which of these lines brings 200 clients back in the same moment?' }),
    because: (v) =>
      v.saw(SPREAD, 'crowd') === 'together'
        ? 'the pause here is the same for everybody who failed at the same time'
        : 'the pause here differs from client to client, but too little for so many',
    principle: 'Growing pauses thin a crowd out; only chance takes it apart.',
    belief: (v) =>
      v.saw(SPREAD, 'crowd') === 'together'
        ? 'This works only if the clients did not fail in the same moment. An outage sees to it that they do.'
        : 'This works only if few clients failed together: the same chance spreads ten, and not two hundred.',
    idea: 'Two hundred people were put out at the same door at noon, with equal watches. When do they knock?',
    plan: 'Draw each pause anew, from a range as wide as the pause itself. Make the first range wide enough for all who may come.',
    themes: ['load', 'chance'],
  }),
  mistake({
    id: 'logs-the-request',
    title: 'the log shows what was sent',
    severity: '?',
    when: { all: [refuted(WHY), saw(WHY, 'secrets', 'shown')] },
    evidence: (v) => v.facts(WHY, 'log').slice(-1),
    outcome: () => 'a value that only sender and service should know stands in the log',
    point: (v) => v.facts(WHY, 'log').at(-1)?.site?.near ?? null,
    question: () => ({ ask: 'Which of these lines hands a secret to everybody who can read the log?' }),
    because: () => 'it logs an object, and with it all that the object holds',
    principle: 'Log what you name, not what you have.',
    belief: 'This works only if nobody ever sends anything that is nobody’s business.',
    idea: 'Who reads the log, and where is it in a year?',
    plan: 'Write down which few values the reader of the line needs, and log those.',
    themes: ['secrets'],
  }),
  mistake({
    id: 'tries-for-ever',
    title: 'one call is tried on and on',
    severity: '?',
    when: {
      all: [refuted(GROW), { any: [saw(GROW, 'attempts', 'many'), saw(GROW, 'ended', 'not-all')] }],
    },
    evidence: growth,
    outcome: (v) => message(v, GROW),
    point: (v) => noted(v, GROW) ?? sent(v, GROW),
    question: () => ({ ask: 'Which of these lines runs once more, and once more?' }),
    because: () => 'it still runs for a call that has failed eight times, or for ten minutes',
    principle: 'Decide before you begin when you will stop.',
    belief: 'This works only if the service always comes back while somebody waits.',
    idea: 'The service was switched off last year. Which callers are still waiting?',
    plan: 'Set a number of attempts and let the last failure be told to the caller.',
    themes: ['load', 'time'],
  }),
  mistake({
    id: 'retries-the-hopeless',
    title: 'a final answer is asked for again',
    severity: '?',
    when: {
      all: [
        refuted(HOPELESS),
        { any: [saw(HOPELESS, 'refused', 'repeated'), saw(HOPELESS, 'fault', 'repeated')] },
      ],
    },
    evidence: (v) => v.facts(HOPELESS, 'http'),
    decisive: () => 1,
    outcome: (v) => message(v, HOPELESS),
    point: (v) => sent(v, HOPELESS, 1),
    question: () => ({ ask: 'Which of these lines asked what had been answered?' }),
    because: () => 'it ran again, with the same request and the same end',
    principle: 'Repeat only what may turn out otherwise.',
    belief: (v) =>
      v.saw(HOPELESS, 'refused') === 'repeated'
        ? 'This works only if every refusal is a passing one.'
        : 'This works only if every error that is caught comes from the network. A slip in a program is one, too.',
    idea: 'A clerk says: this form has no signature. Does it help to hand it in again?',
    plan: 'List the ends an attempt can have. Mark those that depend on the moment; let all others go to the caller as they are.',
    themes: ['partial-failure'],
  }),
  mistake({
    id: 'outlives-deadline',
    title: 'the call goes on when nobody waits for it',
    severity: '?',
    when: { any: [refuted(DEADLINE), refuted(LEFT)] },
    evidence: (v) => v.facts(outlivedIn(v)),
    outcome: (v) => message(v, outlivedIn(v)),
    point: (v, locate) => noted(v, outlivedIn(v)) ?? sent(v, outlivedIn(v)) ?? factory(locate),
    question: () => ({ ask: 'Which of these lines does not know that nobody waits any more?' }),
    because: (v, at) =>
      isSending(v, outlivedIn(v), at)
        ? 'what it began did not end with the call'
        : 'what is waited for here has lost its purpose, and the waiting goes on',
    principle: 'One deadline covers all of it: every attempt, every pause.',
    belief: 'This works only if a call that has lost its caller ends by itself.',
    idea: 'The caller has hung up. Which hands are still busy for her?',
    plan: 'Fix the end when the call begins. Hand one and the same “stop” to each attempt and to each pause, and take back at the end what still waits.',
    themes: ['time', 'cancellation'],
  }),
  mistake({
    id: 'no-budget',
    title: 'a thousand calls decide a thousand times to go on',
    severity: '?',
    when: { all: [refuted(TOGETHER), saw(TOGETHER, 'load', 'multiple')] },
    masks: ['never-comes-back'],
    evidence: (v) => withoutNotes(v, TOGETHER),
    outcome: (v) => message(v, TOGETHER),
    point: (v) => noted(v, TOGETHER),
    question: () => ({
      ask: 'Which of these lines is reached by each of the calls, whatever the others have met?',
    }),
    because: () => 'it was reached by nearly every call, while nearly every other had failed as well',
    principle: 'Retries are a share of the load, not a multiple of it.',
    belief: 'This works only if few calls fail at a time.',
    idea: 'Nine hundred and ninety-nine calls have failed. What does the next one know of that?',
    plan: 'Keep something for all calls of the client: how much repeating can be afforded at the moment. Let success or traffic fill it, and each repetition use some.',
    themes: ['load'],
  }),
  mistake({
    id: 'never-comes-back',
    title: 'what was given up in the outage is not taken up again',
    severity: '?',
    when: {
      all: [
        refuted(TOGETHER),
        saw(TOGETHER, 'load', 'share'),
        { any: [saw(TOGETHER, 'recovered', false), saw(TOGETHER, 'single-failure', 'shown')] },
      ],
    },
    evidence: (v) => v.facts(TOGETHER),
    outcome: (v) => message(v, TOGETHER),
    point: (v, locate) => noted(v, TOGETHER) ?? factory(locate),
    question: () => ({ ask: 'Which of these lines still speaks of an outage that is over?' }),
    because: () => 'what led here was learnt in the outage, and nothing since has changed it',
    principle: 'Whatever closes under load needs a way to open again.',
    belief: 'This works only if somebody restarts the client after each outage.',
    idea: 'It is half a minute after the outage. How could this client find out?',
    plan: 'Name the event that gives back what was used up, or that lets one try through: time, success, or traffic.',
    themes: ['load'],
  }),
  mistake({
    id: 'ignores-retry-after',
    title: 'the service said when, and is asked before',
    severity: '?!',
    when: { all: [refuted(WAIT), { any: [saw(WAIT, 'seconds', 'early'), saw(WAIT, 'date', 'early')] }] },
    evidence: (v) => v.facts(WAIT),
    decisive: (v) => last(v, WAIT),
    outcome: (v) => message(v, WAIT),
    point: (v) => noted(v, WAIT) ?? sent(v, WAIT),
    question: () => ({ ask: 'Which of these lines is too early for the service?' }),
    because: (v, at) =>
      isSending(v, WAIT, at)
        ? 'it sends before the time that the answer named'
        : 'it waits less than the answer asked for',
    principle: 'Who is overloaded knows best when to come back: listen.',
    belief: (v) =>
      v.saw(WAIT, 'seconds') === 'kept'
        ? 'This works only if the service always speaks in seconds. It may name a moment instead.'
        : 'This works only if nothing in the answer matters but its number.',
    idea: 'Read the refusal to its end, not only its first line.',
    plan: 'Look for what the answer asks, in each of its forms, and take it as the least pause: chance and limits come on top and not underneath.',
    themes: ['load', 'time'],
  }),
  mistake({
    id: 'swallowed-cause',
    title: 'the caller does not hear why',
    severity: '?!',
    when: {
      any: [
        { all: [refuted(WHY), saw(WHY, 'secrets', 'hidden')] },
        {
          all: [
            refuted(HOPELESS),
            saw(HOPELESS, 'answer', 'withheld'),
            saw(HOPELESS, 'refused', 'once'),
            saw(HOPELESS, 'fault', 'once'),
          ],
        },
      ],
    },
    evidence: (v) => v.facts(silentIn(v)).filter((f) => f.kind !== 'note' || f.site === null),
    outcome: (v) => message(v, silentIn(v)),
    point: (v, locate) =>
      noted(v, silentIn(v)) ??
      v.facts(silentIn(v), 'log').at(-1)?.site?.near ??
      sent(v, silentIn(v)) ??
      factory(locate),
    question: (v) => ({
      ask: isLog(v)
        ? 'Which of these lines knows what those who run the program need to hear once?'
        : 'On which of these lines was known what the caller needs to hear?',
    }),
    because: (v) =>
      isLog(v)
        ? 'here it was told, or could have been; one line for one call is wanted'
        : 'here it was at hand; what came out of the call does not have all of it',
    principle: 'Whoever gives up on somebody’s behalf owes them the reason.',
    belief: 'This works only if the caller has no use for the reason.',
    idea: 'It is three in the morning, and the call has failed. What is the first question?',
    plan: 'Keep the last end and the count until the decision to stop; hand both on, and tell it in one place.',
    themes: ['errors'],
  }),
];

/** Where the caller was not told: of the end of the attempts, or of the answer itself. */
function silentIn(v: Vector): string {
  return v.probe(WHY)?.outcome === 'refuted' && v.saw(WHY, 'secrets') === 'hidden' ? WHY : HOPELESS;
}

/** Whether the caller heard, and those who read the log did not. */
function isLog(v: Vector): boolean {
  return silentIn(v) === WHY && v.saw(WHY, 'error') === 'told';
}
