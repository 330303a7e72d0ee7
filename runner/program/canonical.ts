import type { Program } from 'acorn';
import type { Binding, Scopes } from './scopes.ts';

/** The canonical form: arrays, objects with sorted keys, strings, numbers, booleans and null. */
export type Canonical = string | number | boolean | null | Canonical[] | { [key: string]: Canonical };

/**
 * The syntax tree of a module without anything a formatter, or a rename of a local, may change.
 * Locals, labels and private names are numbered by first use. What stays: property names, globals, literals,
 * exported names, the names imported and where from.
 */
export function canonical(ast: Program, scopes: Scopes): Canonical[] {
  return new Canon(scopes, null).list(ast.body);
}

/**
 * One canonical form per statement and class member, at any depth, in source order.
 *
 * Statements inside a statement are left out of it and stand for themselves, so one changed line is one changed
 * statement and not also a change of the function, the class and the loop around it. Locals are numbered anew in each
 * statement, so a new variable does not change the statements after it. Blocks have no entry of their own.
 */
export function canonicalStatements(ast: Program, scopes: Scopes): Canonical[] {
  const found: { start: number; form: Canonical }[] = [];
  new Canon(scopes, found).list(ast.body);
  return found.toSorted((a, b) => a.start - b.start).map((statement) => statement.form);
}

/** A node of any type: what is generic below must see all fields. */
interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

// positions and notation
const IGNORED = new Set(['type', 'start', 'end', 'range', 'raw', 'shorthand', 'sourceType']);

class Canon {
  private readonly scopes: Scopes;
  /** where statements go that stand for themselves; null: they stay in place */
  private readonly found: { start: number; form: Canonical }[] | null;
  private numbers = new Map<object, number>();
  private labels: string[] = [];
  private classes: Map<string, object>[] = [];

  constructor(scopes: Scopes, found: Canon['found']) {
    this.scopes = scopes;
    this.found = found;
  }

  /** A list of statements or class members, without those that say nothing. */
  list(nodes: readonly unknown[]): Canonical[] {
    const forms = (nodes as Node[]).filter((node) => !isNothing(node)).map((node) => this.statement(node));
    return this.found ? [] : forms;
  }

  private statement(node: Node): Canonical {
    if (this.found === null || node.type === 'BlockStatement') return this.node(node);
    const outer = this.numbers;
    this.numbers = new Map();
    this.found.push({ start: node.start, form: this.node(node) });
    this.numbers = outer;
    return null;
  }

  /** A branch or the body of a loop, where braces are a matter of taste. */
  private branch(node: unknown): Canonical {
    if (node === null || node === undefined) return null;
    const { type, body } = node as Node;
    const forms = this.list(type === 'BlockStatement' ? (body as Node[]) : [node]);
    return this.found ? null : forms;
  }

