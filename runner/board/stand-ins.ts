import { tampering } from './errors.ts';
import type { Guard } from './guard.ts';
import { handleTraps, type Handle } from './handle.ts';
import { inspectable } from './inspect.ts';
import { liveTraps, type Live } from './live.ts';
import type { Remote } from './remote.ts';
import { fill } from './fill.ts';
import { close, type Level } from './shapes.ts';

const LONGEST_CHAIN = 200;

/** What a handle looks like to typeof, Array.isArray and `new`. */
export type HandleLook = 'object' | 'list' | 'function' | 'class';

/** What stand-ins need of the board. */
export interface StandInParts {
  remote: Remote;
  guard: Guard;
  /** Counts up whenever the other side may have run. */
  epoch(): number;
  /** The number of a stand-in, or undefined for everything else. */
  idOf(value: object): number | undefined;
  /** Ends the board if the error says that the other side broke the protocol; returns the error to throw. */
  judge(error: unknown): unknown;
}

/** Makes the objects that stand for the other side's, and knows what is behind each. */
export class StandIns {
  #parts: StandInParts;
  #lives = new WeakMap<object, Live>();
  #handles = new WeakMap<object, Handle>();
  #behind = new WeakMap<object, Live | Handle>();
  #liveTraps: ProxyHandler<object>;
  #handleTraps: ProxyHandler<object>;

  constructor(parts: StandInParts) {
    this.#parts = parts;
    this.#liveTraps = watched(
      liveTraps((target) => this.#behind.get(target) as Live, parts),
      parts,
    );
    this.#handleTraps = watched(
      handleTraps((target) => this.#behind.get(target) as Handle, parts),
      parts,
    );
  }

  /** A stand-in for plain data: a local copy that is read anew when the other side may have changed it. */
  live(id: number, shape: 'A' | 'D' | 'N'): object {
    const target = (
      shape === 'A' ? Object.setPrototypeOf([], inspectable) : Object.create(inspectable)
    ) as object;
    const proto = shape === 'A' ? Array.prototype : shape === 'D' ? Object.prototype : null;
    const live: Live = { id, shape, target, proto, epoch: -1, closed: 0 };
    const proxy = new Proxy(target, this.#liveTraps);
    this.#behind.set(target, live);
    this.#lives.set(proxy, live);
    return proxy;
  }

  /** A stand-in for anything with behaviour: every use of it is a question to the other side. */
  handle(id: number, look: HandleLook, brand: string): object {
    const target = Object.setPrototypeOf(targetOf(look), inspectable) as object;
    const proto = typeof target === 'function' ? Function.prototype : Object.prototype;
    const handle: Handle = { id, target, proto, brand };
    const proxy = new Proxy(target, this.#handleTraps);
    this.#behind.set(target, handle);
    this.#handles.set(proxy, handle);
    return proxy;
  }

  /** True when a value stands for plain data of that shape. */
  isLive(value: unknown, shape: unknown): boolean {
    return this.#lives.get(value as object)?.shape === shape;
  }

  /** Puts the present content into a stand-in for plain data. */
  renew(value: object, entries: unknown[], level: Level): void {
    const live = this.#lives.get(value)!;
    live.epoch = this.#parts.epoch();
    if (live.closed === 3) return;
    fill(live.target, live.shape, entries);
    if (level === 0 || level <= live.closed) return;
    live.closed = level;
    Object.setPrototypeOf(live.target, live.proto);
    close(live.target, level);
  }

  /** What a stand-in for plain data shows is known to be current. @throws Tampering */
  markFresh(value: unknown): void {
    const live = this.#lives.get(value as object);
    if (!live || live.epoch < 0) return tampering('news of something that was never told');
    live.epoch = this.#parts.epoch();
  }

  /** Says what a handle inherits from. @throws Tampering when the chain would not end */
  setPrototype(value: object, proto: object | null): void {
    const handle = this.#handles.get(value);
    if (!handle) return tampering('a prototype for something that has none');
    this.checkChain(value, proto);
    handle.proto = proto;
  }

  /** @throws Tampering when the prototype of a value would lead back to it, or too far */
  checkChain(value: object, proto: object | null): void {
    let depth = 0;
    for (let p = proto; p; p = this.#protoOf(p)) {
      if (p === value || ++depth > LONGEST_CHAIN) tampering('a prototype chain without an end');
    }
  }

  /** The prototype of anything, without asking the other side. */
  #protoOf(value: object): object | null {
    const standIn = this.#handles.get(value) ?? this.#lives.get(value);
    return standIn ? standIn.proto : (Object.getPrototypeOf(value) as object | null);
  }
}

/** The same traps, from which no Tampering escapes into a probe. */
function watched(traps: ProxyHandler<object>, parts: StandInParts): ProxyHandler<object> {
  const out: Record<string, unknown> = {};
  for (const [name, trap] of Object.entries(traps) as [string, (...args: unknown[]) => unknown][]) {
    out[name] = (a: unknown, b: unknown, c: unknown, d: unknown) => {
      try {
        return trap(a, b, c, d);
      } catch (error) {
        throw parts.judge(error);
      }
    };
  }
  return out;
}

function targetOf(look: HandleLook): object {
  if (look === 'object') return {};
  if (look === 'list') return [];
  // A bound function can be constructed, and unlike others has no property that a proxy must keep showing.
  // oxlint-disable-next-line no-extra-bind
  const target: object = look === 'class' ? function () {}.bind(null) : () => {};
  Reflect.deleteProperty(target, 'name');
  Reflect.deleteProperty(target, 'length');
  return target;
}
