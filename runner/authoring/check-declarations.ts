import { z } from 'zod';
import type { Condition, Mistake } from '../core/book.ts';
import { parseBrief } from '../core/brief.ts';
import { parseNotes } from '../core/notes.ts';
import type { ProbeResult } from '../core/verdict.ts';
import {
  readBrief,
  readCards,
  readDesigns,
  readMoves,
  readNotes,
  readStarter,
  type Kata,
} from '../store/katas.ts';
import type { Report } from './problem.ts';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case');
const text = z.string().trim().min(1, 'must not be empty');

const KATA = z.object({
  id,
  track: z.enum(['from-scratch', 'structure', 'data-access', 'under-load']),
  level: z.int().min(1).max(5),
  order: z.int().min(1),
  promise: text.regex(/[^.!?]$/, 'must have no full stop'),
  after: z.array(id).optional(),
  entry: text,
  exports: z.array(text).min(1),
  starter: id,
  symptom: id,
  baits: z.record(id, text).optional(),
  themes: z.array(text),
});

const CARD = z
  .object({
    id,
    mistake: id.nullable(),
    themes: z.array(text),
    question: text,
    code: text,
    choices: z.array(text).min(2),
    answer: z.int().min(0),
    because: text,
  })
  .refine((c) => c.answer < c.choices.length, 'answer must be an index into choices');

const EXPECT = z.strictObject({ behind: z.array(id), line: text });

/** Words of an analysis fit on its lines. */
const TITLE_MOST = 64;
const BRIEF_MOST_WORDS = 400;

/**
 * Checks what a kata declares against itself: forms of its files, sentences against probes, ids against ids, texts
 * that every mistake needs.
 * @param probes results of any judged file set: they carry ids and sentences of all probes
 */
export async function checkDeclarations(
  kata: Kata,
  book: readonly Mistake[],
  probes: readonly ProbeResult[],
  report: Report,
): Promise<void> {
  shape('kata.ts', KATA, kata, report);
  for (const card of await readCards(kata)) shape(`cards.ts ${card.id}`, CARD, card, report);
  for (const move of readMoves(kata))
    shape(`moves/${move.mistake}/${move.name}/expect.json`, EXPECT, move.expect, report);
  if (!(kata.entry in readStarter(kata))) report('unknown-id', 'kata.ts', { what: 'entry', id: kata.entry });
  checkBrief(kata, probes, report);
  checkIds(kata, book, probes, await readCards(kata), report);
  for (const m of book) {
    for (const part of ['title', 'principle', 'idea', 'plan'] as const) {
      if (m[part].trim() === '') report('text-missing', `mistakes.ts ${m.id}`, { what: part });
    }
    if (m.title.length > TITLE_MOST)
      report('too-long', `mistakes.ts ${m.id}`, { what: 'title', length: m.title.length, most: TITLE_MOST });
  }
  const notes = parseNotes(readNotes(kata));
  for (const part of ['idea', 'plan'] as const)
    if (notes[part] === '') report('text-missing', 'notes.md', { what: part });
  const designs = readDesigns(kata);
  if (designs.length < 2) report('too-few-designs', 'solutions', { count: designs.length });
  for (const d of designs) {
    const about = notes.designs.find((n) => n.name === d.name);
    if (!about?.title || !about.trades || about.why.length === 0)
      report('text-missing', 'notes.md', { what: `title, trades or reasons of ${d.name}` });
  }
}

function shape(where: string, schema: z.ZodType, value: unknown, report: Report): void {
  const result = schema.safeParse(value);
  if (!result.success)
    report('wrong-form', where, { says: z.prettifyError(result.error).replaceAll('\n', ' ') });
}

function checkBrief(kata: Kata, probes: readonly ProbeResult[], report: Report): void {
  const markdown = readBrief(kata);
  const { sentences, story } = parseBrief(markdown);
  if (story.length === 0) report('text-missing', 'brief.md', { what: 'story' });
  if (sentences.length === 0) report('text-missing', 'brief.md', { what: 'contract' });
  const words = markdown.split(/\s+/).length;
  if (words > BRIEF_MOST_WORDS)
    report('too-long', 'brief.md', { what: 'brief', length: words, most: BRIEF_MOST_WORDS });
  for (const s of sentences) {
    if (s.judged && !probes.some((p) => p.sentence === s.n))
      report('sentence-without-probe', 'brief.md', { sentence: s.n });
  }
  for (const p of probes) {
    if (!sentences.some((s) => s.n === p.sentence))
      report('probe-without-sentence', 'probes.ts', { probe: p.probe, sentence: p.sentence });
  }
}

function checkIds(
  kata: Kata,
  book: readonly Mistake[],
  probes: readonly ProbeResult[],
  cards: readonly { id: string; mistake: string | null }[],
  report: Report,
): void {
  const isProbe = (probe: string, where: string): void => {
    if (!probes.some((p) => p.probe === probe)) report('unknown-id', where, { what: 'a probe', id: probe });
  };
  const isMistake = (mistake: string, where: string): void => {
    if (!book.some((m) => m.id === mistake)) report('unknown-id', where, { what: 'a mistake', id: mistake });
  };
  isMistake(kata.starter, 'kata.ts');
  isProbe(kata.symptom, 'kata.ts');
  for (const probe of Object.keys(kata.baits ?? {})) isProbe(probe, 'kata.ts');
  for (const m of book) {
    const where = `mistakes.ts ${m.id}`;
    for (const other of [...(m.masks ?? []), ...(m.implies ?? [])]) isMistake(other, where);
    for (const probe of probesIn(m.when)) isProbe(probe, where);
  }
  for (const c of cards) if (c.mistake !== null) isMistake(c.mistake, `cards.ts ${c.id}`);
}

/** Probes that a condition speaks of. */
function probesIn(c: Condition): string[] {
  if ('all' in c) return c.all.flatMap(probesIn);
  if ('any' in c) return c.any.flatMap(probesIn);
  if ('not' in c) return probesIn(c.not);
  return ['probe' in c ? c.probe : c.in];
}
