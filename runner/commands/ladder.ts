import { decide } from '../core/decide.ts';
import { RUNGS, type Rung } from '../core/events.ts';
import { isOver } from '../core/game.ts';
import { ladderOf } from '../core/ladder.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { betterApproachScreen, ladderScreen, rungScreen } from '../screen/ladder.ts';
import { refusalWords, RUNG_NAME, sayings } from '../screen/words.ts';
import { currentMove, rungView } from '../views.ts';
import { kataAtHand, openWorkspace, readWorkspace } from '../workspace.ts';

/** Which rungs are open and why the next is not; with `rung`, that rung itself. */
export async function ladder(
  io: Io,
  id: string | undefined,
  o: { rung?: string | undefined },
): Promise<number> {
  if (o.rung === undefined) {
    const ws = await readWorkspace();
    const kata = kataAtHand(ws, id);
    const game = ws.game(kata.id);
    const state = ladderOf(game, Date.now());
    if (io.json)
      io.document({
        schema: 'kibitzer/ladder@1',
        kata: kata.id,
        ...state,
        why: state.refusal ? refusalWords(state.refusal) : null,
      });
    else io.print(ladderScreen(kata.id, state, isOver(game), io.look(), game.ladder));
    return 0;
  }
  const rung = RUNGS.find((r) => r === o.rung);
  if (!rung)
    throw new KibitzerError(
      'NO_SUCH_RUNG',
      `there is no rung “${o.rung}”`,
      `the rungs are ${RUNGS.join(', ')}`,
    );
  return openRung(io, id, rung);
}

async function openRung(io: Io, id: string | undefined, rung: Rung): Promise<number> {
  const ws = await openWorkspace();
  try {
    const kata = kataAtHand(ws, id);
    const move = currentMove(ws.game(kata.id));
    const decision = decide(ws.game(kata.id), { do: 'open-rung', rung, now: Date.now() });
    if ('refused' in decision || !move) {
      const refused = 'refused' in decision ? decision.refused : ({ code: 'no-move-yet' } as const);
      const why =
        refused.code === 'not-open' || refused.code === 'already-over' || refused.code === 'same-program'
          ? sayings.rungsInOrder
          : refusalWords(refused);
      throw new KibitzerError(
        'RUNG_CLOSED',
        `the ${RUNG_NAME[rung]} is not open yet: ${why}`,
        '`kibitzer ladder` shows what the next rung takes',
      );
    }
    ws.append(decision.events);
    const view = await rungView(ws, kata, move, rung);
    const look = io.look();
    if (io.json) io.document({ schema: 'kibitzer/rung@1', kata: kata.id, move: move.n, ...view });
    else
      io.print(
        view.rung === 'better-approach'
          ? betterApproachScreen(view.title, view.about, view.hunks, look)
          : rungScreen(view.rung, view.about, view.text, look),
      );
    return 0;
  } finally {
    ws.close();
  }
}
