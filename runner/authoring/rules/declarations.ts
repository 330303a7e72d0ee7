import path from 'node:path';
import { z } from 'zod';
import { TRACKS } from '../../core/kata.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case');
const text = z.string().trim().min(1, 'must not be empty');
const sentence = text.regex(/[.?]$/, 'must end as a sentence');

const KATA = z.object({
  id,
  track: z.enum(TRACKS),
  level: z.int().min(1).max(5),
  order: z.int().min(1),
  promise: text.regex(/[^.!?]$/, 'must have no full stop'),
  after: z.array(id).optional(),
  entry: text,
  exports: z.array(text).min(1),
  starter: id,
  symptom: id,
  baits: z.record(id, text).optional(),
  themes: z.array(id),
});

/** A title fits on the line of an analysis. */
const MISTAKE = z.object({
  id,
  title: z.string().trim().min(1, 'must not be empty').max(64, 'must have at most 64 characters'),
  severity: z.enum(['??', '?', '?!']),
  when: z.looseObject({}),
  principle: sentence,
  belief: z.union([text.regex(/^This works only if /, 'must begin “This works only if”'), z.function()]),
  idea: text,
  plan: text,
  themes: z.array(id),
});

const CARD = z
  .object({
    id,
    mistake: id.nullable(),
    themes: z.array(id),
    question: text,
    code: text,
    choices: z.array(text).min(2),
    answer: z.int().min(0),
    because: text,
    executes: z.function().optional(),
    believed: text.optional(),
  })
  .refine((c) => c.answer < c.choices.length, 'answer must be an index into choices')
  .refine((c) => new Set(c.choices).size === c.choices.length, 'choices must differ');

const EXPECT = z.strictObject({ behind: z.array(id), line: text, also: z.array(text).optional() });

/** What is written for a kata has the form it should have, and lies where it should. */
export function checkDeclarations(
  { kata, book, cards, moves, starter, designs, notes }: Parts,
  report: Report,
): void {
  const shape = (where: string, schema: z.ZodType, value: unknown): void => {
    const { error } = schema.safeParse(value);
    if (error) report('wrong-form', where, { says: z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ') });
  };
  shape('kata.ts', KATA, kata);
  for (const m of book) shape(`mistakes.ts ${m.id}`, MISTAKE, m);
  for (const c of cards) shape(`cards.ts ${c.id}`, CARD, c);
  for (const m of moves) shape(`moves/${m.mistake}/${m.name}/expect.json`, EXPECT, m.expect);

  const [track, folder] = kata.folder.split(path.sep).slice(-2);
  if (folder !== kata.id)
    report('folder-differs', 'kata.ts', { what: 'id', declared: kata.id, folder: folder! });
  if (track !== kata.track)
    report('folder-differs', 'kata.ts', { what: 'track', declared: kata.track, folder: track! });
  for (const [where, files] of [
    ['starter', starter] as const,
    ...[...designs, ...moves].map((d) => [d.name, d.files] as const),
  ]) {
    if (!(kata.entry in files)) report('unknown-id', where, { what: 'a file', id: kata.entry });
  }

  for (const part of ['idea', 'plan'] as const)
    if (notes[part] === '') report('text-missing', 'notes.md', { what: part });
  if (designs.length < 2) report('too-few-designs', 'solutions', { count: designs.length });
  for (const { name } of designs) {
    const about = notes.designs.find((n) => n.name === name);
    if (!about?.title || !about.trades || about.why.length === 0)
      report('text-missing', 'notes.md', { what: `title, trades or reasons of ${name}` });
  }
}
