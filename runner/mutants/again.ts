import type { AnyNode, Program } from 'acorn';
import { resolveScopes, type Binding } from '../program/scopes.ts';
import { instead, textOf, type Mutator } from './mutator.ts';
import { placesIn, type Place } from './syntax.ts';

/** For each use of a constant that holds what a call gave: the call. */
export function callsBehind(ast: Program, places: readonly Place[]): ReadonlyMap<object, AnyNode> {
  const { bindings } = resolveScopes(ast);
  const calls = new Map<Binding, AnyNode>();
  const declared = new Set<object>();
  for (const { node, parent } of places) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) continue;
    declared.add(node.id);
    const binding = bindings.get(node.id);
    const isConstant = parent?.type === 'VariableDeclaration' && parent.kind === 'const';
    if (binding && isConstant && callsSomething(node.init)) calls.set(binding, node.init);
  }
  const found = new Map<object, AnyNode>();
  for (const { node } of places) {
    const call = node.type === 'Identifier' && !declared.has(node) && calls.get(bindings.get(node)!);
    if (call) found.set(node, call);
  }
  return found;
}

function callsSomething(init: AnyNode): boolean {
  // what is constructed again is one more of the same
  if (init.type === 'NewExpression') return false;
  const inside = placesIn(init).map(({ node }) => node);
  // a function calls nothing until it is called itself
  const functions = inside.filter((node) => /Function/.test(node.type));
  const runs = inside.filter((node) => !functions.some((f) => f.start <= node.start && node.end <= f.end));
  // awaiting may not be allowed where the value is used
  return runs.some((n) => n.type === 'CallExpression') && !runs.some((n) => n.type === 'AwaitExpression');
}

/** `const a = f(); g(a)` → `g(f())`: what was asked once is asked again where it is used. */
export const again: Mutator = {
  kind: 'again',
  edits({ node, parent }, source) {
    const call = source.behind.get(node);
    if (!call) return [];
    const text = `(${textOf(call, source)})`;
    if (parent?.type !== 'Property' || !parent.shorthand) return [instead(node, text)];
    return node === parent.value && node.type === 'Identifier'
      ? [instead(parent, `${node.name}: ${text}`)]
      : [];
  },
};
