import { getLineInfo, type Node } from 'acorn';
import type { Example } from '../../core/verdict.ts';
import type { SuiteSource } from './sources.ts';

/** Functions that declare a test. */
const DECLARES = /^(?:it|test|fit|xit|xtest)$/;
/** Lines of an example: what comes before the failing statement, and the statement. */
const MOST_BEFORE = 9;
const MOST_OF_STATEMENT = 8;

/**
 * The test's own code up to the statement that did not hold.
 * @param line where it stopped, or null when that is not known: then the test is found by its title and shown whole
 */
export function exampleOf(
  source: SuiteSource,
  file: string,
  title: string,
  line: number | null,
): Example | null {
  const body = bodies(source).find((b) =>
    line === null ? b.title === title : b.from <= line && line <= b.to,
  );
  if (!body) return null;
  const statement = body.statements.find(([from, to]) => line !== null && from <= line && line <= to);
  const first = body.statements[0]?.[0] ?? body.from;
  const last = statement ?? body.statements.at(-1) ?? [body.from, body.to];
  const to = Math.min(last[1], last[0] + MOST_OF_STATEMENT - 1);
  const from = Math.max(first, last[0] - MOST_BEFORE);
  const lines = dedent(source.text.split(/\r?\n/).slice(from - 1, to));
  return { file, line: from, lines, at: line === null ? null : Math.min(line, to) };
}

interface Body {
  title: string | null;
  from: number;
  to: number;
  /** first and last line of each statement */
  statements: [number, number][];
}

interface Call extends Node {
  callee: Node & { name?: string; object?: Node; callee?: Node; tag?: Node };
  arguments: (Node & { body?: Node & { body?: Node[] }; value?: unknown })[];
}

/** The bodies of all tests, the innermost first. */
function bodies({ ast, code, original }: SuiteSource): Body[] {
  const lineOf = (offset: number): number => {
    const { line, column } = getLineInfo(code, offset);
    return original(line, column + 1).line;
  };
  const span = (node: Node): [number, number] => [lineOf(node.start), lineOf(node.end)];
  const found: Body[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    Object.values(value).forEach(visit);
    if (value.type !== 'CallExpression') return;
    const call = value as unknown as Call;
    const fn = call.arguments.find((a) => /Function/.test(a.type));
    if (!fn?.body || !DECLARES.test(rootOf(call.callee))) return;
    const [from, to] = span(fn);
    const title = call.arguments[0]?.value;
    const statements = fn.body.body?.map(span) ?? [span(fn.body)];
    found.push({ title: typeof title === 'string' ? title : null, from, to, statements });
  };
  visit(ast.body);
  return found;
}

/** The name that `it.each(cases)`, `it.only` or `it` begins with. */
function rootOf(callee: Call['callee']): string {
  const inner = callee.object ?? callee.callee ?? callee.tag;
  return inner ? rootOf(inner as Call['callee']) : (callee.name ?? '');
}

function dedent(lines: readonly string[]): string[] {
  const indent = Math.min(...lines.filter((l) => l.trim() !== '').map((l) => l.search(/\S/)));
  return lines.map((l) => (Number.isFinite(indent) ? l.slice(indent) : l).trimEnd());
}
