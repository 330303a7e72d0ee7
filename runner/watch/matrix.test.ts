import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { plain, waysOfSaving } from './editors.ts';
import { practice } from './practice.ts';

/** 50 in the long run: KIBITZER_REPEATS=50 */
const repeats = Number(process.env['KIBITZER_REPEATS'] ?? 3);
const timeout = 5_000 + repeats * 2_000;

for (const [mode, flag] of [
  ['events', '0'],
  ['polling', '1'],
] as const) {
  const env = { KIBITZER_POLL: flag };

  describe.concurrent(mode, () => {
    for (const [name, save] of Object.entries(waysOfSaving)) {
      test(`${name}: one save per content`, { timeout }, async () => {
        await using p = await practice({ env });
        const expected: string[] = [];
        for (let i = 1; i <= repeats; i++) {
          const content = `// move ${i}\nexport const answer = ${'4'.repeat(i)};\n`;
          expected.push(content);
          await save(p.path('one'), content);
          await p.until(() => p.saves.length >= i);
          expect(p.contents()).toEqual(expected);
        }
        await p.watcher.rescan();
        expect(p.contents()).toEqual(expected);
        expect(p.errors).toEqual([]);
        expect(p.watcher.mode).toBe(mode);
      });
    }

    test('the same bytes in every way: no save', { timeout }, async () => {
      await using p = await practice({ env });
      for (const save of Object.values(waysOfSaving)) await save(p.path('one'), '// start\n');
      await p.watcher.rescan();
      await plain(p.path('one'), '// now something else\n');
      await p.until(() => p.saves.length > 0);
      await p.watcher.rescan();
      expect(p.contents()).toEqual(['// now something else\n']);
    });

    test('100 saves in 200 ms: the last one last, none twice', { timeout }, async () => {
      await using p = await practice({ env });
      const last = '// 99\n';
      for (let i = 0; i < 100; i++) {
        await writeFile(p.path('one'), `// ${i}\n`);
        await sleep(2);
      }
      await p.until(() => p.contents().at(-1) === last);
      await p.watcher.rescan();
      const contents = p.contents();
      expect(contents.at(-1)).toBe(last);
      expect(new Set(contents).size).toBe(contents.length);
      const numbers = contents.map((content) => Number(content?.slice(3)));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    });
  });
}
