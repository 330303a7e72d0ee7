import type { AskedLine } from './diagnosis.ts';
import type { Frame } from './facts.ts';

const MOST_CHOICES = 3;
/** Lines with nothing to run: blank, comment, bracket, declaration of a type, import. */
const IDLE =
  /^\s*(?:$|\/\/|\/\*|\*|[\])}>;,({[]+;?$|import\b|export (?:interface|type)\b|interface\b|type\b|\}?\s*else\s*\{?$|try\s*\{$|return\s*[({[]?;?$)/;

/**
 * Builds the question about a line: the right one among others of the learner's own, first those the evidence names,
 * then lines nearby that do something. Lines that would be right as well are never offered.
 * @returns null when fewer than two lines can be offered
 */
export function linesToAsk(
  ask: string,
  right: Frame,
  named: readonly Frame[],
  files: Readonly<Record<string, string>>,
  alsoRight: readonly Frame[] = [],
): AskedLine | null {
  if (textOf(right, files) === null) return null;
  const lines = linesOf(right.file, files);
  const [from, to] = statementAround(lines, right.line);
  const sameStatement = (f: Frame): boolean => f.file === right.file && f.line >= from && f.line <= to;
  const choices = new Map<string, Frame>([[`${right.file}:${right.line}`, right]]);
  const add = (f: Frame): void => {
    const at = `${f.file}:${f.line}`;
    if (choices.size >= MOST_CHOICES || choices.has(at) || sameStatement(f)) return;
    if (alsoRight.some((r) => r.file === f.file && r.line === f.line)) return;
    const text = textOf(f, files);
    if (text !== null && !IDLE.test(text)) choices.set(at, f);
  };
  named.forEach(add);
  const goesOn = continuations(lines);
  for (let away = 1; away <= 12; away++) {
    for (const line of [right.line - away, right.line + away]) {
      if (!goesOn.has(line)) add({ file: right.file, line, column: 1, fn: null, isAsync: false });
    }
  }
  if (choices.size < 2) return null;
  const ordered = [...choices.values()].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
  return {
    ask,
    choices: ordered,
    answer: ordered.findIndex((f) => f.file === right.file && f.line === right.line),
  };
}

/** First and last line of the statement that a line belongs to, as far as chained calls and open ends tell. */
function statementAround(lines: readonly string[], line: number): [number, number] {
  const goesOn = (n: number): boolean =>
    /^\s*[.?:]/.test(lines[n - 1] ?? '') || /(?:=|=>|\()\s*$/.test(lines[n - 2] ?? '');
  let [from, to] = [line, line];
  while (from > 1 && goesOn(from)) from--;
  while (to < lines.length && goesOn(to + 1)) to++;
  return [from, to];
}

/** Lines that begin inside a template, a comment or an open bracket: nothing to choose by itself. */
function continuations(lines: readonly string[]): Set<number> {
  const inside = new Set<number>();
  const open: string[] = [];
  lines.forEach((line, i) => {
    const top = open.at(-1);
    if (top !== undefined && top !== '{' && top !== '${') inside.add(i + 1);
    scan(line, open);
  });
  return inside;
}

/** What stands before a slash that begins a regular expression and does not divide. */
const BEFORE_REGEXP = /(?:^|[(,=:[!&|?{};+]|\breturn)\s*$/;
const CLOSES: Readonly<Record<string, readonly string[]>> = { ')': ['('], ']': ['['], '}': ['{', '${'] };

/** Takes `open`, the brackets, templates and comments open before a line, to what is open after it. */
function scan(line: string, open: string[]): void {
  let i = 0;
  while (i < line.length) i = step(line, i, open);
}

/** Reads what begins at `i` and gives the index behind it. */
function step(line: string, i: number, open: string[]): number {
  const c = line[i]!;
  const top = open.at(-1);
  const two = line.slice(i, i + 2);
  if (top === '/*') {
    if (two !== '*/') return i + 1;
    open.pop();
    return i + 2;
  }
  if (top === '`') {
    if (c === '\\') return i + 2;
    if (c === '`') open.pop();
    if (two !== '${') return i + 1;
    open.push(two);
    return i + 2;
  }
  if (two === '//') return line.length;
  if (two === '/*') {
    open.push(two);
    return i + 2;
  }
  if (c === '"' || c === "'" || (c === '/' && BEFORE_REGEXP.test(line.slice(0, i))))
    return endOfQuoted(line, i) + 1;
  if ('`([{'.includes(c)) open.push(c);
  else if (top !== undefined && CLOSES[c]?.includes(top)) open.pop();
  return i + 1;
}

/** Index of the last character of a string or regular expression; neither goes beyond its line. */
function endOfQuoted(line: string, from: number): number {
  const quote = line[from]!;
  let inClass = false;
  for (let i = from + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (quote === '/' && line[i] === '[') inClass = true;
    else if (quote === '/' && line[i] === ']') inClass = false;
    else if (line[i] === quote && !inClass) return i;
  }
  return line.length;
}

function linesOf(file: string, files: Readonly<Record<string, string>>): readonly string[] {
  return files[file]?.split(/\r?\n/) ?? [];
}

/** The text of a frame's line, trimmed; null when there is no such line or nothing on it. */
function textOf(at: Frame, files: Readonly<Record<string, string>>): string | null {
  return linesOf(at.file, files)[at.line - 1]?.trim() || null;
}
