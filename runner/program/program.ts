import { posix } from 'node:path';
import type { ImportSpecifier, Node } from 'acorn';
import { commonJsIn } from './commonjs.ts';
import { withoutNames } from './elide.ts';
import { frameAt, illegal, type Illegal } from './illegal.ts';
import { original, tooDeep, toJavaScript, type JavaScript, type Parsed } from './javascript.ts';
import { normaliseResolved } from './normalise.ts';
import { allowBuiltins, nearest, resolveImport, type AllowImport } from './resolve.ts';
import { resolveScopes, type Scopes } from './scopes.ts';
import { positionAt, readSource } from './source.ts';
import { declarationOf, exportsOf, importsOf, type Exports, type Import } from './surface.ts';

/** The learner's program: every file that the entry reaches through its imports. */
export interface Program {
  /** the learner's text by path */
  sources: Record<string, string>;
  /** what runs, by the same paths */
  javascript: Record<string, JavaScript>;
  /** tells a move from mere formatting, see `normaliseProgram` */
  hash: string;
  /** for `changedStatements` */
  statements: string[];
}

export interface ReadOptions {
  /** the file that is loaded, a key of `files` */
  entry: string;
  /** names that the entry must export */
  exports: readonly string[];
  /** further files that are loaded */
  also?: readonly string[];
  /** relative imports may lack their extension, as in code that bundlers read */
  loose?: boolean;
  /** says why an import that is not relative is refused; by default only Node's own modules are allowed */
  allowImport?: AllowImport;
}

/**
 * Reads the learner's files (paths relative to their folder, with forward slashes) as far as it goes without running
 * them. Only what the entry reaches is read: a half-finished file that nothing imports spoils no move and makes none.
 */
export function readProgram(
  files: ReadonlyMap<string, Uint8Array>,
  options: ReadOptions,
): { program: Program } | Illegal {
  const modules = new Map<string, Module>();
  // A Map is walked in the order of its keys, those added on the way included.
  const reached = new Map([options.entry, ...(options.also ?? [])].map((path) => [path, true]));
  for (const path of reached.keys()) {
    const module = readModule(files, path);
    if ('illegality' in module) return module;
    for (const item of module.imports) {
      const found = resolveImport(
        path,
        item.specifier,
        files.keys(),
        options.allowImport ?? allowBuiltins,
        options.loose,
      );
      if ('message' in found) return illegal('import', found.message, found.hint, frameOf(module, item.node));
      if (!('file' in found)) continue;
      reached.set(found.file, true);
      module.targets.set(item, found.file);
    }
    modules.set(path, module);
  }
  const entry = modules.get(options.entry)!;
  const problem = missingExport(entry, options.exports) ?? linkAll(modules);
  if (problem) return problem;

  const program: Program = { sources: {}, javascript: {}, hash: '', statements: [] };
  for (const [path, { text, parsed }] of modules) {
    program.sources[path] = text;
    program.javascript[path] = { code: parsed.code, map: parsed.map };
  }
  try {
    const resolved = [...modules].map(([path, { parsed, scopes }]) => [path, { ast: parsed.ast, scopes }]);
    return { program: { ...program, ...normaliseResolved(Object.fromEntries(resolved)) } };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(options.entry);
    throw error;
  }
}

interface Module {
  path: string;
  text: string;
  parsed: Parsed;
  scopes: Scopes;
  exports: Exports;
  imports: Import[];
  /** the files that the imports of the program's own files lead to */
  targets: Map<Import, string>;
}

function readModule(files: ReadonlyMap<string, Uint8Array>, path: string): Module | Illegal {
  const bytes = files.get(path);
  if (bytes === undefined) return missingFile(path, [...files.keys()]);
  const source = readSource(path, bytes);
  if ('illegality' in source) return source;
  const parsed = toJavaScript(path, source.text);
  if ('illegality' in parsed) return parsed;
  try {
    const module: Module = {
      path,
      text: source.text,
      parsed,
      scopes: resolveScopes(parsed.ast),
      exports: exportsOf(parsed.ast),
      imports: importsOf(parsed.ast, parsed.code),
      targets: new Map(),
    };
    const commonJs = commonJsIn(parsed.ast, module.scopes);
    if (commonJs === null) return module;
    return illegal(
      'syntax',
      `${path} is CommonJS; use export.`,
      'Write `export function …` instead of module.exports, and `import … from` instead of require.',
      frameOf(module, commonJs),
    );
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(path);
    throw error;
  }
}

