import { z } from 'zod';
import type { Mutant } from './mutate.ts';

const ENTRY = z
  .strictObject({
    /** the accepted designs it is about; all of them when left out */
    designs: z.array(z.string().min(1)).min(1).optional(),
    /** the functions around it, where the lines alone do not tell it from others; on its own, everything inside */
    within: z.string().min(1).optional(),
    /** the lines of the change before and after, as `kibitzer mutants` prints them */
    was: z.string().min(1).optional(),
    becomes: z.string().optional(),
    /**
     * `same`: no caller can tell the mutant from the design · `unpromised`: what differs is something that no sentence
     * of the brief speaks of
     */
    is: z.enum(['same', 'unpromised']),
    why: z.string().trim().min(10, 'must say why'),
  })
  .refine(
    (e) => (e.was === undefined) === (e.becomes === undefined),
    'must have both was and becomes, or neither',
  )
  .refine((e) => e.was !== undefined || e.within !== undefined, 'must say where: was and becomes, or within');

/** A surviving mutant that is no mistake, and why. */
export type Equivalent = z.infer<typeof ENTRY>;

/**
 * Something wrong with an entry. `stale`: the designs have no such lines any more · `killed`: the probes tell it from
 * the design · `ambiguous`: it stands for several places of one design, and one of them could be a mistake.
 */
export interface EntryProblem {
  code: 'stale' | 'killed' | 'ambiguous';
  entry: Equivalent;
}

/**
 * Reads the text of a kata's equivalents.json.
 * @throws Error that says what is wrong with its form
 */
export function parseEquivalents(text: string): Equivalent[] {
  const parsed = z.array(ENTRY).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  return parsed.data;
}

/** A mutant of a design, and whether all probes held. */
export interface Tried {
  design: string;
  mutant: Pick<Mutant, 'within' | 'was' | 'becomes'>;
  survived: boolean;
}

/** Which survivors an entry stands for, and which entries stand for none or too many. Lines are compared, not their numbers. */
export function matchEquivalents<T extends Tried>(
  entries: readonly Equivalent[],
  all: readonly T[],
): { of: Map<T, Equivalent>; problems: EntryProblem[] } {
  const of = new Map<T, Equivalent>();
  const problems: EntryProblem[] = [];
  for (const entry of entries) {
    const meant = all.filter((one) => isMeant(entry, one));
    const survivors = meant.filter((one) => one.survived);
    const designs = new Set(survivors.map((one) => one.design));
    if (meant.length === 0) problems.push({ code: 'stale', entry });
    else if (survivors.length === 0) problems.push({ code: 'killed', entry });
    else if (survivors.length > designs.size && entry.within === undefined)
      problems.push({ code: 'ambiguous', entry });
    else for (const one of survivors) of.set(one, entry);
  }
  return { of, problems };
}

function isMeant(entry: Equivalent, { design, mutant }: Tried): boolean {
  return (
    (entry.was === undefined || (mutant.was === entry.was && mutant.becomes === entry.becomes)) &&
    (entry.within === undefined || isInside(mutant.within, entry.within)) &&
    (entry.designs === undefined || entry.designs.includes(design))
  );
}

function isInside(within: string, place: string): boolean {
  return within === place || within.startsWith(`${place}.`);
}
