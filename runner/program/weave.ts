/** Putting text into code without moving a line. */

/** Line and column from 1 of an offset. */
export type PositionOf = (offset: number) => { line: number; column: number };

interface Insertion {
  at: number;
  text: string;
  /** of two at one offset: closing ones first, those of inner parts before outer; then opening ones, outer before inner */
  order: number;
}

const CLOSING_FIRST = 1e9;

/** Collects what is to be put in. Outer parts come before inner ones. */
export class Weave {
  #insertions: Insertion[] = [];
  #order = 0;

  /** Puts text in front of what stands at an offset. */
  before(at: number, text: string): void {
    this.#insertions.push({ at, text, order: ++this.#order });
  }

  /** Puts text around a part. */
  around(part: { start: number; end: number }, open: string, close: string): void {
    this.before(part.start, open);
    // what is inside comes later, and closes before
    this.#insertions.push({ at: part.end, text: close, order: -CLOSING_FIRST - ++this.#order });
  }

  /** @returns the code with everything in it, and the way back: no line is added, so only columns move */
  done(
    code: string,
    positionOf: PositionOf,
  ): { code: string; original: (line: number, column: number) => ReturnType<PositionOf> } {
    const insertions = this.#insertions.toSorted((a, b) => a.at - b.at || a.order - b.order);
    return { code: woven(code, insertions), original: mapping(insertions, positionOf) };
  }
}

function woven(code: string, insertions: readonly Insertion[]): string {
  let out = '';
  let from = 0;
  for (const { at, text } of insertions) {
    out += code.slice(from, at) + text;
    from = at;
  }
  return out + code.slice(from);
}

/** Only what was put in before it on its line moves a column. */
function mapping(
  insertions: readonly Insertion[],
  positionOf: PositionOf,
): (line: number, column: number) => ReturnType<PositionOf> {
  const byLine = new Map<number, { column: number; length: number }[]>();
  for (const { at, text } of insertions) {
    const { line, column } = positionOf(at);
    const onLine = byLine.get(line);
    if (onLine) onLine.push({ column, length: text.length });
    else byLine.set(line, [{ column, length: text.length }]);
  }
  return (line, column) => {
    let added = 0;
    for (const i of byLine.get(line) ?? []) {
      if (column < i.column + added) break;
      if (column < i.column + added + i.length) return { line, column: i.column };
      added += i.length;
    }
    return { line, column: column - added };
  };
}

/** Line and column from 1 of offsets in a text that is asked about often. */
export function positionsIn(code: string): PositionOf {
  const starts = [0];
  for (const { index, 0: end } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
