import type { Node } from 'acorn';

/** A node of any type. */
export interface AnyNode extends Node {
  [field: string]: unknown;
}

/** Calls `visit` for every node of a tree, outer ones first; what it returns false for is not entered. */
export function walk(tree: unknown, visit: (node: AnyNode) => boolean | void): void {
  if (Array.isArray(tree)) for (const part of tree) walk(part, visit);
  if (typeof tree !== 'object' || tree === null || !('type' in tree) || !('start' in tree)) return;
  const node = tree as AnyNode;
  if (visit(node) === false) return;
  for (const field in node) if (typeof node[field] === 'object') walk(node[field], visit);
}
