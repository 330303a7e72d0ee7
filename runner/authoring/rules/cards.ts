import type { Parts } from '../parts.ts';
import type { CardResult } from '../cards/execute-cards.ts';
import type { Report } from '../problem.ts';

/** Every card's answer is the choice that its code shows when it is executed, or says why it cannot be. */
export function checkCards(
  { cards }: Parts,
  executed: ReadonlyMap<string, CardResult>,
  report: Report,
): void {
  for (const { id, choices, answer, executes, believed } of cards) {
    const where = `cards.ts ${id}`;
    if (!executes) {
      if (!believed?.trim()) report('card-not-executed', where);
      continue;
    }
    const result = executed.get(id);
    if (!result || 'failed' in result) {
      report('card-fails', where, { says: result?.failed ?? 'a card before it ended the process' });
    } else if (!choices.includes(result.shows)) {
      report('card-shows-no-choice', where, { shows: result.shows });
    } else if (choices[answer] !== result.shows) {
      report('card-answer-differs', where, {
        answer: choices[answer] ?? String(answer),
        shows: result.shows,
      });
    }
  }
}
