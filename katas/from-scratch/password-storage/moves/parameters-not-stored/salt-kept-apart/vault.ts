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

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  /** not in the table, so that whoever steals it has nothing to begin with */
  const salts = new Map<string, Buffer>();

  return {
    register(name, password) {
      const salt = randomBytes(16);
      salts.set(name, salt);
      table.set(name, scryptSync(password.normalize('NFC'), salt, 32).toString('base64'));
    },

    login(name, password) {
      const salt = salts.get(name);
      const hash = Buffer.from(table.get(name) ?? '', 'base64');
      if (!salt || hash.length !== 32) return false;
      return timingSafeEqual(scryptSync(password.normalize('NFC'), salt, 32), hash);
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
