import type { Diagnosis } from './diagnosis.ts';
import {
  RUNGS,
  type GameEvent,
  type Judgement,
  type MovePlayed,
  type Rung,
  type RungOpened,
  type Stored,
} from './events.ts';
import { glyphOf, type Glyph, type GlyphRule } from './glyph.ts';
import { countsAsDifferent, openLevel } from './ladder.ts';
import type { Retry } from './retry.ts';

/** One move of a game, as the log tells it. Move 0 is the starter. */
export interface Move {
  n: number;
  at: string;
  hash: string;
  statements: readonly string[];
  /** snapshot hash by path */
  files: Readonly<Record<string, string>>;
  judgement: Judgement;
  /** position before it */
  before: number;
  glyph: Glyph;
  rule: GlyphRule;
  /** how the analysis was read; null while it was not */
  read: { choice: number | null; right: boolean } | null;
  nearest: MovePlayed['nearest'] | null;
}

/** All moves of one learner on one kata. */
export interface Game {
  kata: string;
  version: string;
  /** null until the kata was opened */
  start: Move | null;
  moves: readonly Move[];
  /** what there is to open, in order */
  ladder: readonly Rung[];
  /** how many rungs are open; never goes down */
  level: number;
  /** the last move that counted towards the ladder */
  counted: number | null;
  /** what opened the last rung; null while none is open */
  lifted: { move: number; at: string; by: RungOpened['by'] } | null;
  /** rungs that were looked at, in order */
  rungs: readonly { rung: Rung; move: number; at: string }[];
  /** earlier positions that were played once more, the last one of each move, in order */
  retries: readonly Retry[];
  /** the move whose position is played once more now; null when none is */
  retrying: number | null;
  resigned: boolean;
  /** number of the first winning move, or null */
  wonAt: number | null;
}

/** Everything the log says: games by kata, and the kata chosen last. */
export interface Progress {
  games: Readonly<Record<string, Game>>;
  chosen: string | null;
}

export const NOTHING_PLAYED: Progress = { games: {}, chosen: null };

/** The game of a kata, empty when it was never opened. */
export function gameOf(progress: Progress, kata: string): Game {
  // own properties only: a kata may be called like something every object has
  if (Object.hasOwn(progress.games, kata)) return progress.games[kata]!;
  return {
    kata,
    version: '',
    start: null,
    moves: [],
    ladder: RUNGS,
    level: 0,
    counted: null,
    lifted: null,
    rungs: [],
    retries: [],
    retrying: null,
    resigned: false,
    wonAt: null,
  };
}

/** Folds a log into progress; the same log always gives the same progress. */
export function replay(events: readonly (GameEvent & Stored)[]): Progress {
  return events.reduce(evolve, NOTHING_PLAYED);
}

/**
 * One event further. Events that make no sense (a move of a kata never opened, a number out of order, a type that a
 * later version wrote) change nothing.
 */
export function evolve(progress: Progress, event: GameEvent & Stored): Progress {
  const before = gameOf(progress, event.kata);
  const game = evolveGame(before, event);
  const chosen = event.type === 'kata-chosen' || event.type === 'kata-opened' ? event.kata : progress.chosen;
  if (game === before) return chosen === progress.chosen ? progress : { ...progress, chosen };
  return { games: { ...progress.games, [event.kata]: game }, chosen };
}

function evolveGame(game: Game, event: GameEvent & Stored): Game {
  switch (event.type) {
    case 'kata-opened':
      return {
        ...game,
        version: event.version,
        start: game.start ?? startOf(event),
        ladder: event.rungs ?? game.ladder,
      };
    case 'move-played':
      if (!game.start || event.move !== game.moves.length + 1) return game;
      return {
        ...game,
        moves: [...game.moves, moveOf(game, event)],
        ...(event.judgement.verdict === 'won' ? { wonAt: game.wonAt ?? event.move, level: 3 } : {}),
      };
    case 'analysis-read':
      return readAnalysis(game, event.move, { choice: event.choice, right: event.right }, event.at);
    case 'rung-opened':
      return rungOpened(game, event);
    case 'resigned':
      return { ...game, resigned: true, level: 3 };
    case 'retry-begun':
      return game.moves[event.move - 1]
        ? { ...withRetry(game, event.move, null), retrying: event.move }
        : game;
    case 'retry-won':
      return game.retrying === event.move
        ? { ...withRetry(game, event.move, event.by), retrying: null }
        : game;
    case 'reset':
      return game.retrying === null ? game : { ...game, retrying: null };
    case 'kata-chosen':
    case 'contested':
    default:
      return game;
  }
}

