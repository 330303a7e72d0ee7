import type { Illegality } from '../core/verdict.ts';
import type { Look } from './look.ts';
import { codeText } from './code.ts';
import { clip, expandTabs, harmless, paragraph } from './layout.ts';
import { lostWords } from './words.ts';

/** A save that is no move: what is wrong, where, what to do. `text` is the file's text where there is one. */
export function illegalScreen(kata: string, i: Illegality, text: string | null, look: Look): string[] {
  const lines = paragraph(
    `${look.paint.bold(kata)}${look.plain ? ', ' : ' · '}${look.paint.warn(lostWords.illegal)}: ${harmless(i.message)}`,
    look,
  );
  if (i.frame) {
    const code = text?.split('\n')[i.frame.line - 1]?.replace(/\r$/, '');
    lines.push(...paragraph(`${i.frame.file}:${i.frame.line}:${i.frame.column}`, look, '   '));
    if (code?.trim()) {
      const shown = expandTabs(harmless(code)).trim();
      if (look.plain) lines.push(...paragraph(shown, look, '   '));
      else {
        const first = ` ${look.paint.warn('>')} ${String(i.frame.line).padStart(3)} │ `;
        lines.push(
          first + codeText(clip(shown, look.width - 4 - Math.max(3, String(i.frame.line).length) - 3), look),
        );
      }
    }
  }
  lines.push(...paragraph(`${i.hint} ${lostWords.costsNothing}`, look));
  return lines;
}
