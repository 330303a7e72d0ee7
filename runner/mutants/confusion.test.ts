import { expect, test } from 'vitest';
import { confusionTable } from './confusion.ts';

test('the table leaves zeros out, so that what is off the diagonal can be seen', () => {
  const table = confusionTable({
    columns: ['a', 'b', 'out-of-book'],
    rows: [
      { kind: 'moves', from: 'a', counts: [2, 0, 0] },
      { kind: 'mutants', from: 'string', counts: [0, 10, 1] },
    ],
  });
  expect(table).toEqual([
    '|  | a | b | out-of-book |',
    '| --- | ---: | ---: | ---: |',
    '| **a** | 2 |  |  |',
    '| *string* |  | 10 | 1 |',
  ]);
});
