import type { Node, Program } from 'acorn';
import { resolveScopes, type Binding } from './scopes.ts';

/** A place in the code that counts how often it runs: a statement, or a part of an expression that may be passed over. */
export interface Place {
  start: number;
  end: number;
  /** what stands in its own code, without other places and functions in it, by the offset where it stands */
  logic: { at: number; weight: number }[];
  kind: 'return' | 'statement' | 'branch';
  /** the place that decides whether this one runs, by number; null for what runs with its function */
  decidedBy: number | null;
  /** for a declaration at the top of the module: the places that use what it declares; it runs once, when it is loaded */
  usedBy: readonly number[];
}

/** How a place is made to count. */
export type Wrap = 'before' | 'body' | 'body without statement' | 'expression';

type Found = (wrap: Wrap, node: Node, place: number | null) => void;

// oxlint-disable-next-line typescript/no-explicit-any -- a tree is walked without knowing its nodes
type Tree = Node & Record<string, any>;

const { isArray } = Array;

/**
 * Finds the places of a module.
 * @param found hears of each place in the order of their numbers; null where a body has to become a block and nothing
 * in it counts
 */
export function placesOf(ast: Program, found: Found): Place[] {
  const walk = new Walk(ast, found);
  walk.into(ast as unknown as Tree);
  return walk.finish();
}

class Walk {
  readonly places: Place[] = [];
  #found: Found;
  #bindings: ReadonlyMap<object, Binding>;
  /** the place whose own code is being walked */
  #owner: number | null = null;
  #atTop = true;
  #declares = new Map<Binding, number>();
  #uses: { binding: Binding; place: number }[] = [];

  constructor(ast: Program, found: Found) {
    this.#found = found;
    this.#bindings = resolveScopes(ast).bindings;
  }

  finish(): Place[] {
    for (const { binding, place } of this.#uses) {
      const declared = this.#declares.get(binding);
      if (declared === undefined || declared === place) continue;
      const of = this.places[declared]!;
      if (!of.usedBy.includes(place)) of.usedBy = [...of.usedBy, place];
    }
    return this.places;
  }

  into(node: Tree): void {
    switch (node.type) {
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        return (node.body as Tree[]).forEach((s) => this.#statement(s, this.#decider));
      case 'SwitchStatement':
        this.into(node.discriminant as Tree);
        return (node.cases as Tree[]).forEach((c) => {
          if (c.test) this.into(c.test as Tree);
          (c.consequent as Tree[]).forEach((s) => this.#statement(s, this.#owner));
        });
      case 'IfStatement':
        this.into(node.test as Tree);
        this.#body(node.consequent as Tree);
        return this.#body(node.alternate as Tree | null);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        for (const part of ['init', 'left', 'right', 'test', 'update']) {
          if (node[part]) this.into(node[part] as Tree);
        }
        return this.#body(node.body as Tree);
      case 'ConditionalExpression':
        this.#weigh(node);
        this.into(node.test as Tree);
        this.#part(node.consequent as Tree);
        return this.#part(node.alternate as Tree);
      case 'LogicalExpression':
        this.#weigh(node);
        this.into(node.left as Tree);
        return this.#part(node.right as Tree);
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        return this.#function(node);
      case 'PropertyDefinition':
        if (node.computed) this.into(node.key as Tree);
        // a function gets its name from the field, but not when something stands around it
        if (node.value && !/Function|Class/.test((node.value as Tree).type)) this.#part(node.value as Tree);
        else if (node.value) this.into(node.value as Tree);
        return;
      default:
        this.#weigh(node);
        return this.#children(node);
    }
  }

  #decider: number | null = null;

  #children(node: Tree): void {
    for (const value of Object.values(node)) {
      for (const child of isArray(value) ? value : [value]) {
        if (typeof child === 'object' && child !== null && 'type' in child) this.into(child as Tree);
      }
    }
  }

  /** A statement in a list of statements. */
  #statement(node: Tree, decidedBy: number | null): void {
    if (!runs(node)) return this.#as(this.#owner, decidedBy, () => this.into(node));
    const place = this.#place(node, kindOf(node), decidedBy);
    if (this.#atTop) this.#declared(node, place);
    this.#found('before', node, place);
    this.#as(place, decidedBy, () => this.into(node));
  }

