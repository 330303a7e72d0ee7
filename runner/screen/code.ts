import { createRequire } from 'node:module';
import type { Look } from './look.ts';

const require = createRequire(import.meta.url);
type Highlight = (code: string) => string;
let highlight: Highlight | undefined;

/** TypeScript text with syntax colours when the look has colour; the highlighter is loaded with the first coloured line. */
export function codeText(text: string, look: Look): string {
  if (!look.paint.colour) return text;
  highlight ??= (require('@babel/code-frame') as { highlight: Highlight }).highlight;
  return highlight(text).replaceAll(INVALID, '$1');
}

/** How the highlighter paints what is no token, such as the ellipsis of a line that was cut: nobody's mistake here. */
// oxlint-disable-next-line no-control-regex
const INVALID = /\u001b\[37m\u001b\[41m\u001b\[1m([^\u001b]*)\u001b\[22m\u001b\[49m\u001b\[39m/g;
