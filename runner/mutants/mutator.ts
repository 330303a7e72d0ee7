import type { AnyNode, Node } from 'acorn';
import type { Place } from './syntax.ts';

/** Replaces the text between two offsets. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** One file: the author's text, and the JavaScript in it, in which every position is the same. */
export interface Source {
  text: string;
  code: string;
  /** for each use of a constant that holds what a call gave: the call */
  behind: ReadonlyMap<object, AnyNode>;
}

/** Makes one kind of small mistakes. */
export interface Mutator {
  /** kebab-case; the usual name of the operator where it has one */
  kind: string;
  /** the changes it would make at one place, each a mutant of its own */
  edits(at: Place, source: Source): Edit[];
}

/** A node as its author wrote it, types included. */
export function textOf(node: Node, source: Source): string {
  return source.text.slice(node.start, node.end);
}

/** Another text in the place of a node. */
export function instead(node: Node, text: string): Edit {
  return { start: node.start, end: node.end, text };
}

/** Another token in the place of the first `token` after an offset. */
export function swapToken(source: Source, after: number, token: string, text: string): Edit {
  const start = source.code.indexOf(token, after);
  return { start, end: start + token.length, text };
}
