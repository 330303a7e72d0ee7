import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { refused, tooLarge } from './errors.ts';
import type { Guard } from './guard.ts';
import type { Change, InStep } from './in-step.ts';
import { constructorName, prototypeName } from './intrinsics.ts';
import { LIMITS } from './limits.ts';
import type { Message } from './message.ts';
import type { Registry, Thing } from './registry.ts';
import { HOLE, shadowOf, unchanged, type Shadow } from './shadow.ts';
import { bytesType, shapeOf, type Shape } from './shapes.ts';
import { sharedSymbolToken } from './symbols.ts';
import type { Definition, Token } from './tokens.ts';

const { getOwnPropertyDescriptor } = Object;
const { ownKeys } = Reflect;
const { isArray } = Array;
const { is } = Object;

/** What an encoder works with. */
export interface EncoderParts {
  registry: Registry;
  inStep: InStep;
  guard: Guard;
  /** the player's plain arrays and objects are looked at from afar, the arbiter's are shared */
  sharesPlainData: boolean;
  /** called for each promise once its definition is sent */
  watch(promise: Promise<unknown>, id: number): void;
}

/** Turns values into tokens, and the objects among them into definitions. */
export class Encoder {
  #parts: EncoderParts;
  /** what the other side last heard about plain data that it reads from afar */
  #told = new Map<number, Shadow>();

  constructor(parts: EncoderParts) {
    this.#parts = parts;
  }

