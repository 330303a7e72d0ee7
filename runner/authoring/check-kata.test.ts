import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { problemWords, type ProblemCode } from '../screen/problems.ts';
import { checkKata, type Checked } from './check-kata.ts';
import { createCheckingEngine } from './checking-engine.ts';
import { copySmallKata, type Copy } from './fixtures/copy.ts';

let engine: Engine;
let copy: Copy;
let edition = 0;
beforeAll(async () => {
  engine = createCheckingEngine({ fresh: true });
  copy = await copySmallKata();
});
afterAll(() => {
  engine.close();
  copy[Symbol.dispose]();
});
afterEach(() => copy.restore());

function check(again: boolean): Promise<Checked> {
  return checkKata(engine, copy.kata, { edition: ++edition, again });
}

/** Problems in one line each, for messages of failing tests. */
const said = (c: Checked): string[] => c.problems.map((p) => `${p.where}: ${p.code}: ${problemWords(p)}`);

const STARTER = 'kata/starter/counter.ts';
const MODULE = 'kata/moves/shared-total/total-in-the-module';
const OWN = 'kata/moves/inner-list/returns-its-own';
const REFERENCE = 'solutions/reference/counter.ts';

interface Broken {
  code: ProblemCode;
  where: string;
  args?: Record<string, string | number>;
  breaks(k: Copy): void;
}

