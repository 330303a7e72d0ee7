import { instead, swapToken, textOf, type Mutator } from './mutator.ts';

/** A function, a branch or a loop that does nothing. */
const block: Mutator = {
  kind: 'block',
  edits({ node }) {
    return node.type === 'BlockStatement' && node.body.length > 0 ? [instead(node, '{}')] : [];
  },
};

const REMOVABLE = /^(?:Expression|Return|Throw|Break|Continue)Statement$/;

/** A statement that is not there. */
const statement: Mutator = {
  kind: 'statement',
  edits({ node }) {
    return REMOVABLE.test(node.type) && !('directive' in node && node.directive) ? [instead(node, ';')] : [];
  },
};

/** `(a) => b` → `() => undefined`. */
const arrow: Mutator = {
  kind: 'arrow',
  edits({ node }) {
    if (node.type !== 'ArrowFunctionExpression' || node.body.type === 'BlockStatement') return [];
    return [instead(node, '() => undefined')];
  },
};

/** `await a` → `a`. */
const awaiting: Mutator = {
  kind: 'await',
  edits({ node }, source) {
    return node.type === 'AwaitExpression' ? [instead(node, textOf(node.argument, source))] : [];
  },
};

/** `a?.b` → `a.b`. */
const optionalChaining: Mutator = {
  kind: 'optional-chaining',
  edits({ node }, source) {
    if (node.type === 'MemberExpression' && node.optional)
      return [swapToken(source, node.object.end, '?.', node.computed ? '' : '.')];
    if (node.type === 'CallExpression' && node.optional)
      return [swapToken(source, node.callee.end, '?.', '')];
    return [];
  },
};

/** `({ a = b })` → `({ a })`: a default that is not there. */
const defaultValue: Mutator = {
  kind: 'default',
  edits({ node }, source) {
    if (node.type !== 'AssignmentPattern') return [];
    const start = source.code.indexOf('=', node.left.end);
    return [{ start, end: node.right.end, text: '' }];
  },
};

/** What is done, and in which order. */
export const FLOW: readonly Mutator[] = [block, statement, arrow, awaiting, optionalChaining, defaultValue];
