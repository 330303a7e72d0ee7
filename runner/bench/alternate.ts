import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findKatas, readMoves } from '../store/katas.ts';
import { kibitzer } from './subjects.ts';

/**
 * Saves two moves in turn, plainly and by renaming, some with hardly a pause: each verdict on screen must be that of the
 * save before it.
 * @param count how many saves
 * @returns exit code: 0 when no verdict was stale
 */
export async function alternate(count: number): Promise<number> {
  const kata = (await findKatas()).find((k) => k.id === 'template-escaping')!;
  const moves = readMoves(kata);
  const two = [
    moves.find((m) => m.name === 'bans-javascript')!,
    moves.find((m) => m.name === 'ampersand-last')!,
  ];
  const subject = await kibitzer(kata.id, kata.entry);
  const lost: (number | undefined)[] = [undefined, undefined];
  let stale = 0;
  try {
    for (let i = 0; i < count; i++) {
      const text = `${two[i % 2]!.files[kata.entry]}\nexport const save${i} = ${i};\n`;
      const verdict = subject.verdict();
      if (i % 4 < 2) writeFileSync(subject.file, text);
      else {
        const temporary = path.join(path.dirname(subject.file), '.save.tmp');
        writeFileSync(temporary, text);
        renameSync(temporary, subject.file);
      }
      const found = await verdict;
      lost[i % 2] ??= found;
      if (lost[i % 2] !== found) stale++;
      if (i % 3 === 0) await new Promise((done) => setTimeout(done, (i * 7) % 100));
      if (i % 100 === 99) process.stderr.write(`${i + 1} saves, ${stale} stale\n`);
    }
  } finally {
    subject.close();
  }
  if (lost[0] === lost[1])
    throw new Error('both moves lose equally many probes: nothing stale could be seen');
  process.stdout.write(`${count} saves, ${stale} stale verdicts\n`);
  return stale === 0 ? 0 : 1;
}
