import type { AnalysisRead, GameEvent, Judgement, MovePlayed, RetryWon, Rung, RungOpened } from './events.ts';
import { isOver, lastMove, type Game, type Move } from './game.ts';
import { ladderOf, type Refusal } from './ladder.ts';
import { compare } from './retry.ts';

/** What the learner does. */
export type Command =
  | {
      do: 'play';
      hash: string;
      statements: readonly string[];
      files: Record<string, string>;
      judgement: Judgement;
      nearest?: MovePlayed['nearest'];
    }
  | { do: 'read'; choice: number | null }
  | { do: 'open-rung'; rung: Rung; now: number }
  | { do: 'resign' };

/** Events to store, or why there are none. */
export type Decision =
  | { events: GameEvent[] }
  | {
      refused:
        | Refusal
        | { code: 'already-over' }
        | { code: 'not-open' }
        | { code: 'same-program'; move: number };
    };

/** The move of this game with the same normalised program, or null; the starter counts as move 0. */
export function sameProgram(game: Game, hash: string): Move | null {
  if (game.start?.hash === hash) return game.start;
  return game.moves.findLast((m) => m.hash === hash) ?? null;
}

/** What a command does to a game: pure, and the only place where rules about commands stand. */
export function decide(game: Game, command: Command): Decision {
  switch (command.do) {
    case 'play': {
      if (!game.start) return { refused: { code: 'not-open' } };
      const same = sameProgram(game, command.hash);
      if (same) return { refused: { code: 'same-program', move: same.n } };
      const { do: _, ...played } = command;
      const n = game.moves.length + 1;
      return {
        events: [{ type: 'move-played', kata: game.kata, move: n, ...played }, ...retryWon(game, n, command)],
      };
    }
    case 'read':
      return { events: read(game, command.choice) };
    case 'open-rung':
      return openRung(game, command.rung, command.now);
    case 'resign':
      return isOver(game)
        ? { refused: { code: 'already-over' } }
        : { events: [{ type: 'resigned', kata: game.kata }] };
  }
}

/**
 * The retry that a program wins, if it does.
 * @param by number of the move that this program is
 */
export function retryWon(
  game: Game,
  by: number,
  program: { hash: string; judgement: Judgement },
): RetryWon[] {
  const move = game.retrying;
  if (move === null || compare(game, move, program).is !== 'won') return [];
  return [{ type: 'retry-won', kata: game.kata, move, by }];
}

/** An answer that is none of the choices counts as a skip; so does any answer where nothing is asked. */
function read(game: Game, answer: number | null): AnalysisRead[] {
  const move = lastMove(game);
  if (!move || move.n === 0 || move.read || move.judgement.verdict === 'won') return [];
  const { diagnosis } = move.judgement;
  const question = diagnosis.status === 'known' ? diagnosis.question : null;
  const choice = answer !== null && question?.choices[answer] ? answer : null;
  const right = choice !== null && question?.answer === choice;
  return [{ type: 'analysis-read', kata: game.kata, move: move.n, choice, right }];
}

function openRung(game: Game, rung: Rung, now: number): Decision {
  const move = lastMove(game)?.n ?? 0;
  const opened = (by: RungOpened['by']): Decision => ({
    events: game.rungs.some((r) => r.rung === rung)
      ? []
      : [{ type: 'rung-opened', kata: game.kata, rung, by, move }],
  });
  const place = game.ladder.indexOf(rung);
  if (place >= 0 && place < game.level) return opened('earned');
  const ladder = ladderOf(game, now);
  if (rung === ladder.next && ladder.offered) return opened('offered');
  return { refused: rung === ladder.next && ladder.refusal ? ladder.refusal : { code: 'not-open' } };
}
