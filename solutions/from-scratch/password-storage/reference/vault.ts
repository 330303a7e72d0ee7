import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

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

/** How a hash is made. */
interface Recipe {
  log2N: number;
  r: number;
  p: number;
}

interface Hashed extends Recipe {
  salt: Buffer;
  hash: Buffer;
}

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const LEAST_COST = 14;
/** a row that asks for more is no row of ours */
const MOST_COST = 22;

/** `$scrypt$14$8$1$salt$hash`, the last two in base64. */
const ROW = /^\$scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)$/;

function parse(stored: string): Hashed | null {
  const found = ROW.exec(stored);
  if (!found) return null;
  const [log2N, r, p] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (log2N > MOST_COST || r > 16 || p > 16) return null;
  return { log2N, r, p, salt: Buffer.from(found[4]!, 'base64'), hash: Buffer.from(found[5]!, 'base64') };
}

const format = ({ log2N, r, p, salt, hash }: Hashed): string =>
  `$scrypt$${log2N}$${r}$${p}$${salt.toString('base64')}$${hash.toString('base64')}`;

function derive(password: string, salt: Buffer, { log2N, r, p }: Recipe): Buffer {
  const N = 2 ** log2N;
  // node stops at 32 MiB unless it is told otherwise
  return scryptSync(password.normalize('NFC'), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r });
}

function make(password: string, log2N: number): Hashed {
  const recipe = { log2N, r: 8, p: 1 };
  const salt = randomBytes(SALT_BYTES);
  return { ...recipe, salt, hash: derive(password, salt, recipe) };
}

export function openVault({ cost = LEAST_COST }: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  /** what a guess at nobody's row is compared with: it takes as long as any other */
  const nobody: Hashed = {
    log2N: cost,
    r: 8,
    p: 1,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  };

  return {
    register(name, password) {
      table.set(name, format(make(password, cost)));
    },

    login(name, password) {
      const stored = table.get(name);
      const hashed = stored === undefined ? nobody : parse(stored);
      if (!hashed) return false;
      const matches = timingSafeEqual(derive(password, hashed.salt, hashed), hashed.hash);
      if (!matches || hashed === nobody) return false;
      if (hashed.log2N < cost) table.set(name, format(make(password, cost)));
      return true;
    },

    dump() {
      return Array.from(table, ([name, stored]) => ({ name, stored }));
    },

    restore(rows) {
      table.clear();
      for (const row of rows) table.set(row.name, row.stored);
    },
  };
}
