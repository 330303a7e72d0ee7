import { describe, expect, test } from 'vitest';
import { changedPaths, doubtOf, sameFiles } from './files.ts';

const files = (entries: Record<string, string>): Map<string, Buffer> =>
  new Map(Object.entries(entries).map(([path, content]) => [path, Buffer.from(content)]));

describe('doubtOf', () => {
  test.each([
    ['an edit', { a: 'x\n' }, { a: 'y\n' }, null],
    ['a new file', { a: 'x\n' }, { a: 'x\n', b: 'y' }, null],
    ['lines removed at the end', { a: 'x\ny\n' }, { a: 'x\n' }, 'cut'],
    ['a last line without its end', { a: 'x\n' }, { a: 'x\nyy' }, 'cut'],
    ['never ended by a newline', { a: 'x' }, { a: 'xy' }, null],
    ['emptied', { a: 'x\n' }, { a: '' }, 'empty'],
    ['empty before', { a: '', b: 'x\n' }, { a: '', b: 'y\n' }, null],
    ['a new empty file', { a: 'x\n' }, { a: 'x\n', b: '' }, 'empty'],
    ['gone', { a: 'x\n', b: 'y\n' }, { a: '' }, 'missing'],
  ] as const)('%s', (_name, before, now, doubt) => {
    expect(doubtOf(files(before), files(now))).toBe(doubt);
  });
});

test('same and changed', () => {
  const before = files({ a: '1', b: '2', c: '3' });
  const now = files({ a: '1', c: '4', d: '5' });
  expect(sameFiles(before, files({ a: '1', b: '2', c: '3' }))).toBe(true);
  expect(sameFiles(before, now)).toBe(false);
  expect(changedPaths(before, now)).toEqual(['b', 'c', 'd']);
});
