/** Names of globals of the player that code from the trusted side uses. */

/** The array in which counted code counts, see program/counted.ts. */
export const COUNTS = '__kibitzer_ran';
/** What decides which way code that can go otherwise goes, see program/what-ifs.ts. */
export const WHAT_IF = '__kibitzer_if';

/** The ways in which an operator can be another, in order. */
export const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>', '>='],
  '<=': ['<', '>=', '>'],
  '>': ['>=', '<', '<='],
  '>=': ['>', '<=', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-', '*'],
  '-': ['+'],
  '*': ['/', '+'],
  '/': ['*'],
  '%': ['/', '*'],
  '&&': ['||'],
  '||': ['&&'],
};
