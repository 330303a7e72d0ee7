import type { Decoder } from './decode.ts';
import type { Encoder } from './encode.ts';
import { tampering } from './errors.ts';
import type { Message } from './message.ts';
import type { Token } from './tokens.ts';

const ATTRIBUTES = ['writable', 'enumerable', 'configurable'] as const;
const FIELDS = ['value', 'get', 'set'] as const;

/** A property descriptor as tokens: for each part of it that is there, its name and its value. */
export function writeDescriptor(d: PropertyDescriptor, encoder: Encoder, message: Message): Token[] {
  const out: Token[] = [];
  for (const name of ATTRIBUTES) if (name in d) out.push(name, d[name] === true);
  for (const name of FIELDS) if (name in d) out.push(name, encoder.value(d[name], message));
  return out;
}

/** The property descriptor in a list of tokens. @throws Tampering */
export function readDescriptor(tokens: Token, decoder: Decoder): PropertyDescriptor {
  if (!Array.isArray(tokens) || tokens.length % 2) return tampering('a malformed property');
  const d: PropertyDescriptor = {};
  for (let i = 0; i < tokens.length; i += 2) {
    const name = tokens[i] as (typeof ATTRIBUTES | typeof FIELDS)[number];
    const value = decoder.value(tokens[i + 1]);
    if ((ATTRIBUTES as readonly string[]).includes(name)) {
      if (typeof value !== 'boolean') return tampering('a malformed property');
    } else if (!(FIELDS as readonly string[]).includes(name)) {
      return tampering('a malformed property');
    } else if (name !== 'value' && value !== undefined && typeof value !== 'function') {
      return tampering('an accessor that is no function');
    }
    (d as Record<string, unknown>)[name] = value;
  }
  if (('get' in d || 'set' in d) && ('value' in d || 'writable' in d))
    return tampering('a malformed property');
  return d;
}
