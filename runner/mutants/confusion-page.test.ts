import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findKatas } from '../store/katas.ts';
import { places } from '../workspace.ts';
import { confusionPage, printOf, printsIn } from './confusion-page.ts';
import { reportOf } from './report.ts';

const katas = await findKatas();

test('prints are found in the page that they were written to', () => {
  const report = reportOf({ id: 'a-kata' }, '/', [], [], [], []);
  const page = confusionPage([report], new Map([['a-kata', 'abc123']]));
  expect([...printsIn(page)]).toEqual([['a-kata', 'abc123']]);
});

test('sections of katas without a new report are kept, in the order of the katas', () => {
  const of = (id: string) => reportOf({ id }, '/', [], [], [], []);
  const first = confusionPage(
    [of('b'), of('old')],
    new Map([
      ['b', 'b1'],
      ['old', 'o1'],
    ]),
  );
  const next = confusionPage(
    [of('a')],
    new Map([
      ['a', 'a1'],
      ['b', 'b2'],
    ]),
    first,
  );
  // b was not judged again: its print is the one it was made with
  expect([...printsIn(next)]).toEqual([
    ['a', 'a1'],
    ['b', 'b1'],
  ]);
  expect(next.match(/^## \S+/gm)).toEqual(['## a', '## b']);
  expect(
    confusionPage(
      [of('a'), of('b')],
      new Map([
        ['a', 'a1'],
        ['b', 'b1'],
      ]),
    ),
  ).toBe(next);
});

/** When this fails: `npm run -s kibitzer -- mutants <kata> --docs`. It judges what has changed, and writes the page anew. */
const PAGE = path.join(places().home, 'docs', 'confusion.md');
test.skipIf(!existsSync(PAGE)).each(katas)('docs/confusion.md is about $id as it is now', async (kata) => {
  const page = readFileSync(PAGE, 'utf8');
  expect(printsIn(page).get(kata.id)).toBe(await printOf(kata));
});
