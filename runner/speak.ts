import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AnalysisView } from './core/analysis.ts';
import type { Fact } from './core/facts.ts';
import { Phrasebook, type Phrases, type PhrasesById } from './core/phrases.ts';
import { translateWith, type Language } from './language.ts';
import { speakWords } from './screen/words.ts';
import type { Kata } from './store/katas.ts';

type Folder = Pick<Kata, 'folder'>;

/** Makes everything speak a language other than English, which needs nothing. */
export async function speak(language: Exclude<Language, 'en'>): Promise<void> {
  const [{ words }, { messages }] = await Promise.all([
    import(`./screen/words.${language}.ts`) as Promise<typeof import('./screen/words.de.ts')>,
    import(`./messages.${language}.ts`) as Promise<typeof import('./messages.de.ts')>,
  ]);
  speakWords(words);
  const own = new Phrasebook(messages);
  const ofMessage = (text: string): string => own.find(text) ?? text;
  const books = new Map<string, Phrasebook[]>();
  const find = (kata: Folder, text: string): string | null => {
    const known = books.get(kata.folder) ?? [];
    books.set(kata.folder, known);
    // a list of katas needs their promises only: the long parts are read when something is not in the short one
    for (const [i, part] of KATA_PARTS.entries()) {
      known[i] ??= new Phrasebook(readPhrases(path.join(kata.folder, `${part}.${language}.ts`)));
      const found = known[i].find(text);
      if (found !== null) return found;
    }
    return null;
  };
  const ofKata = (kata: Folder, text: string): string => find(kata, text) ?? ofMessage(text);
  translateWith({
    language,
    ofKata,
    ofMessage,
    ofAnalysis: (kata, view) => translated(view, (text) => ofKata(kata, text)),
  });
}

/** The parts of a kata whose texts are in files of phrases, and which a screen can show. */
const KATA_PARTS = ['kata', 'probes', 'mistakes'] as const;

const require = createRequire(import.meta.url);

/** The phrases of a file: its export `texts`, with or without ids; none where there is no such file. */
function readPhrases(file: string): Phrases {
  if (!existsSync(file)) return {};
  const { texts } = require(file) as { texts: Phrases | PhrasesById };
  return allPhrases(texts);
}

/** Phrases without the ids that they are filed under. */
export function allPhrases(texts: Phrases | PhrasesById): Phrases {
  const all: Record<string, string> = {};
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') all[key] = value;
    else Object.assign(all, value);
  }
  return all;
}

/** An analysis with its texts translated: what is stored is English, so that a game can be read in any language. */
function translated(view: AnalysisView, tell: (text: string) => string): AnalysisView {
  const { known, outOfBook } = view;
  return {
    ...view,
    troubles: view.troubles.map((t) => ({ ...t, plays: tell(t.plays), message: tell(t.message) })),
    known: known && {
      ...known,
      title: tell(known.title),
      evidence: known.evidence.map((f) => translatedFact(f, tell)),
      outcome: tell(known.outcome),
      question: known.question && { ...known.question, ask: tell(known.question.ask) },
      because: known.because && tell(known.because),
      principle: tell(known.principle),
      belief: tell(known.belief),
    },
    outOfBook: outOfBook && {
      ...outOfBook,
      plays: tell(outOfBook.plays),
      message: tell(outOfBook.message),
      evidence: outOfBook.evidence.map((f) => translatedFact(f, tell)),
    },
  };
}

/** A fact with its words translated; what was written by learners or sent to a database stays as it is. */
export function translatedFact(f: Fact, tell: (text: string) => string): Fact {
  switch (f.kind) {
    case 'note':
      return { ...f, text: tell(f.text) };
    case 'page':
      return { ...f, became: tell(f.became) };
    case 'count':
      return { ...f, what: tell(f.what) };
    case 'read':
      return { ...f, what: tell(f.what) };
    case 'value':
      return { ...f, name: tell(f.name), expected: tell(f.expected), actual: tell(f.actual) };
    default:
      return f;
  }
}
