import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseBrief } from '../../core/brief.ts';
import type { Fact } from '../../core/facts.ts';
import { parseNotes, type Notes } from '../../core/notes.ts';
import { Phrasebook, placesIn, type Phrases, type PhrasesById } from '../../core/phrases.ts';
import { LANGUAGES, type Language } from '../../language.ts';
import { allPhrases, translatedFact } from '../../speak.ts';
import { probeFilesOf } from '../../store/katas.ts';
import type { Judged } from '../judged.ts';
import { load, type Parts } from '../parts.ts';
import type { Report } from '../problem.ts';
import { hasEngineWords } from './engine-words.ts';

/** How much of a kata can be read in another language. */
export interface Coverage {
  language: Language;
  /** texts of the kata */
  texts: number;
  /** of them, those in this language */
  there: number;
  /** English texts without one in this language */
  missing: string[];
  /** what is there in this language, and no longer fits the English */
  stale: string[];
}

/** Phrases that belong to no id: what fills the places of others. */
const SHARED = '*';

/**
 * What of a kata is there in each other language. A text that is missing is read in English, which is no problem; one
 * that refers to what does not exist is.
 */
export async function checkTranslations(
  parts: Parts,
  judged: readonly Judged[],
  report: Report,
  edition = 0,
): Promise<Coverage[]> {
  const others = LANGUAGES.filter((l) => l !== 'en');
  return Promise.all(others.map((language) => coverageOf(language, parts, judged, report, edition)));
}

async function coverageOf(
  language: Language,
  parts: Parts,
  judged: readonly Judged[],
  report: Report,
  edition: number,
): Promise<Coverage> {
  const { kata, book, cards } = parts;
  const found: Coverage = { language, texts: 0, there: 0, missing: [], stale: [] };
  const probes = [...new Set(judged.flatMap((one) => one.verdict.results.map((r) => r.probe)))];
  const files: [name: string, what: string, ids: readonly string[], texts: readonly string[]][] = [
    ['kata', '', [], [kata.promise, ...Object.values(kata.baits ?? {})]],
    ['mistakes', 'a mistake', book.map((m) => m.id), mistakeTexts(parts, judged)],
    ['probes', 'a probe', probes, probeTexts(judged)],
    ['cards', 'a card', cards.map((c) => c.id), cards.flatMap((c) => [c.question, ...c.choices, c.because])],
  ];
  const books = new Map<string, { phrases: Phrases; book: Phrasebook }>();
  for (const [name, what, ids] of files) {
    const texts = await phrasesOf(path.join(kata.folder, `${name}.${language}.ts`), edition, report);
    const where = `${name}.${language}.ts`;
    if (what !== '')
      for (const id of Object.keys(texts))
        if (id !== SHARED && !ids.includes(id)) report('unknown-id', where, { what, id });
    const phrases = allPhrases(texts);
    for (const [english, text] of Object.entries(phrases))
      for (const place of new Set(placesIn(text)))
        if (!placesIn(english).includes(place)) report('unknown-place', where, { place, text });
    books.set(name, { phrases, book: new Phrasebook(phrases) });
  }
  for (const [name, , , texts] of files) {
    // an analysis finds its texts wherever they are
    const looked = [name, 'probes', 'mistakes'].map((n) => books.get(n)!.book);
    count(found, texts, (text) => looked.some((b) => b.find(text) !== null));
  }
  for (const one of judged) markFacts(one, [books.get('probes')!.book, books.get('mistakes')!.book]);
  for (const [name, { phrases, book: used }] of books) {
    const english = name === 'probes' ? probeFilesOf(kata) : [`${name}.ts`];
    found.stale.push(...staleIn(kata.folder, english, phrases, used));
  }
  checkBriefOf(language, parts, found, report);
  checkNotesOf(language, parts, found, report);
  return found;
}

/** Notes which texts there are and which not; those that differ in numbers only count as one. */
function count(found: Coverage, texts: readonly string[], there: (text: string) => boolean): void {
  const kinds = new Map(texts.map((text) => [text.replaceAll(/\d+/g, '0'), text]));
  for (const text of kinds.values()) {
    found.texts++;
    if (there(text)) found.there++;
    else found.missing.push(text);
  }
}

