import { describe, expect, it } from 'vitest';
import type { Condition, Mistake } from './book.ts';
import { diagnose, locatorOf, matches, vectorOf, type KnownMistake, type OutOfBook } from './diagnosis.ts';
import { frame, mistakeOf, result, sql } from './testing.ts';
import { positionOf, type ProbeResult } from './verdict.ts';

const TEXT = { files: { 'club.ts': 'const a = 1;\nconst b = read(a);\nwrite(b);\n' }, entry: 'club.ts' };
/** A lost move whose probe `p` saw the evidence of these mistakes. */
const saw = (...ids: string[]): ProbeResult[] => [
  result('works'),
  result('p', 'refuted', { observations: Object.fromEntries(ids.map((id) => [id, true])) }),
];
const named = (results: readonly ProbeResult[], book: readonly Mistake[]) => {
  const d = diagnose(results, book, TEXT) as KnownMistake;
  return [d.status, d.mistake, d.behind];
};

describe('matches', () => {
  const v = vectorOf([
    result('p', 'refuted', { observations: { rows: 'many', calls: 3, paid: false } }),
    result('q', 'crashed'),
    result('r', 'timed-out'),
  ]);
  it.each<[Condition, boolean]>([
    [{ probe: 'p', is: 'refuted' }, true],
    [{ probe: 'p', is: 'held' }, false],
    [{ probe: 'p', is: ['held', 'refuted'] }, true],
    [{ probe: 'p', is: [] }, false],
    [{ probe: 'nowhere', is: 'unreached' }, false],
    [{ probe: 'q', is: 'refuted' }, false],
    [{ probe: 'r', is: 'refuted' }, false],
    [{ probe: 'r', is: 'timed-out' }, true],
    [{ saw: 'rows', in: 'p', is: 'many' }, true],
    [{ saw: 'rows', in: 'p', is: 'few' }, false],
    [{ saw: 'rows', in: 'q', is: 'many' }, false],
    [{ saw: 'rows', in: 'p', is: /^man/ }, true],
    [{ saw: 'calls', in: 'p', is: /3/ }, true],
    [{ saw: 'calls', in: 'p', is: '3' }, false],
    [{ saw: 'calls', in: 'p', is: (x) => Number(x) > 2 }, true],
    [{ saw: 'paid', in: 'p', is: false }, true],
    [{ saw: 'nothing', in: 'p', is: () => true }, false],
    [{ saw: 'constructor', in: 'p', is: () => true }, false],
    [{ all: [] }, true],
    [{ any: [] }, false],
    [
      {
        all: [
          { probe: 'p', is: 'refuted' },
          { saw: 'calls', in: 'p', is: 3 },
        ],
      },
      true,
    ],
    [
      {
        all: [
          { probe: 'p', is: 'refuted' },
          { saw: 'calls', in: 'p', is: 4 },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { probe: 'p', is: 'held' },
          { saw: 'calls', in: 'p', is: 3 },
        ],
      },
      true,
    ],
    [{ not: { probe: 'p', is: 'held' } }, true],
    [{ not: { not: { probe: 'p', is: 'held' } } }, false],
  ])('%j is %s', (condition, expected) => {
    expect(matches(condition, v)).toBe(expected);
  });

  it('gives the same answer each time for a pattern with the g flag', () => {
    const condition: Condition = { saw: 'rows', in: 'p', is: /many/g };
    expect([matches(condition, v), matches(condition, v), matches(condition, v)]).toEqual([true, true, true]);
  });
});

