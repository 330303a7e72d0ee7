import type { Node, Program } from 'acorn';
import type { Binding, Scopes } from './scopes.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a tree is walked without knowing its nodes
type Tree = Node & Record<string, any>;

/** What is looked at of one file. */
export interface Looked {
  ast: Program;
  scopes: Scopes;
  /** names that come from another file of the program */
  own: ReadonlySet<Binding>;
}

/** A place outside of all functions where the program keeps something that its functions change or use up. */
interface Kept<File> {
  file: File;
  node: Tree;
  /** whether functions change it, or it was made there as something that can change */
  lasts: boolean;
  /** what is put there: values assigned, and those handed to its methods */
  fed: { file: File; value: Tree; byCall: boolean }[];
  /** names under which it is read: its members, and the keys under which it is handed out */
  readAs: Set<string>;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const MUTATORS = new Set('push unshift splice pop shift sort reverse fill set add delete clear'.split(' '));
/** Made by `new`, and the same ever after. */
const VALUES = new Set('RegExp URL TextEncoder TextDecoder Intl Error Date'.split(' '));
/** How deep functions are followed into those that they use. */
const DEPTH = 6;

/**
 * Where the program keeps, outside of all functions, what its functions change: variables that they assign, lists, maps
 * and objects that they put something into, instances made while the module loads, static fields. A function that is
 * called where it is written counts as outside.
 * @param about a name that what is kept has to do with: what it is made with, a member that is read of it, or the key
 * under which it is handed out
 * @param gathers prefers what has that name put into it, over and over
 * @returns the best match, the first of equals; null when nothing is kept
 */
export function keptOutside<File extends Looked>(
  files: readonly File[],
  about: string,
  gathers: boolean,
): { file: File; node: Node } | null {
  const program = new Kepts(files);
  let best: { kept: Kept<File>; score: number } | null = null;
  for (const kept of program.all()) {
    const score = program.score(kept, about, gathers);
    if (kept.lasts && (!best || score > best.score)) best = { kept, score };
  }
  return best && { file: best.kept.file, node: best.kept.node };
}

class Kepts<File extends Looked> {
  readonly #byBinding = new Map<Binding, Kept<File>>();
  readonly #byStaticName = new Map<string, Kept<File>>();
  /** the function or class that a name of the program stands for */
  readonly #meanings = new Map<Binding, { file: File; node: Tree }>();
  readonly #exported = new Map<string, Binding>();
  readonly #files: readonly File[];

  constructor(files: readonly File[]) {
    this.#files = files;
    for (const file of files)
      this.#visit(file, file.ast as Tree, false, null, (of, node, inside) => this.#declare(of, node, inside));
    for (const file of files)
      this.#visit(file, file.ast as Tree, false, null, (of, node, inside, parent) =>
        this.#use(of, node, inside, parent),
      );
  }

  all(): Kept<File>[] {
    return [...this.#byBinding.values(), ...this.#byStaticName.values()].sort(
      (a, b) => this.#files.indexOf(a.file) - this.#files.indexOf(b.file) || a.node.start - b.node.start,
    );
  }

