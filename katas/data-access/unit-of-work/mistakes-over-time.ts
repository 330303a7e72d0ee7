import { mistake, type Fact, type Frame, type Mistake, type SqlFact, type Vector } from 'kibitzer/kata';
import { around, isWrite, ROLLBACK, result, sent, shown, story } from './told.ts';

const UNDO = 'as-it-was';
const ON = 'work-goes-on';
const DORA = 'dora-stays-dora';
const JOIN = 'others-join';
const GONE = 'gone-is-gone';
const NEXT = 'next-session';

/** The write of the first commit, and those that came later. */
function commits(v: Vector): { first: SqlFact | undefined; later: SqlFact | undefined } {
  const { before, after } = around(v, ON);
  return { first: before.find(isWrite), later: after.findLast(isWrite) };
}

/** The part of the story in which somebody's change was lost: the second commit, or the third. */
function lostIn(v: Vector): Fact[] {
  const facts = v.facts(ON);
  const { first } = commits(v);
  const third = facts.findLastIndex((f) => f.kind === 'note');
  const second = v.saw(ON, 'second') === 'lost' || v.saw(ON, 'city') === 'taken-back';
  return facts.filter(
    (f, i) => f === first || (second ? i < third && tells(f, i) : i >= third && tells(f, i)),
  );

  function tells(f: Fact, i: number): boolean {
    return f.kind !== 'sql' || (isWrite(f) && i > facts.findIndex((g) => g.kind === 'note'));
  }
}

/** The statement of the last call that reads or writes what a removed or added member is about. */
const inserted = (v: Vector, probe: string): SqlFact | undefined =>
  v.facts(probe, 'sql').find((f) => /^(?:insert|replace|with)\b/i.test(f.sql));

