import { expect, test } from 'vitest';
import { badMoves, katas } from './content.ts';
import { flat } from './driver.ts';
import { loseWith, open, quit, read, win } from './steps.ts';

test('the first katas are there, in the order of the ladder', () => {
  expect(katas.slice(0, 3).map((k) => k.id)).toEqual(['lazy-query', 'template-escaping', 'app-factory']);
});

test.for(katas.slice(0, 3))(
  '$id: a bad move names its mistake on its line, the reference wins',
  { timeout: 120_000 },
  async (kata) => {
    const stored = (await badMoves(kata)).at(-1)!;
    const d = await open(kata);
    const move = await loseWith(d, kata, stored, 1);
    const told = move.diagnosis.question ? await read(d, move) : d.since();
    expect(flat(told)).toContain(`${stored.mistake}:`);
    expect(told).toMatch(new RegExp(`^ > +${move.diagnosis.at!.line} │ `, 'm'));
    expect(flat(told)).toContain('Principle ');
    expect(flat(told)).toContain(flat(move.diagnosis.belief));
    expect(flat(d.scrollback())).toContain(flat(move.diagnosis.outcome));
    const won = await win(d, kata);
    expect(won).toMatch(/won +\S+ .*position 100/);
    await quit(d);
  },
);
