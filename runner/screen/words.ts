/** Every sentence the screens say, in one place. Texts of katas are not here. */
import type { Rung } from '../core/events.ts';
import type { Glyph, GlyphRule } from '../core/glyph.ts';
import type { Refusal } from '../core/ladder.ts';
import type { Outcome } from '../core/verdict.ts';

export const GLYPH_NAME: Record<Glyph, string> = {
  '!!': 'brilliant',
  '!': 'good move',
  '!?': 'another good way',
  '': 'quiet move',
  '?!': 'dubious',
  '?': 'mistake',
  '??': 'blunder',
};

export const OUTCOME_NAME: Record<Outcome, string> = {
  held: 'held',
  refuted: 'refuted',
  crashed: 'crashed',
  'timed-out': 'timed out',
  unreached: 'not judged',
};

export const VERDICT_NAME: Readonly<Record<string, string>> = {
  won: 'won',
  lost: 'lost',
  'lost-on-time': 'lost on time',
  tampering: 'tampering',
};

/** What has to be said about how a move was lost, where the probes do not say it. */
export function verdictWords(verdict: string): string | null {
  return verdict === 'tampering'
    ? 'The code reached for what judges it, so nothing that it did counts.'
    : null;
}

export const RUNG_NAME: Record<Rung, string> = {
  idea: 'idea',
  plan: 'plan',
  'better-approach': 'better approach',
};
export const RUNG_KEY: Record<Rung, string> = { idea: 'i', plan: 'p', 'better-approach': 'a' };

const NUMBER = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
export const inWords = (n: number): string => NUMBER[n] ?? String(n);

/** Why a rung is not open, and what opens it. */
export function refusalWords(r: Refusal): string {
  switch (r.code) {
    case 'no-move-yet':
      return 'Play a move first: the ladder opens from your own attempts.';
    case 'analysis-unread':
      return `Read the analysis of move ${r.move} first: answer its question or skip it.`;
    case 'needs-another-move':
      return `The next rung takes another idea: a move that differs from move ${r.since}, judged and read.`;
    case 'not-different':
      return `Move ${r.move} is not another idea yet: it ended as move ${r.since} did, with ${
        r.changed === 0
          ? 'no statement'
          : r.changed === 1
            ? 'only one statement'
            : `only ${inWords(r.changed)} statements`
      } changed.`;
  }
}

/** A save that is no move. */
export function sameProgramWords(move: number, sameText: boolean): string {
  const what = move === 0 ? 'the starter' : `move ${move}`;
  return sameText
    ? `same code as ${what}: no new move`
    : `same program as ${what} (only renamed, reformatted or commented): no new move`;
}

/** Which rule gave the glyph. */
export const RULE_WORDS: Record<GlyphRule, string> = {
  'won-at-first-move': 'every probe held at the first move, without help',
  'won-by-another-design': 'every probe held, by a design other than the reference',
  won: 'every probe held',
  'losing-mistake': 'it shows a mistake that loses at once',
  'wrong-mistake': 'it shows a mistake that loses under ordinary conditions',
  'costly-mistake': 'it shows a mistake that is paid for later',
  'lost-20': 'the position fell by 20 points or more',
  'lost-10': 'the position fell by 10 points or more',
  'lost-5': 'the position fell by 5 points or more',
  'same-again': 'the same mistake as at an earlier move',
  'changed-nothing': 'no probe was won or lost by it',
  quiet: 'nothing was lost',
};

/** What stands in front of the rows of an expected-and-got diff. */
export const labelledDiff = {
  expected: (plain: boolean): string => (plain ? ' expected: ' : '   expected - '),
  got: (plain: boolean): string => (plain ? ' got: ' : '   got      + '),
  same: (plain: boolean): string => (plain ? ' same: ' : '              '),
};

/** Sentences of the session. */
export const sayings = {
  questionWaits: 'a probe refuted this move; a question about it waits in the terminal',
  playingStarter: 'playing the starter…',
  judging: (kata: string): string => `judging ${kata}…`,
  watching: 'watching',
  polling: 'watching by polling (the system sends no file events here)',
  unsaved: (why: string): string =>
    `not saved: ${why} — the session goes on in memory and tries again at each move`,
  output: 'What the code printed',
  nothingChanged: 'Nothing was changed.',
  whichKata: (n: number): string => `which kata? 1–${n}, [esc] back:`,
  noSuchNumber: (typed: string): string => `There is no number ${typed || '0'} in the list.`,
  starterAgain: (kata: string): string =>
    `Files of practice/${kata} were missing; the starter’s are back in their place.`,
  askResign: 'Resign? The ladder and the accepted designs open, and the game counts as resigned.',
  askReset: (kata: string): string =>
    `Put the starter of ${kata} back? Your files are copied to a backup first; moves and ladder stay.`,
  wasReset: (kata: string, backup: string | null): string =>
    `The starter of ${kata} is back.${backup ? ` What was there lies in ${backup}.` : ''}`,
  alreadyOver: 'This game is over already.',
  resigned: (folder: string): string => `Everything is open now. The accepted designs lie in ${folder}.`,
  solutionsAt: (folder: string): string => `The accepted designs lie in ${folder}.`,
  allOver: 'No kata is left: all are won or resigned. [k] goes back to any of them.',
  rungsInOrder: 'The rungs open in order: idea, plan, better approach. [l] shows what the next one takes.',
  noEvidence: 'The full evidence of this move is no longer stored.',
  everythingHeld: 'Every probe held.',
  diffSince: (n: number): string => `Changed since ${n === 0 ? 'the starter' : `move ${n}`}:`,
  contested: (file: string): string =>
    `Thank you. What the author needs is in ${file}: the code, the verdict, the analysis. Add a line that says why, and send it on.`,
  offered: (why: 'same-diagnosis' | 'long', rung: string, key: string, resign: string): string =>
    `${why === 'same-diagnosis' ? 'Three moves, one diagnosis.' : 'A while with this one.'} The ${rung} is open if it helps: ${key}, or resign: ${resign}.`,
};
