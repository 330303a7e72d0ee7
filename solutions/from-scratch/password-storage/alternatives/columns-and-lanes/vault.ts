import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

export interface Row {
  name: string;
  stored: string;
}

export interface Vault {
  register(name: string, password: string): void | Promise<void>;
  login(name: string, password: string): boolean | Promise<boolean>;
  /** the table, as it goes into the backup */
  dump(): readonly Row[];
  restore(rows: readonly Row[]): void;
}

/** What is kept of a password, in columns. */
interface Kept {
  N: number;
  r: number;
  p: number;
  salt: string;
  hash: string;
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** A greater cost is more lanes: each of them needs no more memory than one does today. */
const lanes = (cost: number): number => 2 ** (cost - 14);

async function hashed(
  password: string,
  salt: Buffer,
  { N, r, p }: Pick<Kept, 'N' | 'r' | 'p'>,
): Promise<Buffer> {
  return derive(password.normalize('NFKC'), salt, 32, { N, r, p });
}

async function keep(password: string, p: number): Promise<Kept> {
  const salt = randomBytes(16);
  const how = { N: 2 ** 14, r: 8, p };
  const hash = await hashed(password, salt, how);
  return { ...how, salt: salt.toString('hex'), hash: hash.toString('hex') };
}

/** The columns of a row; null when it has not all of them, or not as they should be. */
function read(stored: string): Kept | null {
  try {
    const kept = JSON.parse(stored) as Partial<Kept> | null;
    const { N = 0, r = 0, p = 0, salt = '', hash = '' } = kept ?? {};
    const isWhole = /^[0-9a-f]{32}$/.test(salt) && /^[0-9a-f]{64}$/.test(hash);
    return isWhole && N === 2 ** 14 && r === 8 && p >= 1 && p <= 256 ? { N, r, p, salt, hash } : null;
  } catch {
    return null;
  }
}

class TableVault implements Vault {
  readonly #rows = new Map<string, string>();
  readonly #lanes: number;

  constructor(cost: number) {
    this.#lanes = lanes(cost);
  }

  async register(name: string, password: string): Promise<void> {
    this.#rows.set(name, JSON.stringify(await keep(password, this.#lanes)));
  }

  async login(name: string, password: string): Promise<boolean> {
    const stored = this.#rows.get(name);
    const kept = stored === undefined ? null : read(stored);
    if (!kept) {
      // nobody can tell from the time that there is no such row
      await keep(password, this.#lanes);
      return false;
    }
    const hash = await hashed(password, Buffer.from(kept.salt, 'hex'), kept);
    if (!timingSafeEqual(hash, Buffer.from(kept.hash, 'hex'))) return false;
    // another login may have stored the row while this one was waiting
    if (kept.p < this.#lanes && this.#rows.get(name) === stored) await this.register(name, password);
    return true;
  }

  dump(): readonly Row[] {
    return Array.from(this.#rows, ([name, stored]) => ({ name, stored }));
  }

  restore(rows: readonly Row[]): void {
    this.#rows.clear();
    for (const { name, stored } of rows) this.#rows.set(name, stored);
  }
}

export function openVault(options: { cost?: number } = {}): Vault {
  return new TableVault(options.cost ?? 14);
}
