import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createBench } from './bench.ts';
import { executeCards } from './execute-cards.ts';

const home = mkdtempSync(path.join(tmpdir(), 'kibitzer-cards-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the code of a card', () => {
  test('runs with names in scope, before what is global, and says what it printed and returned', async () => {
    const { run } = createBench(`const late: number[] = club.overdue(d);
console.log('late', late.length, { of: late });
return Date.now();`);
    const ran = await run({ club: { overdue: () => [1, 2] }, d: '2026-06-01', Date: { now: () => 7 } });
    expect(ran).toEqual({ returned: 7, printed: 'late 2 { of: [ 1, 2 ] }', thrown: null });
  });

  test('may export, wait, and use TypeScript that is more than types; more code sees what it declares', async () => {
    const { run } = createBench(`export class Shop {
  constructor(private at = 3) {}
  hour(): number { return this.at; }
}
await Promise.resolve();`);
    expect((await run({}, 'return new Shop().hour()')).returned).toBe(3);
  });

  test('may declare a name of the scope again, and throw', async () => {
    const { run } = createBench(`const db = 1; throw 'no error object';`);
    const { thrown, returned } = await run({ db: 2 });
    expect([thrown?.message, returned]).toEqual(['no error object', undefined]);
  });

  test('that does not parse is no answer', async () => {
    await expect(createBench('let = ;').run()).rejects.toThrow(/card\.ts does not parse/);
  });

  test('gets databases and pages', async () => {
    const { database, page } = createBench('');
    const db = database('CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)');
    expect(
      db
        .prepare('SELECT a FROM t')
        .all()
        .map((r) => r.a),
    ).toEqual([1, 2]);
    const { text, elements } = page('<p onclick=x>a &amp; b</p>');
    expect([text, elements.find((e) => e.name === 'p')?.attributes.onclick]).toEqual(['a & b', 'x']);
  });
});

describe('the cards of a file', () => {
  const file = (name: string, text: string): string => {
    const full = path.join(home, name);
    writeFileSync(full, text);
    return full;
  };

  test('are executed in a process in UTC, each on its own; what fails does not stop the others', async () => {
    const cards = file(
      'plain.ts',
      `const at = (id: string, code: string, executes: unknown) => ({ id, code, executes });
export const cards = [
  at('sum', 'return 1 + 1', async ({ run }) => (await run()).returned),
  at('zone', 'return new Date(0).getHours()', async ({ run }) => (await run()).returned),
  at('broken', 'return (', async ({ run }) => (await run()).returned),
  at('unexecuted', '', undefined),
  at('last', '', () => 'here'),
];`,
    );
    expect([...(await executeCards(cards)).values()]).toEqual([
      { card: 'sum', shows: '2' },
      { card: 'zone', shows: '0' },
      { card: 'broken', failed: expect.stringMatching(/does not parse/) },
      { card: 'last', shows: 'here' },
    ]);
  });

  test('that end the process have failed', async () => {
    const cards = file(
      'ending.ts',
      `export const cards = [{ id: 'ends', code: '', executes: () => process.exit(3) }, { id: 'next', code: '', executes: () => '' }];`,
    );
    expect(await executeCards(cards)).toEqual(
      new Map([['ends', { card: 'ends', failed: 'it ended the process (3)' }]]),
    );
  });

  test('are given up when nobody waits for them any more', async () => {
    const cards = file(
      'hanging.ts',
      `export const cards = [{ id: 'a', code: '', executes: () => new Promise(() => setInterval(() => {}, 1000)) }];`,
    );
    const gone = AbortSignal.timeout(1500);
    await expect(executeCards(cards, gone)).rejects.toThrow(/abort/i);
  });
});
