import type { Program } from 'acorn';
import { analyze, type ScopeManager, type Variable } from 'eslint-scope';

/** One binding of the learner's code, however often it is named. */
export interface Binding {
  /** the name under which it must stay known: it is exported by its own declaration */
  exported: string | null;
  /** the name it has in the module it is imported from; null for what is not imported by name */
  imported: string | null;
}

export interface Scopes {
  /** every identifier node that names a binding of this file; globals are missing */
  bindings: ReadonlyMap<object, Binding>;
  /** identifier nodes that name nothing of this file, by name */
  globals: ReadonlyMap<string, readonly { start: number }[]>;
  /** identifier nodes of imports that the code never names again */
  unusedImports: ReadonlySet<object>;
}

/** Resolves every identifier of a module to its binding. */
export function resolveScopes(ast: Program): Scopes {
  const manager: ScopeManager = analyze(ast as never, {
    ecmaVersion: 2025,
    sourceType: 'module',
    ignoreEval: true,
  });
  const exportedBy = exportingDeclarations(ast);
  const bindings = new Map<object, Binding>();
  const unusedImports = new Set<object>();

  // Outer scopes come first. A class has its name twice, outside and inside: the inner one is the same binding.
  for (const scope of manager.scopes) {
    for (const variable of scope.variables) {
      if (variable.defs.length === 0) continue; // `arguments`
      const known = variable.identifiers
        .map((id) => bindings.get(id))
        .find((binding) => binding !== undefined);
      const binding = known ?? describe(variable, exportedBy);
      for (const id of variable.identifiers) bindings.set(id, binding);
      for (const reference of variable.references) bindings.set(reference.identifier, binding);
      if (variable.references.length === 0 && variable.defs.some((def) => def.type === 'ImportBinding')) {
        for (const id of variable.identifiers) unusedImports.add(id);
      }
    }
  }

  const globals = new Map<string, { start: number }[]>();
  for (const { identifier } of manager.globalScope?.through ?? []) {
    const at = identifier as unknown as { name: string; start: number };
    const uses = globals.get(at.name);
    if (uses) uses.push(at);
    else globals.set(at.name, [at]);
  }
  return { bindings, globals, unusedImports };
}

function exportingDeclarations(ast: Program): ReadonlySet<object> {
  const declarations = new Set<object>();
  for (const statement of ast.body) {
    if (statement.type === 'ExportNamedDeclaration' && statement.declaration) {
      declarations.add(statement.declaration);
    }
  }
  return declarations;
}

function describe(variable: Variable, exportedBy: ReadonlySet<object>): Binding {
  let exported: string | null = null;
  let imported: string | null = null;
  for (const def of variable.defs) {
    // of a parameter, `node` is the whole function
    const declaration = def.type === 'Variable' ? def.parent : def.type === 'Parameter' ? null : def.node;
    if (declaration && exportedBy.has(declaration)) exported = variable.name;
    if (def.type === 'ImportBinding') imported = importedName(def.node as never);
  }
  return { exported, imported };
}

function importedName(node: {
  type: string;
  imported?: { type: string; name?: string; value?: string };
}): string {
  if (node.type === 'ImportDefaultSpecifier') return 'default';
  return node.imported?.name ?? node.imported?.value ?? '*';
}
