/**
 * What jest's and vitest's `describe`, `it` and hooks share, on top of vitest's own: jest's names for pending tests,
 * `done` callbacks, and no more than one test at a time. All tests are played, so `only` chooses nothing.
 */

// oxlint-disable-next-line typescript/no-explicit-any -- wraps functions of any form
type Fn = (...args: any[]) => any;

/** Ways to say which tests run, or when: here all do, one after the other. */
const NO_DIFFERENCE = new Set<PropertyKey>(['only', 'concurrent', 'sequential', 'shuffle']);
/** Functions that give a function which takes the name and the body. */
const GIVES_DECLARER = new Set<PropertyKey>(['each', 'for']);
/** Functions that give one of the same kind. */
const GIVES_SAME = new Set<PropertyKey>(['skipIf', 'runIf', 'extend']);
const DONE = /^(?:async\s*)?(?:function\b[^(]*)?\(?\s*done\b/;

/** Time that tests declared from now on may take, when a suite sets it; null: the engine's own. */
export const times: { ofTests: number | null } = { ofTests: null };

/** A body that is told of its end by `done`, as one that gives a promise. */
export function withDone(body: unknown): unknown {
  if (typeof body !== 'function' || !DONE.test(Function.prototype.toString.call(body))) return body;
  return () =>
    new Promise<void>((resolve, reject) => {
      const done = (error?: unknown): void =>
        error === undefined || error === null ? resolve() : reject(error);
      const result: unknown = (body as Fn)(Object.assign(done, { fail: reject }));
      if (result instanceof Promise) result.catch(reject);
    });
}

/** Wraps `it` or `describe` with everything that hangs on it. */
export function inJestStyle<F extends Fn>(declare: F, isTest: boolean): F {
  return new Proxy(declare, {
    apply(target, _self, args) {
      return target(...(isTest ? asTest(args) : args)) as unknown;
    },
    get(target, key) {
      if (NO_DIFFERENCE.has(key)) return inJestStyle(target, isTest);
      const value: unknown = Reflect.get(target, key === 'failing' ? 'fails' : key, target);
      if (typeof value !== 'function') return value;
      if (GIVES_DECLARER.has(key))
        return (...cases: unknown[]) => declarer((value as Fn).apply(target, cases) as Fn);
      if (GIVES_SAME.has(key))
        return (...args: unknown[]) => inJestStyle((value as Fn).apply(target, args) as Fn, isTest);
      return key === 'skip' || key === 'todo' || key === 'fails' || key === 'failing'
        ? inJestStyle(value as Fn, isTest)
        : value;
    },
  });
}

/** Hooks take `done` as well. */
export function hook<F extends Fn>(add: F): F {
  return ((body: unknown, ms?: number) => add(withDone(body), ms) as unknown) as F;
}

function asTest(args: readonly unknown[]): unknown[] {
  const given = args.map(withDone);
  const isTimed = given.some((a) => typeof a === 'number' || (typeof a === 'object' && a !== null));
  return times.ofTests === null || isTimed || typeof given[1] !== 'function'
    ? given
    : [...given, times.ofTests];
}

/** jest prints values by `%p`, which vitest does not know. */
function declarer(declare: Fn): Fn {
  return (name: unknown, ...rest: unknown[]) =>
    declare(typeof name === 'string' ? name.replaceAll('%p', '%o') : name, ...rest) as unknown;
}
