import { lexer, type Token, type Tokens } from 'marked';
import { codeText } from './code.ts';
import { wrapAnsi } from 'fast-wrap-ansi';
import { expandTabs, paragraph } from './layout.ts';
import type { Look } from './look.ts';

/** Markdown as terminal text: headings, paragraphs, lists, quotes, code. Anything else comes out as its text. */
export function prose(markdown: string, look: Look): string[] {
  return blocks(lexer(markdown), look, ' ');
}

function blocks(tokens: readonly Token[], look: Look, indent: string): string[] {
  const lines: string[] = [];
  for (const token of tokens) {
    switch (token.type) {
      case 'space':
        break;
      case 'heading':
        lines.push(...paragraph(look.paint.bold(inline(token.tokens, look)), look, indent), '');
        break;
      case 'paragraph':
      case 'text':
        lines.push(
          ...paragraph(inline((token as Tokens.Paragraph).tokens ?? [token], look), look, indent),
          '',
        );
        break;
      case 'list':
        lines.push(...list(token as Tokens.List, look, indent), '');
        break;
      case 'code':
        lines.push(
          ...(token as Tokens.Code).text.split('\n').flatMap((l) => codeLines(l, look, `${indent}  `)),
          '',
        );
        break;
      case 'blockquote':
        lines.push(...blocks((token as Tokens.Blockquote).tokens, look, deeper(indent, 2)));
        break;
      default:
        lines.push(...paragraph(token.raw.trim(), look, indent), '');
    }
  }
  return lines;
}

/** Code is never cut: a line that is too long goes on below. */
function codeLines(line: string, look: Look, indent: string): string[] {
  const code = expandTabs(line);
  const inner = /^ */.exec(code)![0].slice(0, 12);
  const rows = wrapAnsi(code.slice(inner.length), look.width - indent.length - inner.length - 5, {
    hard: true,
    trim: false,
  }).split('\n');
  return rows.map((row, i) =>
    row.trim() === '' ? '' : `${indent}${inner}${i > 0 ? '    ' : ''}${codeText(row.trimEnd(), look)}`,
  );
}

/** A deeper indentation, as long as there is room for text beside it. */
function deeper(indent: string, by: number): string {
  return indent.length > 12 ? indent : indent + ' '.repeat(by);
}

function list(token: Tokens.List, look: Look, indent: string): string[] {
  const start = typeof token.start === 'number' ? token.start : 1;
  const digits = String(start + token.items.length - 1).length;
  return token.items.flatMap((item, i) => {
    const mark = token.ordered ? `${String(start + i).padStart(digits)}. ` : '- ';
    const body = item.tokens.flatMap((t) => (t.type === 'text' || t.type === 'paragraph' ? [t] : []));
    const rest = item.tokens.filter((t) => t.type !== 'text' && t.type !== 'paragraph');
    const first = inline(
      body.flatMap((t) => (t as Tokens.Text).tokens ?? [t]),
      look,
    );
    return [
      ...paragraph(first, look, indent + mark),
      ...blocks(rest, look, deeper(indent, 3)).filter((l) => l !== ''),
    ];
  });
}

function inline(tokens: readonly Token[] | undefined, look: Look): string {
  return (tokens ?? [])
    .map((t) => {
      switch (t.type) {
        case 'strong':
          return look.paint.bold(inline(t.tokens, look));
        case 'codespan':
          return look.plain ? (t as Tokens.Codespan).text : look.paint.accent((t as Tokens.Codespan).text);
        case 'link': {
          const text = inline(t.tokens, look);
          const { href } = t as Tokens.Link;
          return text === href ? text : `${text} (${href})`;
        }
        case 'em':
        case 'del':
          return inline(t.tokens, look);
        case 'br':
          return '\n';
        default:
          return 'tokens' in t && t.tokens ? inline(t.tokens, look) : ((t as Tokens.Text).text ?? t.raw);
      }
    })
    .join('')
    .replaceAll('\n', ' ');
}
