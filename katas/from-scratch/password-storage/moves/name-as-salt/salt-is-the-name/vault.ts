import { scryptSync, timingSafeEqual } from 'node:crypto';

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

function derive(name: string, password: string): Buffer {
  return scryptSync(password, name, 32);
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      table.set(name, derive(name, password).toString('hex'));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const hash = Buffer.from(stored, 'hex');
      return hash.length === 32 && timingSafeEqual(derive(name, password), hash);
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
