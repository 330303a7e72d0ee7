import type { Mistake } from '../core/book.ts';
import type { Fate } from './outcome.ts';

/** What came of a program: the mistake that was named, or why none was. */
export type Answer = { mistake: string } | Exclude<Fate, 'named'> | 'equivalent' | 'unpromised';

/** A row of the matrix: programs of one origin, by what came of them. */
export interface Row {
  /** a mistake that stored moves are declared as, or the kind of a mutator */
  from: string;
  kind: 'moves' | 'mutants';
  /** how many, in the order of the columns */
  counts: readonly number[];
}

/** What was put in, against what came out. */
export interface Confusion {
  /** the mistakes of the book, in its order, then the other answers */
  columns: readonly string[];
  rows: readonly Row[];
}

/** Answers that name no mistake, in the order of their columns. */
const UNNAMED = ['out-of-book', 'crashed', 'survived', 'equivalent', 'unpromised', 'illegal'] as const;

/**
 * Counts answers. Rows are the mistakes in the book's order, then the kinds of mutators by name; what never occurs has
 * neither a row nor a column, except for the mistakes.
 */
export function confusionOf(
  book: readonly Mistake[],
  moves: readonly { declared: string; answer: Answer }[],
  mutants: readonly { kind: string; answer: Answer }[],
): Confusion {
  const named = book.map((m) => m.id);
  const nameOf = (answer: Answer): string => (typeof answer === 'string' ? answer : answer.mistake);
  const answers = new Set([...moves, ...mutants].map(({ answer }) => nameOf(answer)));
  const columns = [...named, ...UNNAMED.filter((a) => answers.has(a))];
  const row = (kind: Row['kind'], from: string, all: readonly Answer[]): Row => ({
    kind,
    from,
    counts: columns.map((column) => all.filter((answer) => nameOf(answer) === column).length),
  });
  const declared = named.filter((id) => moves.some((m) => m.declared === id));
  const kinds = [...new Set(mutants.map((m) => m.kind))].toSorted();
  const answersOf = <T extends { answer: Answer }>(all: readonly T[], is: (one: T) => boolean): Answer[] =>
    all.filter(is).map(({ answer }) => answer);
  return {
    columns,
    rows: [
      ...declared.map((id) =>
        row(
          'moves',
          id,
          answersOf(moves, (m) => m.declared === id),
        ),
      ),
      ...kinds.map((kind) =>
        row(
          'mutants',
          kind,
          answersOf(mutants, (m) => m.kind === kind),
        ),
      ),
    ],
  };
}

/** The matrix as a table in Markdown. Counts of 0 are left out, so that what is off the diagonal can be seen. */
export function confusionTable({ columns, rows }: Confusion): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...columns]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows.map(({ kind, from, counts }) =>
      line([
        kind === 'moves' ? `**${from}**` : `*${from}*`,
        ...counts.map((n) => (n === 0 ? '' : String(n))),
      ]),
    ),
  ];
}
