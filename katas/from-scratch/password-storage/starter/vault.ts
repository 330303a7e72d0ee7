import { createHash } from 'node:crypto';

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

/** Only ever goes one way. */
function digest(password: string): string {
  return createHash('sha256').update(password).digest('hex');
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
