import type { Decoder } from './decode.ts';
import { readDescriptor, writeDescriptor } from './descriptors.ts';
import type { Encoder } from './encode.ts';
import { tampering, tooLarge } from './errors.ts';
import type { Guard } from './guard.ts';
import { LIMITS } from './limits.ts';
import { lastingOf, type Watched } from './lasting.ts';
import type { Message } from './message.ts';
import { pack } from './plain-copy.ts';
import type { Operation, Token } from './tokens.ts';

/** What performing an operation needs. */
export interface OperationParts {
  encoder: Encoder;
  decoder: Decoder;
  guard: Guard;
  /** the player's side: exports that the arbiter keeps */
  watched: Watched | null;
}

const { apply, construct, ownKeys, getOwnPropertyDescriptor } = Reflect;
type Function = (...args: unknown[]) => unknown;

/**
 * Does what the other side asked of an object of ours.
 * @returns how to write the answer; separate, because the operation may run code that asks back
 * @throws what the object's own code throws, TypeError for what the guard refuses, Tampering for malformed questions
 */
export function perform(
  op: Operation,
  target: object,
  args: Token[],
  { encoder, decoder, guard, watched }: OperationParts,
): (message: Message) => Token {
  const value = (result: unknown) => (message: Message) => encoder.value(result, message);
  const arity = (count: number) => args.length === count || tampering(`a malformed "${op}"`);
  switch (op) {
    case 'call': {
      const [self, ...rest] = decoder.values(args);
      guard.allow(op, target);
      return value(apply(target as Function, self, rest));
    }
    case 'new': {
      const values = decoder.values(args);
      guard.allow(op, target);
      return value(construct(target as Function, values));
    }
    case 'get': {
      arity(2);
      const key = decoder.key(args[0]);
      const receiver = decoder.value(args[1]);
      guard.allow(op, target, key);
      const isLocal = guard.isLocal(target, key);
      const found: unknown = isLocal ? undefined : Reflect.get(target, key, receiver);
      const write = isLocal ? () => ['x'] : value(found);
      const lasting = watched && receiver === target ? lastingOf(target, key) : null;
      if (lasting === null) return write;
      if (lasting === 'fixed') return (message) => ['f', write(message)];
      return (message) => {
        message.onSent(() => watched!.add(target, key, found));
        return ['w', write(message)];
      };
    }
    case 'set': {
      arity(2);
      const key = decoder.key(args[0]);
      const next = decoder.value(args[1]);
      guard.allow(op, target, key);
      encoder.forgetTold(target);
      return value(Reflect.set(target, key, next));
    }
    case 'has': {
      arity(1);
      const key = decoder.key(args[0]);
      guard.allow(op, target, key);
      return value(Reflect.has(target, key));
    }
    case 'delete': {
      arity(1);
      const key = decoder.key(args[0]);
      guard.allow(op, target, key);
      encoder.forgetTold(target);
      return value(Reflect.deleteProperty(target, key));
    }
    case 'keys': {
      arity(0);
      guard.allow(op, target);
      const keys = ownKeys(target);
      return (message) => keys.map((key) => encoder.value(key, message));
    }
    case 'describe': {
      arity(1);
      const key = decoder.key(args[0]);
      guard.allow(op, target, key);
      const d = getOwnPropertyDescriptor(target, key);
      return (message) => (d ? writeDescriptor(d, encoder, message) : 0);
    }
    case 'define': {
      arity(2);
      const key = decoder.key(args[0]);
      const d = readDescriptor(args[1], decoder);
      guard.allow(op, target, key);
      encoder.forgetTold(target);
      return value(Reflect.defineProperty(target, key, d));
    }
    case 'setProto': {
      arity(1);
      const proto = decoder.prototype(args[0]);
      guard.allow(op, target);
      return value(Reflect.setPrototypeOf(target, proto));
    }
    case 'isExtensible': {
      arity(0);
      guard.allow(op, target);
      return value(Reflect.isExtensible(target));
    }
    case 'preventExtensions': {
      arity(0);
      guard.allow(op, target);
      encoder.forgetTold(target);
      return value(Reflect.preventExtensions(target));
    }
    case 'read': {
      arity(0);
      guard.allow(op, target);
      return (message) => {
        encoder.refresh(target, message);
        return true;
      };
    }
    case 'copy': {
      arity(0);
      guard.allow(op, target);
      const packed = pack(target);
      return () => packed;
    }
    case 'iterate': {
      arity(1);
      guard.allow(op, target);
      return value(countElements(target, decoder.value(args[0]) as number));
    }
    case 'collect': {
      arity(1);
      guard.allow(op, target);
      const elements = collect(target, decoder.value(args[0]) as number);
      return (message) => elements.map((element) => encoder.value(element, message));
    }
  }
}

function countElements(target: object, times: number): number {
  let count = 0;
  for (let i = 0; i < times; i++) for (const _ of target as Iterable<unknown>) count++;
  return count;
}

function collect(target: object, limit: number): unknown[] {
  const out: unknown[] = [];
  for (const element of target as Iterable<unknown>) {
    if (out.length >= limit || out.length >= LIMITS.entriesAhead) {
      if (out.length < limit) throw tooLarge(`more than ${LIMITS.entriesAhead} elements`);
      break;
    }
    out.push(element);
  }
  return out;
}
