import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newKata } from '../../commands/new-kata.ts';
import { createLanes } from '../../engine/lanes.ts';
import { ioOf } from '../../io.ts';
import { problemWords } from '../../screen/problems.ts';
import { findKatas } from '../../store/katas.ts';
import { checkKata } from '../check-kata.ts';
import { temporaryHome } from './testing.ts';

const DOCUMENT = new URL('../../../docs/writing-katas.md', import.meta.url);

/** What a reader does: a command, or a file with its text. */
type Step = { command: string } | { file: string; text: string };

/** All of it, in the order of the document. */
function stepsOf(document: string): Step[] {
  const blocks = document.matchAll(
    /^(?:\*\*(?<file>\S+)\*\*\n\n)?(?<fence>`{3,})(?<language>\w*)\n(?<text>[\s\S]*?)^\k<fence>$/gm,
  );
  return Array.from(blocks, (m) => m.groups!).flatMap(({ file, language, text }): Step[] => {
    if (file) return [{ file, text: text! }];
    return language === 'sh'
      ? text!
          .trim()
          .split('\n')
          .map((command) => ({ command }))
      : [];
  });
}

/** The words of a command line: quoted ones are one word. */
function wordsOf(command: string): string[] {
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), (m) => m[1] ?? m[2]!);
}

const KIBITZER = 'npm run -s kibitzer -- ';

test('who follows the document has a kata without a problem', { timeout: 300_000 }, async () => {
  using at = temporaryHome();
  const engine = createLanes(1);
  const io = { ...ioOf({}), print: () => {} };
  const written = new Set<string>();
  try {
    for (const step of stepsOf(readFileSync(DOCUMENT, 'utf8'))) {
      if ('file' in step) {
        const target = path.join(at.home, step.file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, step.text);
        written.add(step.file);
        continue;
      }
      const [name, ...words] = wordsOf(step.command.replace(KIBITZER, 'kibitzer '));
      if (name === 'rm')
        for (const folder of words.slice(1)) rmSync(path.join(at.home, folder), { recursive: true });
      if (name === 'kibitzer' && words.slice(0, 2).join(' ') === 'new kata') {
        const [, , id, , track, , title] = words;
        await newKata(io, id!, { track: track!, title }, at);
      }
    }
    const [kata, ...others] = await findKatas(at.home);
    expect(others).toEqual([]);
    // nothing of the example is left but the folders that it lay in
    expect([...written].filter((file) => file.includes(`/${kata!.id}/`)).length).toBe(written.size);

    const { problems, judged } = await checkKata(engine, kata!);
    expect(problems.map((p) => `${p.where}: ${problemWords(p)}`)).toEqual([]);
    const count = (what: string): number => judged.filter((one) => one.what === what).length;
    expect([count('design'), count('move')]).toEqual([2, 3]);
  } finally {
    engine.close();
  }
});
