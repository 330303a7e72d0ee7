import type { AnyNode } from 'acorn';
import { instead, textOf, type Mutator } from './mutator.ts';

/** Methods taken for each other. */
const METHODS = new Map([['replaceAll', 'replace']]);
for (const [one, other] of [
  ['endsWith', 'startsWith'],
  ['every', 'some'],
  ['find', 'findLast'],
  ['findIndex', 'findLastIndex'],
  ['indexOf', 'lastIndexOf'],
  ['push', 'unshift'],
  ['pop', 'shift'],
  ['floor', 'ceil'],
  ['min', 'max'],
  ['toLowerCase', 'toUpperCase'],
  ['trimStart', 'trimEnd'],
  ...['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'].flatMap((part) => [
    [`getUTC${part}`, `get${part}`],
    [`setUTC${part}`, `set${part}`],
  ]),
] as [string, string][]) {
  METHODS.set(one, other).set(other, one);
}

/** `Math.floor(a)` → `Math.ceil(a)`, `a.replaceAll(b, c)` → `a.replace(b, c)`. */
const method: Mutator = {
  kind: 'method',
  edits({ node }) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
    const { property, computed } = node.callee;
    if (computed || property.type !== 'Identifier') return [];
    const other = METHODS.get(property.name);
    return other === undefined ? [] : [instead(property, other)];
  },
};

/** A call that is one of its own: its value is not thrown away. */
function isUsed(parent: AnyNode | null): boolean {
  return parent !== null && parent.type !== 'ExpressionStatement' && parent.type !== 'AwaitExpression';
}

/** `f(a)` → `a`, `new F(a)` → `a`; of a function that is handed over, what it gives: `f(() => a)` → `(() => a)()`. */
const argument: Mutator = {
  kind: 'argument',
  edits({ node, parent }, source) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return [];
    const [only] = node.arguments;
    if (!only || node.arguments.length > 1 || only.type === 'SpreadElement' || !isUsed(parent)) return [];
    const text = textOf(only, source);
    return [instead(node, isFunction(only) ? `(${text})()` : inParentheses(only, text))];
  },
};

/** `a.f(b)` → `a`. */
const receiver: Mutator = {
  kind: 'receiver',
  edits({ node, parent }, source) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !isUsed(parent))
      return [];
    const { object } = node.callee;
    // a class or a namespace is no value to go on with
    if (object.type === 'Super' || (object.type === 'Identifier' && /^[A-Z]/.test(object.name))) return [];
    return [instead(node, inParentheses(object, textOf(object, source)))];
  },
};

function isFunction(node: AnyNode): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function inParentheses(node: AnyNode, text: string): string {
  return /^(?:Identifier|CallExpression|MemberExpression|TemplateLiteral)$/.test(node.type)
    ? text
    : `(${text})`;
}

/** Calls left out, or taken for others. */
export const CALLS: readonly Mutator[] = [method, argument, receiver];
