import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KEY_WORDS, retryWords } from '../screen/words.ts';
import { badMoves, entryText, eventsOf, katas, referenceText, starterText } from './content.ts';
import { practiceFolder, run } from './driver.ts';
import { loseWith, open, quit, read, save } from './steps.ts';

const kata = katas.find((k) => k.id === 'lazy-query')!;
const stored = (await badMoves(kata))[0]!;
const bad = entryText(kata, stored.files);

test('an earlier position is played once more, and won by a better move', { timeout: 120_000 }, async () => {
  const practice = practiceFolder();
  const file = path.join(practice, kata.id, kata.entry);
  const ran = (...args: string[]) => run([...args, '--json'], { practice });
  const documentOf = async (...args: string[]): Promise<unknown> => JSON.parse((await ran(...args)).stdout);

  const early = await ran('retry', '1');
  expect([early.code, JSON.parse(early.stdout)]).toMatchObject([2, { error: { code: 'NOT_FOUND' } }]);
  await ran('run');
  writeFileSync(file, bad);
  expect(await documentOf('run')).toMatchObject({ move: 1, retry: null });
  writeFileSync(file, `${bad}\n// my notes\n`);

  const begun = (await documentOf('retry', '1')) as { backup: string };
  expect(begun).toMatchObject({ schema: 'kibitzer/retry@1', kata: kata.id, move: 1 });
  expect(readFileSync(file, 'utf8')).toBe(starterText(kata));
  const kept = path.resolve(begun.backup, kata.id, kata.entry);
  expect(readFileSync(kept, 'utf8'), readdirSync(path.dirname(kept)).join()).toContain('// my notes');

  expect(await documentOf('run')).toMatchObject({
    move: 0,
    isNew: false,
    retry: { move: 1, is: 'unchanged' },
  });
  writeFileSync(file, bad);
  expect(await documentOf('run')).toMatchObject({
    move: 1,
    isNew: false,
    retry: { is: expect.not.stringMatching('won') },
  });
  writeFileSync(file, referenceText(kata));
  expect(await documentOf('run')).toMatchObject({ move: 2, verdict: 'won', retry: { move: 1, is: 'won' } });
  expect(eventsOf(practice).at(-1)).toMatchObject({ type: 'retry-won', move: 1, by: 2 });
  const won = await ran('retry', '2');
  expect([won.code, JSON.parse(won.stdout)]).toMatchObject([2, { error: { code: 'NOTHING_TO_RETRY' } }]);
});

test(
  'a key asks which move, and a save that is a better move is told as one',
  { timeout: 120_000 },
  async () => {
    const d = await open(kata);
    await read(d, await loseWith(d, kata, stored, 1));
    d.type('?');
    await d.waitFor(KEY_WORDS.retry.long);
    d.type('t');
    await d.waitFor(retryWords.whichMove(1));
    d.type('1');
    await d.waitFor('Retry of move 1: the code before it is back in your folder');
    expect(readFileSync(path.join(d.practice, kata.id, kata.entry), 'utf8')).toBe(starterText(kata));
    // what the program put there is no save
    expect(eventsOf(d.practice).at(-1)).toMatchObject({ type: 'retry-begun', move: 1 });
    await save(d, kata, referenceText(kata));
    await d.waitFor('Retry of move 1: won.');
    await quit(d);
  },
);
