import { Buffer } from 'node:buffer';
import { tampering } from './errors.ts';
import { emptyOf, fill } from './fill.ts';
import { isId } from './frames.ts';
import type { Guard } from './guard.ts';
import type { InStep } from './in-step.ts';
import { constructorNamed, prototypeNamed } from './intrinsics.ts';
import { LIMITS } from './limits.ts';
import type { Registry } from './registry.ts';
import { HOLE } from './shadow.ts';
import { close, type Level, type Shape } from './shapes.ts';
import type { StandIns } from './stand-ins.ts';
import { sharedSymbol } from './symbols.ts';
import type { Token } from './tokens.ts';

const { isArray } = Array;
const { defineProperty, deleteProperty, ownKeys, setPrototypeOf } = Reflect;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const BIGINT = new RegExp(`^-?[0-9a-f]{1,${LIMITS.bigintDigits}}$`);
const OTHER_NUMBERS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** What a decoder works with. */
export interface DecoderParts {
  registry: Registry;
  inStep: InStep;
  guard: Guard;
  standIns: StandIns;
  /** the other side's plain data: shared here, or looked at from afar */
  sharesPlainData: boolean;
  /** the promise that stands for one of theirs until it is settled */
  promise(id: number): Promise<unknown>;
  /** an export of theirs is no longer what was told; the number is not checked */
  stale(id: Token, key: PropertyKey): void;
}

/** Turns tokens into values and definitions into stand-ins. Trusts nothing: everything odd is tampering. */
export class Decoder {
  #parts: DecoderParts;

  constructor(parts: DecoderParts) {
    this.#parts = parts;
  }

  /** The value of a token. @throws Tampering */
  value(token: Token): unknown {
    if (token === null || typeof token === 'string' || typeof token === 'boolean') return token;
    if (typeof token === 'number') return Number.isFinite(token) ? token : tampering('a number out of range');
    if (!isArray(token)) return tampering('a malformed value');
    const [tag, a] = token as Token[];
    switch (tag) {
      case 'm':
        return this.#parts.registry.theirs(a);
      case 't':
        return this.#parts.registry.ours(a);
      case 'u':
        return undefined;
      case 'n':
        return OTHER_NUMBERS.get(a as string) ?? tampering('an unknown number');
      case 'b':
        return bigint(a);
      case 'y':
        return sharedSymbol(token);
      case 'i':
        return constructorNamed(a) ?? tampering('an unknown intrinsic');
      default:
        return tampering('an unknown kind of value');
    }
  }

  /** Values of a list of tokens. @throws Tampering */
  values(tokens: Token): unknown[] {
    if (!isArray(tokens)) return tampering('a list that is none');
    return tokens.map((token: Token) => this.value(token));
  }

  /** The name of a property. @throws Tampering */
  key(token: Token): string | symbol {
    const key = this.value(token);
    return typeof key === 'string' || typeof key === 'symbol' ? key : tampering('a property without a name');
  }

  /** The prototype that a token names. @throws Tampering */
  prototype(token: Token): object | null {
    if (token === null) return null;
    if (!isArray(token)) return tampering('a malformed prototype');
    if (token[0] === 'i') return prototypeNamed(token[1]) ?? tampering('an unknown prototype');
    const proto = this.value(token);
    if (typeof proto === 'object' || typeof proto === 'function') return proto;
    return tampering('a prototype that is no object');
  }

  /** Takes in what came with a frame: definitions first, then changes. @throws Tampering */
  payload(payload: Token): void {
    if (payload === 0) return;
    if (!isArray(payload) || payload.length < 3 || payload.length > 4)
      return tampering('a malformed payload');
    const [definitions, fresh, changes, stale = []] = payload as Token[];
    if (!isArray(definitions) || !isArray(fresh) || !isArray(changes) || !isArray(stale) || stale.length % 2)
      return tampering('a malformed payload');
    const list = definitions as Token[];
    // Definitions may mention each other, so everything exists before anything is filled.
    const isNew = list.map((definition) => this.#create(definition));
    list.forEach((definition, i) => this.#complete(definition as Token[], isNew[i]!));
    for (const id of fresh as Token[]) this.#parts.standIns.markFresh(this.#parts.registry.theirs(id));
    for (const change of changes as Token[]) this.#apply(change);
    for (let i = 0; i < stale.length; i += 2)
      this.#parts.stale(stale[i] as Token, this.key(stale[i + 1] as Token));
  }

  /** Makes the stand-in, empty; false when it exists and the definition only brings news. */
  #create(definition: Token): boolean {
    if (!isArray(definition)) return tampering('a malformed definition');
    const [id, kind, ...rest] = definition as Token[];
    if (!isId(id)) return tampering('an object without a number');
    const { registry, standIns } = this.#parts;
    if ((kind === 'A' || kind === 'D' || kind === 'N') && !this.#parts.sharesPlainData) {
      const known = registry.findTheirs(id);
      if (known) return standIns.isLive(known, kind) ? false : tampering('an object of another kind');
      registry.adopt(id, standIns.live(id, kind));
      return true;
    }
    registry.adopt(id, this.#make(id, kind, rest));
    return true;
  }

  #make(id: number, kind: Token, [a, b, c, d]: Token[]): object | symbol {
    switch (kind) {
      case 'F':
        return this.#parts.standIns.handle(id, a ? 'class' : 'function', '');
      case 'O':
        return this.#parts.standIns.handle(
          id,
          b ? 'list' : 'object',
          typeof c === 'string' ? c.slice(0, 20) : '',
        );
      case 'P':
        return this.#parts.promise(id);
      case 'E':
        return new Error();
      case 'Y':
        return Symbol(typeof a === 'string' ? a : undefined);
      case 'W':
        return box(this.value(b));
      case 'B':
        return bytes(c, b);
      case 'R':
        if (!this.#parts.sharesPlainData) break;
        // Only the player, which trusts its arbiter, ever makes a pattern of a text.
        return new RegExp(c as string, d as string);
      case 'A':
      case 'D':
      case 'N':
      case 'M':
      case 'S':
      case 'T':
        return emptyOf(kind)!;
    }
    return tampering('an unknown kind of object');
  }

  #complete(definition: Token[], isNew: boolean): void {
    const [id, kind, a, b] = definition as [number, string, Token, Token];
    const { registry, standIns } = this.#parts;
    const it = registry.theirs(id) as object;
    switch (kind) {
      case 'F':
        if (b !== 0) standIns.setPrototype(it, this.prototype(b));
        return;
      case 'O':
        return standIns.setPrototype(it, this.prototype(a));
      case 'E':
        return this.#fillError(it as Error, this.prototype(a), b);
      case 'P':
      case 'Y':
      case 'W':
        return;
      default:
        return this.#fillData(it, id, kind as Shape, level(a), b, isNew);
    }
  }

