import { MagicString } from 'magic-string';
import { readSource, type Source } from './source.ts';
import { editedVariant, type Transform } from './variant.ts';

/** On as many lines as possible, with tabs, double quotes and no comments. */
export const spreadOut: Transform = reformatted(spread);

/** On as few lines as statements allow, deeply indented, without blank lines. */
export const drawnTogether: Transform = reformatted(draw);

function reformatted(format: (source: Source, edited: MagicString) => void): Transform {
  return ({ files }) => {
    const edits: Record<string, { of: string; edited: MagicString }> = {};
    for (const [file, text] of Object.entries(files)) {
      const source = readSource(file, text);
      if (!source) return { skipped: 'not-erasable' };
      const edited = new MagicString(text);
      format(source, edited);
      edits[file] = { of: file, edited };
    }
    return editedVariant(files, edits);
  };
}

/** After these a line may always end. */
const OPENS = new Set(['(', '[', '{', ',']);
const CLOSES = new Set([')', ']', '}']);

function spread({ tokens, comments, text }: Source, edited: MagicString): void {
  for (const { type, start, end } of comments) {
    edited.update(start, end, type === 'Block' && text.slice(start, end).includes('\n') ? '\n' : ' ');
  }
  tokens.forEach((token, i) => {
    const { label } = token.type;
    const next = tokens[i + 1];
    if (!next) return;
    if (OPENS.has(label) && !CLOSES.has(next.type.label)) edited.appendLeft(token.end, '\n\t');
    if ((next.type.label === '.' || next.type.label === '?.') && token.end === next.start)
      edited.appendRight(next.start, '\n\t\t');
    if (label === 'string') inDoubleQuotes(token.start, token.end, text, edited);
  });
  for (const [start, end] of indentations(tokens, text)) {
    if (end > start) edited.update(start, end, '\t'.repeat(Math.ceil((end - start) / 2)));
  }
}

function inDoubleQuotes(start: number, end: number, text: string, edited: MagicString): void {
  const quoted = text.slice(start, end);
  if (!/^'[^'"\\]*'$/.test(quoted)) return;
  edited.update(start, start + 1, '"');
  edited.update(end - 1, end, '"');
}

/** The blanks at the beginning of lines that do not begin inside a template, a comment or a string. */
function indentations(tokens: Source['tokens'], text: string): [number, number][] {
  const closed = tokens.filter((t) => t.type.label === 'template' || t.type.label === 'string');
  const found: [number, number][] = [];
  for (const m of text.matchAll(/^[ \t]+(?=\S)/gm)) {
    const inside = closed.some((t) => t.start <= m.index && m.index < t.end);
    if (!inside && text[m.index + m[0].length] !== '*') found.push([m.index, m.index + m[0].length]);
  }
  return found;
}

/** A line that begins with one of these goes on from the one before; so does one after `=` or `=>`. */
const GOES_ON = new Set(['.', '?.', '?']);
const GOES_ON_AFTER = new Set(['=', '=>']);

function draw({ tokens, text }: Source, edited: MagicString): void {
  const open: string[] = [];
  tokens.forEach((token, i) => {
    const { label } = token.type;
    if (OPENS.has(label) && label !== ',') open.push(label);
    else if (label === '${') open.push(label);
    else if (CLOSES.has(label)) open.pop();
    const next = tokens[i + 1];
    if (!next || label === 'template' || next.type.label === 'template') return;
    const gap = text.slice(token.end, next.start);
    if (!/^\s*\n\s*$/.test(gap)) return;
    const bracket = open.at(-1);
    const inside = bracket === '(' || bracket === '[' || bracket === '${';
    if (inside || GOES_ON.has(next.type.label) || GOES_ON_AFTER.has(label)) {
      const tight = OPENS.has(label) && label !== ',' ? '' : CLOSES.has(next.type.label) ? '' : ' ';
      edited.update(token.end, next.start, next.type.label === '.' || next.type.label === '?.' ? '' : tight);
    } else {
      const indent = gap.slice(gap.lastIndexOf('\n') + 1);
      edited.update(token.end, next.start, `\n${indent}${indent}`);
    }
  });
}
