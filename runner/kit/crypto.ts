import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Fact } from '../core/facts.ts';
import { learnerSite } from './frames.ts';
import { mentionsAny } from './table.ts';

/** One call of a cryptographic function by learner code. */
export type CryptoCall = Extract<Fact, { kind: 'crypto' }> & {
  /** the function, without `Sync`: `scrypt`, `pbkdf2`, `argon2`, `createHash`, `subtle.deriveBits` */
  readonly name: string;
  /** its parameters by their usual names: `N`, `r`, `p`, `iterations`, `digest`, `memory`, `passes`, `keyBytes` */
  readonly params: Readonly<Record<string, number | string>>;
};

/** Calls kept of each function; a loop of thousands is no further evidence, only a number. */
const KEPT = 200;

type Params = Record<string, number | string>;
type Anything = (...args: unknown[]) => unknown;
interface Watched {
  name: string;
  params: (args: readonly unknown[]) => Params;
}

/** Node's defaults: https://nodejs.org/api/crypto.html#cryptoscryptpassword-salt-keylen-options-callback */
const SCRYPT = { N: 16_384, r: 8, p: 1 };

const scrypt: Watched['params'] = (args) => {
  const o = optionsIn(args[3]);
  return {
    N: number(o.N ?? o.cost, SCRYPT.N),
    r: number(o.r ?? o.blockSize, SCRYPT.r),
    p: number(o.p ?? o.parallelization, SCRYPT.p),
    keyBytes: number(args[2], 0),
  };
};
const pbkdf2: Watched['params'] = (args) => ({
  iterations: number(args[2], 0),
  keyBytes: number(args[3], 0),
  digest: typeof args[4] === 'string' ? args[4] : '',
});
const argon2: Watched['params'] = (args) => {
  const o = optionsIn(args[1]);
  return {
    variant: String(args[0]),
    /** kibibytes */
    memory: number(o.memory, 0),
    passes: number(o.passes, 0),
    parallelism: number(o.parallelism, 0),
    keyBytes: number(o.tagLength, 0),
  };
};
const algorithm: Watched['params'] = (args) => ({ digest: String(args[0]) });
const cipher: Watched['params'] = (args) => ({ cipher: String(args[0]) });
const size: Watched['params'] = (args): Params => (typeof args[0] === 'number' ? { bytes: args[0] } : {});
const none: Watched['params'] = () => ({});

/** Functions of node:crypto that are recorded. */
const FUNCTIONS: Readonly<Record<string, Watched>> = {
  scrypt: { name: 'scrypt', params: scrypt },
  scryptSync: { name: 'scrypt', params: scrypt },
  pbkdf2: { name: 'pbkdf2', params: pbkdf2 },
  pbkdf2Sync: { name: 'pbkdf2', params: pbkdf2 },
  argon2: { name: 'argon2', params: argon2 },
  argon2Sync: { name: 'argon2', params: argon2 },
  hkdf: { name: 'hkdf', params: algorithm },
  hkdfSync: { name: 'hkdf', params: algorithm },
  createHash: { name: 'createHash', params: algorithm },
  hash: { name: 'hash', params: algorithm },
  createHmac: { name: 'createHmac', params: algorithm },
  createCipheriv: { name: 'createCipheriv', params: cipher },
  createDecipheriv: { name: 'createDecipheriv', params: cipher },
  randomBytes: { name: 'randomBytes', params: size },
  randomUUID: { name: 'randomUUID', params: none },
  timingSafeEqual: { name: 'timingSafeEqual', params: none },
};

/** Methods of crypto.subtle that are recorded. */
const SUBTLE = ['digest', 'sign', 'verify', 'deriveBits', 'deriveKey'] as const;

/**
 * Records what learner code asks of node:crypto and of crypto.subtle: which function, how costly, on which line. The
 * results are the true ones. With it "how much work does a wrong name cost" is a number of derivations and not a
 * stopwatch. It records from its construction until `restore`.
 */
export class CryptoKit {
  readonly #calls: CryptoCall[] = [];
  readonly #counts = new Map<string, number>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    if (mentionsAny('subtle')) this.#watchSubtle();
    // costs a third of a millisecond, so only where it is imported
    if (!mentionsAny('crypto')) return;
    const functions = nodeCrypto as unknown as Record<string, Anything | undefined>;
    for (const [written, watched] of Object.entries(FUNCTIONS)) {
      const real = functions[written];
      if (real) this.#put(functions, written, this.#recording(real, written, watched));
    }
    syncBuiltinESMExports();
    this.#undo.unshift(syncBuiltinESMExports);
  }

  /** A bookmark for `since`. */
  mark(): number {
    return this.#calls.length;
  }

  /** Calls after a bookmark, oldest first: of each function the first two hundred. */
  since(mark: number): readonly CryptoCall[] {
    return this.#calls.slice(mark);
  }

  /** How often a function was called so far, by the name that `CryptoCall.name` has; all calls are counted. */
  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Puts the true functions back. */
  restore(): void {
    // the first one is undone last: it tells importers
    for (const undo of this.#undo.splice(0).toReversed()) undo();
  }

  #recording(real: Anything, written: string, watched: Watched): Anything {
    const note = (args: readonly unknown[]): void => this.#note(written, watched, args);
    return function (this: unknown, ...args: unknown[]) {
      note(args);
      return Reflect.apply(real, this, args);
    };
  }

  #note(written: string, { name, params }: Watched, args: readonly unknown[]): void {
    const count = this.#counts.get(name) ?? 0;
    // past what is kept, a place costs more to find than it says
    const site = count < KEPT ? learnerSite() : null;
    if (count < KEPT && !site) return;
    this.#counts.set(name, count + 1);
    if (!site) return;
    const known = params(args);
    const detail = Object.entries(known)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ');
    this.#calls.push({ kind: 'crypto', call: `${written}()`, detail, site, name, params: known });
  }

  #watchSubtle(): void {
    const subtle = SubtleCrypto.prototype as unknown as Record<string, Anything>;
    for (const method of SUBTLE) {
      const watched = { name: `subtle.${method}`, params: subtleParams };
      this.#put(subtle, method, this.#recording(subtle[method]!, `subtle.${method}`, watched));
    }
  }

  #put(on: Record<string, unknown>, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(on, name)!;
    this.#undo.push(() => Object.defineProperty(on, name, before));
    Object.defineProperty(on, name, { ...before, value });
  }
}

function subtleParams(args: readonly unknown[]): Params {
  const given = args[0];
  if (typeof given === 'string') return { algorithm: given };
  const o = optionsIn(given);
  const found: Params = { algorithm: String(o.name) };
  if (typeof o.iterations === 'number') found.iterations = o.iterations;
  if (typeof o.hash === 'string') found.digest = o.hash;
  return found;
}

function optionsIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
