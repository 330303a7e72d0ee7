import { prose } from '../../screen/prose.ts';
import { listScreen } from '../../screen/list.ts';
import { lookOf } from '../../screen/look.ts';
import { startScreen, symptomLines, type StartView } from '../../screen/start.ts';
import type { Mistake } from '../../core/book.ts';
import type { Judged } from '../judged.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';
import { probesOf } from './coverage.ts';
import { readSource } from '../variants/source.ts';

/** Words that are in every text. */
const COMMON = new Set(
  'a an the of to in on at by is it its and or not no with without for from as be'.split(' '),
);

/**
 * Nothing that is shown before the win gives a mistake away: no title, no name of a file, an export or a probe, no
 * comment of the starter, and none of the screens, with whatever they show of the kata.
 */
export function checkSecrets(parts: Parts, judged: readonly Judged[], report: Report): void {
  const { kata, book } = parts;
  const themes = new Set([...kata.themes, ...book.flatMap((m) => m.themes)]);
  for (const [where, name] of namesShown(parts, judged)) {
    for (const m of book) if (names(name, m.id)) report('gives-away', where, { text: name, mistake: m.id });
  }
  for (const [where, text] of textsShown(parts, judged)) {
    for (const m of book) {
      const found = phrasesOf(m).find((phrase) => contains(text, phrase));
      if (found) report('gives-away', where, { text: found, mistake: m.id });
    }
    for (const theme of themes) {
      // a theme of one word is an ordinary word
      if (theme.includes('-') && contains(text, theme)) report('theme-shown', where, { theme });
    }
  }
}

function namesShown({ kata, starter }: Parts, judged: readonly Judged[]): [where: string, name: string][] {
  return [
    ['kata.ts', kata.id],
    ...kata.exports.map((name): [string, string] => ['kata.ts', name]),
    ...Object.keys(starter).map((file): [string, string] => ['starter', file]),
    ...probesOf(judged).map(({ probe }): [string, string] => ['probes.ts', probe]),
  ];
}

function textsShown(parts: Parts, judged: readonly Judged[]): [where: string, text: string][] {
  const { kata, brief, markdown, starter } = parts;
  const look = lookOf({ width: 200, colour: false, plain: true });
  const start = startView(parts, judged);
  const comments = Object.entries(starter).flatMap(([file, text]) => readSource(file, text)?.comments ?? []);
  return [
    ['kata.ts', kata.promise],
    ['brief.md', brief.title],
    ['brief.md', prose(markdown, look).join('\n')],
    ['starter', comments.map((c) => c.value).join('\n')],
    ['the first screen', [...startScreen(start, look), ...symptomLines(start, look)].join('\n')],
    [
      'the list',
      listScreen(
        [{ ...kata, after: kata.after ?? [], state: 'new', moves: 0, position: null }],
        null,
        look,
      ).join('\n'),
    ],
    ...probesOf(judged).map((p): [string, string] => ['probes.ts', p.plays]),
  ];
}

/** The first screen of somebody who has played nothing. */
function startView({ kata, brief }: Parts, judged: readonly Judged[]): StartView {
  const symptom = judged
    .find((one) => one.what === 'starter')
    ?.verdict.results.find((r) => r.probe === kata.symptom && r.message !== undefined);
  return {
    tracks: [{ track: kata.track, katas: [{ id: kata.id, state: 'new' }] }],
    kata: { id: kata.id, promise: kata.promise, track: kata.track, level: kata.level, state: 'new' },
    story: brief.story[0] ?? '',
    symptom: symptom ? { plays: symptom.plays, message: symptom.message! } : null,
    moves: 0,
    position: null,
    file: kata.entry,
  };
}

/** What a mistake is known by, in words. */
function phrasesOf(m: Mistake): string[] {
  const belief = typeof m.belief === 'string' ? [m.belief] : [];
  return [m.id, m.title, m.principle, m.idea, m.plan, ...belief];
}

/** Whether a name says what a mistake is called, in whatever order. */
function names(name: string, mistake: string): boolean {
  const said = new Set(wordsOf(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')));
  const telling = wordsOf(mistake).filter((word) => !COMMON.has(word));
  return telling.length > 0 && telling.every((word) => said.has(word));
}

/** Whether a text has the words of a phrase one after the other. */
function contains(text: string, phrase: string): boolean {
  return ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(phrase).join(' ')} `);
}

/** Words in lower case, without what grammar puts at their end. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word,
  );
}
