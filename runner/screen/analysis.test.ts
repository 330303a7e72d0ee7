import stringWidth from 'fast-string-width';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeLine } from '../core/analysis.ts';
import { frame, sql } from '../core/testing.ts';
import { diffLines, frameLines, lostScreen, toldScreen } from './analysis.ts';
import { factLines } from './facts.ts';
import { textDiff } from './text-diff.ts';
import {
  analysisView,
  bare,
  code,
  coloured,
  knownView,
  outOfBookView,
  packed,
  plain,
  rich,
  SELECT,
  UPDATE,
  WIDTHS,
} from './testing.ts';

const text = (lines: readonly string[]) => packed(bare(lines));

describe('the first half of an analysis', () => {
  it('names none of the learner’s lines beside the facts before the question is answered or skipped', () => {
    for (const w of WIDTHS) {
      for (const look of [rich(w), plain(w)]) {
        const unread = bare(lostScreen(analysisView(), look));
        const [refutation = '', question = ''] = unread.split('Which of these');
        expect(refutation).not.toMatch(/line \d|\b(?:23|37|39)\b|club\.ts/);
        expect(question).toMatch(/36[\s\S]+37[\s\S]+39/);
        expect(unread).not.toMatch(/late-execution|Principle|Belief|only if/);
        for (const choice of [null, 0, 2])
          expect(
            packed(bare(lostScreen(analysisView({ read: { choice, right: choice === 2 } }), look))),
          ).toContain('line23,runbyline39');
      }
    }
  });

  it('asks no longer once it was read, and not where there is no question', () => {
    expect(text(lostScreen(analysisView({ read: { choice: 0, right: false } }), rich()))).not.toContain(
      'Whichofthese',
    );
    expect(text(lostScreen(analysisView({ known: knownView({ question: null }) }), rich()))).toContain(
      'line23,runbyline39',
    );
  });

  it('offers each line under the number that answers it, and shows that a line goes on from the one before', () => {
    const choices = [code(2, 'const rows = db'), code(4, '    .all(today) as unknown as Member[];')];
    for (const look of [rich(), plain()]) {
      const shown = lostScreen(
        analysisView({ known: knownView({ question: { ask: 'Which?', answer: 1, choices } }) }),
        look,
      );
      expect(shown.find((l) => l.includes('.all'))).toMatch(
        /^ {3}2\) +(?:line )?4:? +… \.all\(today\) as unknown as Member\[\];$/,
      );
      expect(shown.find((l) => l.includes('= db'))).toMatch(/^ {3}1\) +(?:line )?2:? +const rows = db$/);
    }
  });

  it('names the file of each line when they lie in several', () => {
    const choices = [code(2, 'a();', false, 'a.ts'), code(2, 'b();', false, 'b.ts')];
    for (const look of [rich(), plain()])
      expect(
        text(
          lostScreen(
            analysisView({ known: knownView({ question: { ask: 'Which?', answer: 1, choices } }) }),
            look,
          ),
        ),
      ).toMatch(/1\)a\.ts:2:?a\(\);2\)b\.ts:2:?b\(\);/);
  });

  it('stays within a screen at 80 columns', () => {
    expect(lostScreen(analysisView(), rich()).length).toBeLessThanOrEqual(14);
    expect(
      lostScreen(analysisView({ known: null, outOfBook: outOfBookView() }), rich()).length,
    ).toBeLessThanOrEqual(22);
  });

  it('shows a small change since a probe held, and only says so of a large one', () => {
    const at = (n: number) => {
      const lines = Array.from({ length: n }, (_, i) => `+line${i}();`);
      return text(
        lostScreen(
          analysisView({
            heldBefore: {
              probe: 'works',
              at: 2,
              hunks: n === 0 ? [] : [{ file: 'club.ts', line: 1, lines }],
            },
          }),
          rich(),
        ),
      );
    };
    expect(at(12)).toContain('worksheldatmove2.Sincethen:+line0();');
    for (const n of [0, 13]) expect(at(n)).toContain('worksheldatmove2.Muchhaschangedsince:[d]showsit.');
  });

  it('is never a verdict alone: it says what happened, in every case', () => {
    for (const v of [
      analysisView(),
      analysisView({ known: null, outOfBook: outOfBookView() }),
      analysisView({ known: null, verdict: 'tampering' }),
    ]) {
      expect(lostScreen(v, rich()).length).toBeGreaterThan(4);
    }
  });
});