function withRetry(game: Game, move: number, wonBy: number | null): Game {
  return { ...game, retries: [...game.retries.filter((r) => r.move !== move), { move, wonBy }] };
}

function startOf(event: Extract<GameEvent, { type: 'kata-opened' }> & Stored): Move {
  return {
    n: 0,
    at: event.at,
    hash: event.hash,
    statements: [],
    files: event.files,
    judgement: event.starter,
    before: event.starter.position,
    glyph: '',
    rule: 'quiet',
    read: null,
    nearest: null,
  };
}

function moveOf(game: Game, event: MovePlayed & Stored): Move {
  const before = lastMove(game)!;
  const { judgement } = event;
  const { glyph, rule } = glyphOf({
    won: judgement.verdict === 'won',
    before: before.judgement.position,
    position: judgement.position,
    outcomesBefore: before.judgement.outcomes,
    outcomes: judgement.outcomes,
    diagnosis: judgement.diagnosis,
    seenBefore: game.moves.some((m) => sameMistake(m.judgement.diagnosis, judgement.diagnosis)),
    firstMove: game.moves.length === 0,
    helped: game.rungs.length > 0,
    otherDesign: event.nearest ? !event.nearest.isReference : false,
  });
  return {
    n: event.move,
    at: event.at,
    hash: event.hash,
    statements: event.statements,
    files: event.files,
    judgement,
    before: before.judgement.position,
    glyph,
    rule,
    read: null,
    nearest: event.nearest ?? null,
  };
}

/** Notes that a rung was looked at. One that was offered opens with it, and its move has counted: reading it opens no other. */
function rungOpened(game: Game, event: RungOpened & Stored): Game {
  const level = openLevel(game, event);
  const played = game.moves.length > 0 || game.resigned;
  if (!played || !game.ladder.slice(0, level).includes(event.rung)) return game;
  const { rung, move, at, by } = event;
  const rungs = game.rungs.some((r) => r.rung === rung) ? game.rungs : [...game.rungs, { rung, move, at }];
  if (level === game.level) return rungs === game.rungs ? game : { ...game, rungs };
  const counted = game.moves[move - 1]?.n ?? game.counted;
  return { ...game, level, rungs, counted, lifted: { move: counted ?? 0, at, by } };
}

function readAnalysis(game: Game, n: number, read: NonNullable<Move['read']>, at: string): Game {
  const move = game.moves[n - 1];
  if (!move || move.read || move.judgement.verdict === 'won') return game;
  const counts = countsAsDifferent(game.counted === null ? null : game.moves[game.counted - 1]!, move).counts;
  const moves = game.moves.map((m) => (m === move ? { ...m, read } : m));
  if (!counts) return { ...game, moves };
  const level = Math.min(game.ladder.length, game.level + 1);
  return {
    ...game,
    moves,
    level,
    counted: move.n,
    lifted: level > game.level ? { move: move.n, at, by: 'earned' } : game.lifted,
  };
}

/** The last move played, or the starter; null when the kata was never opened. */
export function lastMove(game: Game): Move | null {
  return game.moves.at(-1) ?? game.start;
}

/** The last move, or the starter, that held a probe; null when none did. */
export function lastThatHeld(game: Game, probe: string, before = Infinity): Move | null {
  const moves = game.moves.filter((m) => m.n < before && m.judgement.outcomes[probe] === 'held');
  const start = game.start?.judgement.outcomes[probe] === 'held' ? game.start : null;
  return moves.at(-1) ?? start;
}

/** Whether two diagnoses name the same mistake. */
export function sameMistake(a: Diagnosis, b: Diagnosis): boolean {
  return a.status === 'known' && b.status === 'known' && a.mistake === b.mistake;
}

/** Whether everything about the kata may be shown: it is won or resigned. */
export function isOver(game: Game): boolean {
  return game.wonAt !== null || game.resigned;
}
