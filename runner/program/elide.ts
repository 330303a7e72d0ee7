import type { ImportDeclaration, ImportSpecifier, Program } from 'acorn';
import type { Parsed } from './javascript.ts';

/**
 * Erases the imports of which stripping left nothing but braces: `import { type Clock } from './world.ts'`.
 * As in TypeScript, an import of types only does not load its file.
 */
export function withoutTypeImports(parsed: Parsed): Parsed {
  let { code } = parsed;
  const body = parsed.ast.body.filter((statement) => {
    if (!hasNoNames(statement, code)) return true;
    code = blank(code, statement.start, statement.end);
    return false;
  });
  return code === parsed.code ? parsed : { ...parsed, code, ast: { ...parsed.ast, body } };
}

/** `import {} from` or `export {} from`, but not `import './setup.ts'`. */
function hasNoNames(statement: Program['body'][number], code: string): boolean {
  if (statement.type === 'ExportNamedDeclaration') {
    return Boolean(statement.source) && statement.specifiers.length === 0;
  }
  if (statement.type !== 'ImportDeclaration' || statement.specifiers.length > 0) return false;
  return code.slice(statement.start, statement.source.start).includes('{');
}

/** Erases names from one import; changes the tree in place and returns the code, with all positions as they were. */
export function withoutNames(
  code: string,
  declaration: ImportDeclaration,
  names: ReadonlySet<ImportSpecifier>,
): string {
  const all = declaration.specifiers.filter((s) => s.type === 'ImportSpecifier');
  const kept = all.filter((s) => !names.has(s));
  const texts = kept.map((s) => code.slice(s.start, s.end));
  const start = all[0]!.start;
  const end = code.lastIndexOf('}', declaration.source.start);
  let out = blank(code, start, end);
  kept.forEach((specifier, i) => {
    // between two names there is at least one character for the comma
    const text = texts[i]! + (i < kept.length - 1 ? ',' : '');
    out = out.slice(0, specifier.start) + text + out.slice(specifier.start + text.length);
  });
  declaration.specifiers = declaration.specifiers.filter(
    (s) => s.type !== 'ImportSpecifier' || !names.has(s),
  );
  return out;
}

/** Blanks instead of everything but line ends. */
function blank(code: string, start: number, end: number): string {
  return code.slice(0, start) + code.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' ') + code.slice(end);
}
