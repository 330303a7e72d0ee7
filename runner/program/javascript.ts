import { createRequire, SourceMap } from 'node:module';
import type * as Esbuild from 'esbuild';
import { parse, type Program } from 'acorn';
import { withoutTypeImports } from './elide.ts';
import { frameAt, illegal, type Illegal } from './illegal.ts';
import { positionAt } from './source.ts';
import { StripError, stripTypes } from './strip.ts';

/** What runs. `map` is null where every position in `code` is the position in the learner's file. */
export interface JavaScript {
  code: string;
  map: SourceMap | null;
}

/** JavaScript together with its syntax tree. */
export interface Parsed extends JavaScript {
  ast: Program;
}

/**
 * Turns the text of one file into JavaScript.
 * Types are replaced by blanks; a file that needs more (enum, parameter property, namespace, decorator, `import x =`)
 * is transformed by esbuild, with a source map.
 */
export function toJavaScript(file: string, text: string): Parsed | Illegal {
  const isTypeScript = /\.m?ts$/.test(file);
  let stripped: string;
  try {
    stripped = isTypeScript ? stripTypes(text) : text;
  } catch (error) {
    if (!(error instanceof StripError)) throw error;
    return error.reason === 'too-deep' ? tooDeep(file) : transformed(file, text, error);
  }
  try {
    const parsed = { code: stripped, map: null, ast: parseModule(stripped) };
    return isTypeScript ? withoutTypeImports(parsed) : parsed;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(file);
    // Decorators and `accessor` survive stripping, but no engine runs them yet.
    return transformed(file, text, error as AcornError);
  }
}

/** Parses JavaScript as a module; throws acorn's SyntaxError. */
export function parseModule(code: string): Program {
  // eslint-scope wants ranges
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', ranges: true });
}

/**
 * The position in the learner's file (line and column from 1, as in a stack) of a position in the code that runs;
 * null where the code was added by the transformation.
 */
export function original(
  map: SourceMap | null,
  line: number,
  column: number,
): { line: number; column: number } | null {
  if (map === null) return { line, column };
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry) || entry.originalLine === undefined) return null;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** The answer for code that is nested so deeply that reading it overflows a stack. */
export function tooDeep(file: string): Illegal {
  return illegal(
    'too-large',
    `${file} is nested too deeply to be read.`,
    'Split the expression or the blocks into functions.',
  );
}

interface AcornError extends SyntaxError {
  pos: number;
}

function transformed(file: string, text: string, refusal: StripError | AcornError): Parsed | Illegal {
  let result: Esbuild.TransformResult;
  try {
    result = esbuild().transformSync(text, {
      loader: /\.m?ts$/.test(file) ? 'ts' : 'js',
      target: 'node22',
      sourcemap: 'external',
      sourcefile: file,
      sourcesContent: false,
      charset: 'utf8',
      logLevel: 'silent',
      // A tsconfig elsewhere must not change what the learner's code means.
      tsconfigRaw: {},
    });
  } catch (error) {
    const [first] = (error as Partial<Esbuild.TransformFailure>).errors ?? [];
    if (first === undefined) return refused(file, text, refusal);
    return syntax(file, first.text, first.location && positionOf(first.location));
  }
  const map = new SourceMap(JSON.parse(result.map));
  try {
    return { code: result.code, map, ast: parseModule(result.code) };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(file);
    if ('pos' in refusal) return refused(file, text, refusal);
    const { line, column } = positionAt(result.code, (error as AcornError).pos);
    return syntax(file, (error as AcornError).message, original(map, line, column));
  }
}

/** Says what the first parser said; after stripping its position holds for the learner's text too. */
function refused(file: string, text: string, refusal: StripError | AcornError): Illegal {
  const at =
    'pos' in refusal ? positionAt(text, refusal.pos) : refusal.line && { line: refusal.line, column: 1 };
  return syntax(file, refusal.message, at || null);
}

function syntax(file: string, said: string, at: { line: number; column: number } | null): Illegal {
  const reason = said
    .split('\n', 1)[0]!
    .replace(/ \(\d+:\d+\)$/, '')
    .replace(/\.$/, '');
  const unclosed = /end of file|unterminated|<eof>/i.test(reason);
  const hint = unclosed
    ? 'Look for a bracket or a quote that is opened and never closed.'
    : at
      ? `Look at line ${at.line}, column ${at.column}, and just before it.`
      : 'Undo the last change in your editor and make it again in smaller steps.';
  return illegal('syntax', `${file} does not parse: ${lowerFirst(reason)}.`, hint, frameAt(file, at));
}

/** esbuild counts columns in bytes. */
function positionOf(at: Esbuild.Location): { line: number; column: number } {
  const before = Buffer.from(at.lineText).subarray(0, at.column).toString();
  return { line: at.line, column: before.length + 1 };
}

/** Only the first letter of a sentence, not a name such as `JSX`. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z' ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

let loaded: typeof Esbuild | undefined;

/** Loaded when the first file needs it: most never do. */
function esbuild(): typeof Esbuild {
  loaded ??= createRequire(import.meta.url)('esbuild') as typeof Esbuild;
  return loaded;
}
