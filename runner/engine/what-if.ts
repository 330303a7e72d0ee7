import { OTHERWISE, WHAT_IF } from '../core/counts.ts';

/** A loop that goes round so often while something goes otherwise would go on for ever. */
const MOST_ROUNDS = 20_000;

/** Decides for code that can go otherwise (program/what-ifs.ts) which way it goes. */
interface Decider {
  other(n: number, own: string, a: never, b: never): unknown;
  either(n: number, own: string, a: unknown, b: () => unknown): unknown;
  test(n: number, value: unknown): unknown;
  loop(n: number, value: unknown): unknown;
  number(n: number, value: number): number;
  runs(n: number): boolean;
}

/**
 * Makes the decider a global of this process, before learner code is loaded.
 * @returns has the one with this number go otherwise from now on, and no other; -1 for none
 */
export function decideHere(): (n: number) => void {
  let chosen = -1;
  let rounds = 0;
  const way = (n: number, own: string): string => OTHERWISE[own]?.[chosen - n] ?? own;
  const decider: Decider = {
    other: (n, own, a, b) => operate(way(n, own), a, b),
    either: (n, own, a, b) => (way(n, own) === '&&' ? a && b() : a || b()),
    test: (n, value) => (chosen === n ? !value : chosen === n + 1 ? true : chosen === n + 2 ? false : value),
    loop(n, value) {
      if (++rounds > MOST_ROUNDS) throw new Error('this would go on for ever');
      return chosen === n ? !value : value;
    },
    number: (n, value) => (chosen === n ? value + 1 : chosen === n + 1 ? value - 1 : value),
    runs: (n) => chosen !== n,
  };
  Object.defineProperty(globalThis, WHAT_IF, { value: Object.freeze(decider), configurable: true });
  return (n) => {
    chosen = n;
    rounds = 0;
  };
}

function operate(operator: string, a: never, b: never): unknown {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '===':
      return a === b;
    case '!==':
      return a !== b;
    case '==':
      // oxlint-disable-next-line eqeqeq -- it stands so in the code
      return a == b;
    case '!=':
      // oxlint-disable-next-line eqeqeq -- it stands so in the code
      return a != b;
    case '+':
      return (a as number) + (b as number);
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}
