import { describe, expect, it } from 'vitest';
import { analysisOf, type ProbeWords } from './analysis.ts';
import { frame, known, mistakeOf, NONE, outOfBook, sql, table } from './testing.ts';
import type { Judgement } from './events.ts';

const FILES = { 'club.ts': Array.from({ length: 12 }, (_, i) => `  call(${i + 1});`).join('\r\n') };
const BRIEF = { title: 'T', story: [], sentences: [{ n: 7, text: 'It holds.', judged: true }] };
const BOOK = [mistakeOf('late', '??', { title: 'the list is late', principle: 'Ask in time.' })];

/** The analysis of the last of some moves. */
function view(
  moves: Partial<Judgement>[],
  o: {
    files?: Record<string, string>;
    probes?: ProbeWords[];
    earlier?: (n: number) => Record<string, string>;
    read?: number | null;
  } = {},
) {
  const t = table();
  for (const m of moves) t.play(m);
  if (o.read !== undefined) t.read(o.read);
  return analysisOf(
    t.game(),
    t.game().moves.at(-1)!,
    BOOK,
    BRIEF,
    o.probes ?? [],
    o.files ?? FILES,
    o.earlier ?? (() => FILES),
  );
}
const frameOf = (line: number, text: string, column = 1) => {
  const files = { 'club.ts': `${'\n'.repeat(line - 1)}${text}` };
  const marked = view(
    [{ diagnosis: known('late', '??', { at: frame(line, 'club.ts', column), question: null }) }],
    { files },
  ).known!.frame.find((l) => l.marked)!;
  return marked.span ? text.slice(...marked.span) : null;
};

