import { createRequire } from 'node:module';
import type { Look } from './look.ts';

const require = createRequire(import.meta.url);
type Highlight = (code: string) => string;
let highlight: Highlight | undefined;

/** TypeScript text with syntax colours when the look has colour; the highlighter is loaded with the first coloured line. */
export function codeText(text: string, look: Look): string {
  if (!look.paint.colour) return text;
  highlight ??= (require('@babel/code-frame') as { highlight: Highlight }).highlight;
  return highlight(text);
}
