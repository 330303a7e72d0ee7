import { parseBrief } from '../core/brief.ts';
import type { Io } from '../io.ts';
import { language } from '../language.ts';
import { prose } from '../screen/prose.ts';
import { readBrief } from '../store/katas.ts';
import { kataAtHand, readWorkspace } from '../workspace.ts';

/** The whole brief of a kata: story, numbered contract, interface. */
export async function brief(io: Io, id?: string): Promise<number> {
  const ws = await readWorkspace();
  const kata = kataAtHand(ws, id);
  const markdown = readBrief(kata, language());
  if (io.json) io.document({ schema: 'kibitzer/brief@1', kata: kata.id, ...parseBrief(markdown), markdown });
  else io.print(prose(markdown, io.look()));
  return 0;
}
