import type { Io } from '../io.ts';
import { listScreen } from '../screen/list.ts';
import { listRows } from '../views.ts';
import { currentKata, readWorkspace } from '../workspace.ts';

/** All katas, with where each stands. */
export async function list(io: Io): Promise<number> {
  const ws = await readWorkspace();
  const rows = listRows(ws);
  const chosen = currentKata(ws).id;
  if (io.json) io.document({ schema: 'kibitzer/list@1', chosen, katas: rows });
  else io.print(listScreen(rows, chosen, io.look()));
  return 0;
}
