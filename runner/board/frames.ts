import { tampering } from './errors.ts';
import type { Frame, Operation } from './tokens.ts';

const OPERATIONS: ReadonlySet<unknown> = new Set<Operation>([
  'call',
  'new',
  'get',
  'set',
  'has',
  'delete',
  'keys',
  'describe',
  'define',
  'setProto',
  'isExtensible',
  'preventExtensions',
  'read',
  'copy',
  'iterate',
  'collect',
]);

const { isArray } = Array;
const { parse, stringify } = JSON;

/** True for the numbers that objects and questions have. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A frame as text. */
export function writeFrame(frame: Frame): string {
  switch (frame.kind) {
    case 'ask':
      return stringify(['q', frame.seq, +frame.rung, frame.op, frame.target, frame.args, frame.payload]);
    case 'open':
      return stringify(['o', frame.seq, frame.read, frame.op, frame.target, frame.args, frame.payload]);
    case 'answer':
      return stringify(['r', frame.seq, +frame.ok, frame.value, frame.payload]);
    case 'settle':
      return stringify(['s', frame.id, +frame.rung, +frame.ok, frame.value, frame.payload]);
    case 'note':
      return stringify(['n', +frame.rung, frame.text]);
    case 'part':
      return '["p"]';
    case 'want':
      return '["w"]';
    case 'taken':
      return stringify(['t', frame.payload]);
    case 'yield':
      return stringify(['y', frame.payload]);
  }
}

/**
 * The frame in a text. Values and payload are not looked into yet.
 * @throws Tampering when it is none
 */
export function readFrame(text: string): Frame {
  let f: unknown;
  try {
    f = parse(text);
  } catch {
    return tampering('a frame that is not JSON');
  }
  if (!isArray(f)) return tampering('a frame that is not a list');
  const [kind, a, b, c, d, e, g] = f as unknown[];
  // Only of a text: to make one of a deeply nested list would overflow the stack.
  switch (typeof kind === 'string' ? `${kind}${f.length}` : '') {
    case 'q7':
      if (isId(a) && isBit(b) && OPERATIONS.has(c) && isId(d) && isArray(e)) {
        return { kind: 'ask', seq: a, rung: !!b, op: c as Operation, target: d, args: e, payload: g };
      }
      break;
    case 'o7':
      if (isId(a) && isId(b) && OPERATIONS.has(c) && isId(d) && isArray(e)) {
        return { kind: 'open', seq: a, read: b, op: c as Operation, target: d, args: e, payload: g };
      }
      break;
    case 'r5':
      if (isId(a) && isBit(b)) return { kind: 'answer', seq: a, ok: !!b, value: c, payload: d };
      break;
    case 's6':
      if (isId(a) && isBit(b) && isBit(c)) {
        return { kind: 'settle', id: a, rung: !!b, ok: !!c, value: d, payload: e };
      }
      break;
    case 'n3':
      if (isBit(a) && typeof b === 'string') return { kind: 'note', rung: !!a, text: b };
      break;
    case 'p1':
      return { kind: 'part' };
    case 'w1':
      return { kind: 'want' };
    case 't2':
      return { kind: 'taken', payload: a };
    case 'y2':
      return { kind: 'yield', payload: a };
  }
  return tampering('a malformed frame');
}

function isBit(value: unknown): boolean {
  return value === 0 || value === 1;
}
