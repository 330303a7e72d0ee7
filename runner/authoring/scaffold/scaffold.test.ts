import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newKata } from '../../commands/new-kata.ts';
import { createLanes } from '../../engine/lanes.ts';
import { KibitzerError } from '../../errors.ts';
import { ioOf, type Io } from '../../io.ts';
import { problemWords } from '../../screen/problems.ts';
import { findKatas } from '../../store/katas.ts';
import { listRows } from '../../views.ts';
import { readWorkspace } from '../../workspace.ts';
import { checkKata } from '../check-kata.ts';
import { declarationOf } from './declaration.ts';
import { asked } from './scaffold.ts';
import { temporaryHome } from './testing.ts';

/** A command's output, and where it goes. */
function recorded(json = false): { io: Io; said: string[]; documents: object[] } {
  const said: string[] = [];
  const documents: object[] = [];
  const io: Io = {
    ...ioOf({ json, plain: true, color: false, width: 80 }),
    print: (lines) => void said.push(...lines),
    document: (value) => void documents.push(value),
  };
  return { io, said, documents };
}

async function refusal(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof KibitzerError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

test('a new kata lacks only what its author writes', { timeout: 300_000 }, async () => {
  using at = temporaryHome();
  const engine = createLanes(1);
  try {
    await newKata(recorded().io, 'guest-list', { track: 'structure' }, at);
    const { problems, judged } = await checkKata(engine, (await findKatas(at.home))[0]!);
    expect(new Set(problems.map((p) => p.code))).toEqual(new Set(['unwritten']));
    const told = problems.map((p) => `${p.where}: ${problemWords(p)}`);
    expect(told).toContain(
      'solutions/notes.md:3: to write: the idea: where to look, without saying what to do; it opens first',
    );
    // each file has its part
    const named = new Set(problems.map((p) => p.where.replace(/:\d+$/, '')));
    expect([...named].sort()).toEqual([
      'brief.md',
      'cards.ts',
      'kata.ts',
      'mistakes.ts',
      'moves/first-mistake/half-repaired/code.ts',
      'probes.ts',
      'solutions/alternatives/another/code.ts',
      'solutions/notes.md',
      'solutions/reference/code.ts',
      'starter/code.ts',
    ]);
    expect(judged.map((one) => one.verdict.kind)).toEqual(['lost', 'won', 'won', 'lost']);
  } finally {
    engine.close();
  }
});

test('what is printed and what is found afterwards', async () => {
  using at = temporaryHome();
  const { io, said } = recorded();
  const title = "Keep a guest's name as it is.";
  expect(await newKata(io, 'first-one', { track: 'under-load', title }, at)).toBe(0);
  expect(said.join('\n')).toContain('`kibitzer check first-one`');

  const json = recorded(true);
  await newKata(json.io, 'second-one', { track: 'structure' }, at);
  expect(json.documents).toEqual([
    expect.objectContaining({
      schema: 'kibitzer/new-kata@1',
      id: 'second-one',
      order: 2,
      folders: { kata: 'katas/structure/second-one', solutions: 'solutions/structure/second-one' },
    }),
  ]);

  const rows = listRows(await readWorkspace(at));
  expect(rows.map((r) => [r.id, r.track])).toEqual([
    ['first-one', 'under-load'],
    ['second-one', 'structure'],
  ]);
  expect(rows[0]!.promise).toBe("Keep a guest's name as it is");
  const brief = readFileSync(path.join(at.home, 'katas/under-load/first-one/brief.md'), 'utf8');
  expect(brief.split('\n')[0]).toBe("# Keep a guest's name as it is");
});

describe('refused, with nothing written', () => {
  test.each([
    ['Guest-List', 'structure', 'KATA_ID_INVALID'],
    ['guest_list', 'structure', 'KATA_ID_INVALID'],
    ['-guests', 'structure', 'KATA_ID_INVALID'],
    ['../guests', 'structure', 'KATA_ID_INVALID'],
    ['', 'structure', 'KATA_ID_INVALID'],
    ['a'.repeat(41), 'structure', 'KATA_ID_INVALID'],
    ['guests', 'structures', 'TRACK_UNKNOWN'],
  ])('%s in %s', async (id, track, code) => {
    using at = temporaryHome();
    expect(await refusal(() => newKata(recorded().io, id, { track }, at))).toBe(code);
    expect(readdirSync(at.home)).toEqual(['node_modules']);
  });

  test.each([['  '], ['Why?'], ['Two\nlines'], ['x'.repeat(91)]])('the title %j', async (title) => {
    expect(await refusal(() => asked({ id: 'guests', track: 'structure', title }, [], 1))).toBe(
      'TITLE_INVALID',
    );
  });

  test('an id that is taken, in whatever track', async () => {
    using at = temporaryHome();
    await newKata(recorded().io, 'guests', { track: 'structure' }, at);
    const again = (track: string) => newKata(recorded().io, 'guests', { track }, at);
    expect(await refusal(() => again('structure'))).toBe('KATA_EXISTS');
    expect(await refusal(() => again('under-load'))).toBe('KATA_EXISTS');
    expect(existsSync(path.join(at.home, 'katas/under-load'))).toBe(false);
  });

  test('a folder that is there, though it is no kata', async () => {
    using at = temporaryHome();
    mkdirSync(path.join(at.home, 'katas/structure/guests'), { recursive: true });
    expect(await refusal(() => newKata(recorded().io, 'guests', { track: 'structure' }, at))).toBe(
      'KATA_EXISTS',
    );
    expect(existsSync(path.join(at.home, 'solutions'))).toBe(false);
  });
});

test.each([
  ["Keep a guest's name", `promise: "Keep a guest's name",`],
  [`A "guest's" name`, `promise: 'A "guest\\'s" name',`],
  ['C:\\new', `promise: 'C:\\\\new',`],
])('the promise %s is written as the formatter leaves it', (promise, written) => {
  expect(declarationOf({ id: 'guests', track: 'structure', order: 1, promise })).toContain(`  ${written}\n`);
});
