import { tampering } from './errors.ts';
import { LIMITS } from './limits.ts';

/**
 * The data of a note. A `__proto__` in it would be an own property here, but pollute whoever copies it carelessly.
 * @throws Tampering when it is too long or not JSON
 */
export function readNote(text: string): unknown {
  if (text.length > LIMITS.noteBytes) return tampering('a very long note');
  try {
    if (!text.includes('__proto__')) return JSON.parse(text) as unknown;
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)) as unknown;
  } catch {
    return tampering('a note that is not JSON');
  }
}
