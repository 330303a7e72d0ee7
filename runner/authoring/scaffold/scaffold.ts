import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TRACKS } from '../../core/kata.ts';
import { KibitzerError } from '../../errors.ts';
import { readFiles } from '../../store/katas.ts';
import { declarationOf, headingOf, type NewKata } from './declaration.ts';

/** Files of a new kata, text by path below its two folders. */
export interface Scaffold {
  kata: Record<string, string>;
  solutions: Record<string, string>;
}

/** A small kata that plays, in which everything that is to be written says so; without its kata.ts. */
const TEMPLATE = fileURLToPath(new URL('./template/', import.meta.url));
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 40;
const LONGEST_PROMISE = 90;

/** Reads the template and makes it the kata that is asked for. */
export function scaffold(asked: NewKata): Scaffold {
  const kata = readFiles(path.join(TEMPLATE, 'kata'));
  return {
    kata: {
      ...kata,
      'kata.ts': declarationOf(asked),
      'brief.md': kata['brief.md']!.replace(/^# .*$/m, () => headingOf(asked)),
    },
    solutions: readFiles(path.join(TEMPLATE, 'solutions')),
  };
}

/**
 * What is asked for, once it can be made.
 * @param taken ids that exist, in any track, imported katas' among them
 * @param order place on the ladder
 * @throws KATA_ID_INVALID, KATA_EXISTS, TRACK_UNKNOWN, TITLE_INVALID
 */
export function asked(
  o: { id: string; track: string; title?: string | undefined },
  taken: readonly string[],
  order: number,
): NewKata {
  const { id, track } = o;
  if (!ID.test(id) || id.length > LONGEST_ID)
    throw new KibitzerError(
      'KATA_ID_INVALID',
      `“${id}” is no id for a kata`,
      `use small letters, digits and hyphens, at most ${LONGEST_ID} of them, a letter first: lazy-query`,
    );
  if (taken.includes(id))
    throw new KibitzerError(
      'KATA_EXISTS',
      `there is a kata ${id} already; nothing was changed`,
      'choose another id: ids are unique over all tracks; `kibitzer list` shows those that exist',
    );
  if (!TRACKS.some((one) => one === track))
    throw new KibitzerError(
      'TRACK_UNKNOWN',
      `there is no track “${track}”`,
      `use one of ${TRACKS.join(', ')}`,
    );
  const promise = o.title?.trim().replace(/\.$/, '') ?? null;
  if (
    promise !== null &&
    (!/[^.!?]$/.test(promise) || /[\r\n]/.test(promise) || promise.length > LONGEST_PROMISE)
  )
    throw new KibitzerError(
      'TITLE_INVALID',
      `“${o.title}” is no title for a kata`,
      `it is the promise to the learner: one line of at most ${LONGEST_PROMISE} characters, no full stop`,
    );
  return { id, track, order, promise };
}
