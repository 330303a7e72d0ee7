import { getLineInfo } from 'acorn';
import { frameAt, illegal, type Illegal } from './illegal.ts';

/** A kata's file has 30–80 lines; whatever is larger than this was not written by hand. */
const LIMIT_KIB = 256;

const SAVE_AS_UTF8 = 'In most editors: Save with encoding, UTF-8.';

/**
 * Turns the bytes of one file into text.
 * A UTF-8 byte order mark is dropped; line ends stay as they are, so that positions stay right.
 */
export function readSource(file: string, bytes: Uint8Array): { text: string } | Illegal {
  if (bytes.length > LIMIT_KIB * 1024) {
    return illegal(
      'too-large',
      `${file} has ${Math.ceil(bytes.length / 1024)} KiB; a file of a kata has at most ${LIMIT_KIB} KiB.`,
      'Take large data or generated code out of the file.',
    );
  }
  if (isUtf16(bytes)) {
    return illegal('encoding', `${file} is UTF-16; save it as UTF-8.`, SAVE_AS_UTF8);
  }
  const text = new TextDecoder().decode(bytes);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return illegal(
      'encoding',
      `${file} contains NUL bytes; it is not a text file.`,
      'Delete the NUL bytes, or write the file anew as UTF-8 text.',
      frameAt(file, positionAt(text, nul)),
    );
  }
  if (!isUtf8(bytes)) {
    // Decoding puts U+FFFD where bytes are no UTF-8: the first one is the place to show.
    return illegal(
      'encoding',
      `${file} is not UTF-8; save it as UTF-8.`,
      SAVE_AS_UTF8,
      frameAt(file, positionAt(text, text.indexOf('\uFFFD'))),
    );
  }
  if (text.trim() === '') {
    return illegal('empty', `${file} is empty.`, 'Write the code, or undo in your editor to get it back.');
  }
  return { text };
}

/** Line and column, both from 1, of an offset in a text. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const { line, column } = getLineInfo(text, offset);
  return { line, column: column + 1 };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** By its byte order mark, or because every other byte of the beginning is NUL, as in ASCII text saved as UTF-16. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, 512);
  const pairs = head.length >> 1;
  if (pairs < 2) return false;
  const nuls = [0, 0];
  for (let i = 0; i < pairs * 2; i++) if (head[i] === 0) nuls[i & 1]!++;
  const [even = 0, odd = 0] = nuls;
  return Math.max(even, odd) > pairs * 0.7 && Math.min(even, odd) < pairs * 0.1;
}
