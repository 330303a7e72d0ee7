import { types } from 'node:util';
import { refused } from './errors.ts';
import { nearestIntrinsic, prototypeName } from './intrinsics.ts';
import type { Thing } from './registry.ts';
import { bytesType, shapeOf } from './shapes.ts';
import type { Operation } from './tokens.ts';

/** What a side lets the other side have and do. The player's guard lets everything pass. */
export interface Guard {
  /** @throws TypeError when a thing may not be handed out */
  admit(thing: Thing): void;
  /** the prototype that the other side may know of */
  prototypeOf(value: object): object | null;
  /** own fields of an error that may be known: name, value, enumerable */
  errorFields(error: Error): [string, unknown, boolean][];
  /** @throws TypeError when this may not be asked of an object */
  allow(op: Operation, target: object, key?: PropertyKey): void;
  /** true when a property is answered with "look at your own prototypes" */
  isLocal(target: object, key: PropertyKey): boolean;
  /** true for a property of a foreign value that must not be seen here */
  hides(key: PropertyKey, value?: unknown): boolean;
}

const { getPrototypeOf, getOwnPropertyDescriptor, hasOwn } = Object;

const ORDINARY: ReadonlySet<object> = new Set([Object.prototype, Function.prototype, Error.prototype]);

/** True when the property comes from Object.prototype and its like, which both sides have. */
function isOrdinary(target: object, key: PropertyKey): boolean {
  for (let p: object | null = target; p; p = getPrototypeOf(p) as object | null) {
    if (hasOwn(p, key)) return p !== target && ORDINARY.has(p);
  }
  return true;
}

/** The player's guard: the learner's code has nothing to hide, and trusts its arbiter. */
export function openGuard(errorFields: Guard['errorFields']): Guard {
  return {
    admit: (thing) => {
      if (types.isDataView(thing)) throw refused('a DataView; pass its bytes as a Uint8Array');
    },
    prototypeOf: (value) => getPrototypeOf(value) as object | null,
    errorFields,
    allow: () => {},
    isLocal: isOrdinary,
    hides: () => false,
  };
}

/**
 * Keys that a matcher asks of either operand, and whose answer it believes. A foreign value that has them
 * could decide a comparison by itself, so foreign values never have them.
 */
const MATCHER_KEYS: ReadonlySet<PropertyKey> = new Set([
  'asymmetricMatch',
  'toAsymmetricMatcher',
  '$$typeof',
  '_isMockFunction',
  'isEqualNode',
  '@@__IMMUTABLE_ITERABLE__@@',
  '@@__IMMUTABLE_KEYED__@@',
  '@@__IMMUTABLE_LIST__@@',
  '@@__IMMUTABLE_ORDERED__@@',
  '@@__IMMUTABLE_RECORD__@@',
  '@@__IMMUTABLE_SET__@@',
  '@@__IMMUTABLE_MAP__@@',
  '@@__IMMUTABLE_STACK__@@',
]);

/**
 * True for a property that a foreign value must not show to a matcher. Besides the keys above: what poses as a
 * Map or Set is believed its `size` and iterator (real ones are shared data, never stand-ins), and what has
 * a Temporal tag its `equals`.
 */
export function hiddenFromMatchers(key: PropertyKey, value?: unknown): boolean {
  if (MATCHER_KEYS.has(key)) return true;
  if (key === 'constructor') return value === Map || value === Set;
  return key === Symbol.toStringTag && typeof value === 'string' && /^(Map|Set|Temporal\..*)$/.test(value);
}

/** Methods and getters of built-in classes whose instances a probe may simply pass. */
const LISTED: readonly [is: (value: object) => boolean, keys: ReadonlySet<PropertyKey>][] = [
  [isIterator, new Set(['next', 'return', 'throw'])],
  [
    (value) => value instanceof AbortSignal,
    new Set(['aborted', 'reason', 'onabort', 'throwIfAborted', 'addEventListener', 'removeEventListener']),
  ],
  [
    (value) => value instanceof URL,
    new Set(
      'href origin protocol username password host hostname port pathname search hash toString toJSON'.split(
        ' ',
      ),
    ),
  ],
];

function isIterator(value: object): boolean {
  for (let p = nearestIntrinsic(value); p; p = getPrototypeOf(p) as object | null) {
    if (/Iterator|Generator/.test(prototypeName(p) ?? '')) return true;
  }
  return false;
}

const NEVER_HANDED_OUT: ReadonlySet<Thing> = new Set<Thing>([
  globalThis,
  process,
  Reflect,
  Function,
  // oxlint-disable-next-line no-eval
  eval,
  (async () => {}).constructor,
  function* () {}.constructor,
  async function* () {}.constructor,
  Function.prototype,
  Function.prototype.call,
  Function.prototype.apply,
  Function.prototype.bind,
  Reflect.apply,
  Reflect.construct,
  Object.defineProperty,
  Object.defineProperties,
  Object.assign,
  Object.setPrototypeOf,
  setTimeout,
  setInterval,
  setImmediate,
]);

const READING: ReadonlySet<Operation> = new Set<Operation>(['get', 'has', 'describe', 'keys']);

