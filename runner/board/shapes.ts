import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { tooLarge } from './errors.ts';
import { prototypeName } from './intrinsics.ts';
import { LIMITS } from './limits.ts';

/**
 * The shapes of data: A array, D object, N object without prototype, M Map, S Set, T Date, B bytes, R RegExp.
 * Everything else is not data, and has a handle.
 */
export type Shape = 'A' | 'D' | 'N' | 'M' | 'S' | 'T' | 'B' | 'R';

/** How closed an object is: 0 open, 1 not extensible, 2 sealed, 3 frozen. */
export type Level = 0 | 1 | 2 | 3;

const { getPrototypeOf, getOwnPropertyDescriptor, isExtensible, isFrozen, isSealed } = Object;
const { ownKeys } = Reflect;
const { isArray } = Array;

/** The shape of a piece of data, or null for everything that has behaviour or oddities of its own. */
export function shapeOf(value: object): Shape | null {
  if (types.isProxy(value)) return null;
  const proto = getPrototypeOf(value) as object | null;
  if (isArray(value)) return proto === Array.prototype && isPlainList(value) ? 'A' : null;
  if (proto === Object.prototype || proto === null) {
    return types.isModuleNamespaceObject(value) || types.isNativeError(value) || !hasPlainFields(value)
      ? null
      : proto
        ? 'D'
        : 'N';
  }
  if (proto === Map.prototype) return types.isMap(value) && bare(value, 0) ? 'M' : null;
  if (proto === Set.prototype) return types.isSet(value) && bare(value, 0) ? 'S' : null;
  if (proto === Date.prototype) return types.isDate(value) && bare(value, 0) ? 'T' : null;
  if (proto === RegExp.prototype) return types.isRegExp(value) && bare(value, 1) ? 'R' : null;
  return bytesType(value) ? 'B' : null;
}

/** How closed an object is. */
export function levelOf(value: object): Level {
  if (isExtensible(value)) return 0;
  return isFrozen(value) ? 3 : isSealed(value) ? 2 : 1;
}

/** Closes an object up to a level; never opens one. */
export function close(value: object, level: Level): void {
  // Bytes cannot be sealed: their elements are always writable.
  if (level === 1 || (level > 1 && ArrayBuffer.isView(value))) Object.preventExtensions(value);
  else if (level === 3) Object.freeze(value);
  else if (level === 2) Object.seal(value);
}

/** The name of the class of a byte container, or null. Views that inherit from a learner's class are none. */
export function bytesType(value: object): string | null {
  const proto = getPrototypeOf(value) as object | null;
  if (!proto) return null;
  if (types.isTypedArray(value))
    return proto === Buffer.prototype ? 'Buffer' : (prototypeName(proto) ?? null);
  return types.isArrayBuffer(value) && proto === ArrayBuffer.prototype ? 'ArrayBuffer' : null;
}

/** The bytes themselves, not a copy. */
export function bytesOf(value: object): Buffer {
  if (types.isArrayBuffer(value)) return Buffer.from(value);
  const view = value as Uint8Array;
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

const bare = (value: object, keys: number) => ownKeys(value).length === keys;

/** True when an array has elements and nothing else, all of them ordinary. */
function isPlainList(value: unknown[]): boolean {
  // Before its keys are listed: that alone takes too long for an array of millions.
  if (value.length > LIMITS.entriesPerFrame) throw tooLarge(`an array of ${value.length} elements`);
  const keys = ownKeys(value);
  if (keys.length > value.length + 1) return false;
  const level = levelOf(value);
  for (const key of keys) {
    if (key === 'length') continue;
    if (typeof key === 'symbol' || !isIndex(key) || !isPlainField(value, key, level)) return false;
  }
  return true;
}

function isIndex(key: string): boolean {
  const n = Number(key);
  return Number.isInteger(n) && n >= 0 && String(n) === key;
}

function hasPlainFields(value: object): boolean {
  if (isPrototypeOfClass(value)) return false;
  const level = levelOf(value);
  return ownKeys(value).every((key) => isPlainField(value, key, level));
}

/** An ordinary field, or one that is closed only as far as the whole object is. */
function isPlainField(owner: object, key: string | symbol, level: Level): boolean {
  const d = getOwnPropertyDescriptor(owner, key);
  if (!d || !('value' in d) || !d.enumerable) return false;
  return (d.writable || level === 3) && (d.configurable || level >= 2);
}

function isPrototypeOfClass(value: object): boolean {
  const made: unknown = getOwnPropertyDescriptor(value, 'constructor')?.value;
  return typeof made === 'function' && getOwnPropertyDescriptor(made, 'prototype')?.value === value;
}
