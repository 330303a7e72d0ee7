import { Buffer } from 'node:buffer';
import { HOLE } from './shadow.ts';
import { bytesOf, type Shape } from './shapes.ts';

const { defineProperty, deleteProperty, ownKeys, set } = Reflect;
const { is, isExtensible } = Object;

/** An empty piece of data of a shape; bytes and patterns are made from what they hold. */
export function emptyOf(shape: Shape): object | null {
  switch (shape) {
    case 'A':
      return [];
    case 'D':
      return {};
    case 'N':
      return Object.create(null) as object;
    case 'M':
      return new Map();
    case 'S':
      return new Set();
    case 'T':
      return new Date(NaN);
    default:
      return null;
  }
}

/**
 * Makes a piece of data hold these entries (as entriesOf lists them), changing only what differs. Never
 * calls a setter, never goes through a prototype, never throws: what cannot be written stays as it is.
 */
export function fill(target: object, shape: Shape, entries: unknown[] | Buffer): void {
  switch (shape) {
    case 'A':
      return fillList(target as unknown[], entries as unknown[]);
    case 'M': {
      const map = target as Map<unknown, unknown>;
      map.clear();
      for (let i = 0; i + 1 < entries.length; i += 2) map.set(entries[i], entries[i + 1]);
      return;
    }
    case 'S':
      (target as Set<unknown>).clear();
      for (const value of entries as unknown[]) (target as Set<unknown>).add(value);
      return;
    case 'T':
      (target as Date).setTime(entries[0] as number);
      return;
    case 'R':
      set(target, 'lastIndex', entries[0]);
      return;
    case 'B': {
      const bytes = bytesOf(target);
      if (bytes.length === entries.length) (entries as Buffer).copy(bytes);
      return;
    }
    default:
      return fillFields(target, entries as unknown[]);
  }
}

function fillList(list: unknown[], entries: unknown[]): void {
  set(list, 'length', entries.length);
  for (let i = 0; i < entries.length; i++) {
    const value = entries[i];
    if (value === HOLE) deleteProperty(list, i);
    else if (!is(list[i], value) || !(i in list)) put(list, String(i), value);
  }
}

function fillFields(target: object, entries: unknown[]): void {
  const keys = entries.filter((_, i) => i % 2 === 0) as PropertyKey[];
  const old = ownKeys(target);
  // The order of keys is visible (JSON.stringify), so another order means starting afresh.
  if (old.some((key, i) => key !== keys[i])) for (const key of old) deleteProperty(target, key);
  for (let i = 0; i + 1 < entries.length; i += 2) put(target, entries[i] as PropertyKey, entries[i + 1]);
}

function put(target: object, key: PropertyKey, value: unknown): void {
  if (!(key in target) && isExtensible(target)) {
    // Nothing in the way, neither a setter nor a prototype's: assigning is several times faster than defining.
    (target as Record<PropertyKey, unknown>)[key] = value;
    return;
  }
  const old = Object.getOwnPropertyDescriptor(target, key);
  if (!old || !('value' in old)) {
    defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else if (!is(old.value, value)) {
    defineProperty(target, key, { value });
  }
}
