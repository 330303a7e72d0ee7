import type { Fact, Frame, Mistake, SqlFact, Vector } from 'kibitzer/kata';

const LETTERS = 'letters-for-the-suspended';
const MOMENT = 'list-is-of-its-moment';
const LOOKING = 'looking-costs-nothing';
const SUMMARY = 'summary-agrees-with-itself';
const CLOSED = 'list-survives-the-connection';
const BETWEEN = 'one-question-not-two';
const FETCHES = 'fetches-what-it-needs';
/** id of the member who pays in between */
const BEN = 2;

/** What does not ask for rows of the table, whatever method sends it; as in the probes. */
const NO_QUESTION =
  /^(?:update|insert|delete|replace|begin|commit|end|rollback|savepoint|release|pragma|create|drop)\b/i;

/** What a probe found, in one line. */
function result(v: Vector, probe: string): string {
  return v.probe(probe)?.message ?? '';
}

function isRead(f: SqlFact): boolean {
  return f.changes === 0 && f.op !== 'exec' && f.op !== 'run' && !NO_QUESTION.test(f.sql);
}

/** Whether a statement gives rows back, be it that it changes them too; as in the probes. */
function asks(f: SqlFact): boolean {
  return isRead(f) || (f.op !== 'exec' && f.op !== 'run' && /\breturning\b/i.test(f.sql));
}

/** The line that led to a statement, in the call under judgement. */
function led(f: Fact | undefined): Frame | null {
  return f?.kind === 'sql' ? (f.site?.cause ?? null) : null;
}

/** The line on which the statement itself is sent. */
function sent(f: Fact | undefined): Frame | null {
  return f?.kind === 'sql' ? (f.site?.near ?? null) : null;
}

/** "line 37"; with the file where the two are not in one. */
function line(at: Frame | null, beside?: Frame | null): string {
  if (!at) return 'a line';
  return beside && beside.file !== at.file ? `${at.file}:${at.line}` : `line ${at.line}`;
}

/** "lines 36 and 37", or "the two halves of line 36" when both are on one. */
function lines(a: Frame | null, b: Frame | null): string {
  if (!a || !b) return 'the two statements';
  if (a.file !== b.file) return `${a.file}:${a.line} and ${b.file}:${b.line}`;
  return a.line === b.line ? `the two halves of line ${a.line}` : `lines ${a.line} and ${b.line}`;
}

/** A line and the one before it, where a list is mostly made. */
function withLineBefore(at: Frame | null): Frame[] {
  return at ? [at, { ...at, line: at.line - 1, column: 1 }] : [];
}

/** The change and the question asked after it, in the call that wrote no letters. */
function changedThenAsked(v: Vector): { write: SqlFact | undefined; read: SqlFact | undefined } {
  const facts = v.facts(LETTERS, 'sql');
  const write = facts.find((f) => f.changes > 0);
  return { write, read: write && facts.find((f) => asks(f) && f.seq > write.seq) };
}

/** Whom a call meant, and the last change that it made without keeping it. */
function meant(v: Vector): { read: SqlFact | undefined; write: SqlFact | undefined } {
  const facts = v.facts(LETTERS, 'sql');
  return {
    read: facts.findLast((f) => isRead(f) && f.rows > 0),
    write: facts.findLast((f) => f.changes > 0),
  };
}

function nobodyChanged(v: Vector): Fact {
  return { kind: 'note', text: `seen from another program: ${result(v, LETTERS).split(',')[0]}`, site: null };
}

/** The two statements that did not mean the same people, with what happened between them; oldest first. */
function askedApart(v: Vector): {
  story: readonly Fact[];
  read: SqlFact | undefined;
  write: SqlFact | undefined;
} {
  const interrupted = v.saw(BETWEEN, 'asked') === 'apart';
  const paidAndSuspended = interrupted && v.saw(BETWEEN, 'ended') === 'paid-and-suspended';
  const facts = v.facts(interrupted ? BETWEEN : LETTERS);
  const statements = facts.filter((f) => f.kind === 'sql');
  const write = statements.find((f) => f.changes > 0);
  const read =
    statements.find((f) => isRead(f) && f.rows > 0 && write && f.seq < write.seq) ??
    statements.findLast((f) => isRead(f) && f.rows > 0);
  // of many changes one is told: that of the member who had paid, else the last
  const changes = statements.filter((f) => f.changes > 0);
  const last = changes.find((f) => paidAndSuspended && f.params.includes(BEN)) ?? changes.at(-1);
  const told = new Set<Fact | undefined>([read, read && write && read.seq > write.seq ? write : last]);
  return { story: facts.filter((f) => f.kind === 'note' || told.has(f)), read, write };
}

