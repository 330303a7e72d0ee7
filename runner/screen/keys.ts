import { paragraph } from './layout.ts';
import type { Look } from './look.ts';

/** What the session can do on a key. One table is dispatch, the line at the bottom, the help screen and the documents. */
export type Action =
  | 'answer'
  | 'skip'
  | 'idea'
  | 'plan'
  | 'better-approach'
  | 'evidence'
  | 'diff'
  | 'moves'
  | 'ladder'
  | 'brief'
  | 'katas'
  | 'next'
  | 'solutions'
  | 'run'
  | 'again'
  | 'resign'
  | 'reset'
  | 'contest'
  | 'help'
  | 'quit';

/** What decides which keys act at the moment. */
export interface Moment {
  /** a question waits for its answer; the number of lines to choose from */
  choices: number;
  /** an analysis without question waits to be read */
  unread: boolean;
  /** the last judged move was lost */
  lost: boolean;
  /** rungs that may be looked at */
  idea: boolean;
  plan: boolean;
  betterApproach: boolean;
  moves: number;
  over: boolean;
  next: boolean;
}

export interface KeyBinding {
  key: string;
  action: Action;
  /** in the line at the bottom: "[i]dea" */
  short: string;
  /** in the help */
  long: string;
  acts(m: Moment): boolean;
  /** shown in the line at the bottom only when it matters now */
  prominent(m: Moment): boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;

/** The keys, in the order in which the bottom line shows them. The numbers of a question come before all. */
export const KEYS: readonly KeyBinding[] = [
  {
    key: 'space',
    action: 'skip',
    short: '[space] just show me',
    long: 'read on; a question that waits is skipped',
    acts: (m) => m.choices > 0 || m.unread,
    prominent: (m) => m.choices > 0 || m.unread,
  },
  {
    key: 'i',
    action: 'idea',
    short: '[i]dea',
    long: 'the idea, the first rung of the ladder',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.idea && m.lost && m.choices === 0,
  },
  {
    key: 'p',
    action: 'plan',
    short: '[p]lan',
    long: 'the plan, the second rung',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.plan && m.lost && m.choices === 0,
  },
  {
    key: 'a',
    action: 'better-approach',
    short: 'better [a]pproach',
    long: 'a better approach as a diff against your code, the last rung',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.betterApproach && m.lost && m.choices === 0,
  },
  {
    key: 'n',
    action: 'next',
    short: '[n]ext',
    long: 'go on with the next kata',
    acts: (m) => m.next && m.over,
    prominent: (m) => m.next && m.over,
  },
  {
    key: 's',
    action: 'solutions',
    short: '[s]olutions',
    long: 'where the accepted designs lie',
    acts: (m) => m.over,
    prominent: (m) => m.over,
  },
  {
    key: 'e',
    action: 'evidence',
    short: '[e]vidence',
    long: 'all facts of the last move, with lines',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.lost && m.choices === 0,
  },
  {
    key: 'd',
    action: 'diff',
    short: '[d]iff',
    long: 'what the last move changed',
    acts: (m) => m.moves > 0,
    prominent: never,
  },
  {
    key: 'm',
    action: 'moves',
    short: '[m]oves',
    long: 'the moves of this game, with glyphs',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.moves > 0 && m.choices === 0,
  },
  {
    key: 'l',
    action: 'ladder',
    short: '[l]adder',
    long: 'which rungs are open, and why the next is not',
    acts: always,
    prominent: (m) => m.lost && m.choices === 0,
  },
  { key: 'b', action: 'brief', short: '[b]rief', long: 'the whole brief', acts: always, prominent: always },
  {
    key: 'k',
    action: 'katas',
    short: '[k]atas',
    long: 'all katas; choose one',
    acts: always,
    prominent: (m) => !m.lost,
  },
  {
    key: 'r',
    action: 'run',
    short: '[r]un',
    long: 'judge the files as they are now',
    acts: always,
    prominent: never,
  },
  {
    key: 'v',
    action: 'again',
    short: '[v]iew again',
    long: 'show the last analysis again',
    acts: (m) => m.moves > 0,
    prominent: never,
  },
  {
    key: 'x',
    action: 'resign',
    short: 'resign [x]',
    long: 'resign: opens the ladder and the designs; asks first',
    acts: (m) => !m.over,
    prominent: never,
  },
  {
    key: 'o',
    action: 'reset',
    short: 'start [o]ver',
    long: 'put the starter back, keeping a copy of your files; asks first',
    acts: always,
    prominent: never,
  },
  {
    key: 'w',
    action: 'contest',
    short: '[w]rong?',
    long: 'this analysis is wrong: writes a file for the kata’s author',
    acts: (m) => m.lost,
    prominent: never,
  },
  { key: '?', action: 'help', short: '[?] keys', long: 'this list', acts: always, prominent: always },
  {
    key: 'q',
    action: 'quit',
    short: '[q]uit',
    long: 'quit; everything is kept',
    acts: always,
    prominent: always,
  },
];

/** What a key does at this moment, or null. */
export function actionOf(key: string, m: Moment): Action | null {
  if (m.choices > 0 && /^[1-9]$/.test(key) && Number(key) <= m.choices) return 'answer';
  return (
    KEYS.find((k) => (k.key === key || (k.key === 'space' && key === 'return')) && k.acts(m))?.action ?? null
  );
}

/** The line at the bottom. */
export function keyLine(m: Moment): string {
  const answer = m.choices > 0 ? [`[1-${m.choices}] answer`] : [];
  // where nothing is asked, nothing is held back either
  const short = (k: KeyBinding): string =>
    k.action === 'skip' && m.choices === 0 ? '[space] read' : k.short;
  return [...answer, ...KEYS.filter((k) => k.acts(m) && k.prominent(m)).map(short)].join('  ');
}

/** The help screen: every key that acts now. */
export function keyHelp(m: Moment, look: Look): string[] {
  const keys = KEYS.filter((k) => k.acts(m)).map((k) => [k.key, k.long] as const);
  const all = m.choices > 0 ? [[`1-${m.choices}`, 'answer the question'] as const, ...keys] : keys;
  return all.flatMap(([key, long]) => paragraph(long, look, `   ${key.padEnd(6)} `));
}