describe('the second half', () => {
  it('has at most twelve lines at 80 columns', () => {
    for (const read of [
      { choice: 2, right: true },
      { choice: 0, right: false },
      { choice: null, right: false },
    ]) {
      expect(toldScreen(analysisView({ read }), rich()).length).toBeLessThanOrEqual(12);
    }
  });

  it('says line, mistake, principle, belief and what lies behind, in this order', () => {
    for (const look of [rich(), plain()]) {
      const told = text(toldScreen(analysisView({ read: { choice: 2, right: true } }), look));
      const places = [
        'Yes:3,line39',
        'for(constmoflate)',
        'late-execution',
        'Principle',
        'Belief',
        'Behindit',
      ].map((s) => told.indexOf(s));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });

  it('praises nobody and blames nobody', () => {
    for (const read of [
      { choice: 2, right: true },
      { choice: 0, right: false },
    ])
      expect(bare(toldScreen(analysisView({ read }), rich()))).not.toMatch(
        /!|well done|wrong|sorry|forgot|simply/i,
      );
  });
});

describe('a frame of code', () => {
  const marked = (line: string, start: number, end: number): CodeLine => ({
    file: 'club.ts',
    line: 7,
    text: line,
    marked: true,
    span: [start, end],
  });
  /** what stands above the marker */
  function underlined(lines: readonly string[]): string {
    const at = lines.findIndex((l) => /│ .*\^/.test(l));
    const [from, to] = [
      stringWidth(lines[at]!.slice(0, lines[at]!.indexOf('^'))),
      stringWidth(lines[at]!.slice(0, lines[at]!.lastIndexOf('^') + 1)),
    ];
    let out = '';
    let column = 0;
    for (const { segment } of new Intl.Segmenter().segment(lines[at - 1]!)) {
      if (column >= from && column < to) out += segment;
      column += stringWidth(segment);
    }
    return out;
  }

  it.each<[string, string, string]>([
    ['blanks', '      db.run(today);', 'db.run(today)'],
    ['tabs', '\t\tdb.run(today);', 'db.run(today)'],
    ['tabs inside', 'a\t= db.run(today);', 'db.run(today)'],
    ['wide characters in front', 'const 漢字 = db.run(today);', 'db.run(today)'],
    ['an emoji in front', 'say("👩‍👩‍👧‍👦🎉"); db.run(today);', 'db.run(today)'],
    ['wide characters in it', 'f(); 検索(漢字);', '検索(漢字)'],
    ['a control character in front', 'a("\u0007\u001b[31m"); db.run(today);', 'db.run(today)'],
    ['a long line in front', `const x = "${'y'.repeat(300)}"; db.run(today);`, 'db.run(today)'],
    [
      'a long line of wide characters in front',
      `const x = "${'漢'.repeat(151)}"; db.run(today);`,
      'db.run(today)',
    ],
  ])('marks what it means with %s', (_, line, part) => {
    const start = line.lastIndexOf(part);
    for (const w of WIDTHS) {
      expect(
        underlined(frameLines([code(6, '  before();'), marked(line, start, start + part.length)], rich(w))),
      ).toBe(part);
      expect(bare(frameLines([marked(line, start, start + part.length)], coloured(w)))).toBe(
        bare(frameLines([marked(line, start, start + part.length)], rich(w))),
      );
    }
  });

  it('marks the same when the indentation that all lines share is dropped', () => {
    for (const line of ['          db.run(today);', '\t\t\tdb.run(today);']) {
      const start = line.indexOf('db');
      expect(underlined(frameLines([marked(line, start, start + 13)], rich()))).toBe('db.run(today)');
    }
  });

  it('drops the indentation that all lines share and keeps the rest', () => {
    const lines = frameLines([code(1, '        a {'), code(2, '          b'), code(3, '')], rich());
    expect(lines.map((l) => l.replace(/^.*│/, ''))).toEqual(['   a {', '     b', '']);
  });

  it('shows where it is: file and line, in both looks', () => {
    for (const w of WIDTHS) {
      expect(text(frameLines([marked('  go();', 2, 6)], rich(w)))).toContain('club.ts:7');
      expect(text(frameLines([marked('  go();', 2, 6)], plain(w)))).toContain('Markedline7ofclub.ts:go();');
    }
    expect(text(frameLines([marked('  f(go());', 4, 8)], plain()))).toContain('(thepartgo())');
  });

  it('never breaks, whatever the line and the span', () => {
    const bit = fc.constantFrom('a', '\t', '漢', '👩‍👩‍👧‍👦', ' ', '`', '"', '\u001b', '/', '*', '\u0301', '\ud800');
    fc.assert(
      fc.property(
        fc.array(bit, { maxLength: 120 }),
        fc.nat(120),
        fc.nat(120),
        fc.constantFrom(40, 80),
        (parts, a, b, w) => {
          const line = parts.join('');
          for (const look of [rich(w), coloured(w), plain(w)]) {
            for (const l of frameLines(
              [marked(line, Math.min(a, b), Math.max(a, b) + 1), code(8, line)],
              look,
            ))
              expect(stringWidth(l)).toBeLessThanOrEqual(w);
          }
        },
      ),
    );
  });
});

describe('facts', () => {
  const options = { decisive: -1, lines: true };

  it('put statements that repeat from one line into one row, and no others', () => {
    const at = (line: number) => ({ near: frame(line), cause: frame(line) });
    const facts = [
      ...Array.from({ length: 50 }, (_, i) => sql(i + 2, SELECT, { rows: 1, site: at(9) })),
      sql(52, SELECT, { rows: 1, site: at(10) }),
    ];
    const lines = factLines(facts, { ...options, decisive: 30 }, rich(200));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^ > 2–51 +50 × SELECT .* 50 rows +line 9$/);
    expect(lines[1]).toMatch(/^ {3}52 +SELECT .* 1 row +line 10$/);
    expect(factLines(facts, { ...options, decisive: 30 }, plain(200))[0]).toMatch(
      /^ 2 to 51: 50 times SELECT/,
    );
  });

  it('keep different statements from one line apart', () => {
    const site = { near: frame(9), cause: frame(9) };
    expect(factLines([sql(1, UPDATE, { site }), sql(2, SELECT, { site })], options, rich(200))).toHaveLength(
      2,
    );
  });

  it('say what a statement did: rows read, rows changed, an error, nothing for a transaction’s own', () => {
    const effect = (text: string, more = {}) =>
      factLines([sql(1, text, { site: null, ...more })], options, rich(200))[0]!.trim();
    expect(effect(UPDATE, { changes: 1 })).toMatch(/1 row changed$/);
    expect(effect(`${UPDATE} RETURNING id`, { rows: 2, changes: 2 })).toMatch(/2 rows changed$/);
    expect(effect(SELECT, { rows: 0 })).toMatch(/0 rows$/);
    expect(effect(SELECT, { error: 'database is not open' })).toMatch(/database is not open$/);
    expect(effect('BEGIN IMMEDIATE')).toBe('1  BEGIN IMMEDIATE');
  });

  it('name files where lines of several play a part', () => {
    const facts = [sql(1, SELECT, { site: { near: frame(3, 'store.ts'), cause: frame(9, 'club.ts') } })];
    for (const look of [rich(), plain()])
      expect(text(factLines(facts, options, look))).toContain('store.ts:3,runbyclub.ts:9');
  });

  it('mark the one that loses, by a sign or in words', () => {
    const facts = [sql(1, UPDATE), sql(2, SELECT)];
    expect(factLines(facts, { decisive: 1, lines: false }, rich()).map((l) => l.slice(0, 3))).toEqual([
      '   ',
      ' > ',
    ]);
    expect(text(factLines(facts, { decisive: 1, lines: false }, plain()))).toMatch(
      /rowschanged2:.*\(thisoneloses\)$/,
    );
    expect(text(factLines(facts, { decisive: -1, lines: false }, plain()))).not.toContain('loses');
  });

  it('show every SQL text whole in plain text, and in rich where there is room', () => {
    for (const w of WIDTHS)
      expect(text(factLines([sql(1, SELECT)], options, plain(w)))).toContain(packed(SELECT));
    expect(text(factLines([sql(1, SELECT)], { decisive: -1, lines: false }, rich(40)))).toContain(
      packed('SELECT id, name'),
    );
  });
});

