import { parse, type Comment, type Program, type Token } from 'acorn';
import { toJavaScript } from '../../program/javascript.ts';
import { resolveScopes, type Scopes } from '../../program/scopes.ts';
import { walk } from '../../program/walk.ts';

/** One file of a program. Types are blanks in `code`, so that positions in the tree are positions in `text`. */
export interface Source {
  file: string;
  /** as its author wrote it */
  text: string;
  code: string;
  ast: Program;
  scopes: Scopes;
  tokens: readonly Token[];
  comments: readonly Comment[];
}

/** Reads a file for editing; null when it does not parse, or needs more than its types taken away. */
export function readSource(file: string, text: string): Source | null {
  const parsed = toJavaScript(file, text);
  if ('illegality' in parsed || parsed.map !== null) return null;
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const ast = parse(parsed.code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    ranges: true,
    onToken: tokens,
    onComment: comments,
  });
  return { file, text, code: parsed.code, ast, scopes: resolveScopes(ast), tokens, comments };
}

/** Whether code uses the `this` of the place it stands in. */
export function usesThis(tree: unknown): boolean {
  let found = false;
  walk(tree, (node) => {
    if (node.type === 'ThisExpression' || node.type === 'Super') found = true;
    return (
      !found &&
      node.type !== 'FunctionExpression' &&
      node.type !== 'FunctionDeclaration' &&
      node.type !== 'ClassBody'
    );
  });
  return found;
}

/** `name`, or with a number behind it, such that none of the texts contains it. */
export function freshName(name: string, texts: readonly string[]): string {
  for (let n = 0; ; n++) {
    const candidate = n === 0 ? name : `${name}${n}`;
    const used = new RegExp(`(?<![\\w$])${candidate}(?![\\w$])`);
    if (!texts.some((text) => used.test(text))) return candidate;
  }
}
