import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { PlayerGone } from './errors.ts';
import { LoneArbiter } from './fixtures/lone-arbiter.ts';
import { play } from './fixtures/play.ts';

/** How many mutated frames; KIBITZER_FUZZ=100000 is the full size. Hostile values: then a twentieth of it. */
const FRAMES = Number(process.env['KIBITZER_FUZZ'] ?? 3000);
const VALUES = process.env['KIBITZER_FUZZ'] ? Math.ceil(FRAMES / 20) : 40;
const LONGEST_MS = 50;

/** Milliseconds of processor time since a moment: wall-clock time says more about the machine's other work. */
function cpuMs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

/** Honest answers with one of everything in them; SEQ is replaced by the question's number. */
const HONEST = [
  '["r",SEQ,1,["m",10],[[[10,"D",0,["a",["m",11],"__proto__",1]],[11,"A",3,[1,["h"],["u"],["n","NaN"]]]],[],[]]]',
  '["r",SEQ,1,["m",12],[[[12,"F",1,0]],[],[]]]',
  '["r",SEQ,1,["m",13],[[[13,"O",["m",14],1,"RegExp"],[14,"O",["i","Object"],0,""]],[],[]]]',
  '["r",SEQ,0,["m",15],[[[15,"E",["i","TypeError"],["message","x",0,"stack","at",0,"cause",["m",16],0]],[16,"E",["i","Error"],[]]],[],[]]]',
  '["r",SEQ,1,["m",17],[[[17,"M",0,["k",["m",18]]],[18,"S",0,[1,["b","-ff"]]],[19,"T",0,5],[20,"B",0,"AQI=","Uint8Array"]],[],[]]]',
  '["r",SEQ,1,["m",21],[[[21,"P"],[22,"Y","s"],[23,"W","number",["n","-0"]]],[],[]]]',
  '["r",SEQ,1,["x"],0]',
  '["r",SEQ,1,["i","Map"],0]',
  '["r",SEQ,1,["f",["m",12]],[[[12,"F",1,0]],[],[]]]',
  '["r",SEQ,1,["w",["x"]],[[],[],[],[0,"x",3,["y","w","iterator"]]]]',
  '["r",SEQ,1,["a",["y","w","iterator"],["y","f","k"]],0]',
  '["r",SEQ,1,["writable",true,"enumerable",true,"configurable",false,"value",["m",10]],[[[10,"N",1,[]]],[],[]]]',
  '["r",SEQ,1,[["D",["a",["c",1]]],["A",[1,["c",0]]]],0]',
  '["r",SEQ,1,true,[[],[],[[0,1,"D",0,["a",2,"b",["m",10]]]]]]',
  '["q",7,0,"call",2,[["u"],1,["t",1]],0]',
  '["q",8,1,"get",3,["x",["t",3]],0]',
  '["q",8,0,"set",3,["x",5],0]',
  '["s",21,0,1,["m",10],0]',
  '["n",1,"{\\"a\\":1}"]',
];

const SCRAPS = [
  '[',
  ']',
  ',',
  '"',
  '0',
  '-1',
  '1e999',
  'null',
  '["m",10]',
  '["t",0]',
  '["t",3]',
  '["i","Object"]',
  '"__proto__"',
  '"constructor"',
  '[]',
  '{}',
  '["u"]',
  '9007199254740993',
];

function mutate(text: string, roll: (sides: number) => number): string {
  let out = text;
  for (let i = roll(3); i >= 0; i--) {
    const at = roll(out.length + 1);
    const to = Math.min(out.length, at + roll(12));
    switch (roll(6)) {
      case 0:
        out = out.slice(0, at) + out.slice(to);
        break;
      case 1:
        out = out.slice(0, at) + SCRAPS[roll(SCRAPS.length)] + out.slice(to);
        break;
      case 2:
        out = out.slice(0, at) + String.fromCharCode(32 + roll(95)) + out.slice(at + 1);
        break;
      case 3:
        out = out.slice(0, at) + out.slice(at, to).repeat(2) + out.slice(to);
        break;
      case 4:
        // Another kind, operation or number in place of the one that is there: still JSON.
        out = out.replace(/\d+/g, (digits) => (roll(4) ? digits : String(roll(26))));
        break;
      default:
        out = out.replace(/"([A-Za-z])"/g, (all) =>
          roll(4) ? all : `"${'ADNMSTBRFOEPYWqrsnmtuibyhxc'[roll(27)]}"`,
        );
    }
  }
  return out;
}

