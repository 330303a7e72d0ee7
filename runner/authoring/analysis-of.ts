import { analysisOf, type AnalysisView } from '../core/analysis.ts';
import type { GameEvent, Stored } from '../core/events.ts';
import { gameOf, replay, type Game } from '../core/game.ts';
import { judgementFrom } from '../core/judgement.ts';
import { lostScreen, toldScreen } from '../screen/analysis.ts';
import type { Look } from '../screen/look.ts';
import type { Judged } from './judged.ts';
import type { Parts } from './parts.ts';

const AT = '2026-01-01T00:00:00.000Z';

/** How the question of an analysis is answered. */
export type Answer = 'right' | 'wrong' | 'skipped';

/** A bad move as the first one of a game: its analysis as the learner sees it, unread or read. */
export function analysisView(
  { kata, book, brief }: Parts,
  starter: Judged,
  move: Judged,
  answer: Answer | null,
): AnalysisView {
  const game = playedOnce(kata.id, starter, move, answer);
  return analysisOf(game, game.moves[0]!, book, brief, move.verdict.results, move.files, () => starter.files);
}

/** Both halves of an analysis as text: unread with its question, then what is told once it was answered rightly. */
export function analysisText(parts: Parts, starter: Judged, move: Judged, look: Look): string[] {
  const [unread, read] = [null, 'right' as const].map((a) => analysisView(parts, starter, move, a)) as [
    AnalysisView,
    AnalysisView,
  ];
  const told = toldScreen(read, look);
  return [...lostScreen(unread, look), ...(told.length > 0 ? ['', ...told] : [])];
}

function playedOnce(kata: string, starter: Judged, move: Judged, answer: Answer | null): Game {
  const opened: GameEvent = {
    type: 'kata-opened',
    kata,
    version: '',
    hash: starter.program?.hash ?? '',
    files: {},
    starter: judgementFrom(starter.verdict, starter.diagnosis, ''),
  };
  const played: GameEvent = {
    type: 'move-played',
    kata,
    move: 1,
    hash: move.program?.hash ?? '',
    statements: move.program?.statements ?? [],
    files: {},
    judgement: judgementFrom(move.verdict, move.diagnosis, ''),
  };
  const question = move.diagnosis.status === 'known' ? move.diagnosis.question : null;
  const choice =
    answer === 'skipped' || !question
      ? null
      : answer === 'right'
        ? question.answer
        : (question.answer + 1) % question.choices.length;
  const read: GameEvent = { type: 'analysis-read', kata, move: 1, choice, right: answer === 'right' };
  const events: GameEvent[] = answer === null ? [opened, played] : [opened, played, read];
  const stored = events.map((event, i): GameEvent & Stored => ({ ...event, seq: i + 1, at: AT }));
  return gameOf(replay(stored), kata);
}
