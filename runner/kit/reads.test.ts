import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Reads } from './reads.ts';
import { setTable } from './table.ts';
import type * as Code from './fixtures/reads-code.ts';

const NOTE: Code.Note = { name: 'Ann', text: 'good (1)', stars: 3 };
const number = (value: string, n: number): string => value.replace('(1)', `(${n})`);

setTable({
  root: path.join(import.meta.dirname, 'fixtures'),
  entry: '',
  sources: null,
  scorer: null,
  known: new Map(),
  seed: 1,
});
// loaded by Node itself, as in the engine: through vite lines would be those of the transformed text
const code = createRequire(import.meta.url)('./fixtures/reads-code.ts') as typeof Code;
let reads: Reads;

beforeEach(() => {
  reads = new Reads();
});

const lines = (): [string, number | undefined][] => reads.facts.map((f) => [f.what, f.site?.near.line]);

test('a watched object is data to the code that gets it', () => {
  const watched = reads.watch(NOTE);
  expect(Object.getPrototypeOf(watched)).toBe(Object.prototype);
  expect(code.spread(watched)).toEqual(NOTE);
  expect(code.json([watched])).toBe(JSON.stringify([NOTE]));
  expect(code.cloned(watched)).toEqual(NOTE);
  expect(code.assigned(watched)).toEqual(NOTE);
  expect(code.pairs(watched)).toEqual(['name=Ann', 'text=good (1)', 'stars=3']);
  expect(code.keys(watched)).toEqual(['name', 'text', 'stars', 'name', 'text', 'stars']);
  expect(inspect(watched)).toBe(inspect(NOTE));
  expect(code.direct(code.frozen(watched))).toBe(NOTE.text);
});

test('each read is noted with the line that is written there, inside a template too', () => {
  code.inTemplate(reads.watch(NOTE));
  expect(lines()).toEqual([
    ['name', 12],
    ['text', 13],
  ]);
  expect(reads.facts[0]).toMatchObject({
    kind: 'read',
    site: { near: { file: 'reads-code.ts', fn: 'inTemplate' } },
  });
});

test('reads inside built-in functions belong to the line that called them', () => {
  code.json([reads.watch(NOTE)]);
  code.destructured(reads.watch(NOTE));
  expect(lines()).toEqual([
    ['name', 18],
    ['text', 18],
    ['stars', 18],
    ['name', 24],
    ['text', 24],
  ]);
});

test('a number leads from the result back to the read', () => {
  const [first, second] = code.twice(reads.watch(NOTE, number));
  expect([first, second]).toEqual(['good (1)', 'good (2)']);
  expect(reads.site(2, 'text')?.near.line).toBe(30);
  expect(reads.site(2, 'name')).toBeNull();
  expect(reads.site(3, 'text')).toBeNull();
});

test('without numbers every read gives the same, and values that are no text are left alone', () => {
  const watched = reads.watch(NOTE);
  expect(code.twice(watched)).toEqual(['good (1)', 'good (1)']);
  expect(code.spread(reads.watch(NOTE, number)).stars).toBe(3);
});

test('one line only is a place; several are none, unless the others are accounted for', () => {
  code.direct(reads.watch(NOTE));
  code.direct(reads.watch(NOTE));
  expect(reads.only('text')?.near.line).toBe(8);
  expect(reads.only('name')).toBeNull();
  code.json([reads.watch(NOTE)]);
  expect(reads.only('text')).toBeNull();
  expect(reads.only('text', new Set([4]))?.near.line).toBe(8);
  expect(reads.places().map((f) => [f.what, f.site?.near.line])).toEqual([
    ['text', 8],
    ['name', 18],
    ['text', 18],
    ['stars', 18],
  ]);
});

test('what is written stays written, and ends the numbers; the plain object is untouched', () => {
  expect(code.rewritten(reads.watch(NOTE, number))).toEqual(['GOOD (1)', 'GOOD (1)']);
  expect(NOTE.text).toBe('good (1)');
});

test('a loop that reads until nothing changes comes to its end', () => {
  expect(code.untilStable(reads.watch(NOTE, number))).toBeLessThan(600);
});

test('the probe itself may look without leaving a trace', () => {
  const watched = reads.watch(NOTE, number);
  expect(watched.text).toBe('good (1)');
  expect(reads.facts).toEqual([]);
});

test('clear forgets, and numbers begin again', () => {
  code.direct(reads.watch(NOTE, number));
  reads.clear();
  expect(code.direct(reads.watch(NOTE, number))).toBe('good (1)');
  expect(reads.facts).toHaveLength(1);
});

test('a function that is handed in notes the line that calls it, with what it was asked', () => {
  const reader = reads.calls('reader', (name: string, n: number) => `${name} ${n}`);
  expect(reader('Bob', 1)).toBe('Bob 1');
  expect(reads.facts).toEqual([]);
  expect(code.asks(reader)).toBe('Ann 7');
  expect(reads.facts).toMatchObject([
    { what: 'reader', detail: 'Ann, 7', site: { near: { file: 'reads-code.ts', fn: 'asks' } } },
  ]);
});
