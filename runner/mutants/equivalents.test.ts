import { describe, expect, test } from 'vitest';
import { matchEquivalents, parseEquivalents, type Equivalent, type Tried } from './equivalents.ts';

const WHY = 'nobody can tell the one from the other';

function entry(more: Partial<Equivalent>): Equivalent {
  return { was: 'f(1);', becomes: 'f(2);', is: 'same', why: WHY, ...more };
}

function tried(more: Partial<Tried['mutant']> & { design?: string; survived?: boolean } = {}): Tried {
  const { design = 'reference', survived = true, ...mutant } = more;
  return { design, survived, mutant: { within: 'f', was: 'f(1);', becomes: 'f(2);', ...mutant } };
}

/** Codes of the problems, and how many survivors each entry stands for. */
function matched(
  entries: readonly Equivalent[],
  all: readonly Tried[],
): { codes: string[]; covered: number } {
  const { of, problems } = matchEquivalents(entries, all);
  return { codes: problems.map((p) => p.code), covered: of.size };
}

describe('an entry stands for survivors with the same lines', () => {
  test('wherever in the file they are, in every design that has them', () => {
    expect(matched([entry({})], [tried(), tried({ design: 'other' })])).toEqual({ codes: [], covered: 2 });
  });

  test('only in the designs it names', () => {
    const all = [tried(), tried({ design: 'other' })];
    expect(matched([entry({ designs: ['other'] })], all)).toEqual({ codes: [], covered: 1 });
  });

  test('on its own, a place stands for everything in it', () => {
    const place: Equivalent = { within: 'f', is: 'unpromised', why: WHY };
    const all = [tried(), tried({ within: 'f.g', was: 'x', becomes: 'y' }), tried({ within: 'fg' })];
    expect(matched([place], all)).toEqual({ codes: [], covered: 2 });
  });
});

describe('an entry that does not fit any more is reported', () => {
  test('stale: no design has such lines', () => {
    expect(matched([entry({ was: 'f(3);' })], [tried()])).toEqual({ codes: ['stale'], covered: 0 });
    expect(matched([entry({ becomes: 'f(3);' })], [tried()])).toEqual({ codes: ['stale'], covered: 0 });
    expect(matched([entry({ designs: ['gone'] })], [tried()])).toEqual({ codes: ['stale'], covered: 0 });
    expect(matched([entry({ within: 'g' })], [tried()])).toEqual({ codes: ['stale'], covered: 0 });
  });

  test('killed: the probes tell it from its design', () => {
    expect(matched([entry({})], [tried({ survived: false })])).toEqual({ codes: ['killed'], covered: 0 });
  });

  test('ambiguous: two places of one design have these lines, until it says which', () => {
    const all = [tried(), tried({ within: 'g' })];
    expect(matched([entry({})], all)).toEqual({ codes: ['ambiguous'], covered: 0 });
    expect(matched([entry({ within: 'g' })], all)).toEqual({ codes: [], covered: 1 });
  });
});

describe('the file', () => {
  test('is a list of entries', () => {
    const text = JSON.stringify([entry({}), { within: 'STYLE', is: 'unpromised', why: WHY }]);
    expect(parseEquivalents(text)).toHaveLength(2);
  });

  test.each([
    ['no reason', [{ was: 'a', becomes: 'b', is: 'same', why: '' }]],
    ['half a change', [{ was: 'a', is: 'same', why: WHY }]],
    ['nowhere', [{ is: 'same', why: WHY }]],
    ['another kind', [{ was: 'a', becomes: 'b', is: 'fine', why: WHY }]],
    ['a misspelt field', [{ was: 'a', becomes: 'b', is: 'same', why: WHY, design: 'x' }]],
    ['no list', {}],
  ])('%s is refused', (_what, value) => {
    expect(() => parseEquivalents(JSON.stringify(value))).toThrow();
  });
});
