import { readFileSync, statSync } from 'node:fs';
import type { Program } from 'acorn';
import { commonJsIn } from '../../program/commonjs.ts';
import { original, toJavaScript, type JavaScript } from '../../program/javascript.ts';
import { resolveScopes } from '../../program/scopes.ts';
import { importsOf } from '../../program/surface.ts';
import { NotCarried } from './not-carried.ts';

/** A file of a suite as JavaScript. */
export interface SuiteSource {
  text: string;
  code: string;
  ast: Program;
  /** names that it imports or passes on, by specifier */
  names: ReadonlyMap<string, readonly string[]>;
  /** a line and column of `code` in the file itself */
  original(line: number, column: number): { line: number; column: number };
}

const read = new Map<string, { version: number; source: SuiteSource }>();

/**
 * Reads a file of a suite; once, until it changes.
 * @param file absolute path
 * @throws NotCarried for CommonJS, Error for what does not parse
 */
export function readSuiteSource(file: string): SuiteSource {
  const version = statSync(file).mtimeMs;
  const known = read.get(file);
  if (known?.version === version) return known.source;
  const text = readFileSync(file, 'utf8');
  const parsed = toJavaScript(file, text);
  if ('illegality' in parsed) throw new Error(parsed.illegality.message);
  const { code, ast, map } = parsed;
  if (commonJsIn(ast, resolveScopes(ast)) !== null)
    throw new NotCarried('is CommonJS; only tests that use import can be played');
  const names = new Map<string, string[]>();
  for (const item of importsOf(ast, code))
    names.set(item.specifier, [...(names.get(item.specifier) ?? []), ...item.names.map((n) => n.name)]);
  const source = { text, code, ast, names, original: (l: number, c: number) => back(map, l, c) };
  read.set(file, { version, source });
  return source;
}

function back(map: JavaScript['map'], line: number, column: number): { line: number; column: number } {
  return original(map, line, column) ?? { line, column };
}
