import { COUNTS } from '../core/counts.ts';
import { parseModule } from './javascript.ts';
import { placesOf, type Place } from './places.ts';
import { positionsIn, Weave, type PositionOf } from './weave.ts';

/** Code that counts. Lines stay what they are; columns are mapped back by `original`. */
export interface Counted {
  code: string;
  /** by number, from `first` on */
  places: Place[];
  /** line and column from 1 of an offset in the code as it was */
  positionOf: PositionOf;
  /** a position in the code that counts as one in the code as it was */
  original(line: number, column: number): { line: number; column: number };
}

/**
 * Puts a counter in front of each statement and of each part of an expression that is evaluated only sometimes. What
 * the code does stays the same, but for the text that functions have.
 * @param code a JavaScript module
 * @param first number of its first place
 */
export function counted(code: string, first: number): Counted {
  const weave = new Weave();
  const places = placesOf(parseModule(code), (wrap, node, place) => {
    const count = place === null ? '' : `${COUNTS}[${first + place}]++`;
    if (wrap === 'before') weave.before(node.start, `${count};`);
    else if (wrap === 'expression') weave.around(node, `(${count},`, ')');
    else weave.around(node, `{${count}${count && ';'}`, '}');
  });
  const positionOf = positionsIn(code);
  return { places, positionOf, ...weave.done(code, positionOf) };
}
