import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBrief } from './brief.ts';

const BRIEF = `# Know at which line the database is asked

A secretary clicks.
Two hundred people are suspended.

A week *later*.

## Contract

1. \`overdue(today)\` lists the members.
2. A list says who was overdue
   at that moment: 3. or 4. of them.

3. It takes a while. *(not judged)*
10. The tenth.

## Interface

1. not a sentence
`;

describe('a brief', () => {
  it.each([
    ['LF', BRIEF],
    ['CRLF', BRIEF.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${BRIEF}`],
  ])('is cut into title, story and numbered sentences, with %s', (_, text) => {
    expect(parseBrief(text)).toEqual({
      title: 'Know at which line the database is asked',
      story: ['A secretary clicks. Two hundred people are suspended.', 'A week *later*.'],
      sentences: [
        { n: 1, text: '`overdue(today)` lists the members.', judged: true },
        { n: 2, text: 'A list says who was overdue at that moment: 3. or 4. of them.', judged: true },
        { n: 3, text: 'It takes a while.', judged: false },
        { n: 10, text: 'The tenth.', judged: true },
      ],
    });
  });

  it('ends a sentence at a paragraph that is none', () => {
    expect(
      parseBrief('## Contract\n\n1. One.\n\nNothing to do with it.\n\n2. Two.').sentences.map((s) => s.text),
    ).toEqual(['One.', 'Two.']);
  });

  it.each([
    ['', { title: '', story: [], sentences: [] }],
    ['no title, only text', { title: '', story: ['no title, only text'], sentences: [] }],
    ['# T\n\n## Contract', { title: 'T', story: [], sentences: [] }],
    ['# T\n\n## Interface\n\n1. x', { title: 'T', story: [], sentences: [] }],
    ['## contract\n1. One.', { title: '', story: [], sentences: [{ n: 1, text: 'One.', judged: true }] }],
  ])('comes out empty where parts are missing: %j', (text, expected) => {
    expect(parseBrief(text)).toEqual(expected);
  });

  it('takes no longer than a moment for hostile text', () => {
    const begun = performance.now();
    for (const part of ['\n', ' \n', '1. \n', '1. x\n\n', '## ', '## contract\n1. ', '\t'])
      parseBrief(`# T\n## Contract\n1. a\n${part.repeat(5000)}x`);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '# ',
      '## ',
      '## Contract\n',
      '1. ',
      '2. x',
      '\n',
      '\r\n',
      '*(not judged)*',
      ' ',
      'word',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        for (const s of parseBrief(parts.join('')).sentences) expect(Number.isInteger(s.n)).toBe(true);
      }),
    );
  });
});
