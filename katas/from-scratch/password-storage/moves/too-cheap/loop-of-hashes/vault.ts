import { createHash, randomBytes } from 'node:crypto';

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

const ROUNDS = 10_000;

/** Slow on purpose. */
function stretch(password: string, salt: string): string {
  let hash = salt + password.normalize('NFC');
  for (let i = 0; i < ROUNDS; i++) hash = createHash('sha256').update(hash).digest('hex');
  return hash;
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      const salt = randomBytes(16).toString('hex');
      table.set(name, `${ROUNDS}$${salt}$${stretch(password, salt)}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [rounds, salt = '', hash] = stored.split('$');
      return rounds === String(ROUNDS) && hash === stretch(password, salt);
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
