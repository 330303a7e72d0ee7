import { describe, expect, test } from 'vitest';
import { COUNTS, WHAT_IF } from '../core/counts.ts';
import { decideHere } from '../engine/what-if.ts';
import { counted } from './counted.ts';
import { whatIfs } from './what-ifs.ts';

/** Code in which statements and expressions of all kinds stand in each other. */
const CODE = `
'use strict';
const STEP = 2, NAMES = { a: 1, 'b': 2, 3: 4 };
export function walk(list, n = list.length || 1) {
  const seen = [];
  outer: for (let i = 0; i < n; i++) {
    for (const x of list) {
      if (x === i) continue outer
      else if (x > 5) seen.push(-x); else { seen.push(x) }
    }
    if (i % STEP) seen.push('odd')
  }
  do seen.push('end'); while (seen.length < 3)
  switch (n) { case 1: return ['one']; case 2: seen.push('two'); default: seen.push(NAMES.a) }
  return seen.map((x) => typeof x === 'number' ? { x } : x ?? 'none').filter((x) => x && !(x === 'odd' || x === 'even'))
}
export class Counter {
  #n = 1 + 1;
  name = 'it';
  make = () => ({ n: this.#n });
  static made = 0;
  static { Counter.made += 1 }
  constructor(n) { this.#n = n; Counter.made++ }
  get n() { return this.#n }
  *up(to) { while (this.#n < to) yield this.#n++ }
  async later() { try { await null; throw new Error('x') } catch ({ message }) { return message + (await 1 && 2) } finally { this.#n -= 1 } }
}
export default (a, b) => (a + 1) * 2 < b && a !== b ? 'less' : 'more'
`;

interface Mod {
  walk(list: unknown[], n?: number): unknown[];
  Counter: new (n: number) => {
    n: number;
    up(to: number): Iterable<number>;
    later(): Promise<string>;
    make(): object;
  };
  default(a: number, b: number): string;
}

let loads = 0;
const load = (code: string): Promise<Mod> =>
  import(`data:text/javascript,${encodeURIComponent(`${code}\n// ${loads++}`)}`) as Promise<Mod>;

/** Everything that the code can be seen to do. */
async function behaviour(mod: Mod): Promise<unknown> {
  const counter = new mod.Counter(1);
  const made = [[...counter.up(4)], counter.n, await counter.later(), counter.n, counter.make()];
  const walks = [mod.walk([]), mod.walk([1, 2, 9]), mod.walk([7], 2), mod.walk([0, 'odd'], 3)];
  const names = [mod.Counter.name, counter.make.name, mod.walk.length];
  return { made, walks, names, answers: [mod.default(1, 9), mod.default(1, 3), mod.default(3, 3)] };
}

describe('code that counts', () => {
  test('does what it did', async () => {
    Object.defineProperty(globalThis, COUNTS, { value: new Uint32Array(500), configurable: true });
    const made = counted(CODE, 0);
    expect(await behaviour(await load(made.code))).toEqual(await behaviour(await load(CODE)));
    expect(made.code.split('\n').length).toBe(CODE.split('\n').length);
  });

  test('counts each place as often as it runs', async () => {
    const counts = new Uint32Array(20);
    Object.defineProperty(globalThis, COUNTS, { value: counts, configurable: true });
    const code =
      'export const f = (n) => {\n  for (let i = 0; i < n; i++) {\n    if (i > 1) g(i);\n  }\n  return n ? 1 : 2;\n};\nfunction g() {}\n';
    const made = counted(code, 3);
    const { f } = (await load(made.code)) as unknown as { f(n: number): number };
    f(4);
    const seen = made.places.map((p, i) => [
      made.positionOf(p.start).line,
      code.slice(p.start, p.end).split(/\s/)[0],
      counts[3 + i],
    ]);
    expect(seen).toEqual([
      [1, 'export', 1],
      [2, 'for', 1],
      [3, 'if', 4],
      [3, 'g(i);', 2],
      [5, 'return', 1],
      [5, '1', 1],
      [5, '2', 0],
    ]);
    expect(made.places.map((p) => p.decidedBy)).toEqual([null, null, 1, 2, null, 4, 4]);
  });

  test('positions lead back to the code as it was', () => {
    const code = 'if (a) throw b; else c();\n  x ? y() : z()\n';
    const { code: out, original } = counted(code, 0);
    const back = (text: string): [number, number] => {
      const before = out.slice(0, out.indexOf(text)).split('\n');
      const { line, column } = original(before.length, before.at(-1)!.length + 1);
      return [line, column];
    };
    expect(back('throw b')).toEqual([1, 8]);
    expect(back('c();')).toEqual([1, 22]);
    expect(back('z()')).toEqual([2, 13]);
  });

  test('a declaration at the top is used by what names it', () => {
    const { places, positionOf } = counted(
      'const A = 1;\nconst b = () => A + A;\nexport const c = () => b() + A;\n',
      0,
    );
    const lineOf = (i: number): number => positionOf(places[i]!.start).line;
    expect(places[0]!.usedBy.map(lineOf)).toEqual([2, 3]);
  });
});

describe('code that can go otherwise', () => {
  test('does what it did while nothing is chosen', async () => {
    Reflect.deleteProperty(globalThis, WHAT_IF);
    decideHere();
    expect(await behaviour(await load(whatIfs(CODE, 0).code))).toEqual(await behaviour(await load(CODE)));
  });

  test('goes otherwise in one place at a time', async () => {
    const code =
      'export const f = (n) => {\n  let s = 0;\n  for (let i = 0; i < n; i++) s += i;\n  return s > 2 && n < 9 ? s * 2 : 1;\n};\n';
    const { code: out, lines } = whatIfs(code, 10);
    const choose = chooser();
    const { f } = (await load(out)) as unknown as { f(n: number): number };
    const answers = lines.map((line, i) => {
      choose(10 + i);
      try {
        return [line, f(4)];
      } catch {
        return [line, 'for ever'];
      }
    });
    choose(-1);
    expect(f(4)).toBe(12);
    // one more round, or one less
    expect(answers).toContainEqual([3, 20]);
    expect(answers).toContainEqual([2, 14]);
    expect(answers.filter(([, answer]) => answer !== 12).length).toBeGreaterThan(10);
    expect(new Set(lines)).toEqual(new Set([2, 3, 4]));
  });

  test('a loop that would go on for ever is ended', async () => {
    const { code, lines } = whatIfs('export const f = (n) => { while (n > 0) n -= 1; return n; };', 0);
    const choose = chooser();
    const { f } = (await load(code)) as unknown as { f(n: number): number };
    const ends = lines.map((_, i) => {
      choose(i);
      try {
        return f(3);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(ends).toContain('this would go on for ever');
  });
});

/** A decider of this test's own. */
function chooser(): (n: number) => void {
  Reflect.deleteProperty(globalThis, WHAT_IF);
  return decideHere();
}
