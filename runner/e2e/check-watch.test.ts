import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copySmallKata, type Copy } from '../authoring/fixtures/copy.ts';
import { HOME, start, type Driver } from './driver.ts';

const PATIENCE_MS = 110_000;

async function watchCopy(): Promise<{ d: Driver; copy: Copy }> {
  const copy = await copySmallKata();
  onTestFinished(() => copy[Symbol.dispose]());
  const script = path.join(HOME, 'runner/authoring/fixtures/watch-copy.ts');
  return { copy, d: start({ shell: `exec '${process.execPath}' '${script}' '${copy.home}'` }) };
}

test(
  'an author sees what a change does to the analyses, and to what was declared',
  { timeout: 400_000 },
  async () => {
    const { d, copy } = await watchCopy();
    await d.waitFor('small-counter: no problem', PATIENCE_MS);
    await d.waitFor('[q] quit');
    d.type('a');
    const all = await d.waitFor(/writes to the list that everybody holds[\s\S]*\[q\] quit/);
    expect(all).toContain('moves/shared-total/kept-on-a-class');
    expect(all).toContain('Which of these lines adds to what the other door reads?');
    expect(all).toContain('This works only if there is one counter in the program.');

    // only the mistake whose words have changed is shown again
    d.mark();
    copy.change('kata/mistakes.ts', 'Hand out copies of what you keep.', 'Keep to yourself what you keep.');
    const changed = await d.waitFor(/no problem[\s\S]*\[q\] quit/, PATIENCE_MS);
    expect(changed).toContain('Changed: mistakes.ts');
    expect(changed).toContain('moves/inner-list/returns-its-own');
    expect(changed).toContain('Keep to yourself what you keep.');
    expect(changed).not.toContain('moves/shared-total');

    d.mark();
    copy.change(
      'kata/moves/inner-list/returns-its-own/counter.ts',
      'history: () => added',
      'history: () => [...added]',
    );
    await d.waitFor('inner-list/returns-its-own: declared as inner-list, diagnosed as a win', PATIENCE_MS);
    d.mark();
    copy.change('solutions/notes.md', 'Trades: two things', 'Two things');
    await d.waitFor('notes.md: title, trades or reasons of class-with-private-fields is empty', PATIENCE_MS);
    d.mark();
    copy.change('kata/probes.ts', "probe({ id: 'works'", "probe({{ id: 'works'");
    await d.waitFor(/probes\.ts: it could not be judged/, PATIENCE_MS);

    d.mark();
    copy.restore();
    await d.waitFor('small-counter: no problem', PATIENCE_MS);
    d.type('q');
    expect(await d.exitCode()).toBe(0);
  },
);

test('Ctrl-C ends it in the middle of judging', { timeout: 120_000 }, async () => {
  const { d } = await watchCopy();
  await d.waitFor(/checking small-counter: \d+ of \d+ runs/, PATIENCE_MS);
  d.type('\u0003');
  expect(await d.exitCode()).toBe(130);
});
