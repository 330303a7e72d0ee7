import { parseModule } from '../program/javascript.ts';
import { positionAt } from '../program/source.ts';
import { again, callsBehind } from './again.ts';
import { CALLS } from './calls.ts';
import { FLOW } from './flow.ts';
import type { Edit, Mutator, Source } from './mutator.ts';
import { OPERATORS } from './operators.ts';
import { placesIn, type Place } from './syntax.ts';
import { VALUES } from './values.ts';

/** All mutators, in the order in which mutants of one place are listed. */
export const MUTATORS: readonly Mutator[] = [...OPERATORS, ...VALUES, ...FLOW, ...CALLS, again];

/** One small change of a file. */
export interface Mutant {
  /** the kind of its mutator */
  kind: string;
  file: string;
  /** where the change begins, both from 1 */
  line: number;
  column: number;
  /** the functions, classes and members around it: `openClub.overdue` */
  within: string;
  /** the piece of code that is another one, before and after, on one line */
  original: string;
  replacement: string;
  /** the same with the rest of its lines: by this it is found again when the file has changed */
  was: string;
  becomes: string;
  /** the whole file with the change */
  text: string;
}

/** Longer pieces are cut: they are there to be recognised. */
const MOST = 160;

/**
 * Every mutant of one file, in the order of the file.
 * @param text.code the file with its types blanked out, at the same positions
 */
export function mutate(file: string, text: { text: string; code: string }): Mutant[] {
  const ast = parseModule(text.code);
  const places = placesIn(ast);
  const source: Source = { ...text, behind: callsBehind(ast, places) };
  const mutants: Mutant[] = [];
  for (const place of places) {
    for (const { kind, edits } of MUTATORS) {
      for (const edit of edits(place, source)) mutants.push(mutantOf(kind, file, source.text, place, edit));
    }
  }
  return mutants.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function mutantOf(kind: string, file: string, text: string, place: Place, edit: Edit): Mutant {
  const { node, within } = place;
  const shown = { start: Math.min(node.start, edit.start), end: Math.max(node.end, edit.end) };
  const lines = {
    start: text.lastIndexOf('\n', edit.start - 1) + 1,
    end: text.indexOf('\n', edit.end) < 0 ? text.length : text.indexOf('\n', edit.end),
  };
  return {
    kind,
    file,
    ...positionAt(text, edit.start),
    within,
    original: oneLine(text.slice(shown.start, shown.end)),
    replacement: oneLine(applied(text, shown, edit)),
    was: oneLine(text.slice(lines.start, lines.end)),
    becomes: oneLine(applied(text, lines, edit)),
    text: applied(text, { start: 0, end: text.length }, edit),
  };
}

function applied(text: string, range: { start: number; end: number }, edit: Edit): string {
  return text.slice(range.start, edit.start) + edit.text + text.slice(edit.end, range.end);
}

function oneLine(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length > MOST ? `${folded.slice(0, MOST - 1)}…` : folded;
}
