import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNotes } from './notes.ts';

const NOTES = `# lazy-query

## Idea

Put a finger on the line
where rows first exist.

## Plan

Read once.

Hand out values.

## Designs

### reference — one statement — does both

The database changes rows
and says which.

Trades: nothing that matters;
needs RETURNING.

Why:

- \`RETURNING\` — the statement that did the work
  says who it was
- \`\`a \` b\`\` – a back tick
- \`*\` - anything else

### guarded-updates - a guarded update per member

About.
`;

describe('notes', () => {
  it.each([
    ['LF', NOTES],
    ['CRLF', NOTES.replaceAll('\n', '\r\n')],
  ])('are read with %s', (_, text) => {
    expect(parseNotes(text)).toEqual({
      idea: 'Put a finger on the line where rows first exist.',
      plan: 'Read once.\n\nHand out values.',
      designs: [
        {
          name: 'reference',
          title: 'one statement — does both',
          about: 'The database changes rows and says which.',
          trades: 'nothing that matters; needs RETURNING.',
          why: [
            { anchor: 'RETURNING', reason: 'the statement that did the work says who it was' },
            { anchor: 'a ` b', reason: 'a back tick' },
            { anchor: '*', reason: 'anything else' },
          ],
        },
        {
          name: 'guarded-updates',
          title: 'a guarded update per member',
          about: 'About.',
          trades: '',
          why: [],
        },
      ],
    });
  });

  it.each([
    ['', { idea: '', plan: '', designs: [] }],
    ['## Idea', { idea: '', plan: '', designs: [] }],
    ['## Plan\nGo.', { idea: '', plan: 'Go.', designs: [] }],
    [
      '## Designs\n### reference',
      { idea: '', plan: '', designs: [{ name: 'reference', title: '', about: '', trades: '', why: [] }] },
    ],
    [
      '## Designs\n### a-b\nText.',
      { idea: '', plan: '', designs: [{ name: 'a-b', title: '', about: 'Text.', trades: '', why: [] }] },
    ],
  ])('come out empty where parts are missing: %j', (text, expected) => {
    expect(parseNotes(text)).toEqual(expected);
  });

  it('never throw, and take no longer than a moment', () => {
    const piece = fc.constantFrom(
      '## Designs\n',
      '### ',
      'x — y',
      'Trades:',
      'Why',
      '\n',
      '- `',
      '` — ',
      '```',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        expect(parseNotes(parts.join('')).designs).toBeInstanceOf(Array);
      }),
    );
    const begun = performance.now();
    for (const part of ['\n', '- `', '`', '- `a` — ', 'Why\n', ' —', '### \n'])
      parseNotes(`## Designs\n### r\nWhy\n${part.repeat(4000)}`);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
