import type { ImportDeclaration, Node, Pattern, Program } from 'acorn';

/** What a module gives away. */
export interface Exports {
  /** each name with the node that exports it */
  names: ReadonlyMap<string, Node>;
  /** specifiers of `export * from`: whatever they name is exported too */
  stars: readonly string[];
  /** the default export, or null */
  default: Node | null;
}

/** One specifier of an import or re-export, or of a dynamic import of a literal. */
export interface Import {
  specifier: string;
  /** the literal */
  node: Node;
  /** the names that must exist in the module, with the nodes that name them */
  names: readonly { name: string; node: Node }[];
  /** null for re-exports and dynamic imports */
  declaration: ImportDeclaration | null;
}

/** The exports of a module, read off its syntax tree. */
export function exportsOf(ast: Program): Exports {
  const names = new Map<string, Node>();
  const stars: string[] = [];
  for (const statement of ast.body) {
    if (statement.type === 'ExportDefaultDeclaration') names.set('default', statement);
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported) names.set(nameOf(statement.exported), statement);
      else stars.push(String(statement.source.value));
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const specifier of statement.specifiers) names.set(nameOf(specifier.exported), specifier);
    const { declaration } = statement;
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations) {
        for (const identifier of identifiersOf(id)) names.set(identifier.name, identifier);
      }
    } else if (declaration) {
      names.set(declaration.id.name, declaration.id);
    }
  }
  return { names, stars, default: names.get('default') ?? null };
}

/** The imports of a module, in source order; a dynamic import of a computed specifier is not among them. */
export function importsOf(ast: Program, code: string): Import[] {
  const imports: Import[] = [];
  for (const statement of ast.body) {
    if (statement.type === 'ImportDeclaration') {
      const names = statement.specifiers.flatMap((s) => {
        if (s.type === 'ImportNamespaceSpecifier') return [];
        return [{ name: s.type === 'ImportSpecifier' ? nameOf(s.imported) : 'default', node: s as Node }];
      });
      imports.push({
        specifier: String(statement.source.value),
        node: statement.source,
        names,
        declaration: statement,
      });
    } else if (statement.type === 'ExportAllDeclaration') {
      imports.push({
        specifier: String(statement.source.value),
        node: statement.source,
        names: [],
        declaration: null,
      });
    } else if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      const names = statement.specifiers.map((s) => ({ name: nameOf(s.local), node: s as Node }));
      imports.push({
        specifier: String(statement.source.value),
        node: statement.source,
        names,
        declaration: null,
      });
    }
  }
  if (/\bimport\b[^\n]*\(|\bimport\s*\(/.test(code)) {
    for (const node of dynamicImports(ast)) {
      const specifier = (node as unknown as { value: string }).value;
      imports.push({ specifier, node, names: [], declaration: null });
    }
  }
  return imports;
}

/** The node that declares a name at the top of a module without exporting it, or null. */
export function declarationOf(ast: Program, name: string): Node | null {
  for (const statement of ast.body) {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      if (statement.id.name === name) return statement.id;
    }
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id } of statement.declarations) {
      const found = identifiersOf(id).find((identifier) => identifier.name === name);
      if (found) return found;
    }
  }
  return null;
}

/** A name between modules, which may be written as a string. */
function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}

function identifiersOf(pattern: Pattern): (Node & { name: string })[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((p) => identifiersOf(p.type === 'Property' ? p.value : p.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? identifiersOf(element) : []));
    case 'AssignmentPattern':
      return identifiersOf(pattern.left);
    case 'RestElement':
      return identifiersOf(pattern.argument);
    default:
      return [];
  }
}

/** The string literals that are imported dynamically, at any depth. */
function dynamicImports(ast: Program): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    if (value.type === 'ImportExpression') {
      const { source } = value as unknown as { source: Node & { value?: unknown } };
      if (source.type === 'Literal' && typeof source.value === 'string') found.push(source);
    }
    Object.values(value).forEach(visit);
  };
  visit(ast.body);
  return found;
}