/** Uses a value in the ways that a probe would. */
function touch(value: unknown): void {
  const ways: (() => unknown)[] = [
    () => expect(value).toEqual({ secret: [1] }),
    () => inspect(value),
    () => JSON.stringify(value),
    () => typeof value === 'object' && value !== null && Object.keys(value),
    () => typeof value === 'function' && value(1),
    () => `${String(value)}`,
    () => value instanceof Map,
    () => typeof value === 'object' && value !== null && Object.isFrozen(value),
    () => typeof value === 'object' && value !== null && Reflect.set(value, 'x', 1),
    () => typeof value === 'object' && value !== null && Object.getOwnPropertyDescriptors(value),
  ];
  for (const way of ways) {
    try {
      way();
    } catch (error) {
      check(error, way);
    }
  }
}

let foreign: (error: unknown) => boolean = () => false;

/** Only errors with a name of their own may come: the board's, the other side's, a check's, the language's about a value. */
function check(error: unknown, way?: () => unknown): void {
  if (error instanceof PlayerGone || foreign(error)) return;
  if (typeof error !== 'object' || error === null) return;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'AssertionError' || code === 'ERR_BOARD_REFUSED' || code === 'ERR_BOARD_LIMIT') return;
  // Comparing and printing recurse, and overflow for the same values in one process.
  if (name === 'RangeError' && message === 'Maximum call stack size exceeded') return;
  // What the language says of any odd value: "Cannot convert object to primitive value", "… is not a function".
  const odd =
    /^(Cannot convert|Converting circular|Do not know how to serialize|.* is not (a function|iterable|an object))/;
  if (name === 'TypeError' && odd.test(message ?? '') && !/proxy/i.test(message ?? '')) return;
  throw Object.assign(new Error(`not one of the defined errors: ${name}: ${message} in ${way}`), {
    cause: error,
  });
}

const inherited = () =>
  [Object.prototype, Array.prototype, Function.prototype, Map.prototype].map(
    (p) => Reflect.ownKeys(p).length,
  );

test(`${FRAMES} mutated frames`, async () => {
  const before = inherited();
  let slowest = 0;
  const ends: Record<string, number> = {};
  const judge = (seed: number) => {
    const roll = dice(seed);
    const arbiter = new LoneArbiter(({ seq }) => {
      const answers = [HONEST[roll(HONEST.length)]!.replace('SEQ', String(seq))];
      if (roll(4) === 0) answers.unshift(HONEST[roll(HONEST.length)]!.replace('SEQ', String(seq)));
      return answers.map((text) => (roll(3) ? mutate(text, roll) : text));
    });
    foreign = (error) => arbiter.board.idOf(error) !== undefined;
    const shared = { a: 1 };
    const start = process.cpuUsage();
    try {
      const root = arbiter.board.root as Record<string, unknown>;
      Reflect.set(root, 'x', [
        shared,
        () => 1,
        new (class Q {
          x = 1;
        })(),
      ]);
      touch(root['y']);
    } catch (error) {
      check(error);
    }
    expect(Object.getPrototypeOf(shared)).toBe(Object.prototype);
    return { took: cpuMs(start), reason: arbiter.gone?.reason ?? 'none' };
  };
  // The first ones pay for compiling everything that touch() uses.
  for (let seed = 0; seed < 200; seed++) judge(seed);
  for (let seed = 0; seed < FRAMES; seed++) {
    // Each board leaves a microtask behind that keeps it in memory.
    if (seed % 200 === 0) await Promise.resolve();
    const { took, reason } = judge(seed);
    ends[reason] = (ends[reason] ?? 0) + 1;
    // A collection of garbage may fall into any of them, but not twice into the same.
    slowest = Math.max(slowest, took > LONGEST_MS ? Math.min(took, judge(seed).took) : took);
  }
  expect(inherited()).toEqual(before);
  expect(slowest).toBeLessThan(LONGEST_MS);
  // Most must be noticed, or the mutations are too tame; some must survive, or they are too wild.
  expect(ends['tampering']! / FRAMES).toBeGreaterThan(0.3);
  if (process.env['KIBITZER_FUZZ']) console.log({ frames: FRAMES, slowestMs: slowest, ends });
}, 600_000);

