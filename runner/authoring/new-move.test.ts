import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frame, known, mistakeOf, result } from '../core/testing.ts';
import type { Diagnosis } from '../core/diagnosis.ts';
import type { VerdictKind } from '../core/verdict.ts';
import { KibitzerError } from '../errors.ts';
import type { Judged } from '../judging.ts';
import { storeMove } from '../store/move-folder.ts';
import { nameFor, newMove } from './new-move.ts';

const BOOK = [mistakeOf('late', '??'), mistakeOf('early', '?')];
const FILES = { 'club.ts': 'export {};\n  const list = read();\n' };
const OUT: Diagnosis = { status: 'out-of-book', probe: 'p', evidence: [], at: frame(2) };

function judged(kind: VerdictKind, diagnosis: Diagnosis, hash = 'new'): Judged {
  return {
    program: { sources: FILES, javascript: {}, hash, statements: [] },
    verdict: {
      kind,
      position: 50,
      results: [result('p', kind === 'won' ? 'held' : 'refuted', { message: 'nobody was told' })],
      illegality: null,
      ended: null,
      output: '',
      durationMs: 1,
    },
    diagnosis,
  };
}

const STORED = [{ mistake: 'late', name: 'there-already', hash: 'old' }];

function make(of: Judged, o: { name?: string; as?: string } = {}): ReturnType<typeof newMove> {
  return newMove({ id: 'lazy-query' }, BOOK, of, FILES, { name: 'a-move', stored: STORED, ...o });
}

/** The code of the error that is thrown, with its text. */
function refusal(act: () => unknown): { code: string; message: string; hint: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof KibitzerError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a bad move', () => {
  test('is filed under its diagnosis, with line and what lies behind as measured', () => {
    const move = make(judged('lost', known('late', '??', { behind: ['early'], at: frame(2) })));
    expect(move).toMatchObject({
      mistake: 'late',
      diagnosed: 'late',
      expect: { behind: ['early'], line: 'const list = read();' },
    });
  });

  test('is filed under the mistake that the book ought to name', () => {
    expect(make(judged('lost', OUT), { as: 'not-in-the-book-yet' })).toMatchObject({
      mistake: 'not-in-the-book-yet',
      diagnosed: null,
      expect: { behind: [], line: 'const list = read();' },
    });
    const wrong = judged('lost', known('late', '??', { behind: ['early'], at: frame(1) }));
    expect(make(wrong, { as: 'early' })).toMatchObject({
      mistake: 'early',
      diagnosed: 'late',
      expect: { behind: [] },
    });
  });
});

describe('refused with what to do next', () => {
  test('a winning program', () => {
    const { code, hint } = refusal(() => make(judged('won', { status: 'none' })));
    expect([code, hint]).toEqual(['MOVE_WINS', expect.stringContaining('alternatives/')]);
  });

  test('an out-of-book one, with what it lost and how to file it all the same', () => {
    const { code, message, hint } = refusal(() => make(judged('lost', OUT)));
    expect(code).toBe('OUT_OF_BOOK');
    expect(message).toContain('p: nobody was told');
    expect(hint).toContain('--mistake <id>, one of late, early');
  });

  test('what is no program', () => {
    const illegality = {
      code: 'syntax' as const,
      message: 'it does not parse.',
      hint: 'Close it.',
      frame: null,
    };
    expect(refusal(() => make({ program: null, illegality, verdict: null }))).toMatchObject({
      code: 'MOVE_ILLEGAL',
      hint: 'Close it.',
    });
  });

  test('the same program, and the same name', () => {
    const late = known('late', '??', { at: frame(2) });
    expect(refusal(() => make(judged('lost', late, 'old')))).toMatchObject({
      code: 'MOVE_STORED',
      message: expect.stringContaining('moves/late/there-already'),
    });
    expect(refusal(() => make(judged('lost', late), { name: 'there-already' })).code).toBe('MOVE_EXISTS');
  });

  test('a name that is no folder of a kata, such as one that leads out of it', () => {
    expect(refusal(() => make(judged('lost', OUT), { as: '../late' })).code).toBe('NAME_INVALID');
    expect(refusal(() => make(judged('lost', known('late')), { name: 'A Move' })).code).toBe('NAME_INVALID');
  });

  test('what reaches for its judge', () => {
    expect(refusal(() => make(judged('tampering', OUT))).code).toBe('MOVE_TAMPERS');
  });
});

test.each([
  ['try/readBackById.ts', 'read-back-by-id'],
  ['try/read back/club.ts', 'read-back'],
  ['try/a-move', 'a-move'],
  ['Two_Letters.v2.ts', 'two-letters-v2'],
])('%s gives the name %s', (target, name) => {
  expect(nameFor(target, 'club.ts')).toBe(name);
});

describe('on disk', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'kibitzer-move-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const EXPECT = { behind: ['early', 'late'], line: "a 'quoted' line" };

  test('a move is its files and expect.json', () => {
    const folder = path.join(home, 'late', 'a-move');
    expect(storeMove(folder, { 'club.ts': 'x', 'lib/list.ts': 'y' }, EXPECT)).toBe(true);
    expect(readFileSync(path.join(folder, 'lib/list.ts'), 'utf8')).toBe('y');
    const text = readFileSync(path.join(folder, 'expect.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(EXPECT);
    expect(text).toContain('"behind": ["early", "late"],\n');
  });

  test('what is there is never overwritten', () => {
    const folder = path.join(home, 'late', 'a-move');
    storeMove(folder, { 'club.ts': 'first' }, EXPECT);
    expect(storeMove(folder, { 'club.ts': 'second' }, EXPECT)).toBe(false);
    expect(readFileSync(path.join(folder, 'club.ts'), 'utf8')).toBe('first');
  });
});
