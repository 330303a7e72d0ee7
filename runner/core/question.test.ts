import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesToAsk } from './question.ts';
import { frame } from './testing.ts';

const ASK = 'Which of these lines did it?';
const lines = (q: ReturnType<typeof linesToAsk>) => q?.choices.map((c) => c.line);

describe('the question about a line', () => {
  it('offers lines the evidence names before lines nearby, in the order of the file', () => {
    const file = Array.from({ length: 30 }, (_, i) => `call(${i + 1});`).join('\n');
    const q = linesToAsk(ASK, frame(10), [frame(28), frame(2)], { 'club.ts': file });
    expect([lines(q), q!.answer]).toEqual([[2, 10, 28], 1]);
  });

  it('fills up with lines nearby that do something', () => {
    const file = [
      "import x from 'x';",
      '',
      '// a comment',
      'call(1);',
      '  }',
      'call(2);',
      '});',
      'try {',
      'return {',
      '} else {',
      'call(3);',
      '',
    ].join('\n');
    expect(lines(linesToAsk(ASK, frame(6), [], { 'club.ts': file }))).toEqual([4, 6, 11]);
  });

  it('does not offer other lines of the same statement, even if the evidence names them', () => {
    const file = ['const rows = db', '  .prepare(text)', '  .all(today);', 'send(rows);'].join('\n');
    expect(lines(linesToAsk(ASK, frame(3), [frame(2), frame(1)], { 'club.ts': file }))).toEqual([3, 4]);
  });

  it('does not offer the inside of a template, a call or a comment', () => {
    const file = [
      'const text = `',
      "  UPDATE member SET status = 'suspended'",
      '  WHERE id = ${id}',
      '`;',
      '/* what',
      '   it does */',
      'run(text);',
      'send(',
      '  first,',
      '  second,',
      ');',
      'rows.map((row) => {',
      "  log(row.name.replace(/[`'(]/g, ''));",
      '});',
    ].join('\n');
    expect(lines(linesToAsk(ASK, frame(7), [], { 'club.ts': file }))).toEqual([7, 8, 12]);
    expect(lines(linesToAsk(ASK, frame(13), [], { 'club.ts': file }))).toEqual([8, 12, 13]);
  });

  it('never offers a line that would be right as well', () => {
    const file = 'a();\nb();\nc();\nd();\n';
    expect(lines(linesToAsk(ASK, frame(2), [frame(3)], { 'club.ts': file }, [frame(3)]))).toEqual([1, 2, 4]);
  });

  it('asks nothing when there are fewer than two lines, or the right one does not exist', () => {
    expect(linesToAsk(ASK, frame(1), [], { 'club.ts': 'only();\n' })).toBeNull();
    expect(linesToAsk(ASK, frame(9), [], { 'club.ts': 'a();\nb();\n' })).toBeNull();
    expect(linesToAsk(ASK, frame(1, 'gone.ts'), [], { 'club.ts': 'a();\nb();\n' })).toBeNull();
  });

  it('takes lines with CRLF for what they are', () => {
    expect(lines(linesToAsk(ASK, frame(1), [], { 'club.ts': 'a();\r\n});\r\n\r\nb();\r\n' }))).toEqual([
      1, 4,
    ]);
  });

  it('orders choices of several files by file, then by line', () => {
    const q = linesToAsk(ASK, frame(2, 'b.ts'), [frame(1, 'b.ts'), frame(3, 'a.ts')], {
      'a.ts': 'x();\ny();\nz();\n',
      'b.ts': 'x();\ny();\n',
    });
    expect(q!.choices.map((c) => `${c.file}:${c.line}`)).toEqual(['a.ts:3', 'b.ts:1', 'b.ts:2']);
    expect(q!.answer).toBe(2);
  });

  const code = fc.constantFrom(
    'call();',
    '  }',
    '',
    '// note',
    'const a = `',
    '`;',
    'f(',
    ')',
    "s = '(';",
    'x = /[`"]/.test(y);',
    '.all()',
    '{',
    '/*',
    '*/',
    '\u{1f600}();',
    '\\',
  );
  it('has two or three different lines that exist, the right one among them, for any file', () => {
    fc.assert(
      fc.property(
        fc.array(code, { minLength: 1, maxLength: 20 }),
        fc.nat(20),
        fc.array(fc.nat(25)),
        fc.array(fc.nat(25)),
        (text, right, namedLines, also) => {
          const files = { 'club.ts': text.join('\n') };
          const at = frame(right + 1);
          const ask = () =>
            linesToAsk(
              ASK,
              at,
              namedLines.map((n) => frame(n)),
              files,
              also.map((n) => frame(n)),
            );
          const q = ask();
          expect(ask()).toEqual(q);
          if (!q) return;
          expect([2, 3]).toContain(q.choices.length);
          expect(q.choices[q.answer]).toEqual(at);
          expect(q.choices.filter((c) => c.line === at.line)).toHaveLength(1);
          const numbers = q.choices.map((c) => c.line);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          for (const c of q.choices) {
            expect(text[c.line - 1]?.trim()).toBeTruthy();
            if (c.line !== at.line) expect(also).not.toContain(c.line);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
