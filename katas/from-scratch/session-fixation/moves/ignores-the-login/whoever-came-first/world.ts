/** Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Chance. */
export interface Random {
  /** from 0 up to but not including 1; fast: whoever has seen some of them can work out the others */
  float(): number;
  /** a whole number from 0 up to but not including `below`; made as `float` is */
  int(below: number): number;
  /** from the source that the operating system keeps for secrets */
  bytes(n: number): Uint8Array;
}

export interface Deps {
  random: Random;
  clock: Clock;
  /** the reader's full name, or null when there is no such name with this password */
  check(name: string, password: string): string | null;
}
