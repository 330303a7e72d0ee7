import { paragraph } from './layout.ts';
import type { Look } from './look.ts';
import { KEY_WORDS, keyLineWords } from './words.ts';

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
  | 'retry'
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
  action: Exclude<Action, 'answer'>;
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
    acts: (m) => m.choices > 0 || m.unread,
    prominent: (m) => m.choices > 0 || m.unread,
  },
  {
    key: 'i',
    action: 'idea',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.idea && m.lost && m.choices === 0,
  },
  {
    key: 'p',
    action: 'plan',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.plan && m.lost && m.choices === 0,
  },
  {
    key: 'a',
    action: 'better-approach',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.betterApproach && m.lost && m.choices === 0,
  },
  {
    key: 'n',
    action: 'next',
    acts: (m) => m.next && m.over,
    prominent: (m) => m.next && m.over,
  },
  {
    key: 's',
    action: 'solutions',
    acts: (m) => m.over,
    prominent: (m) => m.over,
  },
  {
    key: 'e',
    action: 'evidence',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.lost && m.choices === 0,
  },
  {
    key: 'd',
    action: 'diff',
    acts: (m) => m.moves > 0,
    prominent: never,
  },
  {
    key: 'm',
    action: 'moves',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.moves > 0 && m.choices === 0,
  },
  {
    key: 'l',
    action: 'ladder',
    acts: always,
    prominent: (m) => m.lost && m.choices === 0,
  },
  { key: 'b', action: 'brief', acts: always, prominent: always },
  {
    key: 'k',
    action: 'katas',
    acts: always,
    prominent: (m) => !m.lost,
  },
  {
    key: 'r',
    action: 'run',
    acts: always,
    prominent: never,
  },
  {
    key: 'v',
    action: 'again',
    acts: (m) => m.moves > 0,
    prominent: never,
  },
  {
    key: 'x',
    action: 'resign',
    acts: (m) => !m.over,
    prominent: never,
  },
  {
    key: 'o',
    action: 'reset',
    acts: always,
    prominent: never,
  },
  {
    key: 't',
    action: 'retry',
    acts: (m) => m.moves > 0,
    prominent: (m) => m.over,
  },
  {
    key: 'w',
    action: 'contest',
    acts: (m) => m.lost,
    prominent: never,
  },
  { key: '?', action: 'help', acts: always, prominent: always },
  {
    key: 'q',
    action: 'quit',
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
  const answer = m.choices > 0 ? [keyLineWords.answer(m.choices)] : [];
  // where nothing is asked, nothing is held back either
  const short = (k: KeyBinding): string =>
    k.action === 'skip' && m.choices === 0 ? keyLineWords.read : KEY_WORDS[k.action].short;
  return [...answer, ...KEYS.filter((k) => k.acts(m) && k.prominent(m)).map(short)].join('  ');
}

/** The help screen: every key that acts now. */
export function keyHelp(m: Moment, look: Look): string[] {
  const keys = KEYS.filter((k) => k.acts(m)).map((k) => [k.key, KEY_WORDS[k.action].long] as const);
  const all = m.choices > 0 ? [[`1-${m.choices}`, keyLineWords.answerLong] as const, ...keys] : keys;
  return all.flatMap(([key, long]) => paragraph(long, look, `   ${key.padEnd(6)} `));
}
