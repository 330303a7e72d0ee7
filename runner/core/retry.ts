import { sameMistake, type Game, type Move } from './game.ts';
import type { Judgement } from './events.ts';

/** An earlier position that is played once more, and how that ended so far. */
export interface Retry {
  /** number of the move that is to be played better */
  move: number;
  /** number of the move that did; null while none has */
  wonBy: number | null;
}

/** How a try compares: it wins, it loses probes that held in the position, or it repeats the diagnosis. */
export type Tried =
  | { is: 'won' }
  | { is: 'loses'; probes: readonly string[] }
  | { is: 'repeats' }
  | { is: 'unchanged' };

/** Why a move cannot be played once more. */
export type NoRetry = { code: 'no-such-move'; moves: number } | { code: 'move-won'; move: number };

/** The position in which a move was played: the code before it. */
export function positionBefore(game: Game, n: number): Move {
  return n === 1 ? game.start! : game.moves[n - 2]!;
}

/**
 * Whether a move can be played once more.
 * @param n its number
 */
export function mayRetry(game: Game, n: number): NoRetry | null {
  const move = game.moves[n - 1];
  if (!move) return { code: 'no-such-move', moves: game.moves.length };
  return move.judgement.verdict === 'won' ? { code: 'move-won', move: n } : null;
}

/**
 * Compares a try with the position before the move: it wins when every probe that held there still holds, and the
 * diagnosis is another than that of the move. This is the rule of chess sites' "learn from your mistakes", with probes
 * for chances.
 * @param n the move that is played once more
 */
export function compare(game: Game, n: number, tried: { hash: string; judgement: Judgement }): Tried {
  const before = positionBefore(game, n);
  const move = game.moves[n - 1]!;
  if (tried.hash === before.hash) return { is: 'unchanged' };
  const { outcomes } = tried.judgement;
  const probes = Object.entries(before.judgement.outcomes)
    .filter(([probe, outcome]) => outcome === 'held' && outcomes[probe] !== 'held')
    .map(([probe]) => probe);
  if (probes.length > 0) return { is: 'loses', probes };
  const repeats =
    tried.hash === move.hash ||
    sameMistake(move.judgement.diagnosis, tried.judgement.diagnosis) ||
    sameUnnamed(move.judgement, tried.judgement);
  return repeats ? { is: 'repeats' } : { is: 'won' };
}

/** Two losses for which the book has no name, at the same probe. */
function sameUnnamed(a: Judgement, b: Judgement): boolean {
  return (
    a.diagnosis.status === 'out-of-book' &&
    b.diagnosis.status === 'out-of-book' &&
    a.diagnosis.probe === b.diagnosis.probe
  );
}