it('keeps the blanks of what was handed over, and puts it on one line', () => {
  const fact = {
    kind: 'call',
    call: "annotate(['   ',\n ' * '])",
    back: "'  1'",
    at: 1,
    site: null,
  } as const;
  for (const look of [rich(), plain()])
    expect(bare(factLines([fact], { decisive: -1, lines: false }, look))).toMatch(
      /annotate\(\['   ', ' \* '\]\).*' {2}1'/,
    );
});

describe('expected and actual', () => {
  it('shows the difference of two long lines, not what they share', () => {
    const [a, b] = [`${'x'.repeat(400)}<b>Ann</b>`, `${'x'.repeat(400)}&lt;b>Ann</b>`];
    for (const w of WIDTHS) {
      for (const look of [rich(w), plain(w)]) {
        const shown = text(textDiff(a, b, look));
        expect(shown).toContain('<b>Ann</b>');
        expect(shown).toContain('&lt;b>Ann</b>');
      }
    }
  });

  it('says which is which without colour, and makes empty lines visible', () => {
    expect(bare(textDiff('a\n\nb', 'a\nb', rich()))).toMatch(/expected - \(empty line\)/);
    expect(bare(textDiff('a', 'b', rich()))).toBe('   expected - a\n   got      + b');
    expect(bare(textDiff('a', 'b', plain()))).toBe(' expected: a\n got: b');
  });

  it('is short, however much differs', () => {
    const many = (word: string) => Array.from({ length: 500 }, (_, i) => `${word} ${i}`).join('\n');
    expect(textDiff(many('a'), many('b'), rich()).length).toBeLessThanOrEqual(13);
  });
});

describe('a diff', () => {
  it('has signs in rich text and words in plain text', () => {
    const hunk = { lines: [' same();', '-old();', '+\tnew();'] };
    expect(diffLines(hunk, rich())).toEqual(['     same();', '   - old();', '   +     new();']);
    expect(diffLines(hunk, plain())).toEqual(['   same: same();', '   removed: old();', '   added: new();']);
  });
});
