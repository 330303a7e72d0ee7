import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { chained, type Files, type Skip, type Variant } from './variant.ts';
import { RUNS, WAYS, type Way } from './ways.ts';

const home = mkdtempSync(path.join(tmpdir(), 'kibitzer-ways-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let runs = 0;

/** A program with what renaming, reformatting and moving code trip over; `answer` tells what it computes. */
const TRICKY = `import { join as glue, sep } from 'node:path';
import type { Stats } from 'node:fs';

/** a comment with { brackets ( in it */
interface Row { id: number; label: string }
type Pair<A, B = string> = [A, B];

const needle = 'it is here';
let count = 0;
const TABLE: Row[] = [
  { id: 1, label: 'one' },
  { id: 2, label: "it's two" },
]; // a comment behind code

abstract class Furniture {
  material = 'wood';
  abstract get size(): number;
}

class Shelf<T extends Row> extends Furniture implements Iterable<T> {
  static made = 0;
  readonly #rows: T[];
  label = 'shelf';

  constructor(rows: T[]) {
    super();
    this.#rows = rows;
    Shelf.made++;
  }

  *[Symbol.iterator](): Iterator<T> {
    yield* this.#rows;
  }

  get size(): number { return this.#rows.length }

  static of(...rows: Row[]): Shelf<Row> {
    return new Shelf(rows);
  }
}

function next(): number {
  count++;
  return count;
}

const describe = ({ id, label = 'none', ...rest }: Row & { extra?: number }): string =>
  \`\${id}: \${label
    .toUpperCase()} \${Object.keys(rest).join()}
  second line\`;

const fallback = (value?: string | null): string =>
  value
    ? value
    : 'nothing';

export function answer(id: number = 2): unknown[] {
  const seen: unknown[] = [];
  const shelf = Shelf.of(...TABLE);
  outer: for (const row of shelf) {
    for (const other of shelf) {
      if (other.id === row.id) continue outer;
      seen.push([row.id, other.id]);
    }
  }
  const { label } = TABLE.find((r) => r.id === id)!;
  const shorthand = { label, count: next(), seen: seen.length };
  try {
    throw new TypeError('thrown');
  } catch (error) {
    seen.push((error as Error).message);
  }
  const pattern = /[)\\]}'"]+/g;
  seen.push(
    label.replace(pattern, ''),
    shorthand,
    shelf.size,
    shelf.material,
    Shelf.made > 0,
    glue('a', 'b').split(sep).length,
    describe({ ...TABLE[0]!, extra: 1 }),
    fallback(null), fallback('x'),
    needle?.length, next() satisfies number,
    [1, 2, 3]
      .map((n) => n * 2)
      .filter((n) => n > 2),
    ((a: number, b = a) => a - b)(1),
    id === 2 ? 'two' : 'other',
  );
  return seen;
}
`;
const EXPORT_LIST = TRICKY.replace('export function answer', 'function answer') + '\nexport { answer };\n';

const program = (text: string): { files: Files; entry: string; exports: string[] } => ({
  files: { 'main.ts': text },
  entry: 'main.ts',
  exports: ['answer'],
});

function vary(way: Way, text: string): Variant {
  const variant = WAYS[way](program(text));
  if ('skipped' in variant) throw new Error(`skipped: ${variant.skipped}`);
  return variant;
}

/** What the program computes, run from files of its own. */
async function answerOf(files: Files): Promise<unknown> {
  const folder = mkdtempSync(path.join(home, `${++runs}-`));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  const url = pathToFileURL(path.join(folder, 'main.ts')).href;
  const { answer } = (await import(url)) as { answer(): unknown };
  return JSON.stringify(answer());
}

const ways = Object.keys(WAYS) as Way[];

describe.each(ways)('%s', (way) => {
  test('changes the text and not what the program does', async () => {
    const { files } = vary(way, TRICKY);
    expect(files['main.ts']).not.toBe(TRICKY);
    expect(await answerOf(files)).toBe(await answerOf({ 'main.ts': TRICKY }));
  });

  test('knows where a line came from', () => {
    const { files, from } = vary(way, TRICKY);
    for (const text of ['it is here', 'thrown', "it's two", 'nothing']) {
      const line = TRICKY.split('\n').findIndex((l) => l.includes(text)) + 1;
      const [file, lines] = Object.entries(files)
        .map(([f, t]) => [f, t.split('\n')] as const)
        .find(([, ls]) => ls.some((l) => l.includes(text)))!;
      const at = lines.findIndex((l) => l.includes(text));
      const column = lines[at]!.indexOf(text) + 1;
      expect(from({ file, line: at + 1, column, fn: null, isAsync: false })).toMatchObject({
        file: 'main.ts',
        line,
      });
    }
  });

  test('leaves out what is more than types', () => {
    const text = `enum Colour { Red }\nexport function answer() { return Colour.Red; }\n`;
    expect(WAYS[way](program(text))).toEqual({ skipped: 'not-erasable' } satisfies Skip);
  });
});

test.each(ways)('%s: two exports of one file', async (way) => {
  const text = `export function answer(): number { return twice(21); }\nexport function twice(n: number): number { return 2 * n; }\n`;
  const variant = WAYS[way]({ ...program(text), exports: ['answer', 'twice'] });
  if ('skipped' in variant) return expect(way).toMatch(/^in-a-/);
  expect(await answerOf(variant.files)).toBe('42');
});

test('all ways of a run go together', async () => {
  for (const { ways: together } of RUNS) {
    const variant = chained(together.map((way) => WAYS[way]))(program(TRICKY)) as Variant;
    expect(await answerOf(variant.files)).toBe(await answerOf({ 'main.ts': TRICKY }));
  }
  expect([...new Set(RUNS.flatMap((run) => run.ways))].toSorted()).toEqual(ways.toSorted());
});

describe('renamed', () => {
  test('keeps no local name', () => {
    const { files } = vary('renamed', EXPORT_LIST);
    const code = files['main.ts']!.replace(/'[^'\n]*'|"[^"\n]*"/g, '');
    expect(code).not.toMatch(/(?<![.#])\b(?:needle|TABLE|shelf|shorthand|fallback|glue|seen)\b(?!:)/);
    expect(code).toMatch(/export \{ v\d+ as answer \}/);
  });

  test('leaves out code whose names are read by eval', () => {
    const skip = WAYS.renamed(program(`export function answer() { const a = 1; return eval('a'); }`));
    expect(skip).toEqual({ skipped: 'eval' });
  });
});

describe('wrapping', () => {
  const SKIPPED: [why: Skip['skipped'], text: string][] = [
    ['no-direct-export', EXPORT_LIST],
    ['uses-this', `export function answer(this: { n: number }) { return this.n; }`],
    ['used-while-loading', `const early = answer();\nexport function answer() { return 1; }\nvoid early;`],
  ];
  test.each(SKIPPED)('leaves out what it could change: %s', (skipped, text) => {
    for (const way of ['in-a-class', 'in-a-closure'] as const)
      expect(WAYS[way](program(text))).toEqual({ skipped, name: 'answer' });
  });

  test.each([
    ['an async generator', `export async function* answer() { yield 1; }`],
    ['an arrow function', `export const answer = (n: number = 3): number => n;`],
    ['a class', `export class answer { static made = 1; n = 2; }`],
    ['a cast value', `export const answer = (() => 4) as unknown as () => string;`],
  ])('takes %s', (_, text) => {
    for (const way of ['in-a-class', 'in-a-closure'] as const)
      expect(vary(way, text).files['main.ts']).toMatch(/answer/);
  });
});

describe('in two files', () => {
  test('moves helpers, and leaves what others write to', () => {
    const { files } = vary('in-two-files', TRICKY);
    expect(Object.keys(files)).toEqual(['main.ts', 'main-part-2.ts']);
    expect(files['main-part-2.ts']).toMatch(/class Shelf/);
    // next() writes to it, so neither can go without the other
    expect(files['main.ts']).toMatch(/let count = 0/);
  });

  test('passes everything on where there is no helper', async () => {
    const text = `export const answer = () => 42;\n`;
    const { files } = vary('in-two-files', text);
    expect(files['main.ts']).toBe(`export * from './main-part-2.ts';\n`);
    expect(await answerOf(files)).toBe('42');
  });
});
