/**
 * Every sentence that learners' screens say, in English, the source of all languages. Texts of katas are not here. The
 * exports change when another language is spoken; that happens once, before the first screen.
 */
import type { Rung } from '../core/events.ts';
import type { Glyph, GlyphRule } from '../core/glyph.ts';
import type { Refusal } from '../core/ladder.ts';
import type { NoRetry, Tried } from '../core/retry.ts';
import type { Suspect } from '../core/suspects.ts';
import type { Outcome } from '../core/verdict.ts';
import type { Action } from './keys.ts';
import type { KataState } from './start.ts';

const glyphs: Record<Glyph, string> = {
  '!!': 'brilliant',
  '!': 'good move',
  '!?': 'another good way',
  '': 'quiet move',
  '?!': 'dubious',
  '?': 'mistake',
  '??': 'blunder',
};

const outcomes: Record<Outcome, string> = {
  held: 'held',
  refuted: 'refuted',
  crashed: 'crashed',
  'timed-out': 'timed out',
  unreached: 'not judged',
};

const verdicts: Readonly<Record<string, string>> = {
  won: 'won',
  lost: 'lost',
  'lost-on-time': 'lost on time',
  tampering: 'tampering',
};

/** What has to be said about how a move was lost, where the probes do not say it. */
function verdict(verdict: string): string | null {
  return verdict === 'tampering'
    ? 'The code reached for what judges it, so nothing that it did counts.'
    : null;
}

const rungs: Record<Rung, string> = {
  idea: 'idea',
  plan: 'plan',
  'better-approach': 'better approach',
};
export const RUNG_KEY: Record<Rung, string> = { idea: 'i', plan: 'p', 'better-approach': 'a' };

const NUMBER = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const inWordsEnglish = (n: number): string => NUMBER[n] ?? String(n);

