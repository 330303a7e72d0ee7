import { posix } from 'node:path';
import { withoutExtension } from '../core/extension.ts';
import { toJavaScript } from '../program/javascript.ts';
import { importsOf } from '../program/surface.ts';
import { Skip, type Texts } from './found.ts';

/** What a file imports: paths of other files of the exercise, and names from elsewhere. */
export interface Imports {
  files: readonly string[];
  packages: readonly string[];
}

/**
 * Follows the relative imports of one file.
 * @param known paths of all files of the exercise
 * @throws Skip when the file does not parse
 */
export function importsIn(file: string, text: string, known: readonly string[]): Imports {
  const parsed = toJavaScript(file, text);
  if ('illegality' in parsed) throw new Skip('unreadable', { file, why: parsed.illegality.message });
  const files: string[] = [];
  const packages: string[] = [];
  for (const { specifier } of importsOf(parsed.ast, parsed.code)) {
    const found = resolved(file, specifier, known);
    if (found !== undefined) files.push(found);
    else if (!specifier.startsWith('.')) packages.push(specifier);
  }
  return { files, packages };
}

/** The files that others lead to by their imports, those themselves included, as far as `through` lets them. */
export function reachedFrom(
  from: readonly string[],
  texts: Texts,
  through: (file: string) => boolean,
): string[] {
  const known = Object.keys(texts);
  const reached = new Set(from);
  for (const file of reached) {
    if (!/\.m?[jt]s$/.test(file)) continue;
    for (const next of importsIn(file, texts[file]!, known).files) if (through(next)) reached.add(next);
  }
  return [...reached];
}

/** The names that code files import of one of the learner's files. */
export function namesImported(texts: Texts, of: string, learners: readonly string[]): string[] {
  const known = [...Object.keys(texts), ...learners];
  const names = Object.entries(texts)
    .filter(([file]) => /\.m?[jt]s$/.test(file))
    .flatMap(([file, text]) => {
      const parsed = toJavaScript(file, text);
      if ('illegality' in parsed) return [];
      return importsOf(parsed.ast, parsed.code)
        .filter(({ specifier }) => resolved(file, specifier, known) === of)
        .flatMap((item) => item.names.map((n) => n.name));
    });
  return [...new Set(names)];
}

function resolved(from: string, specifier: string, known: readonly string[]): string | undefined {
  if (!/^\.\.?(\/|$)/.test(specifier)) return undefined;
  const wanted = posix.join(posix.dirname(from), specifier);
  return known.includes(wanted) ? wanted : withoutExtension(wanted, known);
}
