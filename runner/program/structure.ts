import type { Node, Program } from 'acorn';
import type { Structure } from '../core/book.ts';
import type { Frame } from '../core/facts.ts';
import { parseModule, type JavaScript } from './javascript.ts';
import { keptOutside } from './kept-outside.ts';
import { resolveScopes, type Binding, type Scopes } from './scopes.ts';
import { positionAt } from './source.ts';
import { walk } from './walk.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a tree is walked without knowing its nodes
type Tree = Node & Record<string, any>;

/** A file of the program, with what its constants are made of. */
interface File {
  name: string;
  code: string;
  ast: Program;
  scopes: Scopes;
  /** the value given to each `const` */
  values: ReadonlyMap<Binding, Tree>;
  /** names that come from another file of the program */
  own: ReadonlySet<Binding>;
  /** names that come from a package or from Node */
  foreign: ReadonlySet<Binding>;
}

/**
 * Finds places by what the code does there, whatever names and layout it has. The code is parsed when it is first
 * asked about. Files that had to be transformed are left out: where things stand in them is not known.
 * @param javascript the program by path
 */
export function structureOf(javascript: Readonly<Record<string, JavaScript>>): Structure {
  let read: File[] | null = null;
  const files = (): File[] =>
    (read ??= Object.entries(javascript).flatMap(([name, js]) =>
      js.map === null ? [fileOf(name, js.code)] : [],
    ));
  return {
    constant: (values, operators) => findConstant(files(), values, operators),
    asksOnly: (at) => {
      const file = files().find((f) => f.name === at.file);
      return file !== undefined && asksOnly(file, at);
    },
    keptOutside: (about, o = {}) => {
      const kept = keptOutside(files(), about, o.gathers ?? false);
      return kept && frameOf(kept.file, kept.node);
    },
  };
}

function fileOf(name: string, code: string): File {
  const ast = parseModule(code);
  const scopes = resolveScopes(ast);
  const values = new Map<Binding, Tree>();
  const [own, foreign] = [new Set<Binding>(), new Set<Binding>()];
  walk(ast, (node: Tree) => {
    if (node.type === 'VariableDeclaration' && node.kind === 'const') {
      for (const { id, init } of node.declarations as Tree[]) {
        const binding = scopes.bindings.get(id as object);
        if (binding && init) values.set(binding, init as Tree);
      }
    }
    if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers as Tree[]) {
        const binding = scopes.bindings.get(local as object);
        if (binding) (String(node.source.value).startsWith('.') ? own : foreign).add(binding);
      }
    }
  });
  return { name, code, ast, scopes, values, own, foreign };
}

function findConstant(
  files: readonly File[],
  values: readonly number[],
  operators: readonly string[],
): Frame | null {
  const worth = (file: File, node: Tree): number | null => valueOf(node, file, files);
  let first: { file: File; node: Tree } | null = null;
  let made: { file: File; node: Tree } | null = null;
  for (const file of files) {
    walk(file.ast, (node: Tree) => {
      const isSum = node.type === 'BinaryExpression';
      if (isSum || node.type === 'AssignmentExpression') {
        // what is itself a constant is how the value is written, not where it is used
        const operands = isSum && worth(file, node) !== null ? [] : [node.left as Tree, node.right as Tree];
        const used = operands.find((side) => values.includes(worth(file, side) ?? NaN));
        if (used && operators.includes(node.operator as string)) first ??= { file, node: used };
        if (used) made ??= { file, node: used };
      }
    });
  }
  for (const file of files) {
    walk(file.ast, (node: Tree) => {
      if (values.includes(worth(file, node) ?? NaN)) made ??= { file, node };
    });
  }
  // assignments in callbacks are not followed by the type checker
  const found = (first ?? made) as { file: File; node: Tree } | null;
  return found && frameOf(found.file, found.node);
}

/** What an expression is worth that is made of numbers and constants only; null for all others. */
function valueOf(node: Tree, file: File, files: readonly File[], depth = 0): number | null {
  if (depth > 20) return null;
  const of = (part: unknown): number | null => valueOf(part as Tree, file, files, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' ? node.value : null;
    case 'BinaryExpression': {
      const [a, b] = [of(node.left), of(node.right)];
      return a === null || b === null ? null : (ARITHMETIC[node.operator as string]?.(a, b) ?? null);
    }
    case 'Identifier': {
      const binding = file.scopes.bindings.get(node);
      if (!binding) return null;
      const value = file.values.get(binding);
      if (value) return of(value);
      return file.own.has(binding) && binding.imported !== null
        ? exportedValue(binding.imported, file, files, depth + 1)
        : null;
    }
    default:
      return null;
  }
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
};

/** The constant of that name in another file of the program. */
function exportedValue(name: string, from: File, files: readonly File[], depth: number): number | null {
  for (const file of files) {
    if (file === from) continue;
    for (const node of file.ast.body as unknown as Tree[]) {
      const declaration = (node.type === 'ExportNamedDeclaration' ? node.declaration : node) as Tree | null;
      if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
      for (const { id, init } of declaration.declarations as Tree[])
        if (id.name === name && init) return valueOf(init as Tree, file, files, depth);
    }
  }
  return null;
}

/** Statements of a function that only asks: names for what came back, and the answer. */
const MOST_STATEMENTS = 3;

function asksOnly(file: File, at: Frame): boolean {
  const offset = offsetAt(file.code, at.line, at.column);
  let inner: Tree | null = null;
  walk(file.ast, (node: Tree) => {
    if (FUNCTIONS.has(node.type) && node.start <= offset && offset < node.end) inner = node;
  });
  // assignments in callbacks are not followed by the type checker
  const fn = inner as Tree | null;
  if (!fn || fn.params.length > 1) return false;
  const body: Tree[] =
    fn.body.type === 'BlockStatement'
      ? (fn.body.body as Tree[])
      : [{ ...fn, type: 'ReturnStatement', argument: fn.body }];
  const last = body.at(-1);
  if (body.length > MOST_STATEMENTS || last?.type !== 'ReturnStatement' || !last.argument) return false;
  if (body.slice(0, -1).some((s) => s.type !== 'VariableDeclaration')) return false;
  if (last.argument.type === 'ObjectExpression' || last.argument.type === 'ArrayExpression') return false;
  return !asksOthers(file, fn);
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Whether a function uses anything of the program that it has not declared itself, numbers aside. */
function asksOthers(file: File, fn: Tree): boolean {
  const itself = file.scopes.bindings.get(fn.id as object);
  const outside = new Set<Binding>();
  const used = new Set<Binding>();
  walk(file.ast, (node: Tree) => {
    const binding = node.type === 'Identifier' ? file.scopes.bindings.get(node) : undefined;
    if (!binding) return;
    if (node.start >= fn.start && node.end <= fn.end) used.add(binding);
    else outside.add(binding);
  });
  return [...used].some(
    (b) =>
      b !== itself &&
      outside.has(b) &&
      !file.foreign.has(b) &&
      !(file.values.has(b) && valueOf(file.values.get(b)!, file, [file]) !== null),
  );
}

function frameOf(file: File, node: Node): Frame {
  return { file: file.name, ...positionAt(file.code, node.start), fn: null, isAsync: false };
}

function offsetAt(code: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) start = code.indexOf('\n', start) + 1;
  return start + column - 1;
}
