import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseBrief } from '../../core/brief.ts';
import { parseNotes } from '../../core/notes.ts';
import type { Parts } from '../parts.ts';
import type { Problem, Report } from '../problem.ts';
import { checkTranslations, type Coverage } from './translations.ts';

const BRIEF = '# Ask once\n\nA story.\n\n## Contract\n\n1. `ask()` asks.\n2. Prose. *(not judged)*\n';
const NOTES =
  '## Idea\n\nAn idea.\n\n## Plan\n\nA plan.\n\n## Designs\n\n### reference — it asks\n\nAbout.\n\nTrades: much.\n\nWhy\n\n- `ask` — a reason\n';

async function checked(
  files: Record<string, string>,
  solutions: Record<string, string> = {},
): Promise<{ coverage: Coverage; problems: Problem[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-translations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const english = { 'kata.ts': 'Ask once', 'mistakes.ts': 'asks twice', 'cards.ts': '', 'probes.ts': '' };
  for (const [name, text] of Object.entries({ ...english, ...files, ...solutions }))
    writeFileSync(path.join(folder, name), text);
  const mistake = { id: 'asks-again', title: 'asks twice', principle: 'p q', idea: 'i j', plan: 'k l' };
  const parts = {
    kata: { folder, solutions: folder, promise: 'Ask once' },
    book: [mistake],
    cards: [],
    brief: parseBrief(BRIEF),
    notes: parseNotes(NOTES),
  } as unknown as Parts;
  const problems: Problem[] = [];
  const report: Report = (code, where, args = {}) => void problems.push({ code, where, args });
  const [coverage] = await checkTranslations(parts, [], report);
  return { coverage: coverage!, problems };
}

test('what is not there in a language is counted, and no problem', async () => {
  const { coverage, problems } = await checked({});
  // the promise; four of the mistake; title, story and two sentences; six of the notes
  expect(coverage).toMatchObject({ language: 'de', texts: 1 + 4 + 4 + 6, there: 0, stale: [] });
  expect(problems).toEqual([]);
});

test('what is there is counted', async () => {
  const { coverage, problems } = await checked(
    {
      'kata.de.ts': `export const texts = { 'Ask once': 'Frag einmal' };`,
      'mistakes.de.ts': `export const texts = { 'asks-again': { 'asks twice': 'fragt zweimal' } };`,
      'brief.de.md':
        '# Frag einmal\n\nText.\n\n## Vertrag\n\n1. `ask()` fragt.\n2. Prosa. *(nicht geprüft)*\n',
    },
    { 'notes.de.md': NOTES.replace('An idea', 'Eine Idee') },
  );
  expect(coverage).toMatchObject({ texts: 15, there: 12, missing: ['p q', 'i j', 'k l'], stale: [] });
  expect(problems).toEqual([]);
});

test('what no longer fits the English is told', async () => {
  const { coverage } = await checked(
    {
      'mistakes.de.ts': `export const texts = { 'asks-again': { 'gone for ever': 'für immer fort' } };`,
      'brief.de.md': '# Frag\n\n## Vertrag\n\n1. `other()` fragt.\n2. Prosa. *(nicht geprüft)*\n',
    },
    { 'notes.de.md': NOTES.replace('`ask`', '`tell`') },
  );
  expect(coverage.stale).toEqual(['gone for ever', 'brief.de.md 1', 'notes.de.md reference `tell`']);
});

test.each([
  [
    'a mistake that does not exist',
    { 'mistakes.de.ts': `export const texts = { 'asks-agian': { 'asks twice': 'fragt zweimal' } };` },
    { code: 'unknown-id', where: 'mistakes.de.ts', args: { what: 'a mistake', id: 'asks-agian' } },
  ],
  [
    'a place that the English text does not have',
    { 'kata.de.ts': `export const texts = { 'Ask once': 'Frag in {line}' };` },
    { code: 'unknown-place', where: 'kata.de.ts', args: { place: 'line', text: 'Frag in {line}' } },
  ],
  [
    'other sentences',
    { 'brief.de.md': '# Frag\n\n## Vertrag\n\n1. `ask()` fragt.\n3. Prosa.\n' },
    {
      code: 'sentences-differ',
      where: 'brief.de.md',
      args: { declared: '1, 3', english: '1, 2 (not judged)' },
    },
  ],
  [
    'a design that does not exist',
    { 'notes.de.md': NOTES.replace('### reference', '### referenz') },
    { code: 'unknown-id', where: 'notes.de.md', args: { what: 'a design', id: 'referenz' } },
  ],
])('%s is a problem', async (_, files, problem) => {
  const { problems } = await checked(files as unknown as Record<string, string>);
  expect(problems[0]).toEqual(problem);
});

test('a file that cannot be read is a problem', async () => {
  const { problems } = await checked({ 'kata.de.ts': 'export const text = {};' });
  expect(problems).toMatchObject([{ code: 'unreadable', where: 'kata.de.ts' }]);
});
