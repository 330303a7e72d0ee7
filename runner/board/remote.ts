import { types } from 'node:util';
import type { Decoder } from './decode.ts';
import { readDescriptor, writeDescriptor } from './descriptors.ts';
import type { Encoder } from './encode.ts';
import { tampering } from './errors.ts';
import type { Message } from './message.ts';
import { unpack } from './plain-copy.ts';
import type { Operation, Token } from './tokens.ts';

/** What `get` answers when the property comes from a prototype that both sides have. */
export const LOCAL: unique symbol = Symbol('local');

/** Sends a question and returns the answer's token; throws what the other side threw. */
export type Ask = (op: Operation, target: number, args: (message: Message) => Token[]) => Token;

/** Hears of what is done with the other side's things; each method does it and passes on what comes of it. */
export interface Listener {
  called(id: number, self: unknown, args: readonly unknown[], call: () => unknown): unknown;
  constructed(id: number, args: readonly unknown[], construct: () => object): object;
  got(id: number, key: PropertyKey, get: () => unknown): unknown;
}

/** The other side's objects by number: one method for each operation, answers checked. */
export class Remote {
  /** null: nobody listens */
  listener: Listener | null = null;
  #ask: Ask;
  #encoder: Encoder;
  #decoder: Decoder;
  /** what never changes, by object */
  #fixed = new Map<number, Map<PropertyKey, unknown>>();
  /** exports as they are in this stretch */
  #exports = new Map<number, Map<PropertyKey, unknown>>();

  constructor(ask: Ask, encoder: Encoder, decoder: Decoder) {
    this.#ask = ask;
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  call(id: number, on: unknown, args: readonly unknown[]): unknown {
    // `module.f()`: what holds the name here is no object that the other side may have
    const self = types.isModuleNamespaceObject(on) ? undefined : on;
    if (this.listener)
      return this.listener.called(id, self, args, () => this.#value('call', id, [self, ...args]));
    return this.#value('call', id, [self, ...args]);
  }

  construct(id: number, args: readonly unknown[]): object {
    if (this.listener) return this.listener.constructed(id, args, () => this.#construct(id, args));
    return this.#construct(id, args);
  }

  get(id: number, key: PropertyKey, receiver: unknown): unknown {
    if (this.listener) return this.listener.got(id, key, () => this.#get(id, key, receiver));
    return this.#get(id, key, receiver);
  }

  #construct(id: number, args: readonly unknown[]): object {
    const made = this.#value('new', id, args);
    return made !== null && (typeof made === 'object' || typeof made === 'function')
      ? made
      : tampering('a constructor that made no object');
  }

  #get(id: number, key: PropertyKey, receiver: unknown): unknown {
    for (const kept of [this.#fixed.get(id), this.#exports.get(id)]) if (kept?.has(key)) return kept.get(key);
    const token = this.#ask('get', id, (m) => [this.#key(key, m), this.#encoder.value(receiver, m)]);
    const lasts = Array.isArray(token) && (token[0] === 'f' || token[0] === 'w');
    const found = lasts ? (token[1] as Token) : token;
    const value = Array.isArray(found) && found[0] === 'x' ? LOCAL : this.#decoder.value(found);
    if (lasts) {
      const all = token[0] === 'f' ? this.#fixed : this.#exports;
      const kept = all.get(id) ?? new Map<PropertyKey, unknown>();
      all.set(id, kept.set(key, value));
    }
    return value;
  }

  /** What was kept of an export of theirs holds no longer. */
  drop(id: number, key: PropertyKey): void {
    this.#exports.get(id)?.delete(key);
  }

  /** The other side runs by itself now: its exports must be asked for again. */
  forgetExports(): void {
    this.#exports.clear();
  }

  set(id: number, key: PropertyKey, value: unknown): boolean {
    return this.#yes('set', id, (m) => [this.#key(key, m), this.#encoder.value(value, m)]);
  }

  has(id: number, key: PropertyKey): boolean {
    return this.#yes('has', id, (m) => [this.#key(key, m)]);
  }

  delete(id: number, key: PropertyKey): boolean {
    return this.#yes('delete', id, (m) => [this.#key(key, m)]);
  }

  keys(id: number): (string | symbol)[] {
    const token = this.#ask('keys', id, () => []);
    if (!Array.isArray(token)) return tampering('keys that are none');
    const keys = token.map((key: Token) => this.#decoder.key(key));
    return new Set(keys).size === keys.length ? keys : tampering('a key named twice');
  }

  describe(id: number, key: PropertyKey): PropertyDescriptor | undefined {
    const token = this.#ask('describe', id, (m) => [this.#key(key, m)]);
    return token === 0 ? undefined : readDescriptor(token, this.#decoder);
  }

  define(id: number, key: PropertyKey, d: PropertyDescriptor): boolean {
    return this.#yes('define', id, (m) => [this.#key(key, m), writeDescriptor(d, this.#encoder, m)]);
  }

  setPrototype(id: number, proto: object | null): boolean {
    return this.#yes('setProto', id, (m) => [this.#encoder.prototype(proto, m)]);
  }

  isExtensible(id: number): boolean {
    return this.#yes('isExtensible', id, () => []);
  }

  preventExtensions(id: number): boolean {
    return this.#yes('preventExtensions', id, () => []);
  }

  /** Has the other side tell what changed in plain data; the answer's payload carries it. */
  read(id: number): void {
    this.#ask('read', id, () => []);
  }

  copy(id: number): unknown {
    return unpack(
      this.#ask('copy', id, () => []),
      this.#decoder,
    );
  }

  iterate(id: number, times: number): number {
    const count = this.#value('iterate', id, [times]);
    return typeof count === 'number' ? count : tampering('a count that is none');
  }

  collect(id: number, limit: number): unknown[] {
    return this.#decoder.values(this.#ask('collect', id, (m) => [this.#encoder.value(limit, m)]));
  }

  #value(op: Operation, id: number, values: readonly unknown[]): unknown {
    return this.#decoder.value(
      this.#ask(op, id, (m) => values.map((value) => this.#encoder.value(value, m))),
    );
  }

  #yes(op: Operation, id: number, args: (message: Message) => Token[]): boolean {
    const answer = this.#ask(op, id, args);
    return typeof answer === 'boolean' ? answer : tampering('neither yes nor no');
  }

  #key(key: PropertyKey, message: Message): Token {
    return typeof key === 'symbol' ? this.#encoder.value(key, message) : String(key);
  }
}
