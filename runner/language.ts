import type { AnalysisView } from './core/analysis.ts';
import type { Kata } from './store/katas.ts';

/** What there are words in. English is the source, and what every other language falls back to, text by text. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How the texts of katas and of errors become those of another language. */
export interface Translation {
  language: Language;
  /** a text of a kata; the English one where there is no other */
  ofKata(kata: Pick<Kata, 'folder'>, text: string): string;
  ofAnalysis(kata: Pick<Kata, 'folder'>, view: AnalysisView): AnalysisView;
  /** a message of the runner itself: an error, a hint, a line of the help */
  ofMessage(text: string): string;
}

/** Null for English: then nothing is loaded and nothing looked up. */
export let translation: Translation | null = null;

/** What everything says from now on. */
export function translateWith(t: Translation | null): void {
  translation = t;
}

/** The language in use. */
export const language = (): Language => translation?.language ?? 'en';

/** A text of a kata in the language in use. */
export const ofKata = (kata: Pick<Kata, 'folder'>, text: string): string =>
  translation?.ofKata(kata, text) ?? text;

/** A message of the runner in the language in use. */
export const ofMessage = (text: string): string => translation?.ofMessage(text) ?? text;

/**
 * The language that was asked for: `--lang`, then KIBITZER_LANG, then the locale (LC_ALL, LC_MESSAGES, LANG). A
 * locale without words is English.
 * @returns what `--lang` or KIBITZER_LANG name, where there are no words in it, as `unknown`
 */
export function languageOf(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): { language: Language } | { unknown: string } {
  const asked = option(argv) ?? (env.KIBITZER_LANG || undefined);
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const wanted = /^[a-z]*/i.exec(asked ?? locale)![0].toLowerCase();
  const language = LANGUAGES.find((l) => l === wanted);
  if (language) return { language };
  return asked === undefined ? { language: 'en' } : { unknown: asked };
}

/** The value of `--lang`; the last one counts, and what follows `--` is no option. */
function option(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.reduce<string | undefined>((found, arg, i) => {
    if (arg.startsWith('--lang=')) return arg.slice('--lang='.length);
    return arg === '--lang' && options[i + 1] !== undefined ? options[i + 1] : found;
  }, undefined);
}
