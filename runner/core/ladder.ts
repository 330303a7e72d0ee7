import type { Rung, RungOpened } from './events.ts';
import type { Game, Move } from './game.ts';
import { sameMistake } from './game.ts';

/** Statements that must have changed for a move with the same result to count as another idea. */
const STATEMENTS = 3;
/** Moves with one diagnosis after which the next rung is offered unasked. */
const SAME_DIAGNOSIS = 3;
/** Or this much time since the last rung opened, and so many moves. */
const LONG_MS = 10 * 60 * 1000;
const LONG_MOVES = 2;

/** Why the next rung is not open; words are in screen/words.ts. */
export type Refusal =
  | { code: 'no-move-yet' }
  | { code: 'analysis-unread'; move: number }
  | { code: 'needs-another-move'; since: number }
  | { code: 'not-different'; move: number; since: number; changed: number };

/** The ladder of a game at one moment. */
export interface Ladder {
  open: readonly Rung[];
  /** the next rung, or null when all are open */
  next: Rung | null;
  /** why `next` is not open yet; null when it is offered or there is none */
  refusal: Refusal | null;
  /** `next` may be opened without further condition */
  offered: 'same-diagnosis' | 'long' | null;
}

/** Number of statements that differ between two programs, counted as the larger of added and removed. */
export function changedStatements(a: readonly string[], b: readonly string[]): number {
  const count = new Map<string, number>();
  for (const s of a) count.set(s, (count.get(s) ?? 0) + 1);
  let added = 0;
  for (const s of b) {
    const left = count.get(s) ?? 0;
    if (left > 0) count.set(s, left - 1);
    else added++;
  }
  const removed = [...count.values()].reduce((sum, n) => sum + n, 0);
  return Math.max(added, removed);
}

/** Whether a lost move is another idea than the one that counted last: other outcomes, another diagnosis, or much changed code. */
export function countsAsDifferent(counted: Move | null, move: Move): { counts: boolean; changed: number } {
  if (!counted) return { counts: true, changed: Infinity };
  const changed = changedStatements(counted.statements, move.statements);
  const outcomes = move.judgement.outcomes;
  const before = counted.judgement.outcomes;
  const otherOutcomes = Object.keys({ ...outcomes, ...before }).some((id) => outcomes[id] !== before[id]);
  const otherDiagnosis = diagnosisName(counted) !== diagnosisName(move);
  return { counts: otherOutcomes || otherDiagnosis || changed >= STATEMENTS, changed };
}

/** What two diagnoses are compared by: the mistake, or that there is none. */
function diagnosisName(move: Move): string {
  const { diagnosis } = move.judgement;
  return diagnosis.status === 'known' ? diagnosis.mistake : diagnosis.status;
}

/** The level after a rung was opened: an offered one lifts it. */
export function openLevel({ level, ladder }: Pick<Game, 'level' | 'ladder'>, event: RungOpened): number {
  return event.by === 'offered' ? Math.max(level, ladder.indexOf(event.rung) + 1) : level;
}

/**
 * What is open, what comes next and why it is not open.
 * @param now time in milliseconds, for the offer after a long while
 */
export function ladderOf(game: Game, now: number): Ladder {
  const open = game.ladder.slice(0, game.level);
  const next = game.ladder[game.level] ?? null;
  if (next === null) return { open, next, refusal: null, offered: null };
  const offered = offerOf(game, now);
  return { open, next, refusal: offered ? null : refusalOf(game), offered };
}

function refusalOf(game: Game): Refusal {
  const lost = game.moves.filter((m) => m.judgement.verdict !== 'won');
  const last = lost.at(-1);
  if (!last) return { code: 'no-move-yet' };
  if (!last.read) return { code: 'analysis-unread', move: last.n };
  if (game.counted === null || game.counted === last.n) return { code: 'needs-another-move', since: last.n };
  const { changed } = countsAsDifferent(game.moves[game.counted - 1]!, last);
  return { code: 'not-different', move: last.n, since: game.counted, changed };
}

/**
 * Nobody is stuck: several moves with one diagnosis, or a long while with some, open the next rung unasked. They are
 * counted from the move that earned the last rung, or after the one at which it was offered; looking at a rung that
 * is open takes no offer away.
 */
function offerOf(game: Game, now: number): Ladder['offered'] {
  const { lifted } = game;
  const first = lifted === null ? 1 : lifted.by === 'earned' ? lifted.move : lifted.move + 1;
  const since = game.moves.filter((m) => m.judgement.verdict !== 'won' && m.n >= first);
  const last = since.at(-1);
  if (!last) return null;
  const same = since.filter(
    (m) => sameMistake(m.judgement.diagnosis, last.judgement.diagnosis) || bothOutOfBook(m, last),
  );
  if (same.length >= SAME_DIAGNOSIS) return 'same-diagnosis';
  const from = lifted?.at ?? game.moves[0]!.at;
  return since.length >= LONG_MOVES && now - Date.parse(from) >= LONG_MS ? 'long' : null;
}

function bothOutOfBook(a: Move, b: Move): boolean {
  const [x, y] = [a.judgement.diagnosis, b.judgement.diagnosis];
  return x.status === 'out-of-book' && y.status === 'out-of-book' && x.probe === y.probe;
}
