import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sameProgramWords } from '../screen/words.ts';
import { waysOfSaving } from '../watch/editors.ts';
import { badMoves, entryText, eventsOf, katas, movesOf, referenceText, starterText } from './content.ts';
import { run, practiceFolder, start, until } from './driver.ts';
import { lose, open, quit, read, save, win } from './steps.ts';

const kata = katas[0]!;
const EXTRA = `
export function plusOne(first: number): number {
  const second = first + 1;
  return second;
}
`;
const bad = async (n = 0): Promise<string> => entryText(kata, (await badMoves(kata))[n]!.files);

test(
  'formatting, comments and renaming are no move, and the screen says so',
  { timeout: 90_000 },
  async () => {
    const d = await open(kata);
    await save(d, kata, `// a note\n\n${starterText(kata)}\n\n`);
    await d.waitFor(sameProgramWords(0, false));
    await save(d, kata, starterText(kata));
    await d.waitFor(sameProgramWords(0, true));
    await lose(d, kata, (await bad()) + EXTRA, 1);
    const before = eventsOf(d.practice);

    await save(d, kata, (await bad()) + EXTRA.replaceAll('second', 'sum'));
    await d.waitFor(sameProgramWords(1, false));
    await save(
      d,
      kata,
      (await bad()) + EXTRA.replaceAll('\n  ', '\n      ').replace('return second', 'return (second)'),
    );
    await d.waitFor(sameProgramWords(1, false));
    await save(d, kata, (await bad()) + EXTRA.replace('return', '/* the result */ return'));
    await d.waitFor(sameProgramWords(1, false));
    expect(eventsOf(d.practice)).toEqual(before);
    await quit(d);
  },
);

test('a syntax error is illegal, shown with its line, and costs nothing', { timeout: 90_000 }, async () => {
  const d = await open(kata);
  await read(d, await lose(d, kata, await bad(), 1));
  const before = eventsOf(d.practice);
  d.type('l');
  const ladder = await d.waitFor(/idea: open/);

  const lines = (await bad()).split('\n');
  lines.splice(4, 0, 'const = 1;');
  await save(d, kata, lines.join('\n'));
  const said = await d.waitFor('It costs nothing.');
  expect(said).toContain('illegal');
  expect(said).toContain(`${kata.entry}:5:`);
  expect(said).toMatch(/^ > +5 │ const = 1;/m);
  expect(eventsOf(d.practice)).toEqual(before);
  d.type('l');
  await d.waitFor(/idea: open/);
  expect(ladder).toContain('plan: closed');

  await win(d, kata);
  expect(movesOf(d.practice, kata.id).map((m) => [m.move, m.judgement.verdict])).toEqual([
    [1, 'lost'],
    [2, 'won'],
  ]);
  await quit(d);
});

test('of two saves 30 ms apart the second has the last word', { timeout: 90_000 }, async () => {
  const d = await open(kata);
  const second = (await badMoves(kata))[1]!;
  await save(d, kata, await bad(0));
  await sleep(30);
  await save(d, kata, await bad(1));
  const move = await until(
    () =>
      movesOf(d.practice, kata.id).find(
        (m) => m.judgement.diagnosis.status === 'known' && m.judgement.diagnosis.mistake === second.mistake,
      ),
    'the second save is judged',
  );
  await d.waitFor(`${kata.id} · move ${move.move} `);
  expect(movesOf(d.practice, kata.id).at(-1)!.move).toBe(move.move);

  await save(d, kata, await bad(0));
  await sleep(30);
  await save(d, kata, referenceText(kata));
  await d.waitFor('position 100');
  await d.waitFor('[s]olutions');
  expect(movesOf(d.practice, kata.id).at(-1)!.judgement.verdict).toBe('won');
  await quit(d);
});

test('a save during a run is judged next, and the older run is dropped', { timeout: 90_000 }, async () => {
  const d = await open(kata);
  await save(d, kata, `for (;;);\n${referenceText(kata)}`);
  await d.waitFor(`judging ${kata.id}`);
  await win(d, kata);
  expect(movesOf(d.practice, kata.id).map((m) => m.judgement.verdict)).toEqual(['won']);
  await quit(d);
});

test('an endless loop loses on time at its line, and the next save works', { timeout: 90_000 }, async () => {
  const d = await open(kata);
  await save(d, kata, `for (;;) {\n}\n${referenceText(kata)}`);
  await d.waitFor(`${kata.id} · move 1 · lost on time`);
  await d.waitFor(`${kata.entry}:1`);
  await win(d, kata);
  await quit(d);
});

test('every way editors save is one move', { timeout: 120_000 }, async () => {
  const d = await open(kata);
  let n = 0;
  for (const how of Object.keys(waysOfSaving)) {
    const text = `${await bad()}\nexport const save${++n} = ${n};\n`;
    await save(d, kata, text, how);
    await d.waitFor(`${kata.id} · move ${n} `);
  }
  expect(movesOf(d.practice, kata.id)).toHaveLength(n);
  expect(d.scrollback()).not.toContain('illegal');
  await quit(d);
});

test(
  'what was saved while nobody watched, or before the watching began, is judged',
  { timeout: 90_000 },
  async () => {
    const practice = practiceFolder();
    expect((await run(['run', kata.id], { practice })).code).toBe(1);
    writeFileSync(path.join(practice, kata.id, kata.entry), await bad(0));
    const d = start({ practice });
    await d.waitFor(`${kata.id} · move 1 `);
    await quit(d);

    const early = start({ practice });
    await early.waitFor('kibitzer —');
    await save(early, kata, referenceText(kata));
    await early.waitFor('position 100');
    await quit(early);
  },
);

test(
  'with KIBITZER_POLL=1 the screen says that it polls, and saves are judged',
  { timeout: 90_000 },
  async () => {
    const practice = practiceFolder();
    mkdirSync(practice, { recursive: true });
    const d = start({ practice, env: { KIBITZER_POLL: '1' } });
    await d.waitFor('watching by polling');
    await d.waitFor('edit and save; every save is a move.');
    await save(d, kata, referenceText(kata));
    await d.waitFor('position 100');
    await quit(d);
  },
);
