import { expect, test } from 'vitest';
import { CORPUS } from './corpus.ts';
import { runAttacks } from './run-attacks.ts';

/** One or two of each kind, the quick ones; all of them: `npm run attacks`. */
const SAMPLE = [
  ...['A02', 'A09', 'A12', 'A17', 'C01', 'C12'],
  ...[
    'D01',
    'D02',
    'D06',
    'D14',
    'D18',
    'D29',
    'D40',
    'D41',
    'D51',
    'D54',
    'D61',
    'D69',
    'D72',
    'D88',
    'D95',
  ],
  ...['E12', 'E13', 'F02', 'G05', 'G07'],
];

test('the corpus has at least a hundred submissions, each with a name of its own', () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(100);
  expect(new Set(CORPUS.map((a) => a.id)).size).toBe(CORPUS.length);
});

test(
  'a sample of the hostile corpus: nothing wins that must not, nothing breaks, nothing is left',
  { timeout: 240_000 },
  async () => {
    const sample = CORPUS.filter((a) => SAMPLE.includes(a.id));
    expect(sample.length).toBe(SAMPLE.length);
    const report = await runAttacks(sample, { jail: 'none', lanes: 2 });
    expect(report).toMatchObject({
      wrongPasses: [],
      arbiterCrashes: [],
      leftovers: [],
      failures: [],
      failed: 0,
    });
    expect(report.passed).toBeGreaterThanOrEqual(sample.length);
  },
);
