import { z } from 'zod';
import { readIfThere } from './files.ts';
import { Skip } from './found.ts';

const paths = z.array(z.string().min(1)).default([]);

/** `.meta/config.json` of an exercise, as far as it is of use here; what else stands in it is not looked at. */
const EXERCISE = z.object({
  blurb: z.string().default(''),
  title: z.string().optional(),
  files: z
    .object({ solution: paths, test: paths, example: paths, exemplar: paths, editor: paths })
    .default({ solution: [], test: [], example: [], exemplar: [], editor: [] }),
});

/** `config.json` of a track. */
const listed = z.object({
  slug: z.string(),
  name: z.string().optional(),
  difficulty: z.number().optional(),
});
const TRACK = z.object({
  slug: z.string().optional(),
  exercises: z
    .object({ concept: z.array(listed).default([]), practice: z.array(listed).default([]) })
    .default({ concept: [], practice: [] }),
});

export type ExerciseMetadata = z.infer<typeof EXERCISE>;
export type TrackMetadata = z.infer<typeof TRACK>;

const METADATA = '.meta/config.json';

/** @throws Skip when the file is missing, is no JSON, or says something else than it should */
export function readExerciseMetadata(folder: string): ExerciseMetadata {
  const text = readIfThere(folder, METADATA);
  if (text === null) throw new Skip('bad-metadata', { file: METADATA, why: 'it is missing' });
  return parse(METADATA, text, EXERCISE);
}

/** @returns null when there is no config.json, or none that is a track's: exercises are then taken as they lie there */
export function readTrackMetadata(folder: string): TrackMetadata | null {
  try {
    const text = readIfThere(folder, 'config.json');
    return text === null ? null : parse('config.json', text, TRACK);
  } catch (error) {
    if (error instanceof Skip) return null;
    throw error;
  }
}

function parse<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Skip('bad-metadata', { file, why: (error as Error).message });
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new Skip('bad-metadata', { file, why: z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' ') });
}