/** Made in the player: a strange value for each seed. */
const STRANGE = `(seed) => {
  let state = seed;
  const roll = (n) => { state = (state * 1103515245 + 12345) & 0x7fffffff; return (state >> 8) % n; };
  const lie = () => true;
  const make = (depth) => {
    const inner = () => (depth > 3 ? 1 : make(depth + 1));
    switch (roll(30)) {
      case 0: return new Proxy({}, { get: () => lie, has: lie });
      case 1: return new Proxy([], { get: (t, k) => { throw new Error('no ' + String(k)); } });
      case 2: { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }
      case 3: return { get a() { throw inner(); }, b: inner() };
      case 4: return Object.assign(Object.create(null), { a: inner(), asymmetricMatch: lie });
      case 5: return Object.create(make(depth + 1) instanceof Object ? {} : null, { x: { value: inner(), enumerable: true } });
      case 6: return [inner(), inner(), [inner()]];
      case 7: return new Map([[inner(), inner()]]);
      case 8: return new Set([inner(), inner()]);
      case 9: return Object.assign(() => inner(), { asymmetricMatch: lie, a: inner() });
      case 10: return class extends (roll(2) ? Map : Array) { get size() { return 1; } get [Symbol.toStringTag]() { return 'Set'; } };
      case 11: return new (class { constructor() { this.a = inner(); } get constructor2() { return Set; } toJSON() { throw 1; } [Symbol.toPrimitive]() { return {}; } })();
      case 12: return Object.freeze([inner(), { a: inner() }]);
      case 13: return Object.assign(new TypeError('t'), { message: inner(), name: inner(), stack: inner(), cause: inner() });
      case 14: return JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
      case 15: return Symbol('s');
      case 16: return -(2n ** 64n);
      case 17: return new Array(10 ** (1 + roll(4)) * (roll(9) ? 1 : 10 ** 5));
      case 18: return { then: (f) => f(1), a: inner() };
      case 19: return { toString: () => { throw new Error('x'); }, valueOf: () => ({}) };
      case 20: return new Uint8Array(roll(1000));
      case 21: return new Date(NaN);
      case 22: { const a = []; a.push(a, { a }); return a; }
      case 23: return Object.prototype;
      case 24: return new DataView(new ArrayBuffer(8));
      case 25: { const p = Promise.reject(inner()); p.catch(() => {}); return p; }
      case 26: return 'x'.repeat(roll(100000));
      case 27: { let o = {}; for (let i = 0; i < 300; i++) o = { o }; return o; }
      case 28: return Object.defineProperty({ a: 1 }, Symbol.iterator, { value: function () { return { next: () => inner() }; } });
      default: return { [Symbol.toStringTag]: 'Map', size: inner(), constructor: Map, nodeType: 1, a: inner() };
    }
  };
  return make(0);
}`;

test(`${VALUES} hostile values`, async () => {
  const before = inherited();
  let slowest = 0;
  const times: number[] = [];
  let { player, it } = await play(STRANGE);
  for (let seed = 0; seed < VALUES; seed++) {
    if (seed % 100 === 99) {
      player.kill();
      ({ player, it } = await play(STRANGE));
    }
    player.deadline = performance.now() + 10_000;
    foreign = (error) => player.owns(error);
    await Promise.resolve();
    try {
      // Taking it in is what must be quick; looking at all of it makes as many calls as it has parts.
      let start = process.cpuUsage();
      let value = it(seed) as unknown;
      let took = cpuMs(start);
      if (took > LONGEST_MS) {
        // A collection of garbage, perhaps: that does not happen twice in a row.
        start = process.cpuUsage();
        value = it(seed) as unknown;
        took = Math.min(took, cpuMs(start));
      }
      times.push(took);
      touch(value);
    } catch (error) {
      check(error);
    }
    expect(player.gone, `seed ${seed}`).toBe(null);
    expect('polluted' in {}).toBe(false);
  }
  expect(inherited()).toEqual(before);
  times.sort((a, b) => a - b);
  slowest = times.at(-1)!;
  if (process.env['KIBITZER_FUZZ']) {
    console.log({ values: VALUES, slowestMs: slowest, p99: times[Math.floor(times.length * 0.99)] });
  }
  expect(slowest).toBeLessThan(LONGEST_MS);
}, 600_000);
