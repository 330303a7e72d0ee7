/** Control characters, C1, bidirectional overrides and zero-width characters: what could repaint or disguise a terminal. */
// oxlint-disable-next-line no-control-regex
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text from the learner's code or its errors, fit to be shown: tabs and newlines stay, CRLF becomes LF, every other
 * control character is written out as `\u{1b}`.
 */
export function harmless(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HARMFUL, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** Captured bytes as harmless text; invalid UTF-8 is replaced, and what was cut is said. */
export function shownOutput(bytes: Buffer, printed: number): string {
  const text = harmless(bytes.toString('utf8'));
  return printed > bytes.length ? `${text}\n… ${printed - bytes.length} more bytes were printed` : text;
}
