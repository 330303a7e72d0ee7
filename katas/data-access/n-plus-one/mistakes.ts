import {
  mistake,
  type Condition,
  type Fact,
  type Frame,
  type Mistake,
  type SqlFact,
  type Vector,
} from 'kibitzer/kata';

const GATE = 'works';
const GROWS = 'statements-do-not-grow';
const ROWS = 'rows-do-not-explode';
const ONCE = 'each-thing-once';
const BARE = 'order-without-lines';
const LIMIT = 'limit-counts-orders';
const TWINS = 'twins';
const TEXT = 'any-text';
const LISTED = 'only-what-is-listed';
const IDS = 'many-ids';
const FRESH = 'fresh-each-time';

/** What a probe found, in one line. */
const result = (v: Vector, probe: string): string => v.probe(probe)?.message ?? '';

/** Either of the two calls was seen to do it. */
const either = (probe: string, is: string): Condition => ({
  any: [
    { saw: 'list', in: probe, is },
    { saw: 'totals', in: probe, is },
  ],
});

/** The line on which a statement is sent. */
const sent = (f: SqlFact | undefined): Frame | null => f?.site?.near ?? null;

/** The line to show for a statement: where it is sent, or what led there when one line sends them all. */
function shown(v: Vector, f: SqlFact | undefined): Frame | null {
  const near = sent(f);
  const others = v.facts(GATE, 'sql').filter((g) => g.sql !== f?.sql && samePlace(sent(g), near));
  return others.length > 0 ? led(f) : near;
}

/** The line that led to it. */
const led = (f: SqlFact | undefined): Frame | null => f?.site?.cause ?? null;

function samePlace(a: Frame | null, b: Frame | null): boolean {
  return sameLine(a, b) && a!.column === b!.column;
}

function sameLine(a: Frame | null, b: Frame | null): boolean {
  return a !== null && b !== null && a.file === b.file && a.line === b.line;
}

/** "line 37"; with the file where the two are not in one. */
function line(at: Frame | null, beside: Frame | null): string {
  if (!at) return 'a line';
  return beside && beside.file !== at.file ? `${at.file}:${at.line}` : `line ${at.line}`;
}

/** The last statement of a call that fits the first of the patterns that any fits; else the one with the most rows. */
function telling(facts: readonly SqlFact[], ...patterns: readonly RegExp[]): SqlFact | undefined {
  for (const pattern of patterns) {
    const found = facts.findLast((f) => pattern.test(f.sql));
    if (found) return found;
  }
  const most = Math.max(0, ...facts.map((f) => f.rows));
  return facts.findLast((f) => f.rows === most);
}

