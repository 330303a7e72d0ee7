import { Buffer } from 'node:buffer';
import { tooLarge } from './errors.ts';
import { LIMITS } from './limits.ts';
import { bytesOf, levelOf, type Level, type Shape } from './shapes.ts';

const { ownKeys } = Reflect;
const { is } = Object;

/** What a piece of data held when both sides last agreed about it. */
export interface Shadow {
  shape: Shape;
  level: Level;
  /** elements; keys and values in turn; milliseconds; lastIndex. A hole is HOLE. */
  entries: unknown[] | Buffer;
}

/** Stands for a hole of an array inside a shadow. */
export const HOLE: unique symbol = Symbol('hole');

/** What a piece of data holds now, as a flat list; bytes as a view. */
export function entriesOf(value: object, shape: Shape): unknown[] | Buffer {
  switch (shape) {
    case 'A': {
      const list = value as unknown[];
      if (list.length > LIMITS.entriesPerFrame) throw tooLarge(`an array of ${list.length} elements`);
      const out = list.slice();
      for (let i = 0; i < out.length; i++) if (out[i] === undefined && !(i in list)) out[i] = HOLE;
      return out;
    }
    case 'M': {
      const out: unknown[] = [];
      (value as Map<unknown, unknown>).forEach((v, k) => out.push(k, v));
      return out;
    }
    case 'S':
      return [...(value as Set<unknown>)];
    case 'T':
      return [(value as Date).getTime()];
    case 'R':
      return [(value as RegExp).lastIndex];
    case 'B':
      return bytesOf(value);
    default: {
      const out: unknown[] = [];
      for (const key of ownKeys(value)) out.push(key, (value as Record<PropertyKey, unknown>)[key]);
      return out;
    }
  }
}

/** A shadow of a piece of data as it is now. */
export function shadowOf(value: object, shape: Shape): Shadow {
  const entries = entriesOf(value, shape);
  return { shape, level: levelOf(value), entries: Buffer.isBuffer(entries) ? Buffer.from(entries) : entries };
}

/** True when the data still is what its shadow says. Runs for every shared piece at every hand-over: makes no garbage. */
export function unchanged(value: object, shadow: Shadow): boolean {
  if (levelOf(value) !== shadow.level) return false;
  const then = shadow.entries;
  if (Buffer.isBuffer(then)) return bytesOf(value).equals(then);
  switch (shadow.shape) {
    case 'A':
      return sameList(value as unknown[], then);
    case 'D':
    case 'N':
      return sameFields(value as Record<PropertyKey, unknown>, then);
    case 'M':
    case 'S':
      return sameCollection(value as Map<unknown, unknown>, then, shadow.shape === 'M');
    default:
      return is((entriesOf(value, shadow.shape) as unknown[])[0], then[0]);
  }
}

function sameList(list: unknown[], then: unknown[]): boolean {
  if (list.length !== then.length) return false;
  for (let i = 0; i < then.length; i++) {
    const value = list[i];
    if (is(value, then[i]) && (value !== undefined || i in list)) continue;
    if (then[i] !== HOLE || i in list) return false;
  }
  return true;
}

function sameFields(value: Record<PropertyKey, unknown>, then: unknown[]): boolean {
  const keys = ownKeys(value);
  if (keys.length * 2 !== then.length) return false;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key !== then[2 * i] || !is(value[key], then[2 * i + 1])) return false;
  }
  return true;
}

function sameCollection(
  value: Map<unknown, unknown> | Set<unknown>,
  then: unknown[],
  isMap: boolean,
): boolean {
  if (value.size * (isMap ? 2 : 1) !== then.length) return false;
  let i = 0;
  for (const key of value.keys()) {
    if (!is(key, then[i++])) return false;
    if (isMap && !is((value as Map<unknown, unknown>).get(key), then[i++])) return false;
  }
  return true;
}

/** What a shadow counts for against LIMITS.entriesInStep. */
export function weightOf(shadow: Shadow): number {
  return 1 + (Buffer.isBuffer(shadow.entries) ? shadow.entries.length >> 6 : shadow.entries.length);
}
