import path from 'node:path';
import { decide } from '../core/decide.ts';
import type { Io } from '../io.ts';
import { unlockSolutions } from '../play.ts';
import { paragraph } from '../screen/layout.ts';
import { sayings } from '../screen/words.ts';
import { wonScreen } from '../screen/won.ts';
import { lastMove } from '../core/game.ts';
import { postMortemOf } from '../views.ts';
import { kataAtHand, openWorkspace } from '../workspace.ts';
import { confirmed } from './ask.ts';

/** Resigns a game: opens its ladder and its designs. Asks first. */
export async function resign(
  io: Io,
  id: string | undefined,
  o: { yes?: boolean | undefined },
): Promise<number> {
  const ws = await openWorkspace();
  try {
    const kata = kataAtHand(ws, id);
    const decision = decide(ws.game(kata.id), { do: 'resign' });
    if ('refused' in decision) {
      io.print(paragraph(sayings.alreadyOver, io.look()));
      return 0;
    }
    if (!(await confirmed(sayings.askResign, o.yes))) return 1;
    ws.append(decision.events);
    const folder = path.relative(process.cwd(), unlockSolutions(ws, kata));
    const position = lastMove(ws.game(kata.id))?.judgement.position ?? 0;
    if (io.json) io.document({ schema: 'kibitzer/resign@1', kata: kata.id, solutions: folder });
    else
      io.print([
        ...wonScreen(postMortemOf(ws, kata), position, io.look()),
        '',
        ...paragraph(sayings.resigned(folder), io.look()),
      ]);
    return 0;
  } finally {
    ws.close();
  }
}