/** One fault each, and the rule that finds it. */
const BROKEN: Record<string, Broken> = {
  'a book that does not parse': {
    code: 'unreadable',
    where: 'mistakes.ts',
    breaks: (k) => k.change('kata/mistakes.ts', 'export const mistakes = [', 'export const mistakes = [['),
  },
  'a declaration of another form': {
    code: 'wrong-form',
    where: 'kata.ts',
    breaks: (k) =>
      k.change('kata/kata.ts', "'Count for each caller apart'", "'Count for each caller apart.'"),
  },
  'an expect.json of another form': {
    code: 'wrong-form',
    where: 'moves/inner-list/returns-its-own/expect.json',
    breaks: (k) => k.change(`${OWN}/expect.json`, '"behind"', '"behnid": 1, "behind"'),
  },
  'an id that is not the folder': {
    code: 'folder-differs',
    where: 'kata.ts',
    args: { what: 'id', declared: 'counter' },
    breaks: (k) => k.change('kata/kata.ts', "id: 'small-counter'", "id: 'counter'"),
  },
  'a title that is not the promise': {
    code: 'title-differs',
    where: 'brief.md',
    breaks: (k) => k.change('kata/brief.md', '# Count for each caller apart', '# Count apart'),
  },
  'notes without what a design trades': {
    code: 'text-missing',
    where: 'notes.md',
    breaks: (k) => k.change('solutions/notes.md', 'Trades: two things', 'Two things'),
  },
  'a brief that is too long': {
    code: 'too-long',
    where: 'brief.md',
    breaks: (k) => k.change('kata/brief.md', 'The doors', `${'So many words. '.repeat(150)}The doors`),
  },
  'one accepted design': {
    code: 'too-few-designs',
    where: 'solutions',
    breaks: (k) => k.remove('solutions/alternatives'),
  },
  'a mask of a mistake that is not there': {
    code: 'unknown-id',
    where: 'mistakes.ts shared-total',
    args: { id: 'inner-lists' },
    breaks: (k) => k.change('kata/mistakes.ts', "masks: ['inner-list']", "masks: ['inner-lists']"),
  },
  'a card that is there twice': {
    code: 'twice',
    where: 'cards.ts',
    breaks: (k) => k.change('kata/cards.ts', '\n];', '\n];\ncards.push(cards[0]!);'),
  },
  'a symptom that the starter does not show': {
    code: 'symptom-not-shown',
    where: 'kata.ts',
    breaks: (k) => k.change('kata/kata.ts', "symptom: 'two-counters'", "symptom: 'works'"),
  },
  'a sentence with another number': {
    code: 'sentence-number',
    where: 'brief.md',
    args: { sentence: 5, expected: 4 },
    breaks: (k) => k.change('kata/brief.md', '4. It was', '5. It was'),
  },
  'a sentence that nobody judges': {
    code: 'sentence-without-probe',
    where: 'brief.md',
    args: { sentence: 4 },
    breaks: (k) => k.change('kata/brief.md', ' *(not judged)*', ''),
  },
  'prose that is judged': {
    code: 'prose-with-probe',
    where: 'brief.md',
    args: { sentence: 2, probe: 'two-counters' },
    breaks: (k) => k.change('kata/brief.md', 'of each other.', 'of each other. *(not judged)*'),
  },
  'a probe whose sentence is gone': {
    code: 'probe-without-sentence',
    where: 'probes.ts',
    args: { probe: 'list-can-be-changed', sentence: 3 },
    breaks: (k) => k.change('kata/brief.md', '3. `history()` lists', '9. `history()` lists'),
  },
  'a starter that wins': {
    code: 'diagnosis-differs',
    where: 'starter',
    args: { declared: 'shared-total', found: 'a win' },
    breaks(k) {
      k.change(STARTER, 'let sum = 0;\n', '');
      k.change(STARTER, 'const added', 'let sum = 0;\n  const added');
      k.change(STARTER, '() => added', '() => [...added]');
    },
  },
  'a design that loses': {
    code: 'design-loses',
    where: 'reference',
    breaks: (k) => k.change(REFERENCE, '[...added]', 'added'),
  },
  'a bad move that shows another mistake': {
    code: 'diagnosis-differs',
    where: 'shared-total/total-in-the-module',
    args: { declared: 'shared-total', found: 'inner-list' },
    breaks(k) {
      k.change(
        `${MODULE}/counter.ts`,
        'total: () => state.sum',
        'total: () => added.reduce((a, b) => a + b, 0)',
      );
      k.change(`${MODULE}/counter.ts`, '[...added]', 'added');
    },
  },
  'a bad move that is illegal': {
    code: 'diagnosis-differs',
    where: 'inner-list/returns-its-own',
    breaks: (k) => k.change(`${OWN}/counter.ts`, 'export function createCounter', 'export function counter'),
  },
  'something else behind it': {
    code: 'behind-differs',
    where: 'shared-total/kept-on-a-class',
    args: { declared: '', found: 'inner-list' },
    breaks: (k) => k.change('kata/moves/shared-total/kept-on-a-class/expect.json', '"inner-list"', ''),
  },
  'another line': {
    code: 'line-differs',
    where: 'inner-list/returns-its-own',
    args: { declared: 'added.pop(n);', found: 'added.push(n);' },
    breaks: (k) => k.change(`${OWN}/expect.json`, 'push', 'pop'),
  },
  'a move with nothing to choose from': {
    code: 'question-missing',
    where: 'inner-list/returns-its-own',
    breaks: (k) =>
      k.write(
        `${OWN}/counter.ts`,
        'export const createCounter = (a: number[] = []) => ({ add: (n: number) => void a.push(n), total: () => a.reduce((x, y) => x + y, 0), history: () => a });\n',
      ),
  },
  'a mistake that no move shows': {
    code: 'mistake-without-move',
    where: 'moves',
    args: { mistake: 'inner-list' },
    breaks: (k) => k.remove('kata/moves/inner-list'),
  },
  'a probe that no move loses': {
    code: 'probe-without-move',
    where: 'probes.ts',
    args: { probe: 'list-can-be-changed' },
    breaks(k) {
      k.remove('kata/moves/inner-list');
      k.remove('kata/moves/shared-total/kept-on-a-class');
      k.change(STARTER, '() => added', '() => [...added]');
    },
  },
  'probes that do not begin with a gate': {
    code: 'gate-missing',
    where: 'probes.ts',
    args: { probe: 'works' },
    breaks: (k) => k.change('kata/probes.ts', "role: 'gate', ", ''),
  },
  'probes that do not load': {
    code: 'unjudgeable',
    where: 'probes.ts',
    breaks: (k) => k.change('kata/probes.ts', "probe({ id: 'works'", "probe({{ id: 'works'"),
  },
  'one vector under two mistakes': {
    code: 'same-vector',
    where: 'shared-total/total-in-the-module',
    args: { other: 'inner-list/total-too' },
    breaks: (k) =>
      k.write(
        'kata/moves/inner-list/total-too/counter.ts',
        'let sum = 0;\n\nexport const createCounter = () => ({\n  add: (n: number) => void (sum += n),\n  total: () => sum,\n  history: () => [4],\n});\n',
      ),
  },
  'a belief that begins otherwise': {
    code: 'text-form',
    where: 'inner-list/returns-its-own',
    args: { what: 'belief' },
    breaks: (k) =>
      k.change(
        'kata/mistakes.ts',
        "'This works only if nobody changes what they are given.'",
        "() => 'It works only if nobody changes what they are given.'",
      ),
  },
  'a place that is not filled in': {
    code: 'unfilled',
    where: 'inner-list/returns-its-own',
    args: { what: 'because', found: 'undefined' },
    breaks: (k) =>
      k.change('kata/mistakes.ts', 'line ${at.line} writes', 'line ${at.fn ?? undefined} writes'),
  },
  'evidence that cannot be drawn': {
    code: 'screen-fails',
    where: 'inner-list/returns-its-own',
    breaks: (k) =>
      k.change(
        'kata/mistakes.ts',
        "evidence: (v) => v.facts('list-can-be-changed', 'value')",
        "evidence: () => [{ kind: 'sql' } as never]",
      ),
  },
  'a hunk without its reason': {
    code: 'hunk-without-reason',
    where: 'starter',
    breaks(k) {
      k.change('solutions/notes.md', '- `*` — nothing is kept outside\n', '');
      k.change(
        'solutions/notes.md',
        '- `reduce` — the sum cannot disagree with the history',
        '- `zzz` — nothing',
      );
      k.change(
        'solutions/notes.md',
        'A counter keeps what was added and nothing else; the total is computed when it is asked for.\n',
        '',
      );
    },
  },
  'a better approach that does not win': {
    code: 'better-approach-loses',
    where: 'starter',
    args: { design: 'reference' },
    breaks: (k) => k.change(REFERENCE, '[...added]', 'added'),
  },
  'a file whose name says it': {
    code: 'gives-away',
    where: 'starter',
    args: { text: 'shared-total.ts', mistake: 'shared-total' },
    breaks: (k) => k.write('kata/starter/shared-total.ts', 'export {};\n'),
  },
  'a story that says it': {
    code: 'gives-away',
    where: 'brief.md',
    args: { mistake: 'shared-total' },
    breaks: (k) =>
      k.change('kata/brief.md', 'Today the', 'It is as if all counters counted into one number. Today the'),
  },
  'a theme in the story': {
    code: 'theme-shown',
    where: 'brief.md',
    args: { theme: 'state-and-modules' },
    breaks: (k) => k.change('kata/brief.md', 'Today the', 'It is about state and modules. Today the'),
  },
  'a card that is only believed': {
    code: 'card-not-executed',
    where: 'cards.ts two-carts',
    breaks: (k) => k.change('kata/cards.ts', '    executes: async ({ run }) => (await run()).printed,\n', ''),
  },
  'a card whose answer is wrong': {
    code: 'card-answer-differs',
    where: 'cards.ts two-carts',
    args: { answer: '1', shows: '2' },
    breaks: (k) => k.change('kata/cards.ts', 'answer: 1', 'answer: 0'),
  },
  'a card that shows no choice': {
    code: 'card-shows-no-choice',
    where: 'cards.ts two-carts',
    args: { shows: '2' },
    breaks: (k) => k.change('kata/cards.ts', "['1', '2']", "['1', '3']"),
  },
  'a card whose code does not parse': {
    code: 'card-fails',
    where: 'cards.ts two-carts',
    breaks: (k) => k.change('kata/cards.ts', 'let items = 0;', 'let items = ;'),
  },
};

