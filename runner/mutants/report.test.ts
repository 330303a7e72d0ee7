import { describe, expect, test } from 'vitest';
import type { Mistake } from '../core/book.ts';
import type { Equivalent } from './equivalents.ts';
import type { JudgedMutant } from './judge-mutants.ts';
import type { Fate } from './outcome.ts';
import { reportOf } from './report.ts';

const BOOK = ['first', 'second'].map((id) => ({ id }) as Mistake);

let n = 0;
function judged(
  fate: Fate,
  more: { mistake?: string; kind?: string; saw?: string; message?: string } = {},
): JudgedMutant {
  n++;
  return {
    design: 'reference',
    folder: '/home/solutions/t/k/reference',
    program: null as never,
    mutant: {
      kind: more.kind ?? 'string',
      file: 'a.ts',
      line: n,
      column: 1,
      within: 'f',
      original: `${n}`,
      replacement: '0',
      was: `f(${n});`,
      becomes: 'f(0);',
      text: '',
    },
    judgement: {
      fate,
      mistake: more.mistake ?? null,
      behind: [],
      at: null,
      lost:
        fate === 'survived' || fate === 'illegal'
          ? []
          : [
              {
                probe: 'p',
                outcome: fate === 'crashed' ? 'crashed' : 'refuted',
                message: more.message ?? 'wrong',
                observations: { saw: more.saw ?? 'this' },
              },
            ],
    },
  };
}

function same(one: JudgedMutant, is: Equivalent['is']): Equivalent {
  const { was, becomes } = one.mutant;
  return { was, becomes, is, why: 'a reason that is long enough' };
}

describe('the figures', () => {
  const alike = judged('survived');
  const markup = judged('survived');
  const left = judged('survived', { kind: 'block' });
  const all = [
    judged('named', { mistake: 'second' }),
    judged('named', { mistake: 'second', kind: 'block' }),
    judged('named', { mistake: 'first' }),
    judged('out-of-book', { message: 'so' }),
    judged('out-of-book', { saw: 'that' }),
    judged('out-of-book', { saw: 'that' }),
    judged('crashed'),
    judged('illegal'),
    alike,
    markup,
    left,
  ];
  const moves = [
    { declared: 'first', answer: { mistake: 'first' } },
    { declared: 'first', answer: 'out-of-book' as const },
    { declared: 'second', answer: { mistake: 'second' } },
  ];
  const report = reportOf(
    { id: 'k' },
    '/home',
    BOOK,
    [same(alike, 'same'), same(markup, 'unpromised')],
    all,
    moves,
  );

  test('add up: mutants are killed, equivalent or survive; the killed are named, out of book or crash', () => {
    expect(report).toMatchObject({
      mutants: 9,
      killed: 7,
      equivalent: 1,
      survived: 1,
      named: 3,
      outOfBook: 3,
      crashed: 1,
      unpromised: 1,
      illegal: 1,
      score: 0.875,
      shares: { named: 0.429, outOfBook: 0.429, crashed: 0.143 },
      problems: [],
    });
  });

  test('survivors and crashes are listed with file, line and change', () => {
    expect(report.survivors).toEqual([
      {
        design: 'reference',
        file: 'solutions/t/k/reference/a.ts',
        line: left.mutant.line,
        kind: 'block',
        within: 'f',
        original: left.mutant.original,
        replacement: '0',
        was: left.mutant.was,
        becomes: 'f(0);',
        lost: [],
      },
    ]);
    expect(report.crashes.map((c) => c.lost)).toEqual([['p: wrong']]);
  });

  test('losses without a name are grouped by vector, the commonest first', () => {
    expect(report.outOfBookVectors.map((v) => [v.vector, v.mutants.length])).toEqual([
      ['p refuted (saw=that)', 2],
      ['p refuted (saw=this)', 1],
    ]);
  });

  test('the matrix has what was put in as rows, what came out as columns', () => {
    expect(report.confusion).toEqual({
      columns: [
        'first',
        'second',
        'out-of-book',
        'crashed',
        'survived',
        'equivalent',
        'unpromised',
        'illegal',
      ],
      rows: [
        { kind: 'moves', from: 'first', counts: [1, 0, 1, 0, 0, 0, 0, 0] },
        { kind: 'moves', from: 'second', counts: [0, 1, 0, 0, 0, 0, 0, 0] },
        { kind: 'mutants', from: 'block', counts: [0, 1, 0, 0, 1, 0, 0, 0] },
        { kind: 'mutants', from: 'string', counts: [1, 1, 3, 1, 0, 1, 1, 1] },
      ],
    });
  });
});

test('a kata without mutants has nothing left to kill', () => {
  expect(reportOf({ id: 'k' }, '/', BOOK, [], [], [])).toMatchObject({ mutants: 0, score: 1 });
});

test('of a sample it says so, and misses no entry', () => {
  const entry = same(judged('survived'), 'same');
  const report = reportOf({ id: 'k' }, '/', BOOK, [entry], [judged('survived')], [], 40);
  expect(report).toMatchObject({ sampled: { candidates: 40, judged: 1 }, problems: [] });
});

test('an entry for lines that are gone is a problem', () => {
  const entry = same(judged('survived'), 'same');
  const report = reportOf({ id: 'k' }, '/', BOOK, [entry], [judged('survived')], []);
  expect(report.problems).toEqual([{ code: 'stale', entry }]);
});
