import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import {
  clip,
  columns,
  count,
  cut,
  expandTabs,
  flow,
  harmless,
  harmlessView,
  pad,
  paragraph,
  spread,
} from './layout.ts';
import { bare, coloured, packed, rich } from './testing.ts';

const bits = fc
  .array(fc.constantFrom('a', 'bc', ' ', 'word', '漢', '👩‍👩‍👧‍👦', '-', '\t'), { maxLength: 60 })
  .map((a) => a.join(''));
const width = fc.integer({ min: 40, max: 100 });

describe('text in lines', () => {
  it('fits the width, loses nothing, and hangs under its first word', () => {
    fc.assert(
      fc.property(bits, width, (text, w) => {
        const lines = paragraph(text, rich(w), ' Belief      ');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(w);
        expect(packed(lines.join(''))).toBe(packed(`Belief${text}`));
        for (const line of lines.slice(1)) expect(line).toMatch(/^ {13}\S/);
      }),
    );
  });

  it('is no wider than prose should be, and keeps paragraphs apart', () => {
    expect(
      Math.max(...paragraph('word '.repeat(100), rich(200)).map((l) => stringWidth(l))),
    ).toBeLessThanOrEqual(88);
    expect(paragraph('a\n\nb', rich(), '   ')).toEqual(['   a', '', '   b']);
  });

  it('takes paint along to the next line', () => {
    const look = coloured(40);
    const lines = paragraph(look.paint.bold('word '.repeat(20)), look);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(line).toContain('\u001b[1m');
      expect(line).toContain('\u001b[22m');
    }
  });

  it('breaks a row of items between them only', () => {
    const items = ['○ lazy-query', '· n-plus-one', '· delete-through-session', '· unit-of-work'];
    const lines = flow(items, '   ', rich(40), ' data-access   ');
    expect(lines.map((l) => l.trim())).toEqual([
      'data-access   ○ lazy-query',
      '· n-plus-one',
      '· delete-through-session',
      '· unit-of-work',
    ]);
  });

  it('puts left and right on one line, or below each other', () => {
    expect(spread(' left', 'right', rich(40))).toEqual([` left${' '.repeat(29)}right`]);
    expect(spread(' a rather long left side', 'and a right side', rich(40))).toEqual([
      ' a rather long left side',
      '   and a right side',
    ]);
    expect(spread(' left', '', rich(40))).toEqual([' left']);
  });
});

describe('cutting', () => {
  it('never goes over the width and says that it cut', () => {
    fc.assert(
      fc.property(bits, fc.integer({ min: 1, max: 60 }), (text, w) => {
        const line = expandTabs(text);
        expect(stringWidth(clip(line, w))).toBeLessThanOrEqual(w);
        expect(stringWidth(cut(line, w))).toBeLessThanOrEqual(w);
        if (stringWidth(line) > w) expect(clip(line, w)).toMatch(/…$/);
        else expect(clip(line, w)).toBe(line);
      }),
    );
  });

  it('takes columns by whole characters', () => {
    expect(columns('ab漢字', 0, 3)).toBe('ab');
    expect(columns('ab漢字', 0, 4)).toBe('ab漢');
    expect(columns('漢字ab', 1, 6)).toBe('字ab');
    expect(columns('abc', 1, Infinity)).toBe('bc');
  });

  it('folds white space in a one-line text', () => {
    expect(cut('  SELECT\n\t id  ', 40)).toBe('SELECT id');
  });
});

describe('columns', () => {
  it('count tabs as jumps and wide characters as two', () => {
    expect([expandTabs('\ta'), expandTabs('ab\tc'), expandTabs('漢\tc'), expandTabs('abcd\te')]).toEqual([
      '    a',
      'ab  c',
      '漢  c',
      'abcd    e',
    ]);
    expect(stringWidth(pad('漢字', 6))).toBe(6);
    expect(pad('too long', 3)).toBe('too long');
  });

  it('counts in words', () => {
    expect([count(1, 'row'), count(0, 'row'), count(2, 'query', 'queries')]).toEqual([
      '1 row',
      '0 rows',
      '2 queries',
    ]);
  });
});

describe('text of others', () => {
  it('keeps its columns, its line ends and its tabs, and nothing that does something', () => {
    expect(harmless('a\r\nb\tc\u001b[2J\u0000\u007f\u009b\u202ex')).toBe('a\nb\tc␛[2J␀␡��x');
    expect(harmless('漢字 👩‍👩‍👧‍👦 naïve')).toBe('漢字 👩‍👩‍👧‍👦 naïve');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void expect(harmless(harmless(text))).toBe(harmless(text)),
      ),
    );
  });

  it('is made harmless wherever it stands in a view', () => {
    expect(harmlessView({ a: '\u0007', b: [1, null, { c: '\u001b' }], d: undefined })).toEqual({
      a: '␇',
      b: [1, null, { c: '␛' }],
      d: undefined,
    });
  });

  it('leaves the paint of a look alone', () => {
    expect(bare([coloured().paint.bad('x')])).toBe('x');
    expect(rich().paint.bad('x')).toBe('x');
  });
});