describe('the view of an analysis', () => {
  it('knows what held, how many probes there are, and the way of the position', () => {
    expect(view([{ outcomes: { a: 'held', b: 'refuted', c: 'unreached' }, position: 46 }])).toMatchObject({
      move: 1,
      before: 40,
      position: 46,
      held: ['a'],
      probes: 3,
      read: null,
    });
  });

  it('takes name and principle from the book, and evidence and belief from the log', () => {
    const evidence = [sql(1, 'SELECT 1')];
    expect(
      view([{ diagnosis: known('late', '??', { evidence, decisive: 0, behind: ['x', 'y'] }) }]).known,
    ).toMatchObject({
      mistake: 'late',
      title: 'the list is late',
      principle: 'Ask in time.',
      evidence,
      belief: 'This works only if nobody writes.',
      behind: 2,
    });
  });

  it('still shows a mistake that has left the book', () => {
    expect(view([{ diagnosis: known('gone') }]).known).toMatchObject({
      mistake: 'gone',
      title: 'gone',
      principle: '',
    });
  });

  it('frames the marked line with the other choices when they are near, else with its neighbours', () => {
    const lines = (d: Parameters<typeof known>[2]) =>
      view([{ diagnosis: known('late', '??', d) }]).known!.frame.map((l) => (l.marked ? -l.line : l.line));
    const question = (...choices: number[]) => ({
      ask: 'Which?',
      choices: choices.map((n) => frame(n)),
      answer: 0,
    });
    expect(lines({ at: frame(5), question: question(3, 5, 9) })).toEqual([3, -5, 9]);
    expect(lines({ at: frame(5), question: question(5, 12) })).toEqual([3, 4, -5, 6, 7]);
    expect(lines({ at: frame(1), question: null })).toEqual([-1, 2, 3]);
    expect(lines({ at: frame(12), question: null })).toEqual([10, 11, -12]);
    expect(lines({ at: frame(99), question: null })).toEqual([]);
    expect(lines({ at: null, question: null })).toEqual([]);
  });

  it('shows lines without their carriage return', () => {
    const { known: k } = view([{ diagnosis: known('late', '??', { at: frame(2) }) }]);
    expect([...k!.frame, ...k!.question!.choices].every((l) => !l.text.includes('\r'))).toBe(true);
    expect(k!.question!.choices.map((c) => c.text)).toEqual(['  call(1);', '  call(2);', '  call(3);']);
  });

  it.each<[string, string | null, number?]>([
    ['  for (const m of late) {', 'for (const m of late)'],
    ['  db.run(today);', 'db.run(today)'],
    ['\tdb.run(today);  // at once', 'db.run(today)'],
    ["  get('https://x');", "get('https://x')"],
    ['  {', '{'],
    ['   ', null],
    [
      '  const rows = db.prepare("SELECT id, name, email FROM member WHERE x").all(today, 1);',
      'all(today, 1)',
      73,
    ],
    [
      '  const rows = db.prepare("SELECT id, name, email FROM member WHERE x").all(today, 1);',
      'const rows = db.prepare("SELECT id, name, email ',
      1,
    ],
    [
      '  const rows = db.prepare("SELECT id, name, email FROM member WHERE x").all(today, 1);',
      'const rows = db.prepare("SELECT id, name, email ',
      900,
    ],
  ])('marks of %j the part that matters', (text, part, column = 1) => {
    expect(frameOf(3, text, column)).toBe(part);
  });

  it('says of a repeated mistake at which move it was made first', () => {
    expect(view([{}, { diagnosis: known('live') }, {}, {}]).sameAs).toBe(1);
    expect(view([{ diagnosis: known('live') }, {}]).sameAs).toBeNull();
  });

  it('says how it was read', () => {
    expect(view([{}], { read: 1 }).read).toEqual({ choice: 1, right: true });
    expect(view([{}], { read: null }).read).toEqual({ choice: null, right: false });
  });

  it('lists crashes and time-outs as troubles, with what was played', () => {
    const outcomes = { a: 'held', b: 'crashed', c: 'timed-out', d: 'refuted', e: 'unreached' } as const;
    const v = view([{ outcomes, messages: { b: 'boom' } }], {
      probes: [{ probe: 'b', plays: 'b(1)', sentence: 1 }],
    });
    expect(v.troubles).toEqual([
      { probe: 'b', plays: 'b(1)', outcome: 'crashed', message: 'boom' },
      { probe: 'c', plays: 'c', outcome: 'timed-out', message: '' },
    ]);
  });

  it('shows out of the book the sentence of the brief, what was played, and expected against actual', () => {
    const probes = [
      { probe: 'b', plays: 'remove(1)', sentence: 7, expected: 'x', actual: 'y', frames: [frame(4)] },
    ];
    expect(view([{ diagnosis: outOfBook('b'), messages: { b: 'was left' } }], { probes })).toMatchObject({
      known: null,
      outOfBook: {
        probe: 'b',
        sentence: { n: 7, text: 'It holds.' },
        plays: 'remove(1)',
        message: 'was left',
        expected: 'x',
        actual: 'y',
        frames: [{ line: 4 }],
      },
    });
  });

  it('makes do with what is stored when the verdict is gone', () => {
    expect(view([{ diagnosis: outOfBook('b') }]).outOfBook).toMatchObject({
      sentence: null,
      plays: 'b',
      message: '',
      expected: null,
      actual: null,
      frames: [],
    });
  });
});

describe('held before, lost now', () => {
  const before = { 'club.ts': 'a\nb\nc\n' };
  const after = { 'club.ts': 'a\nx\nc\n' };
  const held = { outcomes: { p: 'held', q: 'refuted' } } as const;
  const lost = { outcomes: { p: 'refuted', q: 'refuted' } } as const;

  it('names the probe, the move that held it, and what changed since', () => {
    expect(view([held, lost], { files: after, earlier: (n) => (n === 1 ? before : {}) }).heldBefore).toEqual({
      probe: 'p',
      at: 1,
      hunks: [{ file: 'club.ts', line: 2, lines: ['-b', '+x'] }],
    });
  });

  it('is silent about the first move, and about probes that were not held or not judged', () => {
    expect(view([lost]).heldBefore).toBeNull();
    expect(view([lost, lost]).heldBefore).toBeNull();
    expect(view([held, { outcomes: { p: 'unreached', q: 'refuted' } }]).heldBefore).toBeNull();
    expect(view([held, { ...held, diagnosis: NONE }]).heldBefore).toBeNull();
  });

  it('shows no hunks when there are too many to be told', () => {
    const many = (word: string) => ({
      'club.ts': Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? `${word}${i}` : `same ${i}`)).join('\n'),
    });
    expect(view([held, lost], { files: many('x'), earlier: () => many('y') }).heldBefore!.hunks).toEqual([]);
  });
});