/** A join with what an order has several of, or none; a table of that name or a sub-query. */
const JOINS_MANY = /\bjoin\s*(?:\(|["`[]?(?:line|note)\b)/i;
const LINE = /\bline\b/i;
const PACKS = /\b(?:group_concat|string_agg)\b|\|\|/i;
/** DISTINCT over something else than an id. */
const DISTINCT = /\bdistinct\b(?!\s*\(?\s*(?:\w+\.)?(?:\w*_)?id\b)/i;

/** A statement and the values of a probe: what was asked, and what came of it. */
interface Story {
  by: SqlFact | undefined;
  story: readonly Fact[];
}

function storyOf(v: Vector, probe: string, by: SqlFact | undefined): Story {
  return { by, story: v.facts(probe).filter((f) => f === by || f.kind === 'value') };
}

/** The statement behind what is counted more than once. */
function fanned(v: Vector): Story {
  const facts = v.facts(ONCE, 'sql');
  const counted = v.saw(ONCE, 'too-often') === 'delivery' ? /\bdelivery\b|\*/i : LINE;
  return storyOf(v, ONCE, telling(facts, JOINS_MANY, counted));
}

/** The first statement in which orders that lack something have no part. */
function lost(v: Vector): Story {
  const facts = v.facts(BARE, 'sql');
  // what sums up gives a single row whether or not it lost some
  if (v.saw(BARE, 'list') !== 'missing') return storyOf(v, BARE, telling(facts, JOINS_MANY));
  const fewer = facts.filter((f) => f.rows < ALL_BARE);
  const table = v.saw(BARE, 'lacks') === 'notes' ? /\bnote\b/i : LINE;
  return storyOf(v, BARE, fewer.find((f) => table.test(f.sql)) ?? fewer[0] ?? facts[0]);
}

/** Rows of six orders with each of 12 lines beside each of 8 notes. */
const LINES_BY_NOTES = 6 * 12 * 8;

/** Orders that are stored while some have no lines and some no notes. */
const ALL_BARE = 5;

/** What was taken for a value and was none; `at` where that made the call break off. */
function forNothing(v: Vector): Story & { at: Frame | null } {
  const facts = v.facts(BARE);
  const thrown = facts.findLast((f) => f.kind === 'note' && f.site !== null);
  const asked = v.facts(BARE, 'sql');
  const ofLines = asked.filter((f) => LINE.test(f.sql));
  const by = telling(ofLines.length > 0 ? ofLines : asked, /\bleft\b|\b(?:sum|avg|max)\s*\(/i);
  if (thrown?.kind !== 'note') return { ...storyOf(v, BARE, by), at: null };
  return { by, at: thrown.site?.near ?? null, story: [thrown] };
}

/** The list is as it should be, and the sum over all is none. */
const onlyRevenue = (v: Vector): boolean => v.saw(BARE, 'list') === 'right';

/** The statement whose rows were cut off. */
function cut(v: Vector): Story {
  const facts = v.facts(LIMIT, 'sql').filter((f) => LINE.test(f.sql));
  return storyOf(v, LIMIT, telling(facts, /\blimit\b/i, JOINS_MANY) ?? v.facts(LIMIT, 'sql')[0]);
}

/** The statement behind lines that were taken for one. */
function merged(v: Vector): Story {
  const facts = v.facts(TWINS, 'sql').filter((f) => LINE.test(f.sql));
  return storyOf(v, TWINS, telling(facts, DISTINCT, /\bunion\b/i, /\bgroup by\b/i));
}

/** The statement that packs texts into one, with what came out. */
function packed(v: Vector): Story {
  const by = telling(v.facts(TEXT, 'sql'), PACKS);
  return { by, story: v.facts(TEXT).filter((f) => f === by || f.kind === 'value') };
}

/** What the orders that are left out do not have. */
const lacks = (v: Vector): string => String(v.saw(BARE, 'lacks') ?? 'lines');

/** What the later call still tells, as it is asked about. */
const KEPT: Readonly<Record<string, string>> = {
  customer: 'the name',
  lines: 'the lines',
  total: 'the total',
  lastNote: 'the note',
  revenue: 'the revenue',
};
const kept = (v: Vector): string => KEPT[v.facts(FRESH, 'value')[0]?.name ?? ''] ?? 'the answer';

/** What each further order costs, where that can be said in a whole number. */
function growth(v: Vector): string | null {
  const count = v.facts(GROWS, 'count')[0];
  const each = count ? (count.seen - (count.allowed - MOST_MORE)) / MORE_ORDERS : 0;
  if (!Number.isInteger(each) || each < 1) return null;
  return `each further order costs ${each === 1 ? 'a statement' : `${each} statements`} more`;
}

/** Statements that a list of 200 orders may send more than one of 5, and how many orders more that are. */
const MOST_MORE = 10;
const MORE_ORDERS = 195;

/** The first of the statements that are sent again and again. */
const again = (v: Vector): SqlFact | undefined => v.facts(GROWS, 'sql')[0];

export const mistakes: Mistake[] = [
  mistake({
    id: 'fan-out-sum',
    title: 'something is counted once for each row beside it',
    severity: '??',
    when: either(ONCE, 'multiplied'),
    evidence: (v) => fanned(v).story,
    decisive: () => 0,
    outcome: (v) => result(v, ONCE),
    point: (v) => shown(v, fanned(v).by),
    question: () => ({ ask: 'Which of these lines asks for what is counted more than once?' }),
    because: (v) =>
      JOINS_MANY.test(fanned(v).by?.sql ?? '')
        ? 'a join repeats its left side once for each row that it finds on the right'
        : `${v.saw(ONCE, 'too-often') === 'delivery' ? 'a delivery' : 'something'} that comes back here is added up more than once`,
    principle: 'Aggregate before you join.',
    belief:
      'This works only if every order has exactly one partner row. Here one has three lines and two notes.',
    idea: 'Write down the rows that this sum goes over, for one order with three lines and two notes.',
    plan:
      'Decide for each sum of what things it is a sum. Let it go over those and nothing else, ' +
      'and put sums together only when each of them is ready.',
    themes: ['joins'],
  }),
  mistake({
    id: 'equals-are-one',
    title: 'two lines that are alike become one',
    severity: '??',
    when: either(TWINS, 'merged'),
    evidence: (v) => merged(v).story,
    decisive: () => 0,
    outcome: (v) => result(v, TWINS),
    point: (v) => shown(v, merged(v).by),
    question: () => ({ ask: 'Which of these lines asks for the lines that were taken for one?' }),
    because: (v) =>
      DISTINCT.test(merged(v).by?.sql ?? '')
        ? 'DISTINCT compares values; it cannot know that they were two lines'
        : 'from here on lines are told apart by their values, and two of them have the same',
    principle: 'Things are told apart by identity, not by how they look.',
    belief: 'This works only if no two lines of an order are alike. Somebody who orders twice has two.',
    idea: 'An order has the same line twice. Which column still tells them apart?',
    plan:
      'Find out why rows came double in the first place, and do not let them. ' +
      'Where they must be told apart, do it by their id.',
    themes: ['joins'],
  }),
  mistake({
    id: 'stale-cache',
    title: 'an answer is kept, and what it tells of changes',
    severity: '?',
    when: {
      all: [
        { saw: 'second', in: FRESH, is: 'old' },
        { saw: 'asked', in: FRESH, is: 'less' },
      ],
    },
    evidence: (v) => v.facts(FRESH),
    decisive: (v) => v.facts(FRESH).findIndex((f) => f.kind === 'sql'),
    outcome: (v) => result(v, FRESH),
    point: (v) => shown(v, v.facts(FRESH, 'sql')[0]),
    question: (v) => ({ ask: `Which of these lines read ${kept(v)} that the later call still tells?` }),
    because: () => 'what came back here was kept, and the later call did not ask again',
    principle: 'A cache answers another question: what was.',
    belief: 'This works only if nobody writes between two calls.',
    idea: 'Two calls, a minute apart. Which of the answers of the first are still true at the second?',
    plan:
      'Let what is fetched live as long as the call that asked for it. ' +
      'Save statements within one call, by asking for many things at once.',
    themes: ['counting-questions'],
  }),
  mistake({
    id: 'query-per-row',
    title: 'the longer the list, the more statements are sent',
    severity: '?',
    when: {
      any: [
        { saw: 'list', in: GROWS, is: 'grows' },
        { saw: 'totals', in: GROWS, is: 'grow' },
      ],
    },
    masks: ['preload-everything'],
    evidence: (v) => v.facts(GROWS),
    outcome: (v) => growth(v) ?? result(v, GROWS),
    point: (v) => led(again(v)),
    question: (v) => ({
      ask: 'Which of these lines has the statement above sent again and again, as the orders go by?',
      among: [sent(again(v))].filter((f) => f !== null),
    }),
    because: (v, at) => {
      const near = sent(again(v));
      return sameLine(near, at)
        ? 'the statement is sent here again and again, as the orders go by'
        : `each time this is run, the statement goes out once more (from ${line(near, at)})`;
    },
    principle: 'Count the questions, not the lines of code.',
    belief: 'This works only if a statement costs nothing, however often it is sent.',
    idea: 'Turn the loop inside out: what could be asked once, before it begins, and answer for every order?',
    plan: 'Collect the ids first; ask once per kind of thing; put together in memory.',
    themes: ['counting-questions'],
  }),
  mistake({
    id: 'cross-product',
    title: 'a join multiplies its rows',
    severity: '?',
    when: { saw: 'rows', in: ROWS, is: 'multiplied' },
    masks: ['fan-out-sum'],
    evidence: (v) => v.facts(ROWS),
    outcome: (v) => result(v, ROWS),
    point: (v) => shown(v, v.facts(ROWS, 'sql')[0]),
    question: () => ({ ask: 'Which of these lines lets more rows come over than there are in all tables?' }),
    because: (v) => {
      const rows = v.facts(ROWS, 'sql')[0]?.rows ?? 0;
      return rows === LINES_BY_NOTES
        ? `it fetches ${rows} rows; each line comes with each note`
        : `it fetches ${rows} rows; all tables together have fewer`;
    },
    principle: 'Two “many” sides in one join multiply.',
    belief: 'This works only if an order has many lines or many notes, and never both.',
    idea: 'Draw the rows for one order with 3 lines and 4 notes. In how many of them does each value stand?',
    plan: 'Do not join two lists; ask for them one after the other, or aggregate each before joining.',
    themes: ['joins', 'counting-questions'],
  }),
  mistake({
    id: 'limit-on-rows',
    title: 'the limit cuts off lines instead of orders',
    severity: '?',
    when: { saw: 'limit', in: LIMIT, is: 'rows' },
    evidence: (v) => cut(v).story,
    decisive: () => 0,
    outcome: (v) => result(v, LIMIT),
    point: (v) => shown(v, cut(v).by),
    question: () => ({ ask: 'Which of these lines asks for the rows that the limit was applied to?' }),
    because: () => 'what comes back here is a row for each line, and rows are what is limited',
    principle: 'LIMIT counts rows of the result, not your things.',
    belief: 'This works only if an order is one row. With five lines it is five.',
    idea: 'When is it first known which orders are on the page, and what has been done to them by then?',
    plan: 'Choose the page of orders first; fetch their parts afterwards.',
    themes: ['joins'],
  }),
  mistake({
    id: 'inner-join-loss',
    title: 'an order that lacks something is left out',
    severity: '?',
    when: either(BARE, 'missing'),
    evidence: (v) => lost(v).story,
    decisive: () => 0,
    outcome: (v) => result(v, BARE),
    point: (v) => shown(v, lost(v).by),
    question: (v) => ({
      ask:
        v.saw(BARE, 'list') === 'missing'
          ? `Which of these lines asks in such a way that orders with no ${lacks(v)} have no part in the answer?`
          : 'Which of these lines asks in such a way that not every order has a part in the answer?',
    }),
    because: (v) =>
      v.saw(BARE, 'list') === 'missing'
        ? `${many(lost(v).by?.rows ?? 0)} came back here, and ${ALL_BARE} orders are stored`
        : 'an order with no partner row has no part in this answer',
    principle: 'Absence is data: what may be missing must not decide what is there.',
    belief: (v) =>
      `This works only if every order has ${{ lines: 'a line', notes: 'a note' }[lacks(v)] ?? 'a line and a note'}.`,
    idea: 'Which question of this code would name an order that nothing has been put into yet?',
    plan:
      'Let the orders themselves say which of them there are. ' +
      'Add lines and notes to them afterwards, by outer join or by a question of their own.',
    themes: ['absence', 'joins'],
  }),
  mistake({
    id: 'null-for-nothing',
    title: 'where an order has none, no value is taken for one',
    severity: '?',
    when: either(BARE, 'no-value'),
    evidence: (v) => forNothing(v).story,
    outcome: (v) => result(v, BARE),
    point: (v) => forNothing(v).at ?? shown(v, forNothing(v).by),
    question: (v) => ({
      ask: v.facts(BARE).some((f) => f.kind === 'note' && f.site !== null)
        ? 'At which of these lines does the call break off?'
        : onlyRevenue(v)
          ? 'Which of these lines asks for the revenue?'
          : 'Which of these lines asks for what some orders do not have?',
    }),
    because: (v) =>
      v.facts(BARE).some((f) => f.kind === 'note' && f.site !== null)
        ? 'what is taken for granted here is not there for an order without lines or notes'
        : onlyRevenue(v)
          ? 'where there is nothing to add up, no number comes of it'
          : 'where an order has none, NULL comes back here, or nothing at all',
    principle: 'Say what none looks like: an empty list, a zero.',
    belief: 'This works only if there is always something: a line, a note, a sum.',
    idea: 'Follow an order without lines through the code. What stands for its lines at each step?',
    plan:
      'Find each place that may come back empty, in the answer of the database and in what is looked up in memory. ' +
      'Turn it there into the empty list or the zero that the contract asks for.',
    themes: ['absence'],
  }),
  mistake({
    id: 'packed-in-text',
    title: 'text is packed between characters that it may contain',
    severity: '?',
    when: { saw: 'text', in: TEXT, is: 'packed' },
    evidence: (v) => packed(v).story,
    decisive: () => 0,
    outcome: (v) => result(v, TEXT),
    point: (v) => shown(v, packed(v).by),
    question: () => ({ ask: 'Which of these lines makes one text out of several?' }),
    because: () => 'after this nobody can tell the marks between texts from those within them',
    principle: 'Where text meets text, encode it, or keep it apart.',
    belief: 'This works only if no article contains the characters that stand between articles.',
    idea: 'Which text would have to be ordered for the pieces to come apart at the wrong place?',
    plan:
      'Let values travel in columns of their own, or in a format with rules for every character, ' +
      'written and read by something that knows them.',
    themes: ['joins'],
  }),
  mistake({
    id: 'preload-everything',
    title: 'what nobody looks at comes over too',
    severity: '?!',
    when: { saw: 'rows', in: LISTED, is: 'unlisted' },
    evidence: (v) => v.facts(LISTED),
    outcome: (v) => result(v, LISTED),
    point: (v) => shown(v, v.facts(LISTED, 'sql')[0]),
    question: () => ({ ask: 'Which of these lines fetches the most rows?' }),
    because: (v) => `it fetches ${many(v.facts(LISTED, 'sql')[0]?.rows ?? 0)}, for a page of ten orders`,
    principle: 'Fetch by the keys of the page.',
    belief: 'This works only if the tables stay about as small as the page.',
    idea: 'The shop has been open for ten years. What comes over for a page of ten orders?',
    plan: 'Find out first which orders the page shows; ask for what belongs to these and to no others.',
    themes: ['counting-questions'],
  }),
  mistake({
    id: 'fetched-twice',
    title: 'the same rows come over more than once',
    severity: '?!',
    when: { saw: 'rows', in: ROWS, is: 'twice' },
    evidence: (v) => v.facts(ROWS),
    outcome: (v) => result(v, ROWS),
    point: (v) => led(v.facts(ROWS, 'sql')[1]),
    question: (v) => ({
      ask: 'Which of these lines asks for what has been fetched already?',
      among: [led(v.facts(ROWS, 'sql')[0])].filter((f) => f !== null),
    }),
    because: (v, at) => {
      const first = led(v.facts(ROWS, 'sql')[0]);
      return sameLine(first, at)
        ? 'the same statement with the same values is sent from here twice in one call'
        : `${line(first, at)} had asked the same, with the same values`;
    },
    principle: 'What is in memory need not be fetched again.',
    belief: 'This works only if fetching is free. Here the same rows are fetched for two purposes.',
    idea: 'Name the purposes for which these rows are needed. What do all of them start from?',
    plan: 'Fetch once, hand the rows to all who need them, and let each derive its own from them.',
    themes: ['counting-questions'],
  }),
  mistake({
    id: 'unbounded-in-list',
    title: 'a statement grows with the list until it is refused',
    severity: '?!',
    when: { saw: 'statement', in: IDS, is: 'refused' },
    evidence: (v) =>
      v
        .facts(IDS, 'sql')
        .filter((f) => f.error !== undefined)
        .slice(-1),
    outcome: (v) => result(v, IDS),
    point: (v) =>
      shown(
        v,
        v.facts(IDS, 'sql').findLast((f) => f.error !== undefined),
      ),
    question: () => ({ ask: 'Which of these lines sends a statement that grows with the list?' }),
    because: () => 'each order makes this statement longer, and the database stops at a length',
    principle: 'A list of parameters has an end; what grows must not be one.',
    belief: 'This works only if the list stays short. A statement takes a limited number of values.',
    idea: 'In how many other forms can the ids be handed over? Must they be handed over at all?',
    plan:
      'Hand the ids over as one value, or let the database find them by itself, ' +
      'or ask for as many at a time as it takes.',
    themes: ['counting-questions'],
  }),
];

const many = (rows: number): string => `${rows} row${rows === 1 ? '' : 's'}`;
