import type { AnyNode } from 'acorn';
import { instead, swapToken, textOf, type Edit, type Mutator, type Source } from './mutator.ts';

const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' };

/** `a + b` → `a - b`; not where a piece of text is joined. */
const arithmetic: Mutator = {
  kind: 'arithmetic',
  edits({ node }, source) {
    if (node.type !== 'BinaryExpression') return [];
    const other = ARITHMETIC[node.operator];
    if (!other || isText(node.right) || isText(node.left)) return [];
    return [swapToken(source, node.left.end, node.operator, other)];
  },
};

function isText(node: AnyNode): boolean {
  if (node.type === 'BinaryExpression')
    return node.operator === '+' && (isText(node.left) || isText(node.right));
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

const EQUALITY: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
};

/** Boundaries and negations: `a < b` → `a <= b`, `a >= b`. */
const equality: Mutator = {
  kind: 'equality',
  edits({ node }, source) {
    if (node.type !== 'BinaryExpression') return [];
    return (EQUALITY[node.operator] ?? []).map((other) =>
      swapToken(source, node.left.end, node.operator, other),
    );
  },
};

/** `a && b` → `a || b`; `a ?? b` → `a && b`, `a`, `b`. */
const logical: Mutator = {
  kind: 'logical',
  edits({ node, parent }, source) {
    if (node.type !== 'LogicalExpression') return [];
    // what is joined by another operator must stay together
    const part = (one: AnyNode): string => {
      const text = textOf(one, source);
      return one.type === 'LogicalExpression' ? `(${text})` : text;
    };
    const [left, right] = [part(node.left), part(node.right)];
    const joined = (operator: string): Edit => {
      const text = `${left} ${operator} ${right}`;
      return instead(node, parent && /(?:Logical|Binary)Expression/.test(parent.type) ? `(${text})` : text);
    };
    if (node.operator === '??') return [joined('&&'), instead(node, left), instead(node, right)];
    return [joined(node.operator === '&&' ? '||' : '&&')];
  },
};

const COMPARES = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);

/** A condition that is always the same: tests, comparisons and their parts become `true` or `false`. */
const conditional: Mutator = {
  kind: 'conditional',
  edits({ node, parent, key }) {
    const both = (): Edit[] => [instead(node, 'true'), instead(node, 'false')];
    if (parent && key === 'test' && 'test' in parent) {
      if (/^(?:For|While|DoWhile)Statement$/.test(parent.type)) return [instead(node, 'false')];
      if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return both();
    }
    const isBoolean =
      (node.type === 'BinaryExpression' && COMPARES.has(node.operator)) ||
      (node.type === 'LogicalExpression' && node.operator !== '??');
    if (!isBoolean) return [];
    // `true || y` and `false && y` are the whole condition, mutated already
    if (parent?.type === 'LogicalExpression' && parent.operator === '||') return [instead(node, 'false')];
    if (parent?.type === 'LogicalExpression' && parent.operator === '&&') return [instead(node, 'true')];
    return both();
  },
};

/** `!a` → `a`, `-a` → `a`, `~a` → `a`. */
const unary: Mutator = {
  kind: 'unary',
  edits({ node }, source) {
    if (node.type !== 'UnaryExpression' || !['!', '-', '~'].includes(node.operator)) return [];
    return [instead(node, textOf(node.argument, source))];
  },
};

/** `n++` → `n--`. */
const update: Mutator = {
  kind: 'update',
  edits({ node }, source) {
    if (node.type !== 'UpdateExpression') return [];
    const from = node.prefix ? node.start : node.argument.end;
    return [swapToken(source, from, node.operator, node.operator === '++' ? '--' : '++')];
  },
};

const ASSIGNMENT: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '%=': '*=',
  '<<=': '>>=',
  '>>=': '<<=',
  '&=': '|=',
  '|=': '&=',
  '&&=': '||=',
  '||=': '&&=',
  '??=': '&&=',
};

/** `n += 1` → `n -= 1`; not where text is joined. */
const assignment: Mutator = {
  kind: 'assignment',
  edits({ node }: { node: AnyNode }, source: Source) {
    if (node.type !== 'AssignmentExpression') return [];
    const other = ASSIGNMENT[node.operator];
    if (!other || (isText(node.right) && !/[&|?]/.test(node.operator))) return [];
    return [swapToken(source, node.left.end, node.operator, other)];
  },
};

/** Operators of arithmetic, comparison and logic. */
export const OPERATORS: readonly Mutator[] = [
  arithmetic,
  equality,
  logical,
  conditional,
  unary,
  update,
  assignment,
];
