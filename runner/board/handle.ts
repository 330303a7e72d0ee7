import { refused, tampering } from './errors.ts';
import { defineOwn } from './live.ts';
import { LOCAL } from './remote.ts';
import type { StandInParts } from './stand-ins.ts';

/** A stand-in for a function, an instance, an iterator, a prototype … of the other side. */
export interface Handle {
  id: number;
  /** carries what the rules for proxies want to see on this side */
  target: object;
  proto: object | null;
  /** the tag of a built-in class that only an internal slot knows of, or '' */
  brand: string;
}

/**
 * Every use of a handle is a question to the other side, and the answer is checked against the rules for proxies.
 * @param of what is behind a target; one set of traps serves all stand-ins
 */
export function handleTraps(of: (target: object) => Handle, parts: StandInParts): ProxyHandler<object> {
  const { remote, guard } = parts;
  const isSelf = (value: unknown, id: number) => parts.idOf(value as object) === id;

  /** A property that can no longer change must be on the target before it may be shown. */
  const mirror = (target: object, key: PropertyKey, d: PropertyDescriptor | undefined) => {
    const fixed = Reflect.getOwnPropertyDescriptor(target, key);
    if (!d && fixed?.configurable) Reflect.deleteProperty(target, key);
    if (d?.configurable === false || fixed?.configurable === false) {
      if (!d || !Reflect.defineProperty(target, key, d)) tampering('a fixed property that changed');
    }
    return d;
  };
  const describe = (target: object, key: PropertyKey) => {
    const d = remote.describe(of(target).id, key);
    if (d && guard.hides(key, d.value)) return undefined;
    if (!d) return mirror(target, key, undefined);
    const isAccessor = 'get' in d || 'set' in d;
    const kind = isAccessor ? { get: undefined, set: undefined } : { value: undefined, writable: false };
    return mirror(target, key, { ...kind, enumerable: false, configurable: false, ...d });
  };
  const visibleKeys = (id: number) => remote.keys(id).filter((key) => !guard.hides(key));
  /** The original is closed: from now on the target must have exactly its properties. */
  const closeTarget = (target: object) => {
    if (!Reflect.isExtensible(target)) return;
    for (const key of visibleKeys(of(target).id)) {
      const d = describe(target, key);
      if (d) Reflect.defineProperty(target, key, d);
    }
    Object.setPrototypeOf(target, of(target).proto);
    Reflect.preventExtensions(target);
  };

  return {
    apply: (target, self, args) => remote.call(of(target).id, self, args),
    construct(target, args, newTarget) {
      const { id } = of(target);
      if (!isSelf(newTarget, id)) throw refused('a class that extends a class of the other side');
      return remote.construct(id, args);
    },
    get(target, key, receiver) {
      if (guard.hides(key)) return undefined;
      const { id, proto, brand } = of(target);
      let value = remote.get(id, key, receiver);
      if (value === LOCAL) value = proto ? Reflect.get(proto, key, receiver) : undefined;
      if (key === Symbol.toStringTag && value === undefined && brand) return brand;
      if (guard.hides(key, value)) return undefined;
      const fixed = Reflect.getOwnPropertyDescriptor(target, key);
      if (
        fixed &&
        !fixed.configurable &&
        'value' in fixed &&
        !fixed.writable &&
        !Object.is(fixed.value, value)
      ) {
        return tampering('a fixed property that changed');
      }
      return value;
    },
    set(target, key, value, receiver) {
      const { id } = of(target);
      return isSelf(receiver, id) ? remote.set(id, key, value) : defineOwn(receiver as object, key, value);
    },
    has(target, key) {
      if (guard.hides(key)) return false;
      return (
        remote.has(of(target).id, key) ||
        Reflect.getOwnPropertyDescriptor(target, key)?.configurable === false
      );
    },
    deleteProperty: (target, key) => remote.delete(of(target).id, key),
    ownKeys(target) {
      if (!Reflect.isExtensible(target)) return Reflect.ownKeys(target);
      const keys = visibleKeys(of(target).id);
      for (const key of Reflect.ownKeys(target))
        if (!keys.includes(key)) tampering('a fixed property that is gone');
      return keys;
    },
    getOwnPropertyDescriptor: (target, key) =>
      Reflect.isExtensible(target) || Object.hasOwn(target, key) ? describe(target, key) : undefined,
    defineProperty(target, key, d) {
      const { id } = of(target);
      if (!remote.define(id, key, d)) return false;
      mirror(target, key, remote.describe(id, key));
      return true;
    },
    getPrototypeOf: (target) => of(target).proto,
    setPrototypeOf(target, proto) {
      const handle = of(target);
      if (proto === handle.proto) return true;
      if (!Reflect.isExtensible(target) || !remote.setPrototype(handle.id, proto)) return false;
      handle.proto = proto;
      return true;
    },
    isExtensible(target) {
      if (!Reflect.isExtensible(target)) return false;
      if (remote.isExtensible(of(target).id)) return true;
      closeTarget(target);
      return false;
    },
    preventExtensions(target) {
      if (!remote.preventExtensions(of(target).id)) return false;
      closeTarget(target);
      return true;
    },
  };
}
