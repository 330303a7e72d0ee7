import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

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

function digest(password: string, salt: string): string {
  return createHash('sha512').update(salt).update(password.normalize('NFC')).digest('hex');
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      const salt = randomBytes(16).toString('hex');
      table.set(name, `${salt}$${digest(password, salt)}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [salt = '', hash = ''] = stored.split('$');
      const expected = Buffer.from(digest(password, salt));
      const found = Buffer.from(hash);
      return expected.length === found.length && timingSafeEqual(expected, found);
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
