import { posix } from 'node:path';
import { MagicString } from 'magic-string';
import type { Binding } from '../../program/scopes.ts';
import { walk, type AnyNode } from '../../program/walk.ts';
import { readSource, type Source } from './source.ts';
import { editedVariant, type Transform } from './variant.ts';

/**
 * Moves the helpers of the entry, what it declares and does not export, to a second file. Where there are none, or
 * none that can move, everything moves, and the entry only passes on what it exports.
 */
export const inTwoFiles: Transform = ({ files, entry }) => {
  const source = readSource(entry, files[entry] ?? '');
  if (!source) return { skipped: 'not-erasable' };
  const second = freshFile(entry, files);
  const helpers = movable(source);
  const [kept, moved] = [new MagicString(source.text), new MagicString(source.text)];
  if (helpers.length === 0) {
    return editedVariant(
      { ...files, [entry]: `export * from './${posix.basename(second)}';\n` },
      { [second]: { of: entry, edited: moved } },
    );
  }
  const names = helpers.flatMap((h) => h.names).join(', ');
  let at = 0;
  for (const { node } of helpers) {
    const start = startIn(source.text, node);
    kept.remove(start, node.end);
    moved.remove(at, start).appendLeft(node.end, '\n');
    at = node.end;
  }
  moved.remove(at, source.text.length);
  const imports = (source.ast.body as unknown as AnyNode[]).filter((n) => n.type === 'ImportDeclaration');
  moved.prepend(imports.map((n) => `${source.text.slice(n.start, n.end)}\n`).join(''));
  moved.append(`\nexport { ${names} };\n`);
  kept.prepend(`import { ${names} } from './${posix.basename(second)}';\n`);
  return editedVariant(files, {
    [entry]: { of: entry, edited: kept },
    [second]: { of: entry, edited: moved },
  });
};

function freshFile(entry: string, files: Readonly<Record<string, string>>): string {
  const extension = posix.extname(entry);
  for (let n = 2; ; n++) {
    const file = `${entry.slice(0, -extension.length)}-part-${n}${extension}`;
    if (!(file in files)) return file;
  }
}

/** Where a declaration begins as its author wrote it: `abstract` is a type, which the tree knows nothing of. */
function startIn(text: string, node: AnyNode): number {
  return node.start - (/\babstract\s+$/.exec(text.slice(0, node.start))?.[0].length ?? 0);
}

interface Helper {
  node: AnyNode;
  names: string[];
}

/** Declarations of the entry that need nothing which stays there, and that nobody else writes to. */
function movable(source: Source): Helper[] {
  const { bindings } = source.scopes;
  const body = source.ast.body as unknown as AnyNode[];
  const home = new Map<Binding, AnyNode>();
  let helpers: Helper[] = [];
  for (const node of body) {
    const declared = declaredBy(node);
    for (const id of declared) home.set(bindings.get(id)!, node);
    if (declared.length > 0) helpers.push({ node, names: declared.map((id) => id.name) });
  }
  for (const node of body) {
    // an exported declaration is the home of what it declares, and stays
    const declaration = node.declaration as AnyNode | null | undefined;
    if (declaration) for (const id of declaredBy(declaration)) home.set(bindings.get(id)!, node);
  }
  const rewritten = new Set<AnyNode>();
  for (const node of body) {
    for (const id of assignedIn(node)) {
      const at = home.get(bindings.get(id)!);
      if (at && at !== node) rewritten.add(at);
    }
  }
  const needs = new Map(helpers.map(({ node }) => [node, homesOf(node, source, home)]));
  for (let before = -1; before !== helpers.length;) {
    before = helpers.length;
    const there = new Set(helpers.map((h) => h.node));
    helpers = helpers.filter(
      ({ node }) => !rewritten.has(node) && [...needs.get(node)!].every((n) => n === node || there.has(n)),
    );
  }
  return helpers;
}

type Name = AnyNode & { name: string };

function declaredBy(node: AnyNode): Name[] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return [node.id as Name];
  if (node.type !== 'VariableDeclaration') return [];
  const ids = (node.declarations as AnyNode[]).map((d) => d.id as Name);
  return ids.every((id) => id.type === 'Identifier') ? ids : [];
}

/** Names that are written to after their declaration. */
function assignedIn(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const targets = (pattern: unknown): void =>
    walk(pattern, (n) => {
      if (n.type === 'Identifier') found.push(n);
    });
  walk(node, (n) => {
    if (n.type === 'AssignmentExpression' || n.type === 'ForInStatement' || n.type === 'ForOfStatement')
      targets(n.left);
    if (n.type === 'UpdateExpression') targets(n.argument);
  });
  return found;
}

/** The top-level declarations whose names a statement uses. */
function homesOf(node: AnyNode, source: Source, home: ReadonlyMap<Binding, AnyNode>): Set<AnyNode> {
  const used = new Set<AnyNode>();
  walk(node, (n) => {
    const binding = source.scopes.bindings.get(n);
    const at = binding && home.get(binding);
    if (at) used.add(at);
  });
  return used;
}
