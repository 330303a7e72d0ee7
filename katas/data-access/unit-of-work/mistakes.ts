import { mistake, type Mistake, type SqlFact, type Vector } from 'kibitzer/kata';
import { failing } from './mistakes-of-commit.ts';
import { living } from './mistakes-over-time.ts';
import { counted, isWrite, line, result, sameLine, sent, shown, story } from './told.ts';

const LOST = 'move-and-payment';
const SAME = 'same-people';
const FORTY = 'one-of-forty';
const TEN = 'ten-payments';
const YET = 'nothing-yet';
const OTHERS = 'columns-of-others';
const AGAIN = 'same-people-again';

/** The probe that tells of two objects for a row: the one in which something was lost by it, if any. */
const twiceIn = (v: Vector): string =>
  /^(?:city|balance|both)$/.test(String(v.saw(LOST, 'lost'))) && loads(v, LOST).length > 1 ? LOST : SAME;
const loads = (v: Vector, probe: string): SqlFact[] => v.facts(probe, 'sql').filter((f) => !isWrite(f));
const secondLoad = (v: Vector): SqlFact | undefined =>
  twiceIn(v) === LOST ? loads(v, LOST)[1] : v.facts(SAME, 'sql').at(-1);

export const mistakes: Mistake[] = [
  mistake({
    id: 'two-objects',
    title: 'one row lives twice',
    severity: '??',
    when: { saw: 'apart', in: SAME, is: (way) => way !== 'never' },
    masks: ['whole-row-write'],
    evidence: (v) => v.facts(twiceIn(v)),
    outcome: (v) => result(v, twiceIn(v)),
    point: (v, locate) => shown(v, secondLoad(v)) ?? locate.exported('openSession'),
    question: (v) => ({
      ask:
        v.facts(SAME, 'sql').length > 0
          ? 'After which of these lines does a row have two objects?'
          : 'From which of these lines come two objects for one row?',
      among: loads(v, twiceIn(v)).flatMap((f) => (sent(f) ? [sent(f)!] : [])),
    }),
    because: (v) =>
      v.facts(SAME, 'sql').length > 1
        ? 'the row comes back a second time, and a second object is made of it'
        : 'what is handed out for the row is another object each time',
    principle: 'Within one piece of work, a row has one representative.',
    belief: 'This works only if no two parts of a program ever ask for the same member.',
    idea: 'Olga has been asked for twice. How many objects stand for her row at this moment, and which is right?',
    plan: 'Keep one table of loaded things by id; let every way of loading go through it.',
    themes: ['identity'],
  }),
  mistake({
    id: 'whole-row-write',
    title: 'a changed column takes the unchanged ones along',
    severity: '??',
    when: { saw: 'city', in: OTHERS, is: 'taken-back' },
    evidence: (v) =>
      story(
        v,
        OTHERS,
        v.facts(OTHERS, 'sql').filter((f) => f.changes > 0),
      ),
    outcome: (v) => result(v, OTHERS),
    point: (v) =>
      shown(
        v,
        v.facts(OTHERS, 'sql').findLast((f) => f.changes > 0),
      ),
    question: () => ({ ask: 'Which of these lines wrote a city that nobody had changed here?' }),
    because: () => 'it writes every column; that of the city was as old as the object',
    principle: 'Write what was changed, not what you happen to hold.',
    belief: 'This works only if nobody stores anything in this row between loading and saving it.',
    idea: 'Which columns did this work change? Which does it write?',
    plan: 'Remember how a member was loaded; compare; write the difference.',
    themes: ['what-changed'],
  }),
  ...failing,
  mistake({
    id: 'writes-early',
    title: 'others see the work before it is finished',
    severity: '??',
    when: { saw: 'early', in: YET, is: (did) => did !== 'no' },
    evidence: (v) => v.facts(YET),
    decisive: (v) => v.facts(YET).findIndex((f) => f.kind === 'sql'),
    outcome: (v) => result(v, YET),
    point: (v) => shown(v, v.facts(YET, 'sql')[0]),
    question: () => ({ ask: 'Which of these lines wrote to the table before the commit?' }),
    because: (v) =>
      v.saw(YET, 'early') === 'add'
        ? 'the row is there from here on, whatever becomes of the work'
        : 'this is stored at once, and the work may still be given up',
    principle: 'A unit of work is visible all at once or not at all.',
    belief: 'This works only if nobody looks before the commit, and nobody rolls back.',
    idea: 'What can a rollback take back of what is in the table already?',
    plan: 'Let changes only be noted in memory. Write in one place, when the commit is asked for.',
    themes: ['all-at-once'],
  }),
  mistake({
    id: 'reread-clobbers',
    title: 'asking again undoes what was assigned',
    severity: '?',
    when: {
      any: [
        { saw: 'object', in: AGAIN, is: 'overwritten' },
        { saw: 'stored', in: AGAIN, is: 'no' },
      ],
    },
    evidence: (v) => v.facts(AGAIN),
    outcome: (v) => result(v, AGAIN),
    point: (v, locate) =>
      shown(
        v,
        v.facts(AGAIN, 'sql').find((f) => f.rows > 0),
      ) ?? locate.exported('openSession'),
    question: () => ({ ask: 'Which of these lines read a row whose member had been changed and not saved?' }),
    because: (v) =>
      v.saw(AGAIN, 'object') === 'overwritten'
        ? 'the old row comes back here, and its values replace the new ones'
        : 'Olga’s row comes back here, and her change counts as saved from then on',
    principle: 'A fresh read must not silently beat unsaved work.',
    belief: 'This works only if nobody asks for a member between a change and its commit.',
    idea: 'Two values for Olga’s city: one was read, one was assigned. Which of them would somebody miss?',
    plan: 'When a row comes back whose member is held already, leave alone what was assigned, and what it is compared with.',
    themes: ['identity', 'what-changed'],
  }),
  mistake({
    id: 'whole-row-guard',
    title: 'a change elsewhere in the row stops this one',
    severity: '?',
    when: { saw: 'balance', in: OTHERS, is: /^(?:refused|lost)$/ },
    evidence: (v) => story(v, OTHERS, v.facts(OTHERS, 'sql').filter(isWrite)),
    decisive: (v) =>
      story(v, OTHERS, v.facts(OTHERS, 'sql').filter(isWrite)).findIndex((f) => f.kind === 'sql'),
    outcome: (v) => result(v, OTHERS),
    point: (v, locate) =>
      shown(v, v.facts(OTHERS, 'sql').findLast(isWrite)) ?? locate.exported('openSession'),
    question: () => ({ ask: 'Which of these lines found no row to write to, though Olga’s is there?' }),
    because: () => 'it asks for the row as it was loaded, and another column is different now',
    principle: 'A conflict is about the same value, not about the same row.',
    belief: 'This works only if nobody stores anything in this row before the commit.',
    idea: 'Her city was changed there, her balance here. What do the two have to do with each other?',
    plan: 'Let a write depend on its id, or on the columns that it changes; and say so when it did not happen.',
    themes: ['what-changed'],
  }),
  ...living,
  mistake({
    id: 'row-written-often',
    title: 'one row is written again and again',
    severity: '?!',
    when: { saw: 'writes', in: TEN, is: 'many' },
    evidence: (v) => v.facts(TEN),
    outcome: (v) => result(v, TEN),
    point: (v) => shown(v, v.facts(TEN, 'sql')[0]),
    question: () => ({ ask: 'Which of these lines writes the row once for each change?' }),
    because: (v) =>
      v.saw(TEN, 'when') === 'before'
        ? 'each assignment runs it'
        : `one commit runs it ${counted(v, TEN)} times`,
    principle: 'A change is worth a note; a row is worth a write.',
    belief: 'This works only if a write costs nothing, however many changes a member goes through.',
    idea: 'Of ten values that one column had, which will anybody ever read?',
    plan: 'Gather what is wanted per row until the commit, the last value of each column; then write each row once.',
    themes: ['what-changed'],
  }),
  mistake({
    id: 'writes-everything',
    title: 'rows are written that nobody has changed',
    severity: '?!',
    when: { saw: 'others', in: FORTY, is: (n) => n !== 'none' },
    evidence: (v) => v.facts(FORTY),
    outcome: (v) => result(v, FORTY),
    point: (v) => shown(v, v.facts(FORTY, 'sql').find(isWrite)),
    question: () => ({ ask: 'Which of these lines writes members that are as they were loaded?' }),
    because: (v, at) => {
      const f = v.facts(FORTY, 'sql').find(isWrite);
      const by = sameLine(sent(f), at) ? 'this statement' : `what it makes ${line(sent(f), at)} send`;
      return v.saw(FORTY, 'others') === 'one'
        ? `${by} also goes out for a city that was Bonn before`
        : `${by} goes out for every member, changed or not`;
    },
    principle: 'Compare with what was loaded.',
    belief: 'This works only if a write that changes nothing costs nothing, and disturbs nobody.',
    idea: 'How would the code tell a member that was changed from one that was only looked at?',
    plan: 'Keep what was loaded beside the member. At commit, compare column by column, and write where they differ.',
    themes: ['what-changed'],
  }),
];