function missingFile(path: string, known: readonly string[]): Illegal {
  const meant = nearest(path, known);
  if (meant === undefined) {
    return illegal('missing-file', `${path} is missing.`, `Save your code as ${path}.`);
  }
  const why = meant.toLowerCase() === path.toLowerCase() ? ': upper and lower case count' : '';
  return illegal(
    'missing-file',
    `${path} is missing; there is ${meant}${why}.`,
    `Rename ${meant} to ${path}.`,
  );
}

function missingExport(entry: Module, wanted: readonly string[]): Illegal | null {
  const { path, exports, parsed } = entry;
  if (exports.stars.length > 0) return null;
  const missing = wanted.filter((name) => !exports.names.has(name));
  const [first] = missing;
  if (first === undefined) return null;
  const write = missing
    .map((name) => `\`export ${isClassName(name) ? 'class' : 'function'} ${name}\``)
    .join(', ');
  const declared = declarationOf(parsed.ast, first);
  if (exports.default) {
    return illegal(
      'missing-export',
      `${path}: found a default export; the kata needs ${write}.`,
      `Write ${write} instead of \`export default\`.`,
      frameOf(entry, exports.default),
    );
  }
  if (declared) {
    return illegal(
      'missing-export',
      `${path} declares ${first} but does not export it.`,
      'Write `export` before its declaration.',
      frameOf(entry, declared),
    );
  }
  const similar = [...exports.names].find(([name]) => name.toLowerCase() === first.toLowerCase());
  return illegal(
    'missing-export',
    `${path} does not export ${missing.join(', ')}${similar ? `; it exports ${similar[0]}` : ''}.`,
    `The kata needs ${write}.`,
    similar ? frameOf(entry, similar[1]) : null,
  );
}

/** Checks the names that modules of the program import from each other, before Node would with less to say. */
function linkAll(modules: ReadonlyMap<string, Module>): Illegal | null {
  for (const module of modules.values()) {
    for (const [item, path] of module.targets) {
      const target = modules.get(path)!;
      if (target.exports.stars.length > 0) continue;
      const problem = link(module, item, target);
      if (problem) return problem;
    }
  }
  return null;
}

function link(module: Module, item: Import, target: Module): Illegal | null {
  const types = new Set<ImportSpecifier>();
  for (const { name, node } of item.names) {
    if (target.exports.names.has(name)) continue;
    const specifier = node as ImportSpecifier;
    // Named once and not there when the program runs: a type, as far as the program can tell.
    const isType =
      node.type === 'ImportSpecifier' &&
      posix.extname(module.path).endsWith('ts') &&
      module.scopes.unusedImports.has(specifier.local);
    if (isType) {
      types.add(specifier);
      continue;
    }
    const what = name === 'default' ? 'has no default export' : `does not export ${name}`;
    return illegal(
      'import',
      `${target.path} ${what}.`,
      `Export it there, or remove the import; for a type write \`import type\` or \`export type\`.`,
      frameOf(module, node),
    );
  }
  if (types.size > 0 && item.declaration) {
    module.parsed.code = withoutNames(module.parsed.code, item.declaration, types);
    if (item.declaration.specifiers.length === 0) {
      const rest = module.parsed.ast.body.filter((statement) => statement !== item.declaration);
      module.parsed.ast = { ...module.parsed.ast, body: rest };
    }
  }
  return null;
}

function frameOf(module: Module, node: Pick<Node, 'start'>) {
  const { line, column } = positionAt(module.parsed.code, node.start);
  return frameAt(module.path, original(module.parsed.map, line, column));
}

function isClassName(name: string): boolean {
  return /^[A-Z]/.test(name);
}
