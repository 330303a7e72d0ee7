import path from 'node:path';
import type { Io } from '../io.ts';
import { noveltiesScreen, type PlayedNovelty } from '../screen/mutants.ts';
import { readWorkspace, type Workspace } from '../workspace.ts';
import { INTERRUPTED, reportsOf } from './mutants.ts';

/**
 * Lists what authors work from: mutants that survive, and losses for which the book has no name, those of mutants and
 * those that were played in the practice folder.
 * @returns 0 when there is nothing to list, else 1; 130 when interrupted
 */
export async function novelties(
  io: Io,
  ids: readonly string[],
  o: { fresh?: boolean | undefined },
): Promise<number> {
  const ws = await readWorkspace();
  const reports = await reportsOf(ids, { fresh: o.fresh });
  if (reports === null) return INTERRUPTED;
  const all = reports.map(({ id, survivors, outOfBookVectors }) => ({
    id,
    survivors,
    outOfBookVectors,
    played: playedIn(ws, id),
  }));
  if (io.json) io.document({ schema: 'kibitzer/novelties@1', katas: all });
  else io.print(all.flatMap((one) => noveltiesScreen(one, io.look())));
  return all.every((r) => r.survivors.length + r.outOfBookVectors.length + r.played.length === 0) ? 0 : 1;
}

function playedIn(ws: Workspace, kata: string): PlayedNovelty[] {
  return ws
    .game(kata)
    .moves.filter((m) => m.judgement.diagnosis.status === 'out-of-book')
    .map((m) => ({
      move: m.n,
      files: Object.fromEntries(
        Object.entries(m.files).map(([file, hash]) => [
          file,
          path.join(ws.practice, '.kibitzer', 'snapshots', hash),
        ]),
      ),
      lost: Object.entries(m.judgement.messages).map(([probe, message]) => `${probe}: ${message}`),
    }));
}
