import { randomBytes, scryptSync } from 'node:crypto';

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

interface Kept {
  N?: number;
  salt?: string;
  hash?: string;
}

function derive(password: string, salt: string, N: number): string {
  return scryptSync(password.normalize('NFC'), salt, 32, { N, maxmem: 256 * N * 8 }).toString('hex');
}

/** Takes the same time wherever the difference is. */
function same(expected: string, actual: string): boolean {
  let difference = 0;
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ actual.charCodeAt(i);
  return difference === 0;
}

export function openVault({ cost = 14 }: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const N = 2 ** cost;
  const keep = (name: string, password: string): void => {
    const salt = randomBytes(16).toString('hex');
    table.set(name, JSON.stringify({ N, salt, hash: derive(password, salt, N) }));
  };

  return {
    register: keep,

    login(name, password) {
      try {
        const kept = JSON.parse(table.get(name) ?? '') as Kept;
        const { N: made = N, salt = '', hash = '' } = kept;
        if (!same(hash, derive(password, salt, made))) return false;
        if (made < N) keep(name, password);
        return true;
      } catch {
        return false;
      }
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