  #fillData(it: object, id: number, shape: Shape, closed: Level, body: Token, isNew: boolean): void {
    const { standIns, inStep } = this.#parts;
    if (standIns.isLive(it, shape)) {
      if (body !== null) standIns.renew(it, this.entries(shape, body) as unknown[], closed);
      return;
    }
    if (!isNew) return tampering('shared data defined twice');
    const entries = this.entries(shape, body);
    fill(it, shape, entries);
    close(it, closed);
    try {
      inStep.follow(it, id, false, shape);
    } catch {
      tampering('too much shared data');
    }
  }

  #fillError(error: Error, proto: object | null, fields: Token): void {
    if (!isArray(fields) || fields.length % 3) return tampering('a malformed error');
    for (const key of ownKeys(error)) deleteProperty(error, key);
    this.#parts.standIns.checkChain(error, proto);
    setPrototypeOf(error, proto);
    for (let i = 0; i < fields.length; i += 3) {
      const key = this.key(fields[i]);
      const value = this.value(fields[i + 1]);
      if (this.#parts.guard.hides(key, value)) continue;
      defineProperty(error, key, { value, writable: true, configurable: true, enumerable: !!fields[i + 2] });
    }
  }

  /** The content of a piece of data, as fill takes it. @throws Tampering */
  entries(shape: Shape, body: Token): unknown[] | Buffer {
    if (shape === 'B') return base64(body);
    if (shape === 'T')
      return [body === null ? NaN : typeof body === 'number' ? body : tampering('a malformed date')];
    if (shape === 'R')
      return [typeof body === 'number' ? this.value(body) : tampering('a malformed position')];
    if (!isArray(body)) return tampering('malformed data');
    if (shape === 'A') {
      return body.map((token: Token) => (isArray(token) && token[0] === 'h' ? HOLE : this.value(token)));
    }
    if (shape === 'S') return this.values(body);
    if (body.length % 2) return tampering('a key without a value');
    if (shape === 'M') return this.values(body);
    const out: unknown[] = [];
    for (let i = 0; i < body.length; i += 2) {
      const key = this.key(body[i]);
      const value = this.value(body[i + 1]);
      if (!this.#parts.guard.hides(key, value)) out.push(key, value);
    }
    return out;
  }

  #apply(change: Token): void {
    if (!isArray(change) || change.length !== 5) return tampering('a malformed change');
    const [ofSender, id, shape, closed, body] = change as Token[];
    if (
      !isId(id) ||
      (ofSender !== 0 && ofSender !== 1) ||
      typeof shape !== 'string' ||
      !'ADNMSTBR'.includes(shape) ||
      shape.length !== 1
    ) {
      return tampering('a malformed change');
    }
    const entries = this.entries(shape as Shape, body);
    this.#parts.inStep.apply(id, ofSender === 0, shape as Shape, entries, level(closed));
  }
}

function level(token: Token): Level {
  return token === 0 || token === 1 || token === 2 || token === 3 ? token : tampering('a malformed level');
}

function bigint(digits: Token): bigint {
  if (typeof digits !== 'string' || !BIGINT.test(digits)) return tampering('a malformed bigint');
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}

function base64(text: Token): Buffer {
  if (typeof text !== 'string' || !BASE64.test(text)) return tampering('malformed bytes');
  return Buffer.from(text, 'base64');
}

function bytes(type: Token, body: Token): object {
  const content = base64(body);
  if (type === 'Buffer') return content;
  const own = content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
  if (type === 'ArrayBuffer') return own;
  const View = constructorNamed(type) as (new (buffer: ArrayBufferLike) => object) | undefined;
  const unit = (View as { BYTES_PER_ELEMENT?: unknown } | undefined)?.BYTES_PER_ELEMENT;
  if (!View || typeof unit !== 'number' || own.byteLength % unit)
    return tampering('an unknown kind of bytes');
  return new View(own);
}

function box(value: unknown): object {
  if (value === null || value === undefined || typeof value === 'object') return tampering('an empty box');
  return Object(value) as object;
}
