import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBrief } from './core/brief.ts';
import { placesIn } from './core/phrases.ts';
import { translateWith, translation } from './language.ts';
import { messages } from './messages.de.ts';
import { lostScreen, toldScreen } from './screen/analysis.ts';
import { KEYS } from './screen/keys.ts';
import { startScreen } from './screen/start.ts';
import { SCREENS } from './screen/every-screen.ts';
import { analysisView, bare, knownView, plain, rich, START } from './screen/testing.ts';
import { words } from './screen/words.de.ts';
import { KEY_WORDS, sayings, speakWords } from './screen/words.ts';
import { speak } from './speak.ts';
import { findKatas, readBrief, readNotes } from './store/katas.ts';

const katas = await findKatas();
const kata = katas.find((k) => k.id === 'lazy-query')!;
const english = { sayings, keys: KEY_WORDS };

beforeEach(() => speak('de'));
afterEach(() => {
  speakWords();
  translateWith(null);
});

describe('in German', () => {
  it('an analysis is German, but for a text that is there in English only', () => {
    const belief = 'This works only if nobody has translated this.';
    const view = analysisView({
      known: knownView({ outcome: '3 members suspended, 0 letters written', belief }),
      read: { choice: 0, right: false },
    });
    const shown = translation!.ofAnalysis(kata, view);
    expect(bare([...lostScreen(shown, rich()), '', ...toldScreen(shown, rich())])).toMatchInlineSnapshot(`
      " lazy-query · Zug 3                      Stellung 34 → 46      ?? grober Fehler

       Gehalten    works · looking-costs-nothing · list-survives-the-connection  (3
                   von 8)

       Widerlegung — was dein Code getan hat
         1  UPDATE member SET status = 'suspended' WHERE status = 'active' AND paid_…
            3 Datensätze geändert  Zeile 37
       > 2  SELECT id, name, email FROM member WHERE status = 'active' AND paid_unti…
            0 Datensätze  Zeile 23, ausgelöst von Zeile 39
         →  3 Mitglieder gesperrt, 0 Briefe geschrieben

       Es war 3, Zeile 39, nicht 1 — hier werden die Datensätze gelesen, nachdem
       Zeile 37 sie geändert hat.

          36 │   const late = overdue(today);
          37 │   suspend.run(today);
       >  39 │   for (const m of late) {
             │   ^^^^^^^^^^^^^^^^^^^^^  club.ts:39

       late-execution: die Liste wird gelesen, nachdem sich die Datensätze geändert
       haben
       Grundsatz   Eine Query ist eine Frage; entscheide, in welcher Zeile sie
                   gestellt wird.
       Annahme     This works only if nobody has translated this.
       Dahinter    drei weitere Fehler; solange dieser besteht, werden sie nicht
                   geprüft."
    `);
  });

  it('a question asks in German', () => {
    const ask = 'Which of these lines sent the SELECT that found nobody?';
    const view = analysisView({ known: knownView({ question: { ...knownView().question!, ask } }) });
    expect(bare(lostScreen(translation!.ofAnalysis(kata, view), plain()))).toContain(
      'Welche dieser Zeilen hat das SELECT geschickt, das niemanden fand?',
    );
  });

  it('the first screen and its keys are German', () => {
    expect(bare(startScreen(START, rich()))).toContain('lern Software-Entwurf');
    for (const k of KEYS) expect(KEY_WORDS[k.action].short).toContain(`[${k.key}]`);
  });

  it('every screen can be drawn', () => {
    for (const screen of Object.values(SCREENS))
      for (const look of [rich(), rich(40), plain()]) expect(bare(screen(look))).not.toContain('undefined');
  });

  it('briefs and notes are German files, and English where there is none', () => {
    expect(parseBrief(readBrief(kata, 'de')).title).toBe(translation!.ofKata(kata, kata.promise));
    expect(readNotes(kata, 'de')).toContain('## Idea');
    expect(readBrief(kata, 'fr')).toBe(readBrief(kata));
  });
});

it('English comes back, whole', () => {
  speakWords();
  expect(sayings).toBe(english.sayings);
  expect(KEY_WORDS).toBe(english.keys);
});

/** The texts of words that need no arguments. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

it('no German sentence is a copy of the English one', () => {
  const same = textsOf(words.sentences).filter((text) => textsOf(english.sayings).includes(text));
  expect(same).toEqual([]);
});

describe('the German messages', () => {
  it('fill the same places', () => {
    for (const [from, to] of Object.entries(messages))
      expect([from, placesIn(to).sort()]).toEqual([from, placesIn(from).sort()]);
  });

  it('have every description of the help', () => {
    const source = readFileSync(path.join(import.meta.dirname, 'arguments.ts'), 'utf8');
    const described = [
      ...source.matchAll(/\.description\(\s*'([^']+)'|(?:command|[oO]ption)\(\s*'[^']+',\s*'([^']+)'/g),
    ];
    const texts = described.map((m) => m[1] ?? m[2]!);
    expect(texts.length).toBeGreaterThan(25);
    expect(texts.filter((text) => !(text in messages))).toEqual([]);
  });
});