  score({ fed, readAs }: Kept<File>, about: string, gathers: boolean): number {
    const direct = fed.filter(({ file, value }) => this.#mentions(file, value, about, 0));
    if (gathers && direct.some((f) => f.byCall)) return 4;
    if (direct.length > 0 || readAs.has(about)) return 3;
    return fed.some(({ file, value }) => this.#mentions(file, value, about, DEPTH)) ? 2 : 1;
  }

  /** Visits every node; what lies in a function is inside, unless the function is called on the spot. */
  #visit(
    file: File,
    node: Tree,
    inside: boolean,
    parent: Tree | null,
    visit: (file: File, node: Tree, inside: boolean, parent: Tree | null) => void,
  ): void {
    visit(file, node, inside, parent);
    const enters = FUNCTIONS.has(node.type) && !(parent?.type === 'CallExpression' && parent.callee === node);
    for (const field in node) {
      for (const part of [node[field] as unknown].flat())
        if (typeof part === 'object' && part !== null && 'type' in part && 'start' in part)
          this.#visit(file, part as Tree, inside || enters, node, visit);
    }
  }

  #declare(file: File, node: Tree, inside: boolean): void {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      const init = node.init as Tree | null;
      if (init && (FUNCTIONS.has(init.type) || init.type === 'ClassExpression'))
        this.#mean(file, node.id as Tree, init);
      else if (!inside) this.#keep(file, node.id as Tree, init);
    }
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
      this.#mean(file, node.id as Tree, node);
    if (node.type === 'PropertyDefinition' && node.static && !FUNCTIONS.has(node.value?.type as string)) {
      const kept = this.#fresh(file, node.key as Tree, node.value as Tree | null);
      this.#byStaticName.set(node.key.name as string, kept);
    }
    if (node.type === 'ExportSpecifier') {
      const binding = file.scopes.bindings.get(node.local as object);
      if (binding) this.#exported.set(node.exported.name as string, binding);
    }
  }

  #mean(file: File, id: Tree, node: Tree): void {
    const binding = file.scopes.bindings.get(id);
    if (!binding) return;
    this.#meanings.set(binding, { file, node });
    if (binding.exported) this.#exported.set(binding.exported, binding);
  }

  #keep(file: File, id: Tree, init: Tree | null): void {
    const binding = file.scopes.bindings.get(id);
    if (!binding) return;
    this.#byBinding.set(binding, this.#fresh(file, id, init));
    if (binding.exported) this.#exported.set(binding.exported, binding);
  }

  #fresh(file: File, node: Tree, init: Tree | null): Kept<File> {
    const made = init?.type === 'NewExpression' && !VALUES.has(init.callee.name as string);
    // a call may give anything; what it gives is used by functions, or nobody would have it made
    const lasts = made || (init?.type === 'CallExpression' && !FUNCTIONS.has(init.callee.type as string));
    return { file, node, lasts, fed: init ? [{ file, value: init, byCall: false }] : [], readAs: new Set() };
  }

  #use(file: File, node: Tree, inside: boolean, parent: Tree | null): void {
    if (node.type === 'AssignmentExpression') {
      const kept = this.#rootOf(file, node.left as Tree);
      if (kept && (inside || node.left.type !== 'Identifier')) this.#feed(kept, file, node.right as Tree);
    }
    if (node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete')) {
      const kept = this.#rootOf(file, node.argument as Tree);
      if (kept && inside) kept.lasts = true;
    }
    if (node.type === 'CallExpression') this.#called(file, node);
    const kept = this.#named(file, node);
    if (!kept) return;
    if (parent?.type === 'MemberExpression' && parent.object === node && !parent.computed)
      kept.readAs.add(parent.property.name as string);
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern')
      for (const { key } of parent.id.properties as Tree[]) if (key) kept.readAs.add(key.name as string);
    if (parent?.type === 'Property' && parent.value === node) kept.readAs.add(parent.key.name as string);
  }

  #called(file: File, { callee, arguments: args }: Tree): void {
    if (callee.type !== 'MemberExpression') return;
    const first = args[0] as Tree | undefined;
    const kept = this.#rootOf(file, callee.object as Tree);
    if (kept) {
      if (MUTATORS.has(callee.property.name as string)) kept.lasts = true;
      for (const value of args as Tree[]) kept.fed.push({ file, value, byCall: true });
    }
    const into = first && callee.object.name === 'Object' && callee.property.name === 'assign';
    const assigned = into ? this.#rootOf(file, first) : null;
    for (const value of (args as Tree[]).slice(1)) if (assigned) this.#feed(assigned, file, value);
  }

  #feed(kept: Kept<File>, file: File, value: Tree): void {
    kept.lasts = true;
    kept.fed.push({ file, value, byCall: false });
  }

  /** What is kept under the name at the beginning of `name.member[0].more`. */
  #rootOf(file: File, node: Tree): Kept<File> | null {
    let at = node;
    for (; at.type === 'MemberExpression' || at.type === 'ChainExpression';) {
      const named = this.#named(file, at);
      if (named) return named;
      at = (at.type === 'ChainExpression' ? at.expression : at.object) as Tree;
    }
    return this.#named(file, at);
  }

  #named(file: File, node: Tree): Kept<File> | null {
    if (node.type === 'MemberExpression' && !node.computed)
      return this.#byStaticName.get(node.property.name as string) ?? null;
    return node.type === 'Identifier' ? (this.#byBinding.get(this.#binding(file, node)!) ?? null) : null;
  }

  /** The binding that a name stands for, in whatever file of the program it is declared. */
  #binding(file: File, id: Tree): Binding | undefined {
    const binding = file.scopes.bindings.get(id);
    return binding?.imported && file.own.has(binding) ? this.#exported.get(binding.imported) : binding;
  }

  /** Whether a name stands in some code, or in a function that it uses. */
  #mentions(file: File, code: Tree, name: string, depth: number, seen = new Set<Tree>()): boolean {
    if (seen.has(code)) return false;
    seen.add(code);
    let found = false;
    this.#visit(file, code, false, null, (_file, node) => {
      if (found || (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier')) return;
      const binding = node.type === 'Identifier' ? this.#binding(file, node) : undefined;
      const meaning = binding && depth > 0 ? this.#meanings.get(binding) : undefined;
      found = binding
        ? binding.imported === name ||
          (meaning !== undefined && this.#mentions(meaning.file, meaning.node, name, depth - 1, seen))
        : node.name === name;
    });
    return found;
  }
}