describe('diagnose', () => {
  it('finds nothing when every judged probe held, whatever sorters and merits say', () => {
    const results = [
      result('works', 'held', { role: 'gate' }),
      result('s', 'refuted', { role: 'sorter' }),
      result('m', 'crashed', { role: 'merit' }),
    ];
    expect(diagnose(results, [mistakeOf('x', '??', { when: { all: [] } })], TEXT)).toEqual({
      status: 'none',
    });
  });

  it('names a mistake only on its own evidence', () => {
    expect(named(saw('b'), [mistakeOf('a', '??'), mistakeOf('b', '?!')])).toEqual(['known', 'b', []]);
    expect(named(saw(), [mistakeOf('a', '??')])[0]).toBe('out-of-book');
  });

  it('reports the gravest and announces the others in the order of the book', () => {
    const book = [
      mistakeOf('mild', '?!'),
      mistakeOf('wrong', '?'),
      mistakeOf('grave', '??'),
      mistakeOf('absent', '??'),
    ];
    expect(named(saw('mild', 'wrong', 'grave'), book)).toEqual(['known', 'grave', ['mild', 'wrong']]);
  });

  it('lets the order of the book decide between equals', () => {
    const [a, b] = [mistakeOf('a', '?'), mistakeOf('b', '?')];
    expect(named(saw('a', 'b'), [a, b])[1]).toBe('a');
    expect(named(saw('a', 'b'), [b, a])[1]).toBe('b');
  });

  it('lets a sorter decide between equals, and only between them', () => {
    const sorter: Condition = { probe: 'one-caller', is: 'held' };
    const book = [mistakeOf('a', '?'), mistakeOf('b', '?', { sorter }), mistakeOf('c', '?!', { sorter })];
    const results = (outcome: 'held' | 'refuted') => [
      ...saw('a', 'b', 'c'),
      result('one-caller', outcome, { role: 'sorter' }),
    ];
    expect(named(results('held'), book)[1]).toBe('b');
    expect(named(results('refuted'), book)[1]).toBe('a');
  });

  it('does not judge what is masked, though it is graver, and counts it as behind', () => {
    const book = [mistakeOf('grave', '??'), mistakeOf('mild', '?!', { masks: ['grave'] })];
    expect(named(saw('grave', 'mild'), book)).toEqual(['known', 'mild', ['grave']]);
  });

  it('does not report what is implied, not even as behind', () => {
    const book = [mistakeOf('follows', '??'), mistakeOf('cause', '?', { implies: ['follows'] })];
    expect(named(saw('follows', 'cause'), book)).toEqual(['known', 'cause', []]);
    expect(named(saw('follows'), book)).toEqual(['known', 'follows', []]);
  });

  it('holds chains: what is struck out still strikes', () => {
    const book = [
      mistakeOf('c', '??'),
      mistakeOf('b', '??', { masks: ['c'] }),
      mistakeOf('a', '?!', { masks: ['b'] }),
    ];
    expect(named(saw('a', 'b', 'c'), book)).toEqual(['known', 'a', ['c', 'b']]);
  });

  it('still names one of two mistakes that strike out each other', () => {
    const book = [mistakeOf('a', '?', { masks: ['b'] }), mistakeOf('b', '??', { implies: ['a'] })];
    expect(named(saw('a', 'b'), book)[1]).toBe('b');
  });

  it.each(['crashed', 'timed-out'] as const)(
    'does not blame a probe that %s on a mistake about refutation',
    (outcome) => {
      const book = [mistakeOf('x', '??', { when: { probe: 'p', is: 'refuted' } })];
      const results = [result('works'), result('p', outcome, { message: 'boom', frames: [frame(2)] })];
      expect(diagnose(results, book, TEXT)).toEqual({
        status: 'out-of-book',
        probe: 'p',
        evidence: [],
        at: frame(2),
      });
    },
  );

  it('lets the first probe that failed speak when it is out of the book, not one that was unreached', () => {
    const facts = [sql(1, 'SELECT 1')];
    const d = diagnose(
      [result('works'), result('u', 'unreached'), result('p', 'refuted', { facts }), result('q', 'refuted')],
      [],
      TEXT,
    ) as OutOfBook;
    expect([d.probe, d.evidence, d.at]).toEqual(['p', facts, frame(1)]);
    expect((diagnose([result('u', 'unreached')], [], TEXT) as OutOfBook).probe).toBe('u');
  });

  it('keeps a flood of facts out of the log', () => {
    const facts = Array.from({ length: 5000 }, (_, i) => sql(i + 1, 'SELECT 1'));
    expect(
      (diagnose([result('p', 'refuted', { facts })], [], TEXT) as OutOfBook).evidence.length,
    ).toBeLessThanOrEqual(50);
  });

  it('shows evidence, the losing fact, the line and its question', () => {
    const facts = [sql(2, 'SELECT 1'), sql(3, 'UPDATE x')];
    const m = mistakeOf('a', '?', {
      evidence: () => facts,
      point: () => frame(3),
      because: (_, at) => `it was ${at.line}`,
      belief: (_, at) => `only line ${at?.line}`,
    });
    expect(diagnose(saw('a'), [m], TEXT)).toMatchObject({
      evidence: facts,
      decisive: 1,
      at: { line: 3 },
      question: { choices: [{ line: 1 }, { line: 2 }, { line: 3 }], answer: 2 },
      because: 'it was 3',
      belief: 'only line 3',
    });
    expect(diagnose(saw('a'), [{ ...m, decisive: () => 0, point: () => null }], TEXT)).toMatchObject({
      decisive: 0,
      at: null,
      question: null,
      because: null,
    });
  });

  it('is plain data, and the same each time', () => {
    const book = [mistakeOf('a', '?', { point: () => frame(2), evidence: () => [sql(2, 'SELECT 1')] })];
    const d = diagnose(saw('a'), book, TEXT);
    expect(JSON.parse(JSON.stringify(d))).toEqual(d);
    expect(diagnose(saw('a'), book, TEXT)).toEqual(d);
  });
});

describe('the vector', () => {
  it('gives facts of a probe, all or of one kind', () => {
    const v = vectorOf([
      result('p', 'held', { facts: [sql(1, 'SELECT 1'), { kind: 'note', text: 'n', site: null }] }),
    ]);
    expect([v.facts('p').length, v.facts('p', 'sql').length, v.facts('q').length]).toEqual([2, 1, 0]);
  });
});

describe('the locator', () => {
  const at = locatorOf({
    files: { 'a.ts': 'one\r\ntwo\r\n', 'b.ts': 'export async function open$(x) {}\nexport class Club {}\n' },
    entry: 'b.ts',
  });
  it('finds the first line that matches, with CRLF and the g flag too', () => {
    const two = /^two$/g;
    expect([at.line(two), at.line(two), at.line(/three/)]).toMatchObject([
      { file: 'a.ts', line: 2 },
      { file: 'a.ts', line: 2 },
      null,
    ]);
  });
  it('finds declarations, and falls back to the first line of the entry', () => {
    expect([at.exported('open$'), at.exported('Club'), at.exported('Clu')]).toMatchObject([
      { file: 'b.ts', line: 1 },
      { file: 'b.ts', line: 2 },
      { file: 'b.ts', line: 1 },
    ]);
  });
});

describe('the position', () => {
  it('is the weighted share of gate and probes held', () => {
    const p = (role: ProbeResult['role'], outcome: ProbeResult['outcome'], weight = 1) => ({
      role,
      outcome,
      weight,
    });
    expect(positionOf([])).toBe(0);
    expect(positionOf([p('gate', 'held'), p('probe', 'refuted', 2)])).toBe(33);
    expect(positionOf([p('gate', 'held'), p('sorter', 'refuted', 9), p('merit', 'refuted', 9)])).toBe(100);
    expect(positionOf([p('probe', 'unreached'), p('probe', 'crashed'), p('probe', 'timed-out')])).toBe(0);
  });
});
