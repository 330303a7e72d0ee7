/** Code under test for the semantic cases: ordinary TypeScript, as a learner would write it. */
type Fn = (...args: any[]) => any;

export class Point {
  #secret = 1;
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  get sum() {
    return this.x + this.y + this.#secret;
  }
  static of(x: number) {
    return new Point(x, x);
  }
  has(other: object) {
    return #secret in other;
  }
  toJSON() {
    return { p: this.x };
  }
}

export class Oops extends Error {
  code: number;
  constructor(message: string, code: number) {
    super(message, { cause: new TypeError('inner') });
    this.code = code;
  }
}

export class Bag extends Map<string, number> {
  total() {
    let total = 0;
    for (const value of this.values()) total += value;
    return total;
  }
}

export class Stack extends Array<number> {
  top() {
    return this.at(-1);
  }
}

const make = {
  map: () => new Map([['a', { n: 1 }]]),
  set: () => new Set([1, 2]),
  date: () => new Date(0),
  pattern: () => /a+/g,
  bytes: () => new Uint8Array([1, 2]),
  buffer: () => Buffer.from('hi'),
  bag: () => new Bag([['a', 2]]),
  stack: () => Stack.from([1, 2]),
  symbols: () => ({
    [Symbol.for('k')]: 1,
    *[Symbol.iterator]() {
      yield 1;
    },
  }),
  bare: () => Object.assign(Object.create(null), { a: 1 }) as object,
  getter: () => ({
    get a() {
      return 1;
    },
  }),
  frozen: () => Object.freeze(new Point(1, 2)),
  url: () => new URL('http://x/y'),
  errors: () => new AggregateError([new Error('a')], 'many'),
  // oxlint-disable-next-line no-sparse-arrays
  sparse: () => [1, , 3],
  error: () => new Oops('m', 7),
  *generator(): Generator<unknown, void, unknown> {
    const got = yield 1;
    yield got;
  },
  thenable: () => ({
    // oxlint-disable-next-line no-thenable
    then(resolve: Fn) {
      resolve(5);
    },
  }),
  withFields: () => Object.assign((a: number) => a, { extra: 1 }),
  boxed: () => new Number(3),
  weakMap: () => new WeakMap<object, number>(),
};
export { make };

export const fail = (code: number) => {
  throw new Oops('bad', code);
};
export const failText = () => {
  throw 'text';
};
export const reject = async () => {
  throw new Oops('later', 1);
};
export const resolve = async (x: unknown) => x;

export const call = (f: Fn, ...args: unknown[]) => f(...args) as unknown;
export const newIt = (C: new (...args: unknown[]) => object, ...args: unknown[]) => new C(...args);
export const isA = (x: unknown, C: Fn) => x instanceof C;
export const kind = (x: unknown) => Object.prototype.toString.call(x);
export const clone = (x: unknown) => structuredClone(x);
export const json = (x: unknown) => JSON.stringify(x);
export const spread = (x: Iterable<unknown>) => [...x];
export const push = (x: unknown[], v: unknown) => {
  x.push(v);
};
export const fillMap = (m: Map<string, number>) => {
  m.set('z', 1);
};
export const moveDate = (d: Date) => {
  d.setFullYear(1999);
};
export const fillBytes = (b: Uint8Array) => {
  b.fill(7);
};
export const same = (a: unknown, b: unknown) => a === b;
export const aborted = (s: AbortSignal) => s.aborted;
export const setX = (o: { x: number }) => {
  o.x = 9;
};

let kept: unknown;
export const keep = (x: unknown) => {
  kept = x;
};
export const give = () => kept;

let count = 0;
export const counted = () => count;
export const soon = () => {
  queueMicrotask(() => count++);
};

export let live = 1;
export const bump = () => {
  live++;
};

export const greeter = {
  greet(n: string): string {
    return `hi ${this.name(n)}`;
  },
  name(n: string): string {
    return n;
  },
};

let queue: number[] = [];
const batches: number[][] = [];
export const batch = {
  load(k: number) {
    if (!queue.length) {
      queueMicrotask(() => {
        batches.push(queue);
        queue = [];
      });
    }
    queue.push(k);
  },
  log: () => batches.splice(0),
};

export const now = () => Date.now();
export const sleep = (ms: number) => new Promise((done) => setTimeout(() => done('woke'), ms));
export const fromGlobal = () => (globalThis as Record<string, unknown>)['boardProbe'];
