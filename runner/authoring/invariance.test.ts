import { describe, expect, test } from 'vitest';
import { frame, known, result } from '../core/testing.ts';
import type { Observation, Verdict } from '../core/verdict.ts';
import { checkInvariance, type Play } from './invariance.ts';
import type { Ran } from './judged.ts';
import type { Problem } from './problem.ts';
import { RUNS } from './variants/ways.ts';

const SUBJECT = {
  files: {
    'main.ts': 'const limit = 3;\n\nexport function count(n: number): number {\n  return n + limit;\n}\n',
  },
  entry: 'main.ts',
  exports: ['count'],
};

interface Said {
  mistake?: string;
  line?: number;
  saw?: Observation;
}

function ran({ mistake = 'off-by-one', line = 4, saw = 1 }: Said = {}): Ran {
  const results = [result('works', 'held'), result('counts', 'refuted', { observations: { saw } })];
  const verdict = { kind: 'lost', results, illegality: null } as unknown as Verdict;
  return { verdict, program: null, diagnosis: { ...known(mistake), at: frame(line, 'main.ts') } };
}

/** The line in this spelling of the program on which `return` stands. */
const lineOf = (
  files: Readonly<Record<string, string>>,
  text = 'return',
): Partial<Said & { file: string }> => {
  for (const [file, code] of Object.entries(files)) {
    const at = code.split('\n').findIndex((l) => l.includes(text) && !l.includes('(() =>'));
    if (at >= 0) return { file, line: at + 1 };
  }
  return {};
};

/** An engine that points at the same line in every spelling, and says what a test wants it to say. */
function playing(says: (...given: Parameters<Play>) => Said): Play {
  return async (files, conditions) => {
    const found = lineOf(files, 'n + limit') ?? {};
    const spelled = found.file ? found : lineOf(files, '+');
    const said = says(files, conditions);
    const one = ran({ line: spelled.line!, ...said });
    const at = { ...frame(said.line ?? spelled.line!, spelled.file ?? 'main.ts') };
    return { ...one, diagnosis: { ...one.diagnosis, at } as Ran['diagnosis'] };
  };
}

async function problemsOf(
  says: (...given: Parameters<Play>) => Said,
  also: string[] = [],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  let through = 0;
  await checkInvariance(
    'a move',
    SUBJECT,
    { ran: ran(), also },
    RUNS,
    playing(says),
    (code, where, args = {}) => void problems.push({ code, where, args }),
    () => through++,
  );
  expect(through).toBe(RUNS.length);
  return problems;
}

const causes = (problems: readonly Problem[]): unknown[] =>
  problems.map((p) => [p.code, p.args.cause, p.args.in]);
const isRenamed = (files: Readonly<Record<string, string>>): boolean => !/limit/.test(JSON.stringify(files));

describe('a program played again', () => {
  test('is no problem when the same is said and seen', async () => {
    expect(await problemsOf(() => ({}))).toEqual([]);
  });

  test.each(['order', 'seed', 'zone'] as const)(
    'names %s alone when it changes what is seen',
    async (cause) => {
      const problems = await problemsOf((_files, c) => (c[cause] === undefined ? {} : { saw: 2 }));
      expect(causes(problems)).toEqual([['unstable', cause, 'vector']]);
      expect(problems[0]!.args).toMatchObject({
        was: expect.stringContaining('"saw":1'),
        is: expect.stringContaining('"saw":2'),
      });
    },
  );

  test('names a way of writing it that changes the diagnosis', async () => {
    const problems = await problemsOf((files) => (isRenamed(files) ? { mistake: 'named-well' } : {}));
    expect(causes(problems)).toEqual([['variant-differs', 'renamed', 'diagnosis']]);
  });

  test('may do other things on the way when it is written otherwise', async () => {
    expect(await problemsOf((files) => (isRenamed(files) ? { saw: 2 } : {}))).toEqual([]);
  });

  test('points at the same line, or at one that its author allows', async () => {
    const elsewhere = (files: Readonly<Record<string, string>>): Said =>
      isRenamed(files) && Object.keys(files).length === 1 ? { line: 1 } : {};
    const problems = await problemsOf(elsewhere);
    expect(causes(problems)).toEqual([['variant-differs', 'renamed', 'place']]);
    expect(problems[0]!.args).toMatchObject({ was: 'return n + limit;', is: 'const limit = 3;' });
    expect(await problemsOf(elsewhere, ['const limit = 3;'])).toEqual([]);
  });

  test('is unstable by chance when it differs once and never again', async () => {
    let times = 0;
    const problems = await problemsOf(() => (++times === 1 ? { saw: 2 } : {}));
    expect(causes(problems)).toEqual([['unstable', 'chance', 'vector']]);
  });

  test('is reported as a whole when only causes together change it', async () => {
    const problems = await problemsOf((files, c) => (isRenamed(files) && c.zone ? { mistake: 'both' } : {}));
    expect(causes(problems)).toEqual([
      ['variant-differs', 'in-a-class + renamed + spread-out + order + seed + zone', 'diagnosis'],
      [
        'variant-differs',
        'renamed + in-a-closure + in-two-files + drawn-together + order + seed + zone',
        'diagnosis',
      ],
    ]);
  });
});

test('a way that is not possible is counted, and the others are tried', async () => {
  const skipped = await checkInvariance(
    'a move',
    {
      ...SUBJECT,
      files: {
        'main.ts': SUBJECT.files['main.ts'].replace('export function', 'function') + 'export { count };\n',
      },
    },
    { ran: ran(), also: [] },
    RUNS,
    playing(() => ({})),
    (code, _where, args) => expect.fail(`${code} ${JSON.stringify(args)}`),
    () => {},
  );
  expect(skipped.map((s) => [s.where, s.way, s.why.skipped])).toEqual([
    ['a move', 'in-a-class', 'no-direct-export'],
    ['a move', 'in-a-closure', 'no-direct-export'],
  ]);
});
