import { mistake, type Mistake } from 'kibitzer/kata';
import { isBegin, isWrite, result, sent, shown, story } from './told.ts';
import type { SqlFact, Vector } from 'kibitzer/kata';

const NONE = 'all-or-none';
const RETRY = 'try-again';
const BUSY = 'others-at-work';

/** The statement at which the commit broke off. */
const broken = (v: Vector, probe: string): SqlFact | undefined =>
  v.facts(probe, 'sql').find((f) => f.error !== undefined);

/** The last statement before the failure whose effect stayed. */
const stayed = (v: Vector): SqlFact | undefined => v.facts(NONE, 'sql').find((f) => f.changes > 0);

/** Mistakes of which only a commit that fails tells, or one that others have to wait for. */
export const failing: Mistake[] = [
  mistake({
    id: 'half-commit',
    title: 'a commit that fails leaves a part of it behind',
    severity: '??',
    when: { saw: 'table', in: NONE, is: 'half' },
    evidence: (v) => [stayed(v), broken(v, NONE)].filter((f) => f !== undefined),
    outcome: (v) => result(v, NONE),
    point: (v, locate) => shown(v, stayed(v)) ?? locate.exported('openSession'),
    question: (v) => ({
      ask: 'Which of these lines wrote what is still in the table after the failure?',
      among: [sent(broken(v, NONE))].filter((f) => f !== null),
    }),
    because: (v) =>
      stayed(v)?.inTransaction
        ? 'its write was kept although a later one of the same commit had failed'
        : 'outside of a transaction each statement is final by itself',
    principle: 'A unit of work is stored as a whole or not at all.',
    belief: 'This works only if every statement of a commit succeeds.',
    idea: 'The second write fails. What does another reader see, and who will ever put it right?',
    plan: 'One transaction around all writes, undone when any of them fails. What the session remembers changes only when it held.',
    themes: ['all-at-once'],
  }),
  mistake({
    id: 'left-open',
    title: 'a commit that failed leaves its transaction open',
    severity: '?',
    when: { saw: 'open', in: NONE, is: 'yes' },
    evidence: (v) => story(v, NONE, [v.facts(NONE, 'sql').find(isBegin), broken(v, NONE)]),
    outcome: (v) => result(v, NONE),
    point: (v) => shown(v, v.facts(NONE, 'sql').find(isBegin)),
    question: (v) => ({
      ask: 'Which of these lines begins what nobody ends?',
      among: [sent(broken(v, NONE))].filter((f) => f !== null),
    }),
    because: () => 'what is begun here was still open when the commit had failed',
    principle: 'Whoever begins a transaction ends it, on every way out.',
    belief: 'This works only if nothing fails between the beginning and the end.',
    idea: 'The commit fails half-way. What does the next one find, and who waits for it?',
    plan: 'Begin, try, and whatever happens: keep all of it or undo all of it, then pass the failure on.',
    themes: ['all-at-once'],
  }),
  mistake({
    id: 'silent-failure',
    title: 'a commit fails and says nothing',
    severity: '?',
    when: { saw: 'told', in: NONE, is: 'silent' },
    evidence: (v) =>
      story(v, NONE, [broken(v, NONE), v.facts(NONE, 'sql').findLast((f) => /^rollback/i.test(f.sql))]),
    decisive: () => 0,
    outcome: (v) => result(v, NONE),
    point: (v, locate) => shown(v, broken(v, NONE)) ?? locate.exported('openSession'),
    question: () => ({ ask: 'At which of these lines fails what the caller never hears of?' }),
    because: () => 'the database refuses this; after that the error goes no further',
    principle: 'Undo what you began, and let the failure go on.',
    belief: 'This works only if the caller need not know whether the work is stored.',
    idea: 'What will the treasurer believe when this commit returns?',
    plan: 'Catch a failure only in order to undo; then hand it on to whoever asked for the commit.',
    themes: ['all-at-once'],
  }),
  mistake({
    id: 'forgets-on-failure',
    title: 'a commit that failed takes the work along',
    severity: '?',
    when: { saw: 'again', in: RETRY, is: /^(?:less|more)$/ },
    evidence: (v) => {
      const facts = v.facts(RETRY);
      const cut = facts.findIndex((f) => f.kind === 'note');
      return facts.filter(
        (f, i) =>
          f === broken(v, RETRY) || (i >= cut && (f.kind === 'note' || (f.kind === 'sql' && isWrite(f)))),
      );
    },
    outcome: (v) => result(v, RETRY),
    point: (v, locate) => shown(v, broken(v, RETRY)) ?? locate.exported('openSession'),
    question: () => ({
      ask: 'At which of these lines did the first commit fail, and part of the work get lost with it?',
    }),
    because: (v) =>
      v.saw(RETRY, 'again') === 'more'
        ? 'when this failed, the session no longer knew what it had already been asked to do'
        : 'when this failed, a part of the work already counted as done, or as given up',
    principle: 'Remember work as done only when it is.',
    belief: 'This works only if the first commit succeeds, or nobody wants to try again.',
    idea: 'At the moment of the failure: what does the table say, and what does the session believe that it says?',
    plan: 'Write first, then end the transaction; only after that take new snapshots, give ids, and empty the lists.',
    themes: ['all-at-once', 'what-changed'],
  }),
  mistake({
    id: 'keeps-others-out',
    title: 'the transaction is as long as the work',
    severity: '?',
    when: {
      any: [
        { saw: 'other', in: BUSY, is: 'blocked' },
        { saw: 'commit', in: BUSY, is: 'refused' },
      ],
    },
    evidence: (v) => story(v, BUSY, [held(v), broken(v, BUSY)]),
    outcome: (v) => result(v, BUSY),
    point: (v, locate) => shown(v, held(v)) ?? locate.exported('openSession'),
    question: () => ({ ask: 'Which of these lines begins what is not over until the commit?' }),
    because: (v) =>
      v.saw(BUSY, 'commit') === 'refused'
        ? 'from here on the session sees an old table, and may not write to it once others have'
        : 'from here on nobody else can write, however long the work takes',
    principle: 'Work as long as you like; hold the database only while you write.',
    belief: 'This works only if nobody else has anything to store before the commit.',
    idea: 'The treasurer goes to lunch between a change and its commit. Who waits?',
    plan: 'Let the work live in memory. Begin, write and end within one call of commit.',
    themes: ['all-at-once'],
  }),
];

/** What holds the database in the time before the commit. */
function held(v: Vector): SqlFact | undefined {
  const facts = v.facts(BUSY, 'sql');
  return facts.find(isBegin) ?? facts.find(isWrite) ?? facts[0];
}
