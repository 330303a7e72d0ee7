import { mistake, type Fact, type Frame, type Mistake, type SqlFact, type Vector } from 'kibitzer/kata';
import { decisions } from './decisions.ts';
import {
  FILE,
  WORK,
  NESTED,
  USER,
  REFUSES,
  KEYS,
  GONE,
  TWICE,
  SIXTY,
  saw,
  result,
  where,
  near,
  cause,
  shown,
  isRollback,
  isSql,
  isFile,
  isEarly,
  isInVain,
  isWrite,
  failed,
  told,
  finder,
} from './seen.ts';

/** The file that went before its row. */
function tooEarly(v: Vector): {
  probe: string;
  facts: readonly Fact[];
  early: Fact | undefined;
  end: Fact | undefined;
} {
  const probe = where(v, [FILE, WORK, NESTED, REFUSES], 'left', /broken/);
  const facts = v.facts(probe);
  const early = facts.find(isEarly);
  const at = facts.indexOf(early!);
  const end = facts.find(
    (f, i) => i > at && (isSql(f) ? failed(f) || isRollback(f) : f.kind === 'note' && !isFile(f)),
  );
  return { probe, facts, early, end };
}

/** The statement that removed albums, or the last that removed anything, of a whole user. */
function wholesale(v: Vector): SqlFact | undefined {
  const writes = v.facts(USER, 'sql').filter(isWrite);
  const onAlbums = /^delete from "?(?:album|photo)\b/i;
  return writes.findLast((f) => onAlbums.test(f.sql)) ?? writes.at(-1);
}

/** What failed when something was asked for twice. */
function second(v: Vector): Fact | undefined {
  const facts = v.facts(TWICE);
  return facts.find(isInVain) ?? facts.find(failed) ?? facts.findLast(isAct);
}

/** A statement that does not begin or end anything. */
const isAct = (f: Fact): f is SqlFact =>
  isSql(f) && !/^(?:begin|commit|end|rollback|savepoint|release)\b/i.test(f.sql);

const somewhere = (f: Frame | null): Frame[] => (f ? [f] : []);

const promised = (v: Vector): string => where(v, [FILE, WORK, NESTED, REFUSES], 'left', /listed/);

/** The statement that listed files. */
const listing = (v: Vector): SqlFact | undefined =>
  v.facts(promised(v), 'sql').find((f) => f.changes > 0 && !isWrite(f));

const switchedOff = (v: Vector): SqlFact | undefined =>
  v.facts(KEYS, 'sql').find((f) => /^pragma foreign_keys/i.test(f.sql));

