import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { SCREENS } from './every-screen.ts';
import { bare, coloured, packed, plain, rich, WIDTHS } from './testing.ts';

const all = Object.entries(SCREENS);
const looks = WIDTHS.flatMap((w) => [rich(w), coloured(w), plain(w)]);

describe.each(all)('%s', (_, screen) => {
  it('is at no width wider than the terminal', () => {
    for (const look of looks) {
      for (const line of screen(look)) {
        expect(line, 'one entry is one line').not.toContain('\n');
        expect(
          stringWidth(line),
          `${look.plain ? 'plain' : 'rich'} at ${look.width}: ${line}`,
        ).toBeLessThanOrEqual(look.width);
      }
    }
  });

  it('says the same with colour and without', () => {
    for (const w of WIDTHS) expect(bare(screen(coloured(w)))).toBe(bare(screen(rich(w))));
  });

  it('is plain without escape codes, boxes, arrows and signs that stand for words', () => {
    for (const w of WIDTHS) {
      const text = screen(plain(w)).join('\n');
      // oxlint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(text).not.toMatch(/[\u2190-\u21ff\u2500-\u257f▸●○·×]/);
      expect(text).not.toMatch(/(?:^|\s)(?:\?\?|\?!|!\?|!!|!|>|\^+)(?:\s|$)/m);
    }
  });

  it('lets nothing through that moves the cursor, renames the window or turns the text around', () => {
    for (const look of looks) {
      expect(bare(screen(look))).not.toMatch(
        // oxlint-disable-next-line no-control-regex
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/,
      );
    }
  });

  it('shows no value that is missing, and no blanks at the end of a line', () => {
    for (const look of looks) {
      for (const line of screen(look)) {
        expect(line).not.toMatch(/undefined|\bnull\b|NaN|\[object|Infinity|function \(/);
        expect(bare([line])).not.toMatch(/ $/);
      }
    }
  });
});

/** What both looks must say; SQL only where there is room for it. */
const FACTS: Record<string, string[]> = {
  'known, unread': [
    'lazy-query',
    'move 3',
    '34',
    '46',
    'blunder',
    'looking-costs-nothing',
    '3 of 8',
    '3 rows changed',
    '0 rows',
    '3 members suspended, 0 letters',
    'Which of these lines sent statement 2?',
    'const late = overdue(today);',
    'for (const m of late) {',
    '37',
    '39',
  ],
  'known, read rightly': [
    'Yes: 3, line 39',
    'late-execution: the list is read after the rows have changed',
    'A query is a question; decide at which line it is asked.',
    'This works only if line 36 reads the rows. It only describes them.',
    'three more',
    'line 23, run by line 39',
    'line 37',
    'the rows are read here, after line 37 has changed them',
    'club.ts',
  ],
  'known, read wrongly': ['It was 3, line 39, not 1', 'The same mistake as at move 1.'],
  'known, skipped': ['It was 3, line 39'],
  'known, without question': ['The rows are read here, after line 37 has changed them.'],
  'out of book': [
    'no known mistake explains this',
    'Removing an album removes its files after its rows.',
    '7',
    'removeAlbum(1), with COMMIT made to fail',
    'two files are gone',
    'files: a.jpg b.jpg c.jpg',
    'files: c.jpg',
    'expected',
    'got',
    'club.ts:41 in removeAlbum',
    'club.ts:58',
  ],
  'lost on time': ['lost on time', 'was still running when its time was up'],
  crashed: ['Crashed', 'overdue(1)', 'late is not iterable'],
  tampering: ['tampering', 'The code reached for what judges it'],
  'held before': [
    'looking-costs-nothing held at move 2',
    'rows = [...query.all(day)];',
    'rows = query.all(day);',
  ],
  illegal: [
    'illegal',
    'club.ts does not parse: a bracket is missing.',
    'club.ts:2:3',
    'if (x {',
    'Close it and save again.',
    'It costs nothing.',
  ],
  won: [
    'won',
    'late-execution',
    'out of book',
    'lost on time',
    '34',
    '71',
    '100',
    'two-answers',
    'Count and names come from one look.',
    'one statement does both',
    'needs RETURNING',
    'a session that fetches on command',
    'a guarded update per member',
  ],
  resigned: ['resigned', '46', 'late-execution', 'a guarded update per member'],
  start: [
    'lazy-query',
    'know at which line the database is asked',
    'n-plus-one',
    'template-escaping',
    'A sports club’s secretary clicks suspend in club.ts.',
    "suspendOverdue('2026-06-01')",
    '3 members suspended, 0 letters written',
    '2 moves',
    '46',
    'practice/lazy-query/club.ts',
  ],
  list: [
    'lazy-query',
    'won, 5 moves',
    'under way, 12 moves, position 46',
    'resigned, 1 move, position 7',
    'Know at which line the database is asked',
    'n-plus-one',
    'data-access',
  ],
  brief: [
    'Know at which line',
    'overdue(today)',
    'think',
    '<b>it</b>',
    'the essay',
    'https://example.org/essay',
    'It is yours now,',
    '1.',
    '2.',
    'nested, with words enough to go over the end of a narrow line',
    'a bullet',
    'interface Club {',
    '// one letter for each person this call has suspended, in any order',
  ],
  'better approach': [
    'Better approach',
    'one statement does both',
    'The database says whom it changed.',
    'the statement that did the work says who it was',
    'club.ts:22',
    'rows = query.all(day);',
  ],
  'ladder: needs a move': ['idea: open', 'plan: closed', 'differs from move 1'],
  'ladder: offered': ['plan: open if it helps'],
};

describe('plain and rich carry the same facts', () => {
  it.each(Object.entries(FACTS))('%s', (name, facts) => {
    for (const look of looks) {
      const text = packed(bare(SCREENS[name]!(look)));
      for (const fact of facts)
        expect(text, `${look.plain ? 'plain' : 'rich'} at ${look.width}`).toContain(packed(fact));
    }
  });

  it('down to every number and every word of letters in a view, where there is room', () => {
    const words = (text: string) => new Set(text.match(/[A-Za-z_']{4,}|\d+/g));
    // words that one of the two says instead of a sign, or for somebody who listens
    const own =
      /^(?:100|from|position|level|line|Line|Marked|this|loses|became|times|added|removed|same|part|state|Refutation|your|what|code|move|Move|lost|mistake|called|expected|empty|blanks|only|Kata|chosen|under|Result|Why|quiet|every|under|Position|Data|with|dubious|blunder|brilliant|good|didn|resisted|resigned)$/i;
    for (const name of Object.keys(FACTS)) {
      const [a, b] = [words(bare(SCREENS[name]!(rich(200)))), words(bare(SCREENS[name]!(plain(200))))];
      const missing = [...a.symmetricDifference(b)].filter((w) => !own.test(w));
      expect([name, missing]).toEqual([name, []]);
    }
  });
});
