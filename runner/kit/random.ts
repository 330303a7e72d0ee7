/** Chance as learners receive it. */
export interface Random {
  /** from 0 up to but not including 1 */
  float(): number;
  /** a whole number from 0 up to but not including `below` */
  int(below: number): number;
  bytes(n: number): Uint8Array;
}

/**
 * Chance that repeats: the same seed gives the same numbers. Its functions may be taken off the object and called
 * alone, as `Math.random` may. Generator: mulberry32 (T. Ettinger, public domain).
 */
export class SeededRandom implements Random {
  readonly seed: number;
  #state: number;
  #script: number[] = [];

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** The next calls of `float` give these values, in order, before the seeded ones go on. */
  script(values: readonly number[]): void {
    this.#script.push(...values);
  }

  /** A further generator from its own start; the same seed as this one's when none is given. */
  another(seed: number = this.seed): SeededRandom {
    return new SeededRandom(seed);
  }

  readonly float = (): number => {
    const scripted = this.#script.shift();
    if (scripted !== undefined) return scripted;
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  readonly int = (below: number): number => Math.floor(this.float() * below);

  readonly bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => this.int(256));
}