const guess = (v: Vector): SqlFact | undefined =>
  v.facts(JOIN, 'sql').find((f) => /\bmax\s*\(|\bcount\s*\(|sqlite_sequence|order by/i.test(f.sql));

/** Mistakes that show after a commit, after a rollback, or where something comes or goes. */
export const living: Mistake[] = [
  mistake({
    id: 'old-snapshot',
    title: 'after a commit, changes are measured from the first load',
    severity: '??',
    when: {
      all: [
        { saw: 'second', in: ON, is: 'stored' },
        {
          any: [
            { saw: 'third', in: ON, is: 'lost' },
            { saw: 'city', in: ON, is: 'taken-back' },
          ],
        },
      ],
    },
    evidence: lostIn,
    outcome: (v) => result(v, ON),
    point: (v, locate) => shown(v, commits(v).first) ?? locate.exported('openSession'),
    question: () => ({ ask: 'After which of these lines is “as loaded” no longer what is in the table?' }),
    because: (v) =>
      v.saw(ON, 'city') === 'taken-back'
        ? 'it stored 70 and Ulm; after that Ulm still counted as a change'
        : 'it stored 70 and Ulm; after that 50 still counted as what is in the table',
    principle: 'What you compare with must be what is stored.',
    belief: 'This works only if a session commits once.',
    idea: 'The balance goes from 50 to 70 and back, with a commit after each. What is compared with what?',
    plan: 'When a commit has held, take what was written as the new state of comparison, and forget its changes.',
    themes: ['what-changed'],
  }),
  mistake({
    id: 'lets-go-after-commit',
    title: 'after a commit, the objects belong to nobody',
    severity: '?',
    when: { saw: 'second', in: ON, is: 'lost' },
    masks: ['dora-who'],
    evidence: lostIn,
    outcome: (v) => result(v, ON),
    point: (v, locate) => shown(v, commits(v).first) ?? locate.exported('openSession'),
    question: () => ({ ask: 'After which of these lines does the session no longer look at Olga’s object?' }),
    because: () => 'after this commit nothing that is assigned to the object reaches the table',
    principle: 'An object that was handed out stays a promise.',
    belief: 'This works only if everybody asks for their members anew after each commit.',
    idea: 'The commit is done, and a form on the screen still holds Olga. What is her object now?',
    plan: 'Let a commit forget the changes, not the members. The table of loaded things stays.',
    themes: ['identity'],
  }),
  mistake({
    id: 'dirty-after-rollback',
    title: 'the table has forgotten, the session has not',
    severity: '?',
    when: {
      any: [
        { saw: 'object', in: UNDO, is: 'changed' },
        { saw: 'removed', in: UNDO, is: 'gone' },
        { saw: 'next', in: UNDO, is: 'writes' },
        // who writes everything at each commit does it here too
        {
          all: [
            { saw: 'next', in: UNDO, is: 'same-values' },
            { saw: 'others', in: 'one-of-forty', is: 'none' },
          ],
        },
      ],
    },
    evidence: (v) => {
      const right = v.saw(UNDO, 'object') === 'restored';
      return v.facts(UNDO).filter((f) => !(right && f.kind === 'value'));
    },
    outcome: (v) => result(v, UNDO),
    point: (_v, locate) => locate.line(ROLLBACK) ?? locate.exported('openSession'),
    question: () => ({ ask: 'With which of these lines begins what forgets less than it should?' }),
    because: (v) =>
      v.saw(UNDO, 'object') === 'changed'
        ? 'it undoes what was planned, and leaves what was assigned'
        : 'it brings the values back, and leaves something that the next commit or get still goes by',
    principle: 'Undo in memory too.',
    belief: 'This works only if nobody looks at an object, or commits, after a rollback.',
    idea: 'The table never knew of the work. Who still does?',
    plan: 'Give members the values that they were loaded with, and empty every list of what was to be done.',
    themes: ['all-at-once', 'what-changed'],
  }),
  mistake({
    id: 'shared-memory',
    title: 'a new session answers from an old one’s memory',
    severity: '?',
    when: {
      any: [
        { saw: 'second', in: NEXT, is: 'old' },
        { saw: 'uncommitted', in: NEXT, is: 'shown' },
      ],
    },
    evidence: (v) => v.facts(NEXT),
    outcome: (v) => result(v, NEXT),
    point: (v, locate) => shown(v, v.facts(NEXT, 'sql')[0]) ?? locate.exported('openSession'),
    question: () => ({ ask: 'Which of these lines read the row that the new session still tells?' }),
    because: () => 'what came back here was kept for the next session too',
    principle: 'A memory ends with the work that it serves.',
    belief: 'This works only if nobody else writes, and no two sessions are open at once.',
    idea: 'How long does the object of Olga live, and who can be looking at it by then?',
    plan: 'Let each session have a table of its own of what it has loaded, made when it is opened.',
    themes: ['identity'],
  }),
  mistake({
    id: 'dora-who',
    title: 'an added member is not kept like a loaded one',
    severity: '?',
    when: {
      any: [
        { saw: 'id', in: DORA, is: 'unknown' },
        { saw: 'object', in: DORA, is: 'another' },
        { saw: 'later', in: DORA, is: 'lost' },
      ],
    },
    evidence: (v) => story(v, DORA, [inserted(v, DORA)]),
    outcome: (v) => result(v, DORA),
    point: (v, locate) => shown(v, inserted(v, DORA)) ?? locate.exported('openSession'),
    question: () => ({
      ask: 'After which of these lines does a row exist whose object the session does not keep?',
    }),
    because: (v) =>
      v.saw(DORA, 'id') === 'unknown'
        ? 'the row gets its id here, and the object does not hear of it'
        : 'the row is there from here on; its object is not among those that are known by id',
    principle: 'Whatever way a thing came in, it is kept the same way.',
    belief: 'This works only if nobody wants an added member again in the same session.',
    idea: 'Right after the commit, somebody asks for Dora by her id. Where is she looked for?',
    plan: 'When a commit has held, give the added ones their ids, and put them where the loaded ones are.',
    themes: ['identity'],
  }),
  mistake({
    id: 'guessed-id',
    title: 'the id of a new member is a guess',
    severity: '?',
    when: {
      any: [
        { saw: 'commit', in: JOIN, is: 'refused' },
        { saw: 'table', in: JOIN, is: (who) => who !== 'both' },
      ],
    },
    evidence: (v) => {
      const { after } = around(v, JOIN);
      return story(v, JOIN, [guess(v), after.find((f) => f.error !== undefined) ?? after.find(isWrite)]);
    },
    outcome: (v) => result(v, JOIN),
    point: (v, locate) => shown(v, guess(v) ?? inserted(v, JOIN)) ?? locate.exported('openSession'),
    question: (v) => ({
      ask: guess(v)
        ? 'Which of these lines asked for an id that was free only at that moment?'
        : 'Which of these lines writes a row under an id that is another one’s?',
      among: [sent(inserted(v, JOIN))].filter((f): f is Frame => f !== null),
    }),
    because: (v) =>
      guess(v)
        ? 'the number was free when this was read; by the commit Gus had it'
        : 'the number was chosen without the table; by the commit Gus had it',
    principle: 'Let the one who keeps the numbers give them out.',
    belief: 'This works only if nobody else adds a member before the commit.',
    idea: 'Two programs add a member at the same time. Which of them knows the next number?',
    plan: 'Insert without an id, and take from the database which one the row has got.',
    themes: ['all-at-once'],
  }),
  mistake({
    id: 'lists-disagree',
    title: 'what is to be removed is still somewhere else',
    severity: '?',
    when: {
      any: [
        { saw: 'asked', in: GONE, is: 'given' },
        { saw: 'commit', in: GONE, is: 'refused' },
        { saw: 'table', in: GONE, is: (rows) => rows !== 'right' },
      ],
    },
    evidence: (v) =>
      v.saw(GONE, 'table') === 'right' && v.saw(GONE, 'commit') === 'done'
        ? v.facts(GONE).slice(0, 1 + v.facts(GONE).findIndex((f) => f.kind === 'note'))
        : v.facts(GONE, 'sql').filter((f) => isWrite(f)),
    outcome: (v) => result(v, GONE),
    point: (v, locate) => {
      const failed = v.facts(GONE, 'sql').find((f) => f.error !== undefined);
      if (v.saw(GONE, 'table') === 'fay' || failed) return shown(v, failed ?? inserted(v, GONE));
      return (
        shown(
          v,
          v.facts(GONE, 'sql').find((f) => !isWrite(f)),
        ) ?? locate.exported('openSession')
      );
    },
    question: (v) => ({
      ask:
        v.saw(GONE, 'table') === 'right'
          ? 'Which of these lines read the row of a member who is given out although she was removed?'
          : 'Which of these lines writes somebody who was removed?',
    }),
    because: (v) =>
      v.saw(GONE, 'table') === 'right'
        ? 'Ada’s row was read here; that she was removed has no part in what get answers'
        : 'one list says add, another says remove, and both are carried out',
    principle: 'What you told the session must be true in the session.',
    belief: 'This works only if nobody removes what was just added, or asks for what was removed.',
    idea: 'Follow one member through all lists of the session. In how many of them can she be at once?',
    plan: 'Give each member one state: loaded, added or removed. Let each call move her from one to the next.',
    themes: ['identity'],
  }),
];
