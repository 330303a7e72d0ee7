import type { Node, Program } from 'acorn';
import type { Scopes } from './scopes.ts';

const NAMES = ['module', 'exports', 'require'];

/**
 * The first place where a module speaks CommonJS, or null.
 * Without any import or export each use of `module`, `exports` or `require` counts; beside them only a statement at the
 * top of the file, which runs for sure and fails.
 */
export function commonJsIn(ast: Program, scopes: Scopes): { start: number } | null {
  const uses = NAMES.flatMap((name) => scopes.globals.get(name) ?? []).toSorted((a, b) => a.start - b.start);
  if (!ast.body.some((s) => /^(Import|Export)/.test(s.type))) return uses[0] ?? null;
  const roots = new Set(ast.body.flatMap(evaluatedAtOnce).map(rootOf));
  return uses.find((use) => roots.has(use.start)) ?? null;
}

/** The expressions that a statement at the top evaluates first: `x = …` its target, `const a = …` its value. */
function evaluatedAtOnce(statement: Program['body'][number]): Node[] {
  if (statement.type === 'ExpressionStatement') {
    const { expression } = statement;
    return expression.type === 'AssignmentExpression' ? [expression.left, expression.right] : [expression];
  }
  if (statement.type === 'VariableDeclaration') {
    return statement.declarations.flatMap(({ init }) => (init ? [init] : []));
  }
  return [];
}

/** Where the leftmost name of `module.exports.a`, `require('a').b(c)` stands. */
function rootOf(node: Node): number {
  const { object, callee } = node as { object?: Node; callee?: Node };
  const inner = object ?? callee;
  return inner ? rootOf(inner) : node.start;
}