  /**
   * A value as a token; the objects that it needs are added to the message.
   * @throws TypeError for what is not handed over, RangeError for what is too large
   */
  value(value: unknown, message: Message): Token {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !is(value, -0) ? value : ['n', is(value, -0) ? '-0' : String(value)];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', bigintText(value)];
      case 'symbol':
        return sharedSymbolToken(value) ?? this.#thing(value, message);
      default:
        return value === null ? null : this.#object(value as object, message);
    }
  }

  /** The prototype of something: a name, a stand-in, or null. */
  prototype(proto: object | null, message: Message): Token {
    if (proto === null) return null;
    const name = prototypeName(proto);
    return name === undefined ? this.#thing(proto, message) : ['i', name];
  }

  /** Writes the definitions of everything that the message mentions for the first time. */
  finish(message: Message): void {
    for (let i = 0; i < message.waiting.length; i++) {
      const { value, id } = message.waiting[i]!;
      message.definitions.push(this.#define(value, id, message));
    }
    message.waiting = [];
  }

  /**
   * Looks at plain data and what it holds: what changed since the other side last heard of it is sent, the
   * rest is only named as fresh.
   * @throws TypeError when the object is no longer plain data
   */
  refresh(root: object, message: Message): void {
    const queue = [root];
    for (const value of queue) {
      const id = this.#parts.registry.idOfOurs(value);
      if (id === undefined || message.visited.has(id)) continue;
      message.visited.add(id);
      const told = this.#told.get(id);
      const shape = told && value !== root ? told.shape : shapeOf(value);
      if (shape !== 'A' && shape !== 'D' && shape !== 'N') {
        if (value === root) throw refused('an object that was plain data and no longer is');
        continue;
      }
      if (told && told.shape === shape && unchanged(value, told)) message.fresh.push(id);
      else message.definitions.push(this.#defineFromAfar(value, id, shape, message));
      const entries = this.#told.get(id)?.entries ?? [];
      message.count(entries.length);
      if (message.full) return;
      for (const entry of entries) if (typeof entry === 'object' && entry !== null) queue.push(entry);
    }
  }

  /** Writes down a piece of shared data that changed on this side. */
  change({ id, ours, shape, value, agree }: Change, message: Message): void {
    const { level, entries } = shadowOf(value, shape);
    message.changes.push([+ours, id, shape, level, this.#body(shape, entries, message)]);
    message.onSent(agree);
  }

  /** The other side wrote to plain data that it reads from afar: what it knows is no longer what was told. */
  forgetTold(value: Thing): void {
    const id = this.#parts.registry.idOfOurs(value);
    if (id !== undefined) this.#told.delete(id);
  }

  /** Shared data is shared no more: what was told may have named it. */
  forgetAllTold(): void {
    this.#told.clear();
  }

  #body(shape: Shape, entries: unknown[] | Buffer, message: Message): Token {
    if (Buffer.isBuffer(entries)) {
      message.count(entries.length >> 6);
      return entries.toString('base64');
    }
    message.count(entries.length);
    if (shape === 'T') return Number.isNaN(entries[0]) ? null : entries[0];
    if (shape === 'R') return Number(entries[0]) || 0;
    return entries.map((entry) => (entry === HOLE ? ['h'] : this.value(entry, message)));
  }

  #object(value: object, message: Message): Token {
    const theirs = this.#parts.registry.idOfTheirs(value);
    if (theirs !== undefined) return ['t', theirs];
    const name = constructorName(value);
    return name === undefined ? this.#thing(value, message) : ['i', name];
  }

  #thing(thing: Thing, message: Message): Token {
    const { registry, guard } = this.#parts;
    const theirs = registry.idOfTheirs(thing);
    if (theirs !== undefined) return ['t', theirs];
    let id = registry.idOfOurs(thing);
    if (id !== undefined) return ['m', id];
    guard.admit(thing);
    id = registry.add(thing);
    message.onUndo(() => registry.remove(thing));
    if (typeof thing === 'symbol') message.definitions.push([id, 'Y', thing.description ?? null]);
    else message.waiting.push({ value: thing, id });
    return ['m', id];
  }

  #define(value: object, id: number, message: Message): Definition {
    if (typeof value === 'function')
      return [id, 'F', +isConstructor(value), this.#functionProto(value, message)];
    const shape = shapeOf(value);
    if ((shape === 'A' || shape === 'D' || shape === 'N') && !this.#parts.sharesPlainData) {
      return this.#defineFromAfar(value, id, shape, message);
    }
    if (shape === 'R' && !this.#parts.sharesPlainData) return this.#defineInstance(value, id, message);
    if (shape) return this.#defineShared(value, id, shape, message);
    if (types.isNativeError(value)) return this.#defineError(value, id, message);
    if (types.isPromise(value)) {
      message.onSent(() => this.#parts.watch(value, id));
      return [id, 'P'];
    }
    if (types.isBoxedPrimitive(value) && isBareBox(value)) {
      const inner = (value as { valueOf(): unknown }).valueOf();
      return [id, 'W', typeof inner, this.value(inner, message)];
    }
    return this.#defineInstance(value, id, message);
  }

  #defineShared(value: object, id: number, shape: Shape, message: Message): Definition {
    const { level, entries } = this.#parts.inStep.follow(value, id, true, shape);
    message.onUndo(() => this.#parts.inStep.forget(id));
    const definition = [id, shape, level, this.#body(shape, entries, message)];
    if (shape === 'B') definition.push(bytesType(value));
    if (shape === 'R') definition.push((value as RegExp).source, (value as RegExp).flags);
    return definition;
  }

  #defineFromAfar(value: object, id: number, shape: Shape, message: Message): Definition {
    message.visited.add(id);
    if (message.full) return [id, shape, 0, null];
    const shadow = shadowOf(value, shape);
    const before = this.#told.get(id);
    this.#told.set(id, shadow);
    message.onUndo(() => (before ? this.#told.set(id, before) : this.#told.delete(id)));
    return [id, shape, shadow.level, this.#body(shape, shadow.entries, message)];
  }

  #defineError(value: Error, id: number, message: Message): Definition {
    const fields: Token[] = [];
    for (const [key, field, enumerable] of this.#parts.guard.errorFields(value)) {
      fields.push(key, this.value(field, message), +enumerable);
    }
    return [id, 'E', this.prototype(this.#parts.guard.prototypeOf(value), message), fields];
  }

  #defineInstance(value: object, id: number, message: Message): Definition {
    const proto = this.prototype(this.#parts.guard.prototypeOf(value), message);
    return [id, 'O', proto, +isArray(value), brandOf(value)];
  }

  #functionProto(value: object, message: Message): Token {
    const proto = this.#parts.guard.prototypeOf(value);
    return proto === Function.prototype ? 0 : this.prototype(proto, message);
  }
}

function bigintText(value: bigint): string {
  const text = value.toString(16);
  if (text.length > LIMITS.bigintDigits) throw tooLarge('a very long bigint');
  return text;
}

function isConstructor(value: object): boolean {
  try {
    Reflect.construct(Object, [], value as () => void);
    return true;
  } catch {
    return false;
  }
}

function isBareBox(value: object): boolean {
  return ownKeys(value).every(
    (key) => key === 'length' || !getOwnPropertyDescriptor(value, key)?.configurable,
  );
}

/** What Object.prototype.toString calls a thing whose class is built in, where only an internal slot says so. */
function brandOf(value: object): string {
  if (types.isProxy(value)) return '';
  if (types.isRegExp(value)) return 'RegExp';
  if (types.isDate(value)) return 'Date';
  return types.isArgumentsObject(value) ? 'Arguments' : '';
}

/** The own fields of an error that travel with it. */
export function ownErrorFields(error: Error): [string, unknown, boolean][] {
  const out: [string, unknown, boolean][] = [];
  for (const key of ownKeys(error)) {
    const d = getOwnPropertyDescriptor(error, key);
    if (typeof key === 'string' && d && ('value' in d || key === 'stack')) {
      out.push([key, (error as unknown as Record<string, unknown>)[key], !!d.enumerable]);
    }
  }
  return out;
}
