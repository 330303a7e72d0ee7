import { refused, tampering } from './errors.ts';
import type { StandInParts } from './stand-ins.ts';
import type { Level } from './shapes.ts';

/** A stand-in for an array or plain object of the other side. */
export interface Live {
  id: number;
  shape: 'A' | 'D' | 'N';
  /** the local copy */
  target: object;
  proto: object | null;
  /** when the copy was last known to be right; -1 = not yet read */
  epoch: number;
  closed: Level;
}

/**
 * Reads come from the copy while it is right; writes go through to the original and into the copy.
 * @param of what is behind a target; one set of traps serves all stand-ins
 */
export function liveTraps(of: (target: object) => Live, parts: StandInParts): ProxyHandler<object> {
  const { remote, guard } = parts;
  const isRight = (live: Live) => live.epoch === parts.epoch() || (live.closed === 3 && live.epoch >= 0);
  const renewed = (target: object) => {
    const live = of(target);
    if (isRight(live)) return live;
    remote.read(live.id);
    return isRight(live) ? live : tampering('plain data that was asked for and not told');
  };
  return {
    get(target, key, receiver) {
      if (guard.hides(key)) return undefined;
      const { proto } = renewed(target);
      return Object.hasOwn(target, key) || !proto
        ? (Reflect.getOwnPropertyDescriptor(target, key)?.value as unknown)
        : Reflect.get(proto, key, receiver);
    },
    has(target, key) {
      if (guard.hides(key)) return false;
      const { proto } = renewed(target);
      return Object.hasOwn(target, key) || (proto !== null && Reflect.has(proto, key));
    },
    ownKeys(target) {
      renewed(target);
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(target, key) {
      renewed(target);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    getPrototypeOf: (target) => of(target).proto,
    isExtensible(target) {
      renewed(target);
      return Reflect.isExtensible(target);
    },
    set(target, key, value, receiver) {
      const { id } = renewed(target);
      if (parts.idOf(receiver as object) !== id) return defineOwn(receiver as object, key, value);
      if (!remote.set(id, key, value)) return false;
      return guard.hides(key, value) || Reflect.set(target, key, value);
    },
    deleteProperty(target, key) {
      const { id } = renewed(target);
      return remote.delete(id, key) && Reflect.deleteProperty(target, key);
    },
    defineProperty(target, key, d) {
      if ('get' in d || 'set' in d) throw refused('an accessor on plain data of the other side');
      const { id } = renewed(target);
      const whole =
        Object.hasOwn(target, key) || ('writable' in d && 'enumerable' in d && 'configurable' in d);
      if (!whole) throw refused('a property that is not plain on plain data of the other side');
      return remote.define(id, key, d) && Reflect.defineProperty(target, key, d);
    },
    setPrototypeOf(target, proto) {
      if (proto === of(target).proto) return true;
      throw refused('another prototype for plain data of the other side');
    },
    preventExtensions(target) {
      const { id, proto } = renewed(target);
      if (!remote.preventExtensions(id)) return false;
      Object.setPrototypeOf(target, proto);
      return Reflect.preventExtensions(target);
    },
  };
}

/** What assigning does to something of this side that inherits from a stand-in, such as an error: the property becomes its own. */
export function defineOwn(receiver: object, key: PropertyKey, value: unknown): boolean {
  return Reflect.defineProperty(receiver, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