  private value(value: unknown): Canonical {
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value === 'bigint') return String(value);
    if (value === undefined) return null;
    if (typeof value !== 'object' || value === null) return value as Canonical;
    return this.node(value as Node);
  }

  private fields(node: Node, own: { [field: string]: Canonical } = {}): Canonical {
    const form: { [field: string]: Canonical } = { type: node.type };
    // acorn does not always set the fields of a node in the same order
    for (const field of Object.keys(node).toSorted()) {
      // whether an arrow function has an expression for a body is told by the body
      if (IGNORED.has(field) || (field === 'expression' && typeof node[field] === 'boolean')) continue;
      form[field] = field in own ? own[field]! : this.value(node[field]);
    }
    return form;
  }

  private node(node: Node): Canonical {
    switch (node.type) {
      case 'BlockStatement':
        return this.list(node.body as Node[]);
      case 'StaticBlock':
        return ['static', this.list(node.body as Node[])];
      case 'ExpressionStatement':
        return this.fields(node, 'directive' in node ? { directive: true } : {});
      case 'IfStatement':
        return this.fields(node, {
          consequent: this.branch(node.consequent),
          alternate: this.branch(node.alternate),
        });
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        // the head first: its names are used in the body
        return [this.fields({ ...node, body: null }), this.branch(node.body)];
      case 'SwitchCase':
        return [this.value(node.test), this.list(node.consequent as Node[])];
      case 'LabeledStatement': {
        this.labels.push((node.label as { name: string }).name);
        const body = this.branch(node.body);
        this.labels.pop();
        return ['label', body];
      }
      case 'BreakStatement':
      case 'ContinueStatement': {
        const label = node.label as { name: string } | null;
        // the distance to the statement, whatever its label is called
        return [node.type, label && this.labels.length - this.labels.lastIndexOf(label.name)];
      }
      case 'ClassBody':
        return this.classBody(node);
      case 'Identifier':
        return this.identifier(node);
      case 'PrivateIdentifier':
        return this.privateName(node.name as string);
      case 'Literal':
        return this.literal(node);
      case 'TemplateLiteral':
        return this.template(node, false);
      case 'TaggedTemplateExpression':
        return ['tagged', this.value(node.tag), this.template(node.quasi as Node, true)];
      case 'LogicalExpression':
        return ['logical', node.operator as string, ...this.operands(node, node.operator as string)];
      case 'MemberExpression':
        return this.fields(node, node.computed ? {} : { property: this.propertyName(node.property as Node) });
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        return this.property(node);
      case 'ImportSpecifier':
        return ['import', moduleName(node.imported), this.value(node.local)];
      case 'ExportSpecifier':
        return ['export', this.value(node.local), moduleName(node.exported)];
      case 'ExportNamedDeclaration':
        return this.exportNamed(node);
      case 'ExportAllDeclaration':
        return [
          'export *',
          node.exported ? moduleName(node.exported) : null,
          this.value(node.source),
          this.value(node.attributes),
        ];
      case 'ImportAttribute':
        return ['with', moduleName(node.key), this.value(node.value)];
      case 'MetaProperty':
        return [`${(node.meta as { name: string }).name}.${(node.property as { name: string }).name}`];
      default:
        return this.fields(node);
    }
  }

  private identifier(node: Node): Canonical {
    const binding = this.scopes.bindings.get(node);
    if (binding === undefined) return ['global', node.name as string];
    if (binding.exported !== null) return ['exported', binding.exported];
    const number = this.number(binding);
    // Taken alone, a statement that uses something else of another module is another statement.
    return this.found && binding.imported !== null
      ? ['imported', binding.imported, number]
      : ['local', number];
  }

  private number(thing: Binding | object): number {
    const known = this.numbers.get(thing);
    if (known !== undefined) return known;
    this.numbers.set(thing, this.numbers.size);
    return this.numbers.size - 1;
  }

  private classBody(node: Node): Canonical {
    const members = node.body as Node[];
    const names = new Map<string, object>();
    for (const { key } of members as { key?: Node }[]) {
      if (key?.type !== 'PrivateIdentifier') continue;
      // a getter and a setter share one name
      if (!names.has(key.name as string)) names.set(key.name as string, {});
    }
    this.classes.push(names);
    const body = this.list(members);
    this.classes.pop();
    return body;
  }

  private privateName(name: string): Canonical {
    const owner = this.classes.findLast((names) => names.has(name));
    return ['private', owner ? this.number(owner.get(name)!) : name];
  }

  private literal(node: Node): Canonical {
    const { regex, bigint, value } = node as {
      regex?: { pattern: string; flags: string };
      bigint?: string;
      value?: unknown;
    };
    if (regex) return ['regex', regex.pattern, regex.flags];
    if (bigint !== undefined) return ['bigint', String(BigInt(bigint))];
    // JSON has no Infinity, and 1e999 is one
    return [
      'literal',
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value as Canonical),
    ];
  }

  private template(node: Node, tagged: boolean): Canonical {
    const quasis = (node.quasis as { value: { raw: string; cooked: string | null } }[]).map((quasi) =>
      // only a tag function sees how the text was written
      tagged ? quasi.value.raw : quasi.value.cooked,
    );
    const expressions = node.expressions as Node[];
    // without expressions it is a string in another kind of quotes
    if (!tagged && expressions.length === 0) return ['literal', quasis[0] ?? ''];
    return ['template', quasis, this.value(expressions)];
  }

  /** `a && (b && c)` is `a && b && c`: formatters drop such parentheses. */
  private operands(node: Node, operator: string): Canonical[] {
    if (node.type !== 'LogicalExpression' || node.operator !== operator) return [this.node(node)];
    return [...this.operands(node.left as Node, operator), ...this.operands(node.right as Node, operator)];
  }

  private property(node: Node): Canonical {
    const form = this.fields(node, node.computed ? {} : { key: this.propertyName(node.key as Node) });
    // `{ __proto__: x }` sets the prototype, `{ __proto__ }` does not
    return node.shorthand && (node.key as { name?: string }).name === '__proto__' ? ['own', form] : form;
  }

  /** `a`, `'a'` and, for numbers, `1` and `'1'` are the same key. */
  private propertyName(key: Node): Canonical {
    if (key.type === 'PrivateIdentifier') return this.privateName(key.name as string);
    if (key.type === 'Identifier') return ['key', key.name as string];
    return ['key', String(typeof key.bigint === 'string' ? BigInt(key.bigint) : key.value)];
  }

  private exportNamed(node: Node): Canonical {
    if (node.source === null) return this.fields(node);
    // `export { a } from`: neither name is a name of this file
    const names = (node.specifiers as Node[]).map((s) => [moduleName(s.local), moduleName(s.exported)]);
    return ['export from', names, this.value(node.source), this.value(node.attributes)];
  }
}

/** `;`, and the `export {}` that is left of exported types. */
function isNothing(node: Node): boolean {
  if (node.type === 'EmptyStatement') return true;
  return (
    node.type === 'ExportNamedDeclaration' &&
    node.declaration === null &&
    node.source === null &&
    (node.specifiers as Node[]).length === 0
  );
}

/** A name between modules, which may be written as a string. */
function moduleName(node: unknown): string {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? value ?? '';
}
