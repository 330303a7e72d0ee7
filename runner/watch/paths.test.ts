import { expect, test } from 'vitest';
import { isIgnored, partsBelow } from './paths.ts';

test.each([
  ['/p', false],
  ['/p/kata', false],
  ['/p/kata/a.ts', false],
  ['/p/kata/sub/a.ts', false],
  ['/p/.kibitzer/events.ndjson', true],
  ['/p/.kibitzer/snapshots/watching', true],
  ['/p/.git', true],
  ['/p/kata/.idea/a.ts', true],
  ['/p/kata/node_modules/x/index.ts', true],
])('%s is ignored: %s', (path, ignored) => {
  expect(isIgnored('/p', path, false)).toBe(ignored);
  expect(isIgnored('/p', path, true)).toBe(ignored);
});

test('our own folder is watched for the sentinel only, and only while it is wanted', () => {
  for (const path of ['/p/.kibitzer', '/p/.kibitzer/watching']) {
    expect(isIgnored('/p', path, true)).toBe(false);
    expect(isIgnored('/p', path, false)).toBe(true);
  }
});

test('parts below the folder', () => {
  expect(partsBelow('/p', '/p')).toEqual([]);
  expect(partsBelow('/p', '/p/kata/a.ts')).toEqual(['kata', 'a.ts']);
  expect(partsBelow('/p/x', '/p')).toEqual(['..']);
});
