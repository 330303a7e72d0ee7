import { expect, test } from 'vitest';
import { readBook } from '../store/katas.ts';
import { badMoves, katas } from './content.ts';
import { flat, run, type Driver } from './driver.ts';
import { loseWith, open, quit, read, win } from './steps.ts';

const kata = katas[0]!;
// oxlint-disable-next-line no-control-regex
const ESCAPES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const BOXES = /[\u2500-\u259f]/;

test('plain output is linear text with the same facts', { timeout: 120_000 }, async () => {
  const stored = (await badMoves(kata))[0]!;
  const mistake = (await readBook(kata)).find((m) => m.id === stored.mistake)!;
  const d: Driver = await open(kata, { args: ['play', kata.id, '--plain'] });
  const move = await loseWith(d, kata, stored, 1);
  const lost = d.since();
  const told = await read(d, move);

  const { diagnosis, judgement } = move;
  const held = Object.entries(judgement.outcomes).filter(([, outcome]) => outcome === 'held');
  const rich = await run(['analysis', '--color', '--width', '100'], { practice: d.practice });
  expect(rich.stdout).toMatch(ESCAPES);
  // oxlint-disable-next-line no-control-regex
  const shown = rich.stdout.replaceAll(/\u001b\[[\d;]*m/g, '');
  for (const [name, text] of Object.entries({ plain: lost + told, rich: shown })) {
    for (const fact of [
      stored.mistake,
      mistake.title,
      mistake.principle,
      diagnosis.belief,
      diagnosis.outcome,
      ...held.map(([probe]) => probe),
      `(${held.length} of ${Object.keys(judgement.outcomes).length})`,
    ]) {
      expect(flat(text), name).toContain(flat(fact));
    }
  }
  const line = diagnosis.at!.line;
  expect(told).toMatch(new RegExp(`Marked line ${line} of ${kata.entry}: `));
  expect(shown).toMatch(new RegExp(`^ > +${line} │`, 'm'));
  for (const { line: choice } of diagnosis.question!.choices)
    expect(lost).toMatch(new RegExp(`^ +\\d\\) +line ${choice}: `, 'm'));
  // glyphs are words
  expect(lost).toMatch(/: lost, (?:blunder|mistake|dubious)/);

  const shownBy = {
    i: 'Idea',
    l: 'better approach: closed',
    m: 'Move 1: ',
    e: 'line',
    d: 'Changed since the starter:',
    '?': 'quit; everything is kept',
    b: kata.exports[0]!,
    v: stored.mistake,
  };
  for (const [key, text] of Object.entries(shownBy)) {
    d.type(key);
    await d.waitFor(text);
  }
  await win(d, kata);
  await quit(d);
  expect(d.raw.replaceAll('\r', '')).not.toMatch(ESCAPES);
  expect(d.scrollback()).not.toMatch(BOXES);
});

test(
  'TERM=dumb and KIBITZER_PLAIN=1 are plain as well; commands are plain when asked',
  { timeout: 90_000 },
  async () => {
    const dumb = await open(kata, { env: { TERM: 'dumb' } });
    await quit(dumb);
    expect(dumb.raw.replaceAll('\r', '')).not.toMatch(ESCAPES);
    const { practice } = dumb;
    for (const args of [['list'], ['brief', kata.id], ['ladder'], ['doctor']]) {
      const { stdout } = await run([...args, '--color'], { practice, env: { KIBITZER_PLAIN: '1' } });
      expect(stdout).not.toBe('');
      expect(stdout, args.join(' ')).not.toMatch(ESCAPES);
      expect(stdout, args.join(' ')).not.toMatch(BOXES);
    }
  },
);
