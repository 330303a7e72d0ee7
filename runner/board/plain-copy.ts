import { types } from 'node:util';
import type { Decoder } from './decode.ts';
import { refused, tampering, tooLarge } from './errors.ts';
import { emptyOf, fill } from './fill.ts';
import { LIMITS } from './limits.ts';
import { entriesOf, HOLE } from './shadow.ts';
import { bytesType, type Shape } from './shapes.ts';
import type { Token } from './tokens.ts';

const { isArray } = Array;

/**
 * A deep copy as tokens: a list of nodes [shape, entries], the first of which is the whole. An entry is a
 * token of a primitive, or ['c', index] of another node. Instances become plain objects of their own
 * enumerable fields (getters are asked); functions are refused.
 * @throws TypeError for functions, promises and symbols; RangeError for too much
 */
export function pack(root: object): Token[] {
  const order: object[] = [root];
  const index = new Map<object, number>([[root, 0]]);
  const nodes: Token[] = [];
  let entries = 0;
  const token = (value: unknown): Token => {
    if (value === HOLE) return ['h'];
    if (typeof value === 'object' && value !== null) {
      let i = index.get(value);
      if (i === undefined) {
        i = order.push(value) - 1;
        index.set(value, i);
      }
      return ['c', i];
    }
    return primitive(value);
  };
  for (const value of order) {
    const shape = copyShape(value);
    const content = shape === 'D' ? fieldsOf(value) : entriesOf(value, shape);
    entries += shape === 'B' ? content.length >> 6 : content.length + 1;
    if (entries > LIMITS.entriesPerFrame)
      throw tooLarge(`a copy of more than ${LIMITS.entriesPerFrame} entries`);
    if (shape === 'B')
      nodes.push([shape, (content as Uint8Array & { toString(e: string): string }).toString('base64')]);
    else nodes.push([shape, (content as unknown[]).map(token)]);
  }
  return nodes;
}

/** The copy that a list of nodes describes, all of it real objects of this side. @throws Tampering */
export function unpack(nodes: Token, decoder: Decoder): unknown {
  if (!isArray(nodes) || nodes.length === 0) return tampering('a malformed copy');
  const made = nodes.map((node: Token) => {
    if (!isArray(node) || node.length !== 2) return tampering('a malformed copy');
    if (node[0] === 'B') return new Uint8Array(decoder.entries('B', node[1]) as Uint8Array);
    if (!isArray(node[1])) return tampering('a malformed copy');
    return emptyOf(copyShapeNamed(node[0]))!;
  });
  const value = (token: Token): unknown => {
    if (!isArray(token)) return decoder.value(token);
    if (token[0] === 'h') return HOLE;
    if (token[0] === 'c') return made[token[1] as number] ?? tampering('a malformed copy');
    return ['u', 'n', 'b'].includes(token[0] as string)
      ? decoder.value(token)
      : tampering('a malformed copy');
  };
  nodes.forEach((node: [Shape, Token[]], i) => {
    const [shape, content] = node;
    if (shape === 'B') return;
    const entries = content.map(value);
    if (shape === 'D') checkKeys(entries);
    if (shape === 'T' && typeof entries[0] !== 'number') tampering('a malformed date');
    fill(made[i]!, shape, entries);
  });
  return made[0];
}

function copyShape(value: object): Shape {
  if (isArray(value)) return 'A';
  if (types.isMap(value)) return 'M';
  if (types.isSet(value)) return 'S';
  if (types.isDate(value)) return 'T';
  if (bytesType(value)) return 'B';
  if (typeof value === 'function' || types.isPromise(value))
    throw refused('a copy of a function or a promise');
  return 'D';
}

function copyShapeNamed(name: unknown): Shape {
  return typeof name === 'string' && /^[ADMST]$/.test(name) ? (name as Shape) : tampering('a malformed copy');
}

function fieldsOf(value: object): unknown[] {
  const out: unknown[] = [];
  for (const key of Object.keys(value)) out.push(key, (value as Record<string, unknown>)[key]);
  if (types.isNativeError(value)) out.push('name', value.name, 'message', value.message);
  return out;
}

function checkKeys(entries: unknown[]): void {
  if (entries.length % 2) tampering('a malformed copy');
  for (let i = 0; i < entries.length; i += 2)
    if (typeof entries[i] !== 'string') tampering('a malformed copy');
}

function primitive(value: unknown): Token {
  switch (typeof value) {
    case 'function':
    case 'symbol':
      throw refused(`a copy of a ${typeof value}`);
    case 'undefined':
      return ['u'];
    case 'bigint':
      return ['b', value.toString(16)];
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['n', Object.is(value, -0) ? '-0' : String(value)];
    default:
      return value;
  }
}
