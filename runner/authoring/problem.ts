import type { ProblemCode } from '../screen/problems.ts';

/** Something about a kata that is not as it should be; words are in screen/problems.ts. */
export interface Problem {
  code: ProblemCode;
  /** the file, move or design it is about */
  where: string;
  args: Readonly<Record<string, string | number>>;
}

/** Notes one problem. */
export type Report = (code: ProblemCode, where: string, args?: Problem['args']) => void;
