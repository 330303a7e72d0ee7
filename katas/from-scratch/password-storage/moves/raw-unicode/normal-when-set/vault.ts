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

interface Made {
  N: number;
  salt: Buffer;
  hash: Buffer;
}

function parse(stored: string): Made | null {
  const found = /^scrypt:(\d{1,8}):([0-9a-f]{32}):([0-9a-f]{64})$/.exec(stored);
  if (!found) return null;
  const N = Number(found[1]);
  if (!Number.isInteger(Math.log2(N)) || N > 2 ** 22) return null;
  return { N, salt: Buffer.from(found[2]!, 'hex'), hash: Buffer.from(found[3]!, 'hex') };
}

function derive(password: string, salt: Buffer, N: number): Buffer {
  return scryptSync(password, salt, 32, { N, maxmem: 256 * N * 8 });
}

function row(password: string, N: number): string {
  const salt = randomBytes(16);
  return `scrypt:${N}:${salt.toString('hex')}:${derive(password, salt, N).toString('hex')}`;
}

export function openVault(options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const N = 2 ** (options.cost ?? 14);

  return {
    register(name, password) {
      table.set(name, row(password.normalize('NFC'), N));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const made = parse(stored);
      if (!made || !timingSafeEqual(derive(password, made.salt, made.N), made.hash)) return false;
      if (made.N < N) table.set(name, row(password, N));
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
