import { SourceMap } from 'node:module';
import type { MagicString } from 'magic-string';
import type { Frame } from '../../core/facts.ts';

export type Files = Readonly<Record<string, string>>;

/** The same program, written otherwise. */
export interface Variant {
  files: Files;
  /** the place in the files it was made from; null for what was added */
  from(at: Frame): Frame | null;
}

/** Why a program could not be written in that way; words are in screen/problems.ts. */
export type Skip =
  | { skipped: 'not-erasable' }
  | { skipped: 'eval' }
  | { skipped: 'no-direct-export'; name: string }
  | { skipped: 'uses-this'; name: string }
  | { skipped: 'used-while-loading'; name: string };

/** The program a transform works on. */
export interface Subject {
  files: Files;
  entry: string;
  /** names that the entry must export */
  exports: readonly string[];
}

/** Writes a program otherwise without changing what it does, or says why it cannot. */
export type Transform = (subject: Subject) => Variant | Skip;

/** A variant made by editing: for each new file its edits, and the file that they were made to. */
export function editedVariant(
  files: Files,
  edits: Readonly<Record<string, { of: string; edited: MagicString }>>,
): Variant {
  const maps = new Map<string, { of: string; map: SourceMap }>();
  const out: Record<string, string> = { ...files };
  for (const [file, { of, edited }] of Object.entries(edits)) {
    out[file] = edited.toString();
    const map = edited.generateMap({ hires: true, source: of });
    maps.set(file, { of, map: new SourceMap(JSON.parse(map.toString())) });
  }
  return { files: out, from: (at) => placeBefore(at, maps.get(at.file)) };
}

function placeBefore(at: Frame, edit: { of: string; map: SourceMap } | undefined): Frame | null {
  if (!edit) return at;
  const entry = edit.map.findEntry(at.line - 1, at.column - 1);
  if (!('originalLine' in entry) || entry.originalLine === undefined) return null;
  // the entry may be that of an earlier line, when this one has none: then it was added
  if (entry.generatedLine !== at.line - 1) return null;
  return { ...at, file: edit.of, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** One transform after the other; the first that cannot be done stops it. */
export function chained(transforms: readonly Transform[]): Transform {
  return (subject) => {
    let whole: Variant = { files: subject.files, from: (at) => at };
    for (const transform of transforms) {
      const before = whole;
      const next = transform({ ...subject, files: before.files });
      if ('skipped' in next) return next;
      whole = {
        files: next.files,
        from(at) {
          const place = next.from(at);
          return place && before.from(place);
        },
      };
    }
    return whole;
  };
}
