import { types } from 'node:util';
import type { AsyncDb } from './async-db.ts';
import { StageFile } from './stage-file.ts';

/**
 * Something that a recipe mentions: JSON data, a thing kept on the stage, the result of an earlier step, or a database
 * over a file.
 */
export type Ref =
  | readonly ['value', unknown?]
  | readonly ['kept', number]
  | readonly ['made', number]
  | readonly ['db', file: string, foreignKeys: boolean];

/** `on[method](...args)` */
export interface RecipeCall {
  on: Ref;
  method: string;
  args: readonly Ref[];
}

/** Arguments as a recipe takes them: where a database is wanted, its file. */
export type Given<A extends unknown[]> = { [I in keyof A]: AsyncDb extends A[I] ? A[I] | StageFile : A[I] };

/** A call that the stage makes by itself when the task's turn comes. */
export class PlannedCall {
  readonly call: RecipeCall;

  constructor(call: RecipeCall) {
    this.call = call;
  }
}

/**
 * How a world is made, as data: the stage follows it on its side, so that making a world costs no crossing of the
 * board. Cold, each crossing costs ten times what it does later, and most searches end before they are warm.
 */
export class Recipe {
  readonly steps: RecipeCall[] = [];
  readonly #keep: (thing: unknown) => number;
  readonly #kept: WeakMap<object, number>;
  readonly #made = new WeakMap<object, number>();

  /** @param keep puts a thing on the stage; @param kept numbers of those that are there, shared by all recipes */
  constructor(keep: (thing: unknown) => number, kept: WeakMap<object, number>) {
    this.#keep = keep;
    this.#kept = kept;
  }

  /** Adds a step. @returns a placeholder for its result: good for further steps and for calls of tasks only */
  make(on: object, method: string, args: readonly unknown[]): object {
    const placeholder = new Proxy({}, unusable);
    this.#made.set(placeholder, this.steps.push(this.call(on, method, args)) - 1);
    return placeholder;
  }

  call(on: object, method: string, args: readonly unknown[]): RecipeCall {
    return { on: this.#ref(on), method, args: args.map((a) => this.#ref(a)) };
  }

  #ref(value: unknown): Ref {
    if (value === undefined) return ['value'];
    if (typeof value === 'object' && value !== null) {
      const made = this.#made.get(value);
      if (made !== undefined) return ['made', made];
      if (value instanceof StageFile) return ['db', value.path, value.foreignKeys];
    }
    if (isData(value)) return ['value', value];
    const thing = value as object;
    const known = this.#kept.get(thing) ?? this.#keep(thing);
    if (typeof thing === 'object' || typeof thing === 'function') this.#kept.set(thing, known);
    return ['kept', known];
  }
}

/** Data that is nested deeper, or in a circle, is kept instead. */
const DEEPEST = 20;

/** True for what JSON says exactly. What lives on the other side is a proxy here, and never looked into. */
export function isData(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || types.isProxy(value) || depth > DEEPEST) return false;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((v) => isData(v, depth + 1));
}

const refuse = (): never => {
  throw new TypeError(
    'what s.make returns is made when the schedule begins: use it in s.make and s.call only',
  );
};
const unusable: ProxyHandler<object> = { get: refuse, set: refuse, has: refuse, ownKeys: refuse };
