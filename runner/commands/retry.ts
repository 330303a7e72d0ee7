import { mayRetry, positionBefore } from '../core/retry.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { beginRetry } from '../retry.ts';
import { paragraph } from '../screen/layout.ts';
import { retryWords } from '../screen/words.ts';
import { kataAtHand, openWorkspace } from '../workspace.ts';

/**
 * Puts an earlier position back into practice, after a copy of what is there.
 * @param n the number of the move that is to be played better
 * @throws KibitzerError NOT_FOUND when there is no such move, NOTHING_TO_RETRY when it was won
 */
export async function retry(io: Io, n: number, id: string | undefined): Promise<number> {
  const ws = await openWorkspace();
  try {
    const kata = kataAtHand(ws, id);
    const refused = mayRetry(ws.game(kata.id), n);
    if (refused) {
      throw new KibitzerError(
        refused.code === 'move-won' ? 'NOTHING_TO_RETRY' : 'NOT_FOUND',
        retryWords.refused(refused).replace(/\.$/, ''),
        `\`kibitzer play ${kata.id}\` and its key m show the moves`,
      );
    }
    const backup = beginRetry(ws, kata, n);
    const { position } = positionBefore(ws.game(kata.id), n).judgement;
    if (io.json) io.document({ schema: 'kibitzer/retry@1', kata: kata.id, move: n, position, backup });
    else io.print(paragraph(retryWords.begun(n, position, backup), io.look()));
    return 0;
  } finally {
    ws.close();
  }
}
