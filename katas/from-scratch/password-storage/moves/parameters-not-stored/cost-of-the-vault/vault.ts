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

const SALT_BYTES = 16;

export function openVault(options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const N = 2 ** (options.cost ?? 14);
  const derive = (password: string, salt: Buffer): Buffer =>
    scryptSync(password.normalize('NFC'), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 });

  return {
    register(name, password) {
      const salt = randomBytes(SALT_BYTES);
      table.set(name, `${salt.toString('hex')}$${derive(password, salt).toString('hex')}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [salt = '', hash = ''] = stored.split('$');
      if (salt.length !== 32 || hash.length !== 64) return false;
      const expected = Buffer.from(hash, 'hex');
      return expected.length === 32 && timingSafeEqual(derive(password, Buffer.from(salt, 'hex')), expected);
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