/** Why a rung is not open, and what opens it. */
function refusal(r: Refusal): string {
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
function sameProgram(move: number, sameText: boolean): string {
  const what = move === 0 ? 'the starter' : `move ${move}`;
  return sameText
    ? `same code as ${what}: no new move`
    : `same program as ${what} (only renamed, reformatted or commented): no new move`;
}

/** Which rule gave the glyph. */
const rules: Record<GlyphRule, string> = {
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
const labels = {
  expected: (plain: boolean): string => (plain ? ' expected: ' : '   expected - '),
  got: (plain: boolean): string => (plain ? ' got: ' : '   got      + '),
  same: (plain: boolean): string => (plain ? ' same: ' : '              '),
};

/** Why a line is suspected. */
function suspect({ held, of, changed, mends }: Omit<Suspect, 'at'>): string {
  const why = [
    mends === 'all' ? 'a small change here makes every test hold' : '',
    mends === 'probe' ? 'a small change here makes this test hold' : '',
    changed ? 'changed since it held' : '',
  ].filter((w) => w !== '');
  if (why.length > 0) return why.join('; ');
  if (of === 0) return 'run here';
  if (held === 0) return 'run by nothing that holds';
  return held === of ? 'run by everything that holds, too' : `run by ${held} of ${of} that hold, too`;
}

/** Sentences of the session. */
const sentences = {
  questionWaits: 'a probe refuted this move; a question about it waits in the terminal',
  playingStarter: 'playing the starter…',
  judging: (kata: string): string => `judging ${kata}…`,
  watching: 'watching',
  polling: 'watching by polling (the system sends no file events here)',
  unsaved: (why: string): string =>
    `not saved: ${why} — the session goes on in memory and tries again at each move`,
  output: 'What the code printed',
  nothingChanged: 'Nothing was changed.',
  whichKata: (n: number): string => `which kata? 1–${n}${n > 9 ? ' and [enter]' : ''}, [esc] back:`,
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
  suspects: 'Lines to look at first',
  called: 'What it called, and what came back',
  moreTroubles: (n: number): string => `${n} more ended without an answer.`,
  noLadder: 'This exercise came without hints and without an example, so there is nothing to open.',
  rungsInOrder: 'The rungs open in order: idea, plan, better approach. [l] shows what the next one takes.',
  noEvidence: 'The full evidence of this move is no longer stored.',
  everythingHeld: 'Every probe held.',
  diffSince: (n: number): string => `Changed since ${n === 0 ? 'the starter' : `move ${n}`}:`,
  contested: (file: string): string =>
    `Thank you. What the author needs is in ${file}: the code, the verdict, the analysis. Add a line that says why, and send it on.`,
  offered: (why: 'same-diagnosis' | 'long', rung: string, key: string, resign: string): string =>
    `${why === 'same-diagnosis' ? 'Three moves, one diagnosis.' : 'A while with this one.'} The ${rung} is open if it helps: ${key}, or resign: ${resign}.`,
};

/** "1 row", "3 rows". */
const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** What the keys do: short in the line at the bottom, long in the help. */
/** Playing an earlier position once more. */
const retry = {
  whichMove: (n: number): string => `retry which move? 1–${n}${n > 9 ? ' and [enter]' : ''}, [esc] back:`,
  refused: (r: NoRetry): string =>
    r.code === 'move-won'
      ? `Move ${r.move} was won: there is nothing to play better.`
      : r.moves === 0
        ? 'No move has been played yet: save one first.'
        : `There is no such move; the last one is move ${r.moves}.`,
  begun: (n: number, position: number, backup: string | null): string =>
    `Retry of move ${n}: the code before it is back in your folder, position ${position}.${
      backup === null ? '' : ` What was there lies in ${backup}.`
    } Any save wins it that keeps every probe that holds now and does not show the same mistake again.`,
  open: (n: number): string =>
    `Retry of move ${n}: a save that keeps what held before it, without its mistake, wins.`,
  tried: (t: Tried & { move: number }): string => {
    switch (t.is) {
      case 'won':
        return `Retry of move ${t.move}: won. Everything that held before it still holds, and its mistake is not there.`;
      case 'loses':
        return `Retry of move ${t.move}: not yet. This loses ${t.probes.join(', ')}, which held before move ${t.move}.`;
      case 'repeats':
        return `Retry of move ${t.move}: not yet. Nothing is lost, but the diagnosis is that of move ${t.move} again.`;
      case 'unchanged':
        return `Retry of move ${t.move}: this is the position itself; play another move.`;
    }
  },
};

const keys: Record<Exclude<Action, 'answer'>, { short: string; long: string }> = {
  skip: { short: '[space] just show me', long: 'read on; a question that waits is skipped' },
  idea: { short: '[i]dea', long: 'the idea, the first rung of the ladder' },
  plan: { short: '[p]lan', long: 'the plan, the second rung' },
  'better-approach': {
    short: 'better [a]pproach',
    long: 'a better approach as a diff against your code, the last rung',
  },
  next: { short: '[n]ext', long: 'go on with the next kata' },
  solutions: { short: '[s]olutions', long: 'where the accepted designs lie' },
  evidence: { short: '[e]vidence', long: 'all facts of the last move, with lines' },
  diff: { short: '[d]iff', long: 'what the last move changed' },
  moves: { short: '[m]oves', long: 'the moves of this game, with glyphs' },
  ladder: { short: '[l]adder', long: 'which rungs are open, and why the next is not' },
  brief: { short: '[b]rief', long: 'the whole brief' },
  katas: { short: '[k]atas', long: 'all katas; choose one' },
  run: { short: '[r]un', long: 'judge the files as they are now' },
  again: { short: '[v]iew again', long: 'show the last analysis again' },
  resign: { short: 'resign [x]', long: 'resign: opens the ladder and the designs; asks first' },
  reset: { short: 'start [o]ver', long: 'put the starter back, keeping a copy of your files; asks first' },
  retry: { short: 're[t]ry', long: 'play an earlier move once more; your files are copied first' },
  contest: { short: '[w]rong?', long: 'this analysis is wrong: writes a file for the kata’s author' },
  help: { short: '[?] keys', long: 'this list' },
  quit: { short: '[q]uit', long: 'quit; everything is kept' },
};

/** The line at the bottom. */
const keyLine = {
  answer: (n: number): string => `[1-${n}] answer`,
  answerLong: 'answer the question',
  read: '[space] read',
  yesOrNo: '[y]es / [n]o',
  /** a key in the middle of a sentence */
  key: (key: string, plain: boolean): string => (plain ? `key ${key}` : `[${key}]`),
};

/** How a kata stands: in a list a new one says nothing. */
const states: Record<KataState, string> = {
  new: 'new',
  'under-way': 'under way',
  won: 'won',
  resigned: 'resigned',
};

/** The first screen, and the list of katas. */
const start = {
  about: 'learn design from your own bad moves',
  kata: 'Kata: ',
  symptom: 'The starter, played as it stands',
  played: (moves: number, won: boolean, position: number): string =>
    `${many(moves, 'move')} played, ${won ? 'won, ' : ''}position ${position} of 100.`,
  edit: 'edit and save; every save is a move.',
  chosen: 'chosen, ',
  moves: (n: number, position: number | null): string =>
    `${many(n, 'move')}${position === null ? '' : `, position ${position}`}`,
  level: (track: string, level: number): string => `${track}, level ${level}`,
  after: (katas: readonly string[]): string => `after ${katas.join(', ')}`,
};

/** The screens of a lost move. */
const lost = {
  move: (n: number): string => `move ${n}`,
  verdict: (kata: string, move: number, verdict: string, glyph: string): string =>
    `${kata}${move === 0 ? '' : `, move ${move}`}: ${verdict}, ${glyph}.`,
  positionPlain: (before: number | null, after: number): string =>
    before === null ? `Position: ${after} of 100.` : `Position: from ${before} to ${after} of 100.`,
  position: (before: number | null, after: number): string =>
    `position ${before === null ? '' : `${before} → `}${after}`,
  held: 'Held',
  share: (held: number, of: number): string => `${held} of ${of}`,
  nothingHeld: 'nothing yet',
  refutation: 'Refutation',
  didPlain: 'what the code did',
  did: 'what your code did',
  result: 'Result',
  line: (n: number): string => `line ${n}`,
  wasIt: (choice: number, line: number): string => `It was ${choice}, line ${line}`,
  right: (choice: number, line: number): string => `Yes: ${choice}, line ${line}`,
  wasNot: (choice: number, line: number, given: number): string =>
    `It was ${choice}, line ${line}, not ${given}`,
  principle: 'Principle',
  belief: 'Belief',
  behind: 'Behind it',
  behindWords: (n: number): string => `${inWordsEnglish(n)} more, not judged while this stands.`,
  sameAs: (move: number): string => `The same mistake as at move ${move}.`,
  plainLine: (line: number, file: string, text: string): string => `Line ${line} of ${file}: ${text}`,
  plainMarked: (line: number, file: string, text: string): string =>
    `Marked line ${line} of ${file}: ${text}`,
  plainPart: (part: string): string => ` (the part ${part})`,
  outOfBook: 'Out of book',
  noName: 'no known mistake explains this. Here is what happened.',
  brief: (n: number): string => `Brief (${n})`,
  test: 'Test',
  played: 'Played',
  noMessage: 'no message came with it',
  yourLines: 'Your lines',
  calledFrom: ', called from ',
  inFunction: (place: string, fn: string): string => `${place} in ${fn}`,
  heldAt: (probe: string, move: number): string =>
    move === 0 ? `${probe} held in the starter.` : `${probe} held at move ${move}.`,
  muchChanged: (key: string): string => `Much has changed since: ${key} shows it.`,
  sinceThen: 'Since then:',
  added: 'added',
  removed: 'removed',
  same: 'same',
  emptyLine: '(empty line)',
  blanksOnly: '(blanks only)',
  illegal: 'illegal',
  costsNothing: 'It costs nothing.',
};

/** Evidence. */
const facts = {
  thisLoses: ' (this one loses)',
  to: ' to ',
  times: ' times',
  rowsChanged: (n: number): string => `${many(n, 'row')} changed`,
  rows: (n: number): string => many(n, 'row'),
  became: 'became',
  answered: 'was answered',
  allowed: (seen: number, allowed: number): string => `${seen}, allowed ${allowed}`,
  open: (n: number): string => `${n} open`,
  expected: (expected: string, actual: string): string => `expected ${expected}, got ${actual}`,
  threw: 'threw',
  gave: 'gave',
  runBy: (near: string, cause: string): string => `${near}, run by ${cause}`,
};

/** The ladder and the review of a game. */
const review = {
  ladder: 'the ladder',
  open: (key: string): string => `open: ${key}`,
  offered: (key: string): string => `open if it helps: ${key}`,
  closed: 'closed',
  rungOpen: (rung: string, key: string): string => `The ${rung} is open: ${key}.`,
  isThatDesign: 'The code is that design already.',
  why: 'why',
  quoted: (title: string): string => `“${title}”`,
  wonPlain: (kata: string, wonAt: number | null, position: number): string =>
    `${kata}: ${wonAt === null ? 'resigned' : `won at move ${wonAt}`}. Position ${position} of 100.`,
  resisted: (probes: string): string => `resisted: ${probes}`,
  movePlain: (n: number, glyph: string, name: string, before: number, after: number, more: string): string =>
    `Move ${n}: ${glyph}, ${name}, position from ${before} to ${after}${more === '' ? '' : `, ${more}`}.`,
  outOfBook: 'out of book',
  everythingHeld: 'every probe held',
  nearest: (title: string, trades: string): string =>
    `This design is nearest to “${title}”.${trades ? ` It trades: ${trades}` : ''}`,
  otherDesigns: (n: number, won: boolean): string =>
    `${capitalised(inWordsEnglish(n))} ${n === 1 ? 'design wins' : won ? 'others win' : 'designs win'}${won ? ' as well' : ''}:`,
};

/** What commands say beside the screens. */
const commands = {
  moreLines: (n: number): string => `… ${n} more lines`,
  answerWith: 'Answer with `kibitzer analysis --answer <number>`, or read on with --skip.',
  answers: '`kibitzer analysis --answer <number>` answers, `kibitzer analysis --skip` reads on.',
  won: (kata: string, won: string): string => `${kata}: ${won}, every probe held.`,
  warning: 'warning',
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const english = {
  glyphs,
  outcomes,
  verdicts,
  rungs,
  rules,
  labels,
  sentences,
  verdict,
  inWords: inWordsEnglish,
  refusal,
  sameProgram,
  suspect,
  retry,
  keys,
  keyLine,
  states,
  start,
  lost,
  facts,
  review,
  commands,
};

/** The words of one language; a language that lacks one does not compile. */
export type Words = typeof english;

// bindings that are live: who imports them sees the language in use
export let {
  glyphs: GLYPH_NAME,
  outcomes: OUTCOME_NAME,
  verdicts: VERDICT_NAME,
  rungs: RUNG_NAME,
  rules: RULE_WORDS,
  labels: labelledDiff,
  sentences: sayings,
  verdict: verdictWords,
  inWords,
  refusal: refusalWords,
  sameProgram: sameProgramWords,
  suspect: suspectWords,
  retry: retryWords,
  keys: KEY_WORDS,
  keyLine: keyLineWords,
  states: STATE_NAME,
  start: startWords,
  lost: lostWords,
  facts: factWords,
  review: reviewWords,
  commands: commandWords,
}: Words = english;

/** Makes every screen speak with these words; without them English again. */
export function speakWords(words: Words = english): void {
  ({
    glyphs: GLYPH_NAME,
    outcomes: OUTCOME_NAME,
    verdicts: VERDICT_NAME,
    rungs: RUNG_NAME,
    rules: RULE_WORDS,
    labels: labelledDiff,
    sentences: sayings,
    verdict: verdictWords,
    inWords,
    refusal: refusalWords,
    sameProgram: sameProgramWords,
    suspect: suspectWords,
    retry: retryWords,
    keys: KEY_WORDS,
    keyLine: keyLineWords,
    states: STATE_NAME,
    start: startWords,
    lost: lostWords,
    facts: factWords,
    review: reviewWords,
    commands: commandWords,
  } = words);
}
