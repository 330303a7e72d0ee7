import type { Frame } from '../core/facts.ts';
import type { Illegality } from '../core/verdict.ts';

/** The answer of every step that could not do its work. */
export interface Illegal {
  illegality: Illegality;
}

/** Builds an illegality: `message` says what is wrong, `hint` what to do, each in one sentence. */
export function illegal(
  code: Illegality['code'],
  message: string,
  hint: string,
  frame: Frame | null = null,
): Illegal {
  return { illegality: { code, message: visible(message), hint: visible(hint), frame } };
}

/** A frame at module level. */
export function frameAt(file: string, at: { line: number; column: number } | null): Frame | null {
  return at && { file, line: at.line, column: at.column, fn: null, isAsync: false };
}

/** Messages quote the learner's code and file names: control and direction characters must not reach a terminal. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