test('a kata that is as declared has no problem', { timeout: 120_000 }, async () => {
  const checked = await check(true);
  expect(said(checked)).toEqual([]);
  expect(checked.variants).toEqual({ runs: 9, skipped: [] });
  expect(checked.judged.map((one) => one.name)).toHaveLength(6);
});

test.each(Object.entries(BROKEN))('finds %s', { timeout: 60_000 }, async (_name, broken) => {
  broken.breaks(copy);
  const checked = await check(false);
  const { code, where, args = {} } = broken;
  expect(checked.problems, said(checked).join('\n')).toContainEqual({
    code,
    where,
    args: expect.objectContaining(args) as object,
  });
});

/** Faults that show only when a kata is played again. */
const UNSTABLE: Record<string, Broken> = {
  'probes that depend on their order': {
    code: 'unstable',
    where: 'starter',
    args: { cause: 'order', in: 'vector' },
    breaks(k) {
      k.change('kata/probes.ts', 'type Play =', 'const played: string[] = [];\ntype Play =');
      k.change('kata/probes.ts', 'counter.add(2);', 'counter.add(2);\n  played.length = 0;');
      k.change('kata/probes.ts', 'north.add(3);', "north.add(3);\n  t.see('nth', played.push('two'));");
      k.change('kata/probes.ts', 'counter.add(4);', "counter.add(4);\n  t.see('nth', played.push('list'));");
    },
  },
  'an observation that depends on the seed': {
    code: 'unstable',
    where: 'reference',
    args: { cause: 'seed', in: 'vector' },
    breaks: (k) =>
      k.change('kata/probes.ts', 'north.add(3);', "north.add(3);\n  t.see('drawn', t.random.int(1000));"),
  },
  'an observation that depends on the time zone': {
    code: 'unstable',
    where: 'shared-total/total-in-the-module',
    args: { cause: 'zone', in: 'vector' },
    breaks: (k) =>
      k.change('kata/probes.ts', 'north.add(3);', "north.add(3);\n  t.see('hour', new Date(0).getHours());"),
  },
  'a line that is found by the name of a local': {
    code: 'variant-differs',
    where: 'starter',
    args: { cause: 'renamed', in: 'place', was: 'sum += n;', is: 'no line of the move' },
    breaks: (k) => k.change('kata/mistakes.ts', 'locate.line(/\\+=/)', 'locate.line(/sum \\+=/)'),
  },
};

test.each(Object.entries(UNSTABLE))('finds %s', { timeout: 200_000 }, async (_name, broken) => {
  for (const rest of [
    'kata/moves/shared-total/kept-on-a-class',
    'kata/moves/inner-list',
    'solutions/alternatives',
  ])
    copy.remove(rest);
  broken.breaks(copy);
  const checked = await check(true);
  const { code, where, args = {} } = broken;
  expect(checked.problems, said(checked).join('\n')).toContainEqual({
    code,
    where,
    args: expect.objectContaining(args) as object,
  });
});