/**
 * The arbiter's guard, an allow-list. Of what a probe hands out, the player may
 *
 *   functions    call them; know `name` and `length`
 *   data         have it (shared data is a real object there, and never asked about here)
 *   objects      read and write their own properties; use the listed methods of iterators, AbortSignal, URL
 *   errors       know their message and own data, not where they come from
 *   what is lent everything that its class declares: see `lend`
 *
 * Anything else is refused with an error that says so. Nothing inherited is ever answered, so no road leads
 * from a callback to `constructor` and from there to text as code.
 */
export class ArbiterGuard implements Guard {
  #lent = new WeakSet<object>();
  #errorFields: Guard['errorFields'];

  constructor(errorFields: Guard['errorFields']) {
    this.#errorFields = errorFields;
  }

  /** Opts a class (constructible, its prototype's members usable) or one object with its class in. */
  lend(value: object): void {
    const first = typeof value === 'function' ? (value.prototype as object | null) : getPrototypeOf(value);
    this.#lent.add(value);
    for (let p = first as object | null; p && !prototypeName(p); p = getPrototypeOf(p) as object | null) {
      this.#lent.add(p);
      const made: unknown = getOwnPropertyDescriptor(p, 'constructor')?.value;
      if (typeof made === 'function') this.#lent.add(made);
    }
  }

  admit(thing: Thing): void {
    if (typeof thing === 'symbol') return;
    if (NEVER_HANDED_OUT.has(thing) || types.isModuleNamespaceObject(thing)) {
      throw refused('the arbiter hands out nothing that makes or runs code');
    }
    if (typeof thing === 'function' || this.#lent.has(thing)) return;
    if (prototypeName(thing) !== undefined) throw refused('a built-in prototype');
    if (types.isProxy(thing) || !needsClass(thing)) return;
    const name = (thing as { constructor?: { name?: unknown } }).constructor?.name;
    throw refused(`a ${typeof name === 'string' ? name : 'built-in object'} of the probe`);
  }

  prototypeOf(value: object): object | null {
    const proto = getPrototypeOf(value) as object | null;
    if (typeof value === 'function') return proto && this.#lent.has(proto) ? proto : Function.prototype;
    return proto && this.#lent.has(proto) ? proto : nearestIntrinsic(value);
  }

  errorFields(error: Error): [string, unknown, boolean][] {
    // A failed check tells what was expected, and passes through learner's code on its way to the probe.
    if ('actual' in error || 'expected' in error) return [['message', 'a check of the probe failed', false]];
    const fields = this.#errorFields(error).filter(([key]) => key !== 'stack');
    return [...fields, ['stack', `${error.name}: ${error.message}\n    at the probe`, false]];
  }

  allow(op: Operation, target: object, key: PropertyKey = ''): void {
    if (op === 'call') {
      if (typeof target === 'function') return;
      throw new TypeError('not a function');
    }
    if (op === 'new') {
      if (typeof target === 'function' && this.#lent.has(target)) return;
      throw refused('a class of the probe that was not lent');
    }
    if (op === 'isExtensible') return;
    if (READING.has(op)) return op === 'keys' ? undefined : this.#allowReading(target, key);
    if (op === 'set' || op === 'delete') return this.#allowWriting(target, key);
    throw refused(`"${op}" on an object of the probe`);
  }

  isLocal(target: object, key: PropertyKey): boolean {
    if (hasOwn(target, key) || this.#isListed(target, key)) return false;
    const holder = holderOf(target, key);
    return holder === null || (prototypeName(holder) !== undefined && !this.#lent.has(holder));
  }

  hides(key: PropertyKey, value?: unknown): boolean {
    return hiddenFromMatchers(key, value);
  }

  #allowReading(target: object, key: PropertyKey): void {
    if (typeof target === 'function' && !this.#lent.has(target)) {
      if (key === 'name' || key === 'length') return;
      if (!hasOwn(target, key) && this.isLocal(target, key)) return;
      throw refused(`"${String(key)}" of a function of the probe; functions can be called and nothing else`);
    }
    if (hasOwn(target, key) || this.#isListed(target, key) || this.isLocal(target, key)) return;
    const holder = holderOf(target, key);
    if (holder && this.#lent.has(holder)) return;
    throw refused(`"${String(key)}" belongs to a class of the probe that was not lent`);
  }

  #allowWriting(target: object, key: PropertyKey): void {
    const own = getOwnPropertyDescriptor(target, key);
    const holder = holderOf(target, key);
    const open =
      typeof target !== 'function' &&
      prototypeName(target) === undefined &&
      !hasOwn(target, 'constructor') &&
      !this.hides(key) &&
      (own ? 'value' in own : holder === null || (this.#lent.has(holder) && key !== 'constructor'));
    if (!open) throw refused(`writing "${String(key)}" of an object of the probe`);
  }

  #isListed(target: object, key: PropertyKey): boolean {
    return typeof target !== 'function' && LISTED.some(([is, keys]) => keys.has(key) && is(target));
  }
}

function holderOf(target: object, key: PropertyKey): object | null {
  for (let p: object | null = target; p; p = getPrototypeOf(p) as object | null) if (hasOwn(p, key)) return p;
  return null;
}

/** True for objects that are nothing without the methods of a built-in class that is not listed. */
function needsClass(value: object): boolean {
  if (shapeOf(value) || bytesType(value) || types.isNativeError(value) || types.isPromise(value))
    return false;
  if (types.isBoxedPrimitive(value) || Array.isArray(value)) return false;
  const name = prototypeName(nearestIntrinsic(value) ?? Object.prototype);
  return name !== 'Object' && !LISTED.some(([is]) => is(value));
}
