import type { ProbeSpec } from './verdict.ts';

/** The tests of an imported kata, played as they are. Paths have forward slashes. */
export interface Suite {
  /** test files, below a folder that mirrors the learner's */
  specs: readonly string[];
  /** the learner's files that the tests import */
  modules: readonly string[];
  /** the tests in their order, as they were found when they were imported; empty: they are to be found */
  probes: readonly ProbeSpec[];
  /** ids of tests that are not played: their author skips them, and the example that came with them does not hold them */
  leftOut: readonly string[];
  /** time of one test in milliseconds */
  budgetMs: number;
}
