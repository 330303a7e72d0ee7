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

const PEPPER = 'e1a6f0c2';

const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      const salt = randomBytes(16).toString('hex');
      table.set(name, `${salt}:${scryptSync(password, PEPPER, 32).toString('hex')}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [salt, hash] = stored.split(':');
      if (salt === undefined || hash === undefined || bytes(hash).length !== 32) return false;
      return timingSafeEqual(scryptSync(password, PEPPER, 32), bytes(hash));
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
