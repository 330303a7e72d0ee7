import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { movesOf } from './content.ts';
import { flat, HOME, practiceFolder, run, start } from './driver.ts';

const EXERCISES = path.join(HOME, 'runner/import/fixtures/track/exercises/practice');
const KATA = 'fixture-parcel-rates';
const example = readFileSync(path.join(EXERCISES, 'parcel-rates/.meta/proof.ci.ts'), 'utf8');
const wrong = example.replace('beyond > 0 ? Math.ceil(beyond) : 0', 'beyond > 0 ? Math.floor(beyond) : 0');

test(
  'an imported exercise is listed, judged, analysed and won like any kata',
  { timeout: 240_000 },
  async () => {
    const practice = practiceFolder();
    const imported = await run(['import', path.join(EXERCISES, 'parcel-rates'), '--json'], {
      practice,
      patienceMs: 100_000,
    });
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      schema: 'kibitzer/import@1',
      track: 'fixture',
      katas: [{ id: KATA, status: 'new', tests: 13 }],
      skipped: [],
    });
    const list = JSON.parse((await run(['list', '--json'], { practice })).stdout) as {
      katas: { id: string }[];
    };
    expect(list.katas.at(-1)).toMatchObject({ id: KATA, track: 'fixture', state: 'new' });
    expect((await run(['brief', 'parcel-rates'], { practice })).stdout).toContain('Insurance costs one cent');

    // the starter is no move; what is saved then is judged as one
    const file = path.join(practice, KATA, 'parcel-rates.ts');
    expect((await run(['run', KATA], { practice })).stdout).toContain('same code as the starter');
    writeFileSync(file, wrong);
    const lost = await run(['run', KATA, '--width', '100'], { practice });
    expect(lost.code).toBe(1);
    expect(lost.stdout).toContain('Test        rate › something dear');
    expect(lost.stdout).toContain('const parcel = { grams: 100, value: 62.5 }');
    expect(lost.stdout).toMatch(/rate\({ grams: 100, value: 62.5 }\) +→ 162/);
    expect(lost.stdout).toMatch(/expected - 163\n +got +\+ 162/);
    expect(lost.stdout).toMatch(/1\) +21 +return beyond > 0 \? Math\.floor\(beyond\) : 0;/);

    // what held before is compared with
    writeFileSync(file, example.replace('sum += rate', 'sum -= rate'));
    const worse = await run(['run', KATA, '--width', '100'], { practice });
    expect(worse.stdout).toContain('total › of several held at move 1.');
    expect(worse.stdout).toMatch(/1\) +38 +sum -= rate.*changed since it held/s);

    const analysis = JSON.parse((await run(['analysis', KATA, '--json'], { practice })).stdout) as {
      outOfBook: { example: object[]; suspects: object[] };
    };
    expect(analysis.outOfBook.suspects[0]).toMatchObject({ line: 38, changed: true });
    expect((await run(['analysis', KATA, '--plain', '--skip'], { practice })).stdout).toContain(
      '1) line 38: sum -= rate',
    );

    // hints and example are its ladder
    const ladder = await run(['ladder', KATA, '--rung', 'idea'], { practice });
    expect(ladder.stdout).toContain('Decide about the weight first');

    const verdict = await run(
      ['judge', KATA, path.join(EXERCISES, 'parcel-rates/.meta/proof.ci.ts'), '--json'],
      { practice },
    );
    expect(JSON.parse(verdict.stdout)).toMatchObject({ verdict: 'won', position: 100 });

    // importing again keeps what was played
    const again = await run(['import', path.join(EXERCISES, 'parcel-rates')], { practice });
    expect(again.stdout).toContain('unchanged  parcel-rates (13)');
    const d = start({ args: ['play', KATA], practice });
    await d.waitFor('2 moves played');
    await d.waitFor('watching');
    await d.save(KATA, 'parcel-rates.ts', example);
    await d.waitFor('the example that came with the exercise');
    expect(movesOf(practice, KATA).map((m) => m.judgement.verdict)).toEqual(['lost', 'lost', 'won']);
    // nobody plays while katas are exchanged
    const refused = await run(['import', path.join(EXERCISES, 'tide-table')], { practice });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('error:')]);
    d.type('q');
    expect(await d.exitCode()).toBe(0);
  },
);

test('what cannot be imported is said, with the exit code', { timeout: 120_000 }, async () => {
  const practice = practiceFolder();
  const none = await run(['import', path.join(EXERCISES, 'broken-metadata')], { practice });
  expect(none.code).toBe(2);
  expect(none.stdout).toContain('fixture: nothing imported');
  expect(flat(none.stdout)).toContain('line 5 column 3');
  const empty = await run(['import', path.join(HOME, 'docs'), '--json'], { practice });
  expect(empty.code).toBe(2);
  expect(JSON.parse(empty.stdout)).toMatchObject({ error: { code: 'NOTHING_TO_IMPORT' } });
  const missing = await run(['import', '/no/such/folder'], { practice });
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('there is no folder')]);
});
