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

function derive(password: string, salt: Buffer, N: number): Buffer {
  return scryptSync(password.normalize('NFC'), salt, 32, { N, maxmem: 256 * N * 8 });
}

function row(password: string, N: number): string {
  const salt = randomBytes(16);
  return `${Math.log2(N)}.${salt.toString('base64url')}.${derive(password, salt, N).toString('base64url')}`;
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
      const [log2N = '14', salt = '', hash = ''] = stored.split('.');
      const made = 2 ** (Number(log2N) % 23 || 14);
      const found = derive(password, Buffer.from(salt, 'base64url'), made);
      if (!timingSafeEqual(found, Buffer.from(hash, 'base64url'))) return false;
      if (made < N) table.set(name, row(password, N));
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