/** The two looks at the table behind one page. */
function twoReads(v: Vector): {
  first: SqlFact | undefined;
  second: SqlFact | undefined;
  story: readonly Fact[];
} {
  const facts = v.facts(SUMMARY);
  const joined = facts.findIndex((f) => f.kind === 'note');
  const first = facts.slice(0, joined).findLast((f) => f.kind === 'sql' && isRead(f)) as SqlFact | undefined;
  const second = facts.slice(joined).find((f) => f.kind === 'sql' && isRead(f)) as SqlFact | undefined;
  return { first, second, story: [first, facts[joined], second].filter((f) => f !== undefined) };
}

/** What happened to a list that changed: its story, and the statement whose rows it showed. */
function livingList(v: Vector): { story: readonly Fact[]; look: SqlFact | undefined } {
  const facts = v.facts(MOMENT);
  const reads = facts.filter((f) => f.kind === 'sql').filter(isRead);
  const look = reads.findLast((f) => f.rows === 2) ?? reads.at(-1);
  return { story: facts.filter((f) => f.kind === 'note' || f === look), look };
}

export const mistakes: Mistake[] = [
  {
    id: 'late-execution',
    title: 'the list is read after the rows have changed',
    severity: '??',
    when: {
      all: [
        { saw: 'suspended', in: LETTERS, is: 'all' },
        { saw: 'letters', in: LETTERS, is: 'none' },
        { saw: 'read-after', in: LETTERS, is: 'nothing' },
      ],
    },
    masks: ['live-view', 'asks-again', 'two-answers', 'read-then-write-apart', 'outlives-session'],
    evidence: (v) => {
      const { write, read } = changedThenAsked(v);
      return [write, read].filter((f) => f !== undefined);
    },
    outcome: (v) => result(v, LETTERS),
    point: (v) => led(changedThenAsked(v).read),
    question: (v) => ({
      ask: `Which of these lines sent the ${changedThenAsked(v).read?.sql.split(' ', 1)[0] ?? 'SELECT'} that found nobody?`,
      among: withLineBefore(led(changedThenAsked(v).write)),
    }),
    because: (v, at) => {
      const write = led(changedThenAsked(v).write);
      return `the rows are read here, after ${line(write, at)} has changed them`;
    },
    principle: 'A query is a question; decide at which line it is asked.',
    belief: (v, at) => {
      const write = led(changedThenAsked(v).write);
      return `This works only if the rows are in memory before ${line(write, at)} runs. They are not.`;
    },
    idea: 'Put a finger on the line where rows first exist in memory. Is it before or after the change?',
    plan:
      'Make reading a call of its own that gives back plain rows; call it where the question belongs; ' +
      'let later lines use only the rows.',
    themes: ['when-it-runs'],
  },
  {
    id: 'letters-without-change',
    title: 'letters go out, and nobody is suspended',
    severity: '??',
    when: {
      all: [
        { saw: 'suspended', in: LETTERS, is: 'none' },
        { saw: 'letters', in: LETTERS, is: 'right' },
      ],
    },
    evidence: (v) => {
      const { read, write } = meant(v);
      return [read, write, nobodyChanged(v)].filter((f) => f !== undefined);
    },
    outcome: (v) => result(v, LETTERS),
    point: (v, locate) => {
      const { read, write } = meant(v);
      return (write ? sent(write) : led(read)) ?? locate.exported('openClub');
    },
    question: (v) => ({
      ask: meant(v).write
        ? 'Which of these lines changed rows that nobody else ever sees?'
        : 'Which of these lines said who gets a letter?',
      among: [led(meant(v).read)].filter((f) => f !== null),
    }),
    because: (v) =>
      meant(v).write
        ? 'the rows are changed here, and the change is never made final'
        : 'these are the people meant; after this, no row is changed',
    principle: 'Report what was done, not what was meant.',
    belief: 'This works only if a change need not be in the table before it is announced.',
    idea: 'Another program looks at the table after the call. What does it see there?',
    plan: 'Make the change, make sure that it stays, and write letters from what was changed.',
    themes: ['one-question'],
  },
  {
    id: 'live-view',
    title: 'a list handed out keeps changing',
    severity: '?',
    when: { saw: 'list', in: MOMENT, is: 'live' },
    masks: ['asks-again', 'outlives-session'],
    evidence: (v) => livingList(v).story,
    decisive: (v) => livingList(v).story.findIndex((f) => f === livingList(v).look),
    outcome: (v) => result(v, MOMENT),
    point: (v) => sent(livingList(v).look),
    question: () => ({ ask: 'Which of these lines read the rows that the list shows?' }),
    because: () => 'its rows are read when the list is looked at, not when it is handed out',
    principle: 'What you hand out should say when it was true.',
    belief: 'This works only if nobody writes between handing the list out and reading it.',
    idea: 'Who may keep what you return, and for how long?',
    plan: 'Decide what the caller gets: values of this moment. Copy them at the call, whatever happens behind.',
    themes: ['values-and-views', 'when-it-runs'],
  },
  {
    id: 'asks-again',
    title: 'each look is another query',
    severity: '?!',
    when: { saw: 'requery', in: LOOKING, is: 'per-look' },
    // what asks at each look needs the connection at each look
    implies: ['outlives-session'],
    evidence: (v) => [...v.facts(LOOKING, 'sql').slice(0, 1), ...v.facts(LOOKING, 'count')],
    outcome: (v) => result(v, LOOKING),
    point: (v) => sent(v.facts(LOOKING, 'sql')[0]),
    question: () => ({ ask: 'Which of these lines asks the database again at each look?' }),
    because: () => 'going through the list runs this line, each time',
    principle: 'If looking costs a query, looking twice costs two.',
    belief: 'This works only if going through a list is free. Here it is a query each time.',
    idea: 'Who pays when a reader goes through the list twice?',
    plan: 'Let the rows arrive once, before the list is handed out; let every look go over what has arrived.',
    themes: ['when-it-runs', 'counting-questions'],
  },
  {
    id: 'two-answers',
    title: 'one page from two moments',
    severity: '?',
    when: {
      all: [
        { saw: 'page', in: SUMMARY, is: 'differs' },
        { saw: 'asked', in: SUMMARY, is: 'apart' },
      ],
    },
    evidence: (v) => twoReads(v).story,
    outcome: (v) => result(v, SUMMARY),
    point: (v) => led(twoReads(v).second),
    question: (v) => ({
      ask: 'Which of these lines asked the table a second time?',
      among: [led(twoReads(v).first)].filter((f) => f !== null),
    }),
    because: (v, at) => {
      const first = led(twoReads(v).first);
      return first && (first.line !== at.line || first.file !== at.file)
        ? `${line(first, at)} had asked already, before Gus joined`
        : 'it asks twice, once before and once after Gus has joined';
    },
    principle: 'Facts shown together must be read together.',
    belief: (v) => {
      const { first, second } = twoReads(v);
      return `This works only if nobody writes between ${lines(led(first), led(second))}.`;
    },
    idea: 'How many times was the table asked for one page?',
    plan: 'Read once; derive count and names from the same rows.',
    themes: ['one-question'],
  },
  {
    id: 'outlives-session',
    title: 'the result needs a connection that is gone',
    severity: '?',
    when: { saw: 'closed', in: CLOSED, is: 'needs-it' },
    evidence: (v) => {
      const facts = v.facts(CLOSED);
      const made = facts.find((f) => f.kind === 'sql' && f.error === undefined);
      const refused = facts.findLast((f) => f.kind === 'sql' && f.error !== undefined);
      return facts.filter((f) => f === made || f === refused || f.kind === 'note');
    },
    outcome: (v) => result(v, CLOSED),
    point: (v) => sent(v.facts(CLOSED, 'sql').findLast((f) => f.error !== undefined)),
    question: () => ({ ask: 'Which of these lines still needs the connection when the list is read?' }),
    because: () => 'the list was handed out before this line had all it needs',
    principle: 'A result must not need the thing that produced it.',
    belief: 'This works only if whoever reads the list also holds the open connection.',
    idea: 'The list has been handed out. What does it still have to fetch?',
    plan: 'Finish all reading before returning; return values that are complete and need nothing else.',
    themes: ['values-and-views'],
  },
  {
    id: 'read-then-write-apart',
    title: 'select and update asked different questions',
    severity: '??',
    when: {
      any: [
        { saw: 'asked', in: BETWEEN, is: 'apart' },
        {
          all: [
            { saw: 'suspended', in: LETTERS, is: 'all' },
            { saw: 'letters', in: LETTERS, is: 'too-many' },
            {
              any: [
                { saw: 'read-after', in: LETTERS, is: 'others' },
                { saw: 'read-before', in: LETTERS, is: 'others' },
              ],
            },
          ],
        },
      ],
    },
    evidence: (v) => askedApart(v).story,
    outcome: (v) => result(v, v.saw(BETWEEN, 'asked') === 'apart' ? BETWEEN : LETTERS),
    point: (v) => led(askedApart(v).story.findLast((f) => f.kind === 'sql')),
    question: (v) => {
      const { read, write } = askedApart(v);
      return {
        ask:
          read && write && read.seq > write.seq
            ? 'Which of these lines chose who gets a letter?'
            : 'Which of these lines chose who is really suspended?',
        among: [led(read), led(write)].filter((f) => f !== null),
      };
    },
    because: (v, at) => {
      const { read, write } = askedApart(v);
      if (read && write && read.seq > write.seq)
        return `${line(led(write), at)} had suspended others than it finds`;
      return `${line(led(read), at)} only said who was late at that moment`;
    },
    principle: 'Take the answer from the statement that did the work.',
    belief: (v) => {
      const { read, write } = askedApart(v);
      if (v.saw(BETWEEN, 'asked') === 'apart') {
        return `This works only if nothing happens between ${lines(...inOrder(read, write))}.`;
      }
      return `This works only if ${lines(...inOrder(read, write))} mean exactly the same people.`;
    },
    idea: 'Between the two statements somebody pays. Whose list is right?',
    plan: 'Either ask the writing statement which rows it changed, or hold others out from the read to the write.',
    themes: ['one-question', 'gap'],
  },
  {
    id: 'left-in-transaction',
    title: 'a call that failed leaves its transaction open',
    severity: '?',
    when: { saw: 'transaction', in: BETWEEN, is: 'left-open' },
    evidence: (v) => {
      const facts = v.facts(BETWEEN, 'sql');
      const begun = facts.find(isBegin);
      const failed = facts.filter((f) => f.error !== undefined);
      return [begun, ...failed.slice(0, 1), ...failed.slice(-1)].filter(
        (f, i, all) => f && all.indexOf(f) === i,
      ) as Fact[];
    },
    outcome: (v) => result(v, BETWEEN),
    point: (v) => sent(v.facts(BETWEEN, 'sql').find(isBegin)),
    question: (v) => ({
      ask: 'Which of these lines begins what nobody ends?',
      among: v
        .facts(BETWEEN, 'sql')
        .flatMap((f) => (f.error !== undefined ? [sent(f), led(f)] : []))
        .filter((f) => f !== null),
    }),
    because: () => 'what is begun here was still open when the call had failed',
    principle: 'Whoever begins a transaction ends it, on every way out.',
    belief: 'This works only if nothing fails between the beginning and the end.',
    idea: 'The call fails half-way. What does the next call find?',
    plan: 'Begin, try, and whatever happens: keep all of it or undo all of it, then pass the failure on.',
    themes: ['gap'],
  },
  {
    id: 'old-answer',
    title: 'a new question gets an old answer',
    severity: '?',
    when: { saw: 'later', in: MOMENT, is: 'stale-unasked' },
    evidence: (v) => v.facts(MOMENT).filter((f) => f.kind === 'note' || (f.kind === 'sql' && isRead(f))),
    outcome: (v) => result(v, MOMENT),
    point: (v) => sent(v.facts(MOMENT, 'sql').find(isRead)),
    question: () => ({ ask: 'Which of these lines read the rows that answered the second call too?' }),
    because: () => 'the second call was given the rows that the first had read',
    principle: 'An answer is true for the moment it was asked for.',
    belief: 'This works only if nobody writes between two calls with the same date.',
    idea: 'What would have to happen for the kept rows to be wrong, and who would know?',
    plan: 'Keep rows no longer than the call that asked for them; ask again at the next call.',
    themes: ['values-and-views'],
  },
  {
    id: 'filter-in-the-app',
    title: 'the whole table came over',
    severity: '?!',
    when: { saw: 'rows', in: FETCHES, is: 'all' },
    evidence: (v) => [...v.facts(FETCHES, 'sql').slice(-1), ...v.facts(FETCHES, 'count')],
    outcome: (v) => result(v, FETCHES),
    point: (v) => sent(v.facts(FETCHES, 'sql').at(-1)),
    question: () => ({ ask: 'Which of these lines fetched the whole table?' }),
    because: () => 'every row crosses over here; the condition is applied afterwards',
    principle: 'Let the database answer the question, not deliver the haystack.',
    belief: 'This works only if fetching everything stays cheap, however big the table grows.',
    idea: 'What would this cost with a million members?',
    plan: 'Move the condition into the question; fetch only the columns and rows that are shown.',
    themes: ['counting-questions'],
  },
];

function isBegin(f: SqlFact): boolean {
  return /^(?:begin|savepoint)\b/i.test(f.sql);
}

/** The lines of two statements, the one that ran first in front. */
function inOrder(a: SqlFact | undefined, b: SqlFact | undefined): [Frame | null, Frame | null] {
  return a && b && a.seq > b.seq ? [led(b), led(a)] : [led(a), led(b)];
}
