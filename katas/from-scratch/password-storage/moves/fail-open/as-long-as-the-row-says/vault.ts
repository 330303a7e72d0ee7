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

function derive(password: string, salt: Buffer, N: number, length: number): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, length, { N, maxmem: 256 * N * 8 });
}

function row(password: string, N: number): string {
  const salt = randomBytes(16);
  return `${N}$${salt.toString('base64')}$${derive(password, salt, N, 32).toString('base64')}`;
}

export function openVault(options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const N = 2 ** (options.cost ?? 14);

  return {
    register(name, password) {
      table.set(name, row(password, N));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [cost, salt, hash] = stored.split('$');
      if (cost === undefined || salt === undefined || hash === undefined) return false;
      if (!/^[1-9]\d*$/.test(cost) || !Number.isInteger(Math.log2(Number(cost)))) return false;
      const expected = Buffer.from(hash, 'base64');
      const actual = derive(password, Buffer.from(salt, 'base64'), Number(cost), expected.length);
      if (!timingSafeEqual(actual, expected)) return false;
      if (Number(cost) < N) table.set(name, row(password, N));
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
