/**
 * Objects that every realm has travel by name. Constructors may appear as values; prototypes only as the
 * prototype of something. What turns text into code, and the tools of reflection, have no name here.
 */
const constructors = new Map<string, object>();
const prototypes = new Map<string, object>();
const constructorNames = new Map<object, string>();
const prototypeNames = new Map<object, string>();

const NAMELESS = new Set(['Function', 'Proxy', 'WebAssembly', 'ShadowRealm']);
for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (NAMELESS.has(name) || !/^[A-Z]/.test(name)) continue;
  // Some globals are getters that load a module when touched: those are left alone.
  const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
  if (typeof value !== 'function' || typeof value.prototype !== 'object') continue;
  constructors.set(name, value);
  constructorNames.set(value, name);
  addPrototype(name, value.prototype as object);
}

const { getPrototypeOf } = Object;
const loaded = { URL, URLSearchParams, AbortSignal, AbortController, Event, EventTarget, TextEncoder };
for (const [name, value] of Object.entries({ ...loaded, TextDecoder, Headers: undefined })) {
  if (value === undefined || constructors.has(name)) continue;
  constructors.set(name, value);
  constructorNames.set(value, name);
  addPrototype(name, value.prototype as object);
}

const arrayIterator = getPrototypeOf([][Symbol.iterator]()) as object;
const hidden: Record<string, object> = {
  Function: Function.prototype,
  TypedArray: getPrototypeOf(Uint8Array.prototype) as object,
  AsyncFunction: getPrototypeOf(async () => {}) as object,
  GeneratorFunction: getPrototypeOf(function* () {}) as object,
  AsyncGeneratorFunction: getPrototypeOf(async function* () {}) as object,
  Generator: (getPrototypeOf(function* () {}) as { prototype: object }).prototype,
  AsyncGenerator: (getPrototypeOf(async function* () {}) as { prototype: object }).prototype,
  ArrayIterator: arrayIterator,
  MapIterator: getPrototypeOf(new Map().entries()) as object,
  SetIterator: getPrototypeOf(new Set().values()) as object,
  StringIterator: getPrototypeOf(''[Symbol.iterator]()) as object,
  RegExpStringIterator: getPrototypeOf(''.matchAll(/x/g)) as object,
  IteratorHelper: getPrototypeOf([].values().take(0)) as object,
};
for (const [name, value] of Object.entries(hidden)) addPrototype(name, value);

function addPrototype(name: string, value: object): void {
  if (prototypeNames.has(value)) return;
  prototypes.set(name, value);
  prototypeNames.set(value, name);
}

/** The name of a constructor that may travel as a value, or undefined. */
export function constructorName(value: object): string | undefined {
  return constructorNames.get(value);
}

/** The constructor with that name, or undefined. */
export function constructorNamed(name: unknown): object | undefined {
  return constructors.get(name as string);
}

/** The name of an intrinsic prototype, or undefined. */
export function prototypeName(value: object): string | undefined {
  return prototypeNames.get(value);
}

/** The intrinsic prototype with that name, or undefined. */
export function prototypeNamed(name: unknown): object | undefined {
  return prototypes.get(name as string);
}

/** The nearest intrinsic prototype of an object: what it is when the classes of its own side are left away. */
export function nearestIntrinsic(value: object): object | null {
  let p = Object.getPrototypeOf(value) as object | null;
  while (p && !prototypeNames.has(p)) p = Object.getPrototypeOf(p) as object | null;
  return p;
}
