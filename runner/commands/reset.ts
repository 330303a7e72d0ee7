import path from 'node:path';
import type { Io } from '../io.ts';
import { paragraph } from '../screen/layout.ts';
import { sayings } from '../screen/words.ts';
import { readStarter } from '../store/katas.ts';
import { restoreFiles } from '../store/practice.ts';
import { kataAtHand, openWorkspace } from '../workspace.ts';
import { confirmed } from './ask.ts';

/** Puts a kata's starter back, after a copy of what is there. Moves and ladder stay. Asks first. */
export async function reset(
  io: Io,
  id: string | undefined,
  o: { yes?: boolean | undefined },
): Promise<number> {
  const ws = await openWorkspace();
  try {
    const kata = kataAtHand(ws, id);
    if (!(await confirmed(sayings.askReset(kata.id), o.yes))) return 1;
    const { backup } = restoreFiles(ws.practice, kata.id, readStarter(kata));
    ws.append([{ type: 'reset', kata: kata.id, backup: backup ?? '' }]);
    const kept = backup === null ? null : path.relative(process.cwd(), backup);
    if (io.json) io.document({ schema: 'kibitzer/reset@1', kata: kata.id, backup: kept });
    else io.print(paragraph(sayings.wasReset(kata.id, kept), io.look()));
    return 0;
  } finally {
    ws.close();
  }
}
