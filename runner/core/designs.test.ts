import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changes, distance, nearest, wayTo, type Files } from './designs.ts';

const file = (text: string): Files => ({ 'club.ts': text });
const notes = (why: { anchor: string; reason: string }[], about = 'about') => ({
  name: 'reference',
  title: 't',
  about,
  trades: '',
  why,
});

describe('the distance of two designs', () => {
  it('counts lines added and removed, over all files', () => {
    expect(distance(file('a\nb\nc\n'), file('a\nx\nc\n'))).toBe(2);
    expect(distance({ 'a.ts': 'x\n' }, { 'b.ts': 'x\ny\n' })).toBe(3);
    expect(distance(file(''), file(''))).toBe(0);
  });

  it('takes line ends, a byte order mark and the last newline for the editor’s business', () => {
    expect(distance(file('\ufeffa\r\nb'), file('a\nb\n'))).toBe(0);
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', '', '\\ x', '+ y', '- z'), { maxLength: 12 })
    .map((l) => l.join('\n'));
  it('is nothing to itself and the same both ways, and its hunks make one text out of the other', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(distance(file(a), file(a))).toBe(0);
        const side = (sign: string) => (l: string) => l.startsWith(sign) || l.startsWith(' ');
        const hunks = changes(file(a), file(b), 1000);
        if (hunks.length === 0) return;
        const read = (sign: string) =>
          hunks.flatMap((h) => h.lines.filter(side(sign)).map((l) => l.slice(1))).join('\n');
        const lines = (t: string) => t.replace(/\n$/, '');
        expect([read('-'), read('+')]).toEqual([lines(a), lines(b)]);
      }),
    );
  });

  it('is told as infinite where it is more than asked for, and then the nearest design is found all the same', () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (mine, others) => {
        const far = others.map((other) => distance(file(mine), file(other)));
        for (const [i, other] of others.entries()) {
          expect(distance(file(mine), file(other), far[i]!)).toBe(far[i]);
          if (far[i]! > 0) expect(distance(file(mine), file(other), far[i]! - 1)).toBe(Infinity);
        }
        const designs = others.map((other, i) => ({ files: file(other), i }));
        expect(nearest(file(mine), designs)!.i).toBe(far.indexOf(Math.min(...far)));
      }),
    );
  });

  it('is found for large files in a moment', () => {
    const big = (word: string) => file(Array.from({ length: 1500 }, (_, i) => `${word} ${i}`).join('\n'));
    const begun = performance.now();
    expect(distance(big('mine'), big('theirs'))).toBe(3000);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('the nearest design', () => {
  it('has the fewest changed lines; the earlier one of two that are equally near', () => {
    const designs = [
      { name: 'far', files: file('x\ny\nz\n') },
      { name: 'near', files: file('a\nb\nx\n') },
      { name: 'as near', files: file('a\nb\ny\n') },
    ];
    expect(nearest(file('a\nb\nc\n'), designs)!.name).toBe('near');
    expect(nearest(file('a\n'), [])).toBeNull();
  });
});

describe('the way to a design', () => {
  const mine = file('keep\nold call\nkeep\n');
  const theirs = file('keep\nnew call\nkeep\n');
  const why = (list: { anchor: string; reason: string }[], about?: string) =>
    wayTo(mine, theirs, notes(list, about))[0]!.reason;

  it('gives the reason whose anchor stands in added lines, then in removed ones, then the one for all', () => {
    const [all, removed, added] = [
      { anchor: '*', reason: 'all' },
      { anchor: 'old', reason: 'removed' },
      { anchor: 'new', reason: 'added' },
    ];
    expect(why([all, removed, added])).toBe('added');
    expect(why([all, removed])).toBe('removed');
    expect(why([all])).toBe('all');
    expect(why([{ anchor: 'keep', reason: 'context' }, all])).toBe('all');
    expect(why([], 'what the design does')).toBe('what the design does');
    expect(wayTo(mine, theirs, undefined)[0]!.reason).toBe('');
  });

  it('does not take a star in the code for the reason for all', () => {
    expect(
      wayTo(
        mine,
        file('keep\na * b\nkeep\n'),
        notes([
          { anchor: '*', reason: 'all' },
          { anchor: 'a *', reason: 'times' },
        ]),
      )[0]!.reason,
    ).toBe('times');
  });

  it('names the file and the first line of each hunk in the learner’s file', () => {
    const long = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
    const hunks = wayTo(file(long.join('\n')), file(long.with(4, 'x').with(17, 'y').join('\n')), undefined);
    expect(hunks.map((h) => [h.file, h.line, h.lines.length])).toEqual([
      ['club.ts', 3, 6],
      ['club.ts', 16, 6],
    ]);
    expect(wayTo({}, { 'new.ts': 'a\n' }, undefined)).toMatchObject([{ file: 'new.ts', lines: ['+a'] }]);
    expect(wayTo(mine, mine, undefined)).toEqual([]);
  });
});
