import { marked, type Token, type Tokens } from 'marked';
import type { Hints } from './found.ts';

/**
 * Hints of an exercise: what stands in general before any task, and what stands under the tasks. Each point becomes a
 * paragraph.
 */
export function readHints(markdown: string): Hints {
  const idea: string[] = [];
  const plan: string[] = [];
  let section: string | null = null;
  let begun = false;
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') {
      const { depth, text } = token as Tokens.Heading;
      if (depth > 1) [section, begun] = [/^general\b/i.test(text) ? null : text, false];
      continue;
    }
    for (const point of pointsOf(token)) {
      if (section === null) idea.push(point);
      else plan.push(begun ? point : `${section}: ${point}`);
      begun = true;
    }
  }
  return { idea: idea.join('\n\n'), plan: plan.join('\n\n') };
}

function pointsOf(token: Token): string[] {
  if (token.type === 'list') return (token as Tokens.List).items.map((item) => textOf(item.tokens));
  if (token.type === 'paragraph' || token.type === 'blockquote')
    return [textOf((token as Tokens.Paragraph).tokens)];
  return [];
}

/** Words without links and emphasis; code keeps its marks. */
function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((t) => {
      if (t.type === 'codespan') return `\`${(t as Tokens.Codespan).text}\``;
      if (t.type === 'code') return (t as Tokens.Code).text;
      const inner = (t as { tokens?: Token[] }).tokens;
      return inner ? textOf(inner) : 'text' in t ? String(t.text) : t.raw;
    })
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
