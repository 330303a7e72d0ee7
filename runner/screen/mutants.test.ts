import { describe, expect, test } from 'vitest';
import type { KataReport, Listed } from '../mutants/report.ts';
import { lookOf } from './look.ts';
import { mutantsScreen, noveltiesScreen } from './mutants.ts';

const LOOK = lookOf({ width: 80, colour: false, plain: false });
const PLAIN = lookOf({ width: 80, colour: false, plain: true });

const LISTED: Listed = {
  design: 'reference',
  file: 'solutions/t/k/reference/a.ts',
  line: 12,
  kind: 'equality',
  within: 'open.read',
  original: 'a < b',
  replacement: 'a <= b',
  was: 'if (a < b) return 1;',
  becomes: 'if (a <= b) return 1;',
  lost: ['p: one too many'],
};

function report(more: Partial<KataReport> = {}): KataReport {
  return {
    id: 'k',
    sampled: null,
    mutants: 20,
    killed: 18,
    equivalent: 1,
    survived: 1,
    named: 9,
    outOfBook: 6,
    crashed: 3,
    unpromised: 4,
    illegal: 5,
    score: 0.947,
    shares: { named: 0.5, outOfBook: 0.333, crashed: 0.167 },
    survivors: [],
    outOfBookVectors: [],
    crashes: [],
    confusion: { columns: [], rows: [] },
    problems: [],
    ...more,
  };
}

describe('the figures', () => {
  test('of a kata', () => {
    const text = mutantsScreen(report(), LOOK).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toBe(
      ' k: 95 % killed. 20 mutants: 18 killed, 1 equivalent, 1 survived. ' +
        'Of the killed 9 (50 %) are named by the book, 6 (33 %) are out of it, 3 (17 %) crash or hang. ' +
        'Not counted: 5 that fail to load or in the ordinary case, ' +
        '4 that differ only in what the brief does not speak of.',
    );
  });

  test('an entry of equivalents.json that does not fit is shown with what to do', () => {
    const entry = { was: 'f(1);', becomes: 'f(2);', is: 'same' as const, why: 'no difference' };
    const text = mutantsScreen(report({ problems: [{ code: 'stale', entry }] }), PLAIN).join('\n');
    expect(text).toContain('equivalents.json: no accepted design has such lines any more');
    expect(text).toContain('before: f(1);\n   after: f(2);');
  });
});

describe('what there is to do', () => {
  const nothing = { id: 'k', survivors: [], outOfBookVectors: [], played: [] };

  test('nothing', () => {
    expect(noveltiesScreen(nothing, LOOK)).toEqual([
      ' k: no mutant survives, and the book names every loss.',
    ]);
  });

  test('a survivor, with its lines before and after', () => {
    const lines = noveltiesScreen({ ...nothing, survivors: [LISTED] }, LOOK);
    expect(lines.slice(0, 5)).toEqual([
      ' k: 1 mutant survives. A better probe kills it, or equivalents.json says why',
      ' none can.',
      '     solutions/t/k/reference/a.ts:12 (equality, in open.read)',
      '     - if (a < b) return 1;',
      '     + if (a <= b) return 1;',
    ]);
  });

  test('losses that are alike are shown a few times, with the command that stores one', () => {
    const novelty = { vector: 'p refuted (saw=this)', mutants: Array.from({ length: 5 }, () => LISTED) };
    const text = noveltiesScreen({ ...nothing, outOfBookVectors: [novelty] }, LOOK).join('\n');
    expect(text.match(/reference\/a\.ts:12/g)).toHaveLength(3);
    expect(text).toContain('and 2 more');
    expect(text).toContain('p: one too many');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('`kibitzer new move k <file> --mistake <id>`');
  });

  test('moves of the practice folder, with where their files are kept', () => {
    const played = [
      { move: 4, files: { 'club.ts': '/practice/.kibitzer/snapshots/abc' }, lost: ['p: none'] },
    ];
    const text = noveltiesScreen({ ...nothing, played }, LOOK).join('\n');
    expect(text).toContain('move 4 of the practice folder is out of book');
    expect(text).toContain('club.ts: /practice/.kibitzer/snapshots/abc');
  });
});
