import type { AnyNode } from 'acorn';
import { mutate as mutatePattern } from 'weapon-regex';
import { instead, textOf, type Edit, type Mutator, type Source } from './mutator.ts';
import { mutateSql } from './sql.ts';
import type { Place } from './syntax.ts';

/** What takes the place of nothing. */
const SOMETHING = 'mutant';

const boolean: Mutator = {
  kind: 'boolean',
  edits({ node }) {
    if (node.type !== 'Literal' || typeof node.value !== 'boolean') return [];
    return [instead(node, String(!node.value))];
  },
};

/** Off by one. */
const number: Mutator = {
  kind: 'number',
  edits({ node, parent, key }) {
    if (node.type !== 'Literal' || typeof node.value !== 'number' || isKey(parent, key)) return [];
    return [instead(node, String(node.value + 1))];
  },
};

/** A text that is empty, or is not. */
const string: Mutator = {
  kind: 'string',
  edits({ node, parent, key }) {
    if (node.type === 'TemplateLiteral') {
      const isEmpty = node.quasis.length === 1 && node.quasis[0]!.value.raw === '';
      return [instead(node, isEmpty ? `\`${SOMETHING}\`` : '``')];
    }
    if (node.type !== 'Literal' || typeof node.value !== 'string' || isKey(parent, key)) return [];
    // names of modules, and directives
    if (!parent || /^(?:Import|Export)/.test(parent.type) || parent.type === 'ExpressionStatement') return [];
    return [instead(node, node.value === '' ? `'${SOMETHING}'` : "''")];
  },
};

function isKey(parent: AnyNode | null, key: string): boolean {
  return key === 'key' && parent !== null && 'key' in parent;
}

/** `[a, b]` → `[]`; `[...a]` → `a`, a copy that is none. */
const array: Mutator = {
  kind: 'array',
  edits({ node }, source) {
    if (node.type !== 'ArrayExpression') return [];
    if (node.elements.length === 0) return [instead(node, `['${SOMETHING}']`)];
    const [first] = node.elements;
    const edits = [instead(node, '[]')];
    if (node.elements.length === 1 && first?.type === 'SpreadElement')
      edits.push(instead(node, `(${textOf(first.argument, source)})`));
    return edits;
  },
};

/** `{ a, b }` → `{}`, and without each of its properties in turn. */
const object: Mutator = {
  kind: 'object',
  edits({ node, parent }) {
    if (node.type !== 'ObjectExpression' || node.properties.length === 0) return [];
    // the body of an arrow has parentheses around it already
    const edits = [instead(node, parent?.type === 'ExpressionStatement' ? '({})' : '{}')];
    const all = node.properties;
    if (all.length === 1) return edits;
    for (const [i, property] of all.entries()) {
      const next = all[i + 1];
      edits.push(
        next
          ? { start: property.start, end: next.start, text: '' }
          : { start: all[i - 1]!.end, end: property.end, text: '' },
      );
    }
    return edits;
  },
};

/** Of weapon-regex: its first level, and one member of a class left out. */
const PATTERN_LEVELS = [1];
const PATTERN_ALSO = 'Character class child removal';

const regex: Mutator = {
  kind: 'regex',
  edits({ node }) {
    if (node.type !== 'Literal' || !node.regex) return [];
    const { pattern, flags } = node.regex;
    const found = [
      ...mutatePattern(pattern, flags, { mutationLevels: PATTERN_LEVELS }),
      ...mutatePattern(pattern, flags, { mutationLevels: [2] }).filter((m) => m.name === PATTERN_ALSO),
    ];
    const others = [...new Set(found.map((m) => m.pattern))].filter((other) => isPattern(other, flags));
    return [
      ...others.map((other) => instead(node, `/${other}/${flags}`)),
      ...[...flags].map((flag) => instead(node, `/${pattern}/${flags.replace(flag, '')}`)),
    ];
  },
};

function isPattern(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What a query says, in a string or in the fixed parts of a template. */
const sql: Mutator = {
  kind: 'sql',
  edits(at: Place, source: Source): Edit[] {
    const { node, parent } = at;
    if (node.type === 'TemplateElement' && parent?.type === 'TemplateLiteral') {
      const all = parent.quasis.map((q) => q.value.raw).join('?');
      return mutateSql(textOf(node, source), all).map((text) => instead(node, text));
    }
    if (node.type !== 'Literal' || typeof node.value !== 'string') return [];
    return mutateSql(textOf(node, source), node.value).map((text) => instead(node, text));
  },
};

/** Literals of all kinds. */
export const VALUES: readonly Mutator[] = [boolean, number, string, array, object, regex, sql];