/** Texts with words, not code alone: two words beside each other that are in no quotes. */
const hasWords = (text: string): boolean =>
  !hasEngineWords(text) && /\p{L}{2,} \p{L}{2,}/u.test(text.replaceAll(/'[^']*'/g, "''"));

function mistakeTexts({ book }: Parts, judged: readonly Judged[]): string[] {
  return [
    ...book.flatMap((m) => [m.title, m.principle, m.idea, m.plan]),
    ...judged.flatMap(({ diagnosis: d }) => {
      if (d.status !== 'known') return [];
      const notes = d.evidence.flatMap((f) => (f.kind === 'note' ? [f.text] : []));
      return [d.outcome, d.question?.ask ?? '', d.because ?? '', d.belief, ...notes].filter(hasWords);
    }),
  ];
}

function probeTexts(judged: readonly Judged[]): string[] {
  return judged.flatMap((one) =>
    one.verdict.results.flatMap((r) => {
      const message = r.outcome === 'refuted' && r.message !== undefined ? [r.message] : [];
      return [r.plays, ...message, ...r.facts.flatMap(wordsOf)].filter(hasWords);
    }),
  );
}

/** What an author wrote into a fact: not what learners' code did. */
function wordsOf(f: Fact): string[] {
  // the message of an error is nobody's text: it comes with the learner's line
  if (f.kind === 'note') return f.site ? [] : [f.text];
  return f.kind === 'count' ? [f.what] : f.kind === 'value' ? [f.name] : [];
}

/** Looks up everything that a screen would, so that phrases which fill places count as used. */
function markFacts(one: Judged, books: readonly Phrasebook[]): void {
  const tell = (text: string): string => books.map((b) => b.find(text)).find((t) => t !== null) ?? text;
  for (const r of one.verdict.results) {
    tell(r.message ?? '');
    for (const f of r.facts) translatedFact(f, tell);
  }
}

/** Phrases that nothing used and whose English words are no longer in the files that they should come from. */
function staleIn(folder: string, files: readonly string[], phrases: Phrases, { used }: Phrasebook): string[] {
  const there = files.map((file) => path.join(folder, file)).filter((file) => existsSync(file));
  const source = there.map((file) => readFileSync(file, 'utf8')).join('\n');
  const known = (word: string): boolean => source.includes(word.replace(/s$/, ''));
  return Object.keys(phrases).filter((key) => {
    const words = key.replaceAll(/\{\w+\}/g, ' ').match(/\p{L}{3,}/gu) ?? [];
    // a single word fills a place of other phrases; the file may compute it
    return words.length > 1 && !used.has(key) && !words.every(known);
  });
}

async function phrasesOf(file: string, edition: number, report: Report): Promise<Phrases | PhrasesById> {
  if (!existsSync(file)) return {};
  try {
    const { texts } = await load(file, edition);
    if (typeof texts !== 'object' || texts === null) throw new TypeError('it does not export texts');
    return texts as Phrases | PhrasesById;
  } catch (error) {
    report('unreadable', path.basename(file), {
      says: error instanceof Error ? error.message : String(error),
    });
    return {};
  }
}

/** The brief: as many sentences, with the same numbers and marks; each with the code that the English one names. */
function checkBriefOf(language: Language, { kata, brief }: Parts, found: Coverage, report: Report): void {
  const name = `brief.${language}.md`;
  const file = path.join(kata.folder, name);
  const english = [brief.title, ...brief.story, ...brief.sentences.map((s) => s.text)];
  if (!existsSync(file)) return count(found, english, () => false);
  const other = parseBrief(readFileSync(file, 'utf8'));
  const marks = (b: typeof brief): string =>
    b.sentences.map((s) => `${s.n}${s.judged ? '' : ' (not judged)'}`).join(', ');
  if (marks(other) !== marks(brief))
    report('sentences-differ', name, { declared: marks(other), english: marks(brief) });
  count(found, english, () => true);
  for (const s of brief.sentences) {
    const there = other.sentences.find((o) => o.n === s.n);
    const code = [...s.text.matchAll(/`[^`]+`/g)].map(([c]) => c);
    if (there && !code.every((c) => there.text.includes(c))) found.stale.push(`${name} ${s.n}`);
  }
}

/** The notes of the solutions: the same designs, and reasons for the same pieces of code. */
function checkNotesOf(language: Language, { kata, notes }: Parts, found: Coverage, report: Report): void {
  const name = `notes.${language}.md`;
  const file = path.join(kata.solutions, name);
  const english = notesTexts(notes);
  const other = notesTexts(parseNotes(existsSync(file) ? readFileSync(file, 'utf8') : ''));
  const known = new Set(notes.designs.map((d) => d.name));
  for (const place of other.keys()) {
    const [design, anchor] = place.split(' ', 2) as [string, string | undefined];
    if (anchor !== undefined && !known.has(design))
      report('unknown-id', name, { what: 'a design', id: design });
    else if (!english.has(place)) found.stale.push(`${name} ${place}`);
  }
  for (const [place, text] of english) {
    found.texts++;
    if (other.get(place)) found.there++;
    else found.missing.push(text);
  }
}

function notesTexts(notes: Notes): Map<string, string> {
  const texts: [place: string, text: string][] = [
    ['idea', notes.idea],
    ['plan', notes.plan],
    ...notes.designs.flatMap((d): [string, string][] => [
      [`${d.name} title`, d.title],
      [`${d.name} about`, d.about],
      [`${d.name} trades`, d.trades],
      ...d.why.map(({ anchor, reason }): [string, string] => [`${d.name} \`${anchor}\``, reason]),
    ]),
  ];
  return new Map(texts.filter(([, text]) => text !== ''));
}
