import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findKatas } from '../../store/katas.ts';
import { places } from '../../workspace.ts';
import { createCheckingEngine } from '../checking-engine.ts';
import { capture } from './capture.ts';
import { COMMAND, INDEX, indexPage, kataPage } from './page.ts';

const FOLDER = path.join(places().home, 'docs', 'katas');
const read = (file: string): string | null =>
  existsSync(path.join(FOLDER, file)) ? readFileSync(path.join(FOLDER, file), 'utf8') : null;

const katas = await findKatas();
const engine = createCheckingEngine();
afterAll(() => engine.close());

test.each(katas)(
  '$id has a page with its lost move as it is shown now',
  { timeout: 300_000 },
  async (kata) => {
    const page = kataPage(await capture(engine, kata));
    const file = `${kata.id}.md`;
    expect(read(file), `docs/katas/${file} is not what is shown now: \`${COMMAND}\` writes it anew`).toBe(
      page,
    );
    // nothing of the machine it was made on
    for (const text of ['\u001b', places().home, tmpdir()]) expect(page).not.toContain(text);
  },
);

test('docs/katas lists all katas, in the order of the ladder', () => {
  const says = `docs/katas/${INDEX} is not about the katas there are: \`${COMMAND}\` writes it anew`;
  expect(read(INDEX), says).toBe(indexPage(katas));
  expect(readdirSync(FOLDER).sort(), says).toEqual([INDEX, ...katas.map(({ id }) => `${id}.md`)].sort());
});
