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

const ROW = /^\$scrypt\$n=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)$/;

function row(password: string, N: number): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password.normalize('NFC'), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 });
  return `$scrypt$n=${N},r=8,p=1$${salt.toString('base64')}$${hash.toString('base64')}`;
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
      const parts = ROW.exec(stored);
      if (!parts) return false;
      const [made, r, p] = parts.slice(1, 4).map(Number) as [number, number, number];
      const [salt, hash] = parts.slice(4).map((part) => Buffer.from(part, 'base64')) as [Buffer, Buffer];
      const options = { N: made, r, p, maxmem: 256 * made * r };
      const found = scryptSync(password.normalize('NFC'), salt, 32, options);
      if (!timingSafeEqual(found, hash)) return false;
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
