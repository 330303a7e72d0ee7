import { MagicString } from 'magic-string';
import { walk, type AnyNode } from '../../program/walk.ts';
import { freshName, readSource, usesThis, type Source } from './source.ts';
import { editedVariant, type Skip, type Transform } from './variant.ts';

/** Makes each export in a function that is called at once. */
export const inAClosure: Transform = wrapped((found, edited) => {
  const { statement, declaration, name, init } = found;
  if (init) {
    edited.appendRight(init.start, '(() => {\nreturn (');
    edited.appendLeft(init.end, ');\n})()');
    return;
  }
  edited.update(statement.start, declaration.start, `export const ${name} = (() => {\n`);
  edited.appendLeft(declaration.end, `\nreturn ${name};\n})();\n`);
});

/** Makes a function the method of a class, and calls it there; a class, the base of one; a value, a static field. */
export const inAClass: Transform = wrapped((found, edited, { text }) => {
  const { statement, declaration, name, init, id } = found;
  // another export may have its own already
  const holder = freshName('Holder', [text, edited.toString()]);
  if (init) {
    edited.appendRight(init.start, `(class ${holder} {\nstatic made = (`);
    edited.appendLeft(init.end, ');\n}).made');
  } else if (declaration.type === 'ClassDeclaration') {
    edited.update(statement.start, declaration.start, `const ${holder} = `);
    edited.appendLeft(declaration.end, `;\nexport class ${name} extends ${holder} {}\n`);
  } else {
    const kind = `${declaration.async ? 'async ' : ''}${declaration.generator ? '*' : ''}`;
    edited.update(statement.start, id.start, `class ${holder} {\nstatic ${kind}`);
    edited.appendLeft(
      declaration.end,
      `\n}\nexport const ${name} = (...args) => ${holder}.${name}(...args);\n`,
    );
  }
});

/** An export as it is declared: by a function or a class, or with a value. */
interface Found {
  statement: AnyNode;
  declaration: AnyNode;
  name: string;
  id: AnyNode;
  /** the value of a constant; null for functions and classes */
  init: AnyNode | null;
}

function wrapped(wrap: (found: Found, edited: MagicString, source: Source) => void): Transform {
  return ({ files, entry, exports }) => {
    const source = readSource(entry, files[entry] ?? '');
    if (!source) return { skipped: 'not-erasable' };
    const edited = new MagicString(source.text);
    for (const name of exports) {
      const found = find(source, name);
      if ('skipped' in found) return found;
      wrap(found, edited, source);
    }
    return editedVariant(files, { [entry]: { of: entry, edited } });
  };
}

function find(source: Source, name: string): Found | Skip {
  for (const statement of source.ast.body as unknown as AnyNode[]) {
    const declaration = statement.declaration as AnyNode | null | undefined;
    if (statement.type !== 'ExportNamedDeclaration' || !declaration) continue;
    const declarators = (declaration.declarations as AnyNode[] | undefined) ?? [declaration];
    const declarator = declarators.find((d) => (d.id as AnyNode & { name?: string }).name === name);
    if (!declarator) continue;
    const init = declaration.type === 'VariableDeclaration' ? ((declarator.init as AnyNode) ?? null) : null;
    if (declaration.type === 'VariableDeclaration' && !init) continue;
    const found = { statement, declaration, name, id: declarator.id as AnyNode, init };
    if (usesThis(init ?? (declaration.type === 'FunctionDeclaration' ? declaration.body : null)))
      return { skipped: 'uses-this', name };
    return usedWhileLoading(source, found) ? { skipped: 'used-while-loading', name } : found;
  }
  return { skipped: 'no-direct-export', name };
}

/** Whether the module may use a function before the place where it is declared, which works for functions only. */
function usedWhileLoading(source: Source, { statement, id, init }: Found): boolean {
  if (init) return false;
  const binding = source.scopes.bindings.get(id);
  let used = false;
  for (const other of source.ast.body as unknown as AnyNode[]) {
    if (other.start === statement.start) continue;
    walk(other, (node) => {
      if (source.scopes.bindings.get(node) === binding) used = true;
      // what stands in functions runs later
      return !/Function/.test(node.type);
    });
  }
  return used;
}
