import { Board } from './board.ts';
import { ownErrorFields } from './encode.ts';
import { openGuard } from './guard.ts';
import { playerChannel } from './player-channel.ts';

const { stringify } = JSON;

/** The player's side of the board. */
export interface ServedBoard {
  /**
   * Tells the arbiter something, at any time, without waiting: facts that must outlive a player that is killed.
   * @param data anything that JSON can say
   * @throws RangeError when it is longer than LIMITS.noteBytes, TypeError when JSON cannot say it
   */
  note(data: unknown): void;
}

/**
 * Serves an object to the arbiter that started this process, for as long as the process lives; see
 * start-player.ts. Everything reachable from the object can be used from there: serve functions.
 * Call it once, in a process started by startPlayer, before learner's code is loaded.
 */
export function serveBoard(root: object): ServedBoard {
  const board = new Board({
    role: 'player',
    channel: playerChannel(),
    guard: openGuard(ownErrorFields),
    root,
    judge: (error) => error,
    gone: () => null,
  });
  board.note(''); // ready
  return {
    note: (data) => board.note(stringify(data) ?? 'null'),
  };
}
