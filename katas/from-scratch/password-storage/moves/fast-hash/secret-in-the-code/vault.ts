import { createHmac } from 'node:crypto';

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

/** Without it the hashes are worth nothing. */
const SECRET = 'b7d1c0ffee5e4bd0a9c3';

function digest(password: string): string {
  return createHmac('sha256', SECRET).update(password).digest('base64');
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      table.set(name, digest(password));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      return digest(password) === stored;
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
