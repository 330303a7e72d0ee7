import { types } from 'node:util';

const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, is, isExtensible } = Object;

/**
 * How long an answer to `get` stays true: `fixed` for ever, because the language forbids a change; `watched` until the
 * owner says otherwise, because nobody but the module itself can change an export.
 */
export type Lasting = 'fixed' | 'watched';

/** How long what was just read will stay so; null when it may be another thing at the next look. */
export function lastingOf(target: object, key: PropertyKey): Lasting | null {
  if (types.isModuleNamespaceObject(target)) return hasOwn(target, key) ? 'watched' : 'fixed';
  for (let p: object | null = target; p; p = getPrototypeOf(p) as object | null) {
    if (types.isProxy(p)) return null;
    const d = getOwnPropertyDescriptor(p, key);
    if (d) return 'value' in d && !d.writable && !d.configurable ? 'fixed' : null;
    if (isExtensible(p)) return null;
  }
  return 'fixed';
}

interface Export {
  target: object;
  key: PropertyKey;
  value: unknown;
}

/** Exports whose values the other side keeps: looked at before each hand-over, so that it never keeps an old one. */
export class Watched {
  #exports: Export[] = [];

  add(target: object, key: PropertyKey, value: unknown): void {
    this.#exports.push({ target, key, value });
  }

  /** Those that are no longer what they were; they are watched no more. */
  changed(): readonly Export[] {
    if (this.#exports.every(isSame)) return [];
    const gone = this.#exports.filter((one) => !isSame(one));
    this.#exports = this.#exports.filter(isSame);
    return gone;
  }

  clear(): void {
    this.#exports = [];
  }
}

function isSame({ target, key, value }: Export): boolean {
  try {
    return is((target as Record<PropertyKey, unknown>)[key], value);
  } catch {
    return false;
  }
}
