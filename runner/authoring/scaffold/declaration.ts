/** What of a new kata is known before anything is written. */
export interface NewKata {
  id: string;
  track: string;
  /** place on the ladder, from 1 */
  order: number;
  /** the promise to the learner, without full stop; null while it is to be written */
  promise: string | null;
}

/** Stands for the promise until its author writes it. */
const PROMISE =
  '[to write: the promise: what a learner can do after it, in the imperative, without full stop]';

/** kata.ts of a new kata. Names in it are those of the template. */
export function declarationOf({ id, track, order, promise }: NewKata): string {
  return `import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: '${id}',
  track: '${track}',
  // [to write: how hard it is, from 1 to 5, and its place among the others, then this line can go]
  level: 1,
  order: ${order},
  ${property('promise', promise ?? PROMISE)}
  entry: 'code.ts',
  exports: ['largest'],
  starter: 'first-mistake',
  symptom: 'below-zero',
  themes: [],
});
`;
}

/** The first line of brief.md. */
export function headingOf({ promise }: NewKata): string {
  return `# ${promise ?? PROMISE}`;
}

/** Columns that the formatter fills. */
const WIDTH = 110;

/** As the formatter leaves it. */
function property(name: string, text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  const value = `${quote}${escaped}${quote},`;
  return `  ${name}: ${value}`.length <= WIDTH ? `${name}: ${value}` : `${name}:\n    ${value}`;
}
