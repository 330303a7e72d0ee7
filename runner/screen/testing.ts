/** Made-up views, and looks to draw them with. */
import type { AnalysisView, CodeLine, KnownView, OutOfBookView } from '../core/analysis.ts';
import type { Fact } from '../core/facts.ts';
import type { PostMortem } from '../core/postmortem.ts';
import { frame, known, NONE, outOfBook, sql } from '../core/testing.ts';
import { type ImportView } from './imported.ts';
import { type Moment } from './keys.ts';
import { type ListRow } from './list.ts';
import { lookOf, type Look } from './look.ts';
import { type StartView } from './start.ts';

export const WIDTHS = [40, 60, 80, 120, 200];
export const rich = (width = 80): Look => lookOf({ width, colour: false, plain: false });
export const coloured = (width = 80): Look => lookOf({ width, colour: true, plain: false });
export const plain = (width = 80): Look => lookOf({ width, colour: true, plain: true });
export const bare = (lines: readonly string[]): string =>
  // oxlint-disable-next-line no-control-regex
  lines.join('\n').replaceAll(/\u001b\[[0-9;]*m/g, '');
/** Text without any white space, so that it does not matter where lines are broken. */
export const packed = (text: string): string => text.replaceAll(/\s/g, '');

export const code = (line: number, text: string, marked = false, file = 'club.ts'): CodeLine => {
  const start = text.search(/\S/);
  return marked
    ? { file, line, text, marked, span: [start, text.replace(/[\s;,{]*$/, '').length] }
    : { file, line, text, marked };
};

export const UPDATE = "UPDATE member SET status = 'suspended' WHERE status = 'active' AND paid_until < ?";
export const SELECT =
  "SELECT id, name, email FROM member WHERE status = 'active' AND paid_until < ? ORDER BY id";
export const EVIDENCE: readonly Fact[] = [
  sql(1, UPDATE, { op: 'run', changes: 3, site: { near: frame(37), cause: frame(37) } }),
  sql(2, SELECT, { site: { near: frame(23), cause: frame(39) } }),
];
const FRAME = [
  code(36, '  const late = overdue(today);'),
  code(37, '  suspend.run(today);'),
  code(39, '  for (const m of late) {', true),
];

export function knownView(more: Partial<KnownView> = {}): KnownView {
  return {
    mistake: 'late-execution',
    title: 'the list is read after the rows have changed',
    evidence: EVIDENCE,
    decisive: 1,
    outcome: '3 members suspended, 0 letters',
    question: {
      ask: 'Which of these lines sent statement 2?',
      answer: 2,
      choices: FRAME.map((l) => code(l.line, l.text)),
    },
    at: frame(39),
    frame: FRAME,
    because: 'the rows are read here, after line 37 has changed them',
    principle: 'A query is a question; decide at which line it is asked.',
    belief: 'This works only if line 36 reads the rows. It only describes them.',
    behind: 3,
    ...more,
  };
}

export function outOfBookView(more: Partial<OutOfBookView> = {}): OutOfBookView {
  return {
    probe: 'files-after-rows',
    outcome: 'refuted',
    sentence: { n: 7, text: 'Removing an album removes its files after its rows.' },
    plays: 'removeAlbum(1), with COMMIT made to fail',
    message: 'two files are gone although nothing was removed',
    expected: 'files: a.jpg b.jpg c.jpg',
    actual: 'files: c.jpg',
    evidence: EVIDENCE,
    frame: FRAME,
    frames: [{ ...frame(41), fn: 'removeAlbum' }, frame(58)],
    example: [],
    suspects: [],
    ...more,
  };
}

export function analysisView(more: Partial<AnalysisView> = {}): AnalysisView {
  return {
    kata: 'lazy-query',
    move: 3,
    verdict: 'lost',
    before: 34,
    position: 46,
    glyph: '??',
    held: ['works', 'looking-costs-nothing', 'list-survives-the-connection'],
    probes: 8,
    troubles: [],
    known: knownView(),
    outOfBook: null,
    sameAs: null,
    read: null,
    heldBefore: null,
    ...more,
  };
}

const moment = (more: Partial<Moment> = {}): Moment => ({
  choices: 0,
  unread: false,
  lost: true,
  idea: true,
  plan: true,
  betterApproach: true,
  moves: 3,
  over: false,
  next: false,
  ...more,
});
export const MOMENTS = {
  start: moment({ lost: false, idea: false, plan: false, betterApproach: false, moves: 0 }),
  question: moment({ choices: 3 }),
  unread: moment({ unread: true }),
  lost: moment(),
  over: moment({ lost: false, over: true, next: true }),
};

export const HUNK = {
  file: 'club.ts',
  line: 22,
  lines: ['   const keep = 1;', '-  rows = [...query.all(day)];', '+  rows = query.all(day);'],
};
export const postMortem = (more: Partial<PostMortem> = {}): PostMortem => ({
  kata: 'lazy-query',
  wonAt: 4,
  resigned: false,
  rows: [
    {
      n: 1,
      glyph: '??',
      rule: 'losing-mistake',
      diagnosis: known('late-execution'),
      verdict: 'lost',
      before: 34,
      after: 46,
    },
    {
      n: 2,
      glyph: '?!',
      rule: 'changed-nothing',
      diagnosis: outOfBook('x'),
      verdict: 'lost-on-time',
      before: 46,
      after: 46,
    },
    { n: 3, glyph: '', rule: 'quiet', diagnosis: outOfBook('x'), verdict: 'lost', before: 46, after: 71 },
    { n: 4, glyph: '!', rule: 'won', diagnosis: NONE, verdict: 'won', before: 71, after: 100 },
  ],
  resisted: [{ probe: 'two-answers', praise: 'Count and names come from one look.' }],
  nearest: {
    name: 'reference',
    title: 'one statement does both',
    about: '',
    trades: 'needs RETURNING',
    why: [],
  },
  others: [
    { name: 'a', title: 'a session that fetches on command', about: '', trades: 'one more word', why: [] },
    { name: 'b', title: 'a guarded update per member', about: '', trades: '', why: [] },
  ],
  ...more,
});

export const START: StartView = {
  tracks: [
    {
      track: 'data-access',
      katas: [
        { id: 'lazy-query', state: 'under-way' },
        { id: 'n-plus-one', state: 'won' },
        { id: 'delete-through-session', state: 'resigned' },
      ],
    },
    { track: 'from-scratch', katas: [{ id: 'template-escaping', state: 'new' }] },
  ],
  kata: {
    id: 'lazy-query',
    promise: 'Know at which line the database is asked',
    track: 'data-access',
    level: 1,
    state: 'under-way',
  },
  story:
    'A sports club’s secretary clicks **suspend** in `club.ts`. Two hundred people are suspended, and not one letter goes out.',
  symptom: { plays: "suspendOverdue('2026-06-01')", message: '3 members suspended, 0 letters written' },
  moves: 2,
  position: 46,
  file: 'practice/lazy-query/club.ts',
};

const row = (id: string, more: Partial<ListRow> = {}): ListRow => ({
  id,
  track: 'data-access',
  level: 2,
  promise: 'Know at which line the database is asked',
  after: [],
  state: 'new',
  moves: 0,
  position: null,
  ...more,
});
export const ROWS = [
  row('lazy-query', { state: 'won', moves: 5, position: 100 }),
  row('delete-through-session', { state: 'under-way', moves: 12, position: 46 }),
  row('unit-of-work', { state: 'resigned', moves: 1, position: 7 }),
  row('n-plus-one', { after: ['lazy-query', 'unit-of-work'] }),
];

export const BRIEF = `# Know at which line

Read \`overdue(today)\` and **think** about <b>it</b> & [the essay](https://example.org/essay).

> It is yours now,
> says the colleague.

1. \`overdue(today)\` lists the members whose \`status\` is \`'active'\`.
2. A list stays readable.
   - nested, with words enough to go over the end of a narrow line

- a bullet

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
interface Club {
\tsuspendOverdue(today: string): Letter[]; // one letter for each person this call has suspended, in any order
}
\`\`\`
`;

/** What nobody should write, but somebody will. */
export const NASTY = '\u001b[31mred\u001b]0;title\u0007\u202egnp\ufeff\u0000';
export const WIDE = '漢字の名前を検索する関数です、とても長いのでかならず折り返されます👩‍👩‍👧‍👦🎉';
export const LONG = `const value = "${'x'.repeat(400)}";`;
export const nastyEvidence: readonly Fact[] = [
  sql(1, `${SELECT} ${'AND x = 1 '.repeat(40)}`, {
    rows: 12345,
    site: { near: frame(1234, 'storage/members/very-long-file-name.ts'), cause: frame(5, 'club.ts') },
  }),
  sql(2, NASTY, {
    error: 'SQLITE_CONSTRAINT: UNIQUE constraint failed: member.email, member.name, member.paid_until',
    site: null,
  }),
  {
    kind: 'http',
    who: 'the attacker with a long name',
    request: `GET /${'path/'.repeat(30)}`,
    response: '200 OK, with a long answer that says a lot of things',
    site: null,
  },
  { kind: 'step', at: 12, task: WIDE, label: WIDE, site: null },
  {
    kind: 'page',
    wrote: `<a title="${NASTY}">`,
    became: `<a title="${'y'.repeat(300)}">`,
    site: { near: frame(3), cause: frame(3) },
  },
  { kind: 'count', what: 'statements', seen: 51, allowed: 1 },
  { kind: 'log', level: 'warning', text: 'two\nlines\r\nhere', site: null },
  { kind: 'value', name: 'total', expected: '1', actual: '2' },
  { kind: 'crypto', call: 'createHash(md5)', detail: 'no salt', site: { near: frame(8), cause: frame(8) } },
  { kind: 'ambient', what: 'Date.now()', detail: 'read', site: { near: frame(9), cause: frame(9) } },
  { kind: 'read', what: 'clock', site: null },
  { kind: 'handle', what: 'timer', open: 2, site: null },
  { kind: 'note', text: `${WIDE} ${LONG}`, site: null },
];
export const nastyFrame = [
  code(9, '\t\tif (a) {'),
  {
    ...code(10, `\t\t\tfor (const 名 of 漢字("👩‍👩‍👧‍👦"${NASTY}, ${'x'.repeat(90)}).all(today)) {`),
    marked: true,
    span: [3, 40] as const,
  },
  code(11, LONG),
  code(12345, `${WIDE}\t${WIDE}`),
];
const nastyKnown = knownView({
  mistake: 'a-mistake-with-a-name-that-nobody-could-ever-remember',
  title: WIDE,
  evidence: nastyEvidence,
  decisive: 4,
  outcome: `${LONG}${NASTY}`,
  question: {
    ask: `Which of these lines ${WIDE}?`,
    answer: 0,
    choices: [
      ...nastyFrame.map((l) => ({ ...l, marked: false })),
      code(3, '  .all(today) as unknown as Member[];', false, 'storage/members/very-long-file-name.ts'),
    ],
  },
  frame: nastyFrame,
  because: null,
  principle: LONG,
  belief: WIDE,
  behind: 12,
});
export const nastyView = analysisView({
  kata: 'delete-through-session-and-back',
  verdict: 'lost-on-time',
  glyph: '?!',
  held: [],
  known: nastyKnown,
  troubles: [
    { probe: 'p', plays: LONG, outcome: 'timed-out', message: NASTY },
    { probe: 'q', plays: 'q()', outcome: 'crashed', message: '' },
  ],
  heldBefore: {
    probe: 'p'.repeat(50),
    at: 12,
    hunks: [
      {
        file: 'club.ts',
        line: 1,
        lines: [
          `-${LONG}`,
          `+${WIDE}`,
          `+\t\t${NASTY}`,
          '-',
          ...Array.from({ length: 30 }, (_, i) => `+more ${i}`),
        ],
      },
    ],
  },
});

/** A test of an imported kata that did not hold. */
export function testView(more: Partial<OutOfBookView> = {}): OutOfBookView {
  return outOfBookView({
    sentence: null,
    plays: 'rate › something dear',
    message: 'expected 162 to be 163',
    expected: '163',
    actual: '162',
    example: [
      code(37, 'const parcel = { grams: 100, value: 62.5 }', false, 'rates.test.ts'),
      code(38, 'expect(rate(parcel)).toBe(163)', true, 'rates.test.ts'),
    ],
    evidence: [
      { kind: 'call', call: 'new Rates()', back: '', at: 36, site: null },
      { kind: 'call', call: 'rate({ grams: 100, value: 62.5 })', back: '162', at: 38, site: null },
    ],
    suspects: [
      { ...code(21, '  return Math.floor(beyond);'), held: 10, of: 12, changed: false },
      { ...code(6, '  if (grams <= 500) {'), held: 12, of: 12, changed: false, mends: 'all' },
      { ...code(7, '    return 150;'), held: 0, of: 12, changed: true },
    ],
    frame: [],
    frames: [],
    ...more,
  });
}

export const IMPORTED: ImportView = {
  track: 'typescript',
  folder: 'practice/.kibitzer/imported/typescript',
  imported: [
    { id: 'typescript-leap', slug: 'leap', status: 'new', tests: 9, leftOut: [], hasReference: true },
    { id: 'typescript-bob', slug: 'bob', status: 'unchanged', tests: 25, leftOut: [], hasReference: true },
    {
      id: 'typescript-robot-name',
      slug: 'robot-name',
      status: 'updated',
      tests: 6,
      leftOut: ['robot-all-the-names'],
      hasReference: false,
    },
  ],
  skipped: [
    {
      slug: 'anagram',
      code: 'bad-metadata',
      args: { file: '.meta/config.json', why: 'Unexpected token (line 31 column 3)' },
      kept: false,
    },
    { slug: 'grep', code: 'not-carried', args: { why: 'is CommonJS' }, kept: true },
    { slug: 'pov', code: 'missing-file', args: { file: 'pov.ts', why: 'ENOENT' }, kept: false },
    { slug: 'say', code: 'no-tests', args: {}, kept: false },
    { slug: 'two', code: 'starter-wins', args: {}, kept: false },
    { slug: 'sum', code: 'unreadable', args: { file: 'sum.ts', why: 'it does not parse.' }, kept: false },
  ],
};