  /** The body of `if`, `else` or a loop, which the place around it decides about. */
  #body(node: Tree | null): void {
    if (!node) return;
    const decidedBy = this.#owner;
    if (node.type === 'BlockStatement') return this.#as(this.#owner, decidedBy, () => this.into(node));
    const place = runs(node) ? this.#place(node, kindOf(node), decidedBy) : null;
    this.#found(place === null ? 'body without statement' : 'body', node, place);
    this.#as(place ?? this.#owner, decidedBy, () => this.into(node));
  }

  /** A part of an expression that is evaluated only sometimes. */
  #part(node: Tree): void {
    const decidedBy = this.#owner;
    const place = this.#place(node, 'branch', decidedBy);
    this.#found('expression', node, place);
    this.#as(place, decidedBy, () => this.into(node));
  }

  #function(node: Tree): void {
    const wasAtTop = this.#atTop;
    this.#atTop = false;
    for (const param of node.params as Tree[]) this.into(param);
    const body = node.body as Tree;
    if (body.type === 'BlockStatement') this.#as(this.#owner, null, () => this.into(body));
    else {
      const place = this.#place(body, 'return', null);
      this.#found('expression', body, place);
      this.#as(place, null, () => this.into(body));
    }
    this.#atTop = wasAtTop;
  }

  #as(owner: number | null, decider: number | null, work: () => void): void {
    const before = [this.#owner, this.#decider] as const;
    [this.#owner, this.#decider] = [owner, decider];
    work();
    [this.#owner, this.#decider] = before;
  }

  #place(node: Tree, kind: Place['kind'], decidedBy: number | null): number {
    return this.places.push({ start: node.start, end: node.end, logic: [], kind, decidedBy, usedBy: [] }) - 1;
  }

  #weigh(node: Tree): void {
    const binding = this.#bindings.get(node);
    if (this.#owner === null) return;
    if (binding) this.#uses.push({ binding, place: this.#owner });
    const weight = weightOf(node);
    if (weight > 0) this.places[this.#owner]!.logic.push({ at: weightAt(node), weight });
  }

  /** What a declaration at the top of the module declares. */
  #declared(node: Tree, place: number): void {
    const declaration = (node.declaration ?? node) as Tree;
    if (declaration.type !== 'VariableDeclaration') return;
    const visit = (pattern: Tree): void => {
      const binding = this.#bindings.get(pattern);
      if (binding) this.#declares.set(binding, place);
      for (const value of Object.values(pattern)) {
        for (const child of isArray(value) ? value : [value]) {
          if (typeof child === 'object' && child !== null && 'type' in child) visit(child as Tree);
        }
      }
    };
    for (const { id } of declaration.declarations as { id: Tree }[]) visit(id);
  }
}

/** Declarations of functions, classes and modules do nothing where they stand; directives must come first. */
function runs(node: Tree): boolean {
  if (node.type === 'ExportNamedDeclaration') return node.declaration?.type === 'VariableDeclaration';
  if (node.type === 'ExportDefaultDeclaration')
    return !/^(?:Function|Class)/.test((node.declaration as Node).type);
  return !/^(?:Import|ExportAll|Function|Class|Empty|Block)/.test(node.type) && node.directive === undefined;
}

const kindOf = (node: Tree): Place['kind'] =>
  node.type === 'ReturnStatement' || node.type === 'ThrowStatement' ? 'return' : 'statement';

/** How much there is to get wrong: operators and numbers more than calls, names nothing. */
function weightOf(node: Tree): number {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'UpdateExpression':
      return 1;
    case 'UnaryExpression':
      return 0.5;
    case 'AssignmentExpression':
      return node.operator === '=' ? 0.25 : 1;
    case 'Literal':
      return typeof node.value === 'number' || node.regex || typeof node.value === 'boolean' ? 0.5 : 0.25;
    case 'MemberExpression':
      return node.computed ? 0.5 : 0;
    case 'CallExpression':
    case 'NewExpression':
      return 0.25;
    default:
      return 0;
  }
}

/** An operator stands where its right side begins, as far as lines go. */
function weightAt(node: Tree): number {
  return node.type === 'BinaryExpression' || node.type === 'LogicalExpression'
    ? (node.right as Node).start
    : node.type === 'CallExpression' || node.type === 'MemberExpression'
      ? node.end - 1
      : node.start;
}