export const mistakes: Mistake[] = [
  ...decisions,
  mistake({
    id: 'file-before-commit',
    title: 'the part that cannot be undone came first',
    severity: '??',
    when: {
      any: [
        saw('left', FILE, 'broken'),
        saw('left', WORK, 'broken'),
        saw('left', NESTED, 'broken'),
        saw('left', REFUSES, 'broken'),
      ],
    },
    evidence: (v) => {
      const { facts, early, end } = tooEarly(v);
      return told(facts, early, end);
    },
    decisive: () => 0,
    outcome: (v) => result(v, tooEarly(v).probe),
    point: (v, locate) => near(tooEarly(v).early) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines does something that no ROLLBACK brings back?' }),
    because: () => 'it runs before the rows are gone for good; they came back, the file did not',
    principle: 'Do what cannot be rolled back last.',
    belief: 'This works only if a transaction covers everything in the function. It covers rows.',
    idea: 'Which of these steps can be taken back?',
    plan: 'First all that can be undone, then the commit, then what cannot.',
    themes: ['what-cannot-be-undone'],
  }),
  mistake({
    id: 'given-up-too-early',
    title: 'a file is given up while its row may stay',
    severity: '??',
    when: { any: [FILE, WORK, NESTED, REFUSES].map((probe) => saw('left', probe, 'listed')) },
    evidence: (v) => told(v.facts(promised(v)), listing(v), v.facts(promised(v)).find(failed)),
    decisive: () => 0,
    outcome: (v) => result(v, promised(v)),
    point: (v, locate) => near(listing(v)) ?? locate.exported('openGallery'),
    question: () => ({
      ask: 'Which of these lines lets the nightly program remove the file of a photo that is kept?',
    }),
    because: () => 'what is listed here counts at once, and the removal of the row can still fail',
    principle: 'A promise to remove belongs into the transaction that gives the reason for it.',
    belief: 'This works only if whatever is listed is also removed in the end.',
    idea: 'The night comes, and the removal has failed in between. What does the program do to the files?',
    plan: 'List files in the same transaction that removes their rows, or after it; then both count or neither.',
    themes: ['what-cannot-be-undone'],
  }),
  mistake({
    id: 'bulk-skips-children',
    title: 'the fast path is another path',
    severity: '??',
    when: { any: [saw('orphans', USER, 'rows'), saw('orphans', USER, 'files')] },
    evidence: (v) => told(v.facts(USER), wholesale(v)),
    outcome: (v) => result(v, USER),
    point: (v, locate) => shown(v.facts(USER), wholesale(v)) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines removes things without doing all that belongs to it?' }),
    because: (v) =>
      v.saw(USER, 'orphans') === 'rows'
        ? 'it removes rows of one table; what hangs on them is left to itself'
        : 'the rows go here, and nobody has kept the paths of their files',
    principle: 'Two ways to delete must mean the same.',
    belief: 'This works only if to delete rows is to delete things. A photo is also a file.',
    idea: 'Two ways to remove an album: do both do the same?',
    plan: 'Let the many-way collect and use the same duties as the one-way.',
    themes: ['dependencies'],
  }),
  mistake({
    id: 'nobodys-file',
    title: 'a file that could not be removed is forgotten',
    severity: '?',
    when: saw('left', FILE, 'lost'),
    evidence: (v) => told(v.facts(FILE), v.facts(FILE).findLast(isWrite), v.facts(FILE).find(isInVain)),
    outcome: (v) => result(v, FILE),
    point: (v, locate) => near(v.facts(FILE).find(isInVain)) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'At which of these lines does the only trace of a file get lost?' }),
    because: () => 'it fails here after the row has gone, and nothing else knows the path',
    principle: 'What cannot be done now must be written down before it is forgotten.',
    belief: 'This works only if a file can always be removed, at the first attempt.',
    idea: 'The row is gone and the file is not. Who can still find it tomorrow?',
    plan: 'Take each file by itself, so that one failure stops no other; write down where the nightly program looks what is still there.',
    themes: ['what-cannot-be-undone'],
  }),
  mistake({
    id: 'wrong-order',
    title: 'rows go before the rows that refer to them',
    severity: '?',
    when: saw('order', KEYS, 'refused'),
    evidence: (v) => v.facts(KEYS).filter(failed).slice(0, 1),
    outcome: (v) => result(v, KEYS),
    point: (v, locate) => shown(v.facts(KEYS), v.facts(KEYS).find(failed)) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines is refused while foreign keys are enforced?' }),
    because: () => 'other rows still refer to what this would remove',
    principle: 'Order follows from the dependencies; let one place know them.',
    belief: 'This works only if rows are independent of each other. These refer to one another.',
    idea: 'Draw the tables with an arrow for each reference. At which end can one begin to remove?',
    plan: 'Write down once what belongs to what, and take things away against the arrows, photos first, users last.',
    themes: ['dependencies'],
  }),
  mistake({
    id: 'rules-off',
    title: 'the database is told to look away',
    severity: '?',
    when: saw('order', KEYS, 'switched-off'),
    evidence: (v) => told(v.facts(KEYS), switchedOff(v)),
    outcome: (v) => result(v, KEYS),
    point: (v, locate) => near(switchedOff(v)) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines changes what the database checks from now on?' }),
    because: () => 'after this the connection takes rows that refer to nothing',
    principle: 'A check that is in the way is telling something.',
    belief: 'This works only if nobody else relies on what the connection checks.',
    idea: 'What did the check have against these removals?',
    plan: 'Find an order in which no check has anything to say, and leave the setting to whoever opened the connection.',
    themes: ['dependencies'],
  }),
  mistake({
    id: 'zombie-object',
    title: 'what was removed is still found',
    severity: '?',
    when: { any: [saw('find', GONE, 'shown'), saw('find', GONE, 'shown-after')] },
    evidence: (v) => v.facts(GONE).slice(-1),
    outcome: (v) => result(v, GONE),
    point: (_v, locate) => finder(locate),
    question: () => ({ ask: 'Where does the code begin that still gives the album?' }),
    because: () => 'its answer does not know of the removal that has been asked',
    principle: 'What you told the session must be true in the session.',
    belief: 'This works only if nobody looks for what they have just removed.',
    idea: 'From what does this code know whether an album is there? Name all the places.',
    plan: 'Let every answer go by the rows as they are and by what is noted down to go; forget kept objects when they go.',
    themes: ['intent-and-execution'],
  }),
  mistake({
    id: 'double-delete',
    title: 'what is asked for twice is done twice',
    severity: '?',
    when: { any: [saw('twice', TWICE, 'file'), saw('twice', TWICE, 'threw'), saw('twice', TWICE, 'listed')] },
    evidence: (v) => told(v.facts(TWICE), v.facts(TWICE).find(isFile), second(v)),
    outcome: (v) => result(v, TWICE),
    point: (v, locate) => near(second(v)) ?? locate.exported('openGallery'),
    question: () => ({ ask: 'Which of these lines is reached a second time for the same thing?' }),
    because: () => 'it runs once for each time that somebody asked, not once for each thing',
    principle: 'A wish is a set: asked twice, it is one wish.',
    belief: 'This works only if nobody asks twice, and no album goes together with its user.',
    idea: 'An album is asked for, and its user as well. How many removals of its photos are noted?',
    plan: 'Collect things by what they are, not by how often they were asked for; work out the files from the rows that really go.',
    themes: ['dependencies'],
  }),
  mistake({
    id: 'delete-per-row',
    title: 'the more there is, the more statements it takes',
    severity: '?!',
    when: saw('statements', SIXTY, 'many'),
    evidence: (v) => v.facts(SIXTY),
    outcome: (v) => result(v, SIXTY),
    point: (v, locate) => cause(v.facts(SIXTY, 'sql').at(-1)) ?? locate.exported('openGallery'),
    question: (v) => ({
      ask: 'Which of these lines makes the number of statements grow with what is removed?',
      among: somewhere(near(v.facts(SIXTY, 'sql')[0])),
    }),
    because: () => 'from here a statement is sent again and again, as things go by',
    principle: 'A set is deleted as a set, if its duties are done as a set.',
    belief: 'This works only if correctness needs a loop. It needs the same duties, done for all at once.',
    idea: 'What must be known about each photo before its row may go, and could it be asked for all of them?',
    plan: 'Ask once for all paths; remove the rows of each table with one statement; keep the loop for the files.',
    themes: ['dependencies'],
  }),
];
