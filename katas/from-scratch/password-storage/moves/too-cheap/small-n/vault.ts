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

const N = 1024;

function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password.normalize('NFC'), salt, 64, { N, r: 8, p: 1 });
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      const salt = randomBytes(16);
      table.set(name, `${salt.toString('hex')}:${derive(password, salt).toString('hex')}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [salt = '', hash = ''] = stored.split(':');
      const expected = Buffer.from(hash, 'hex');
      const actual = derive(password, Buffer.from(salt, 'hex'));
      return expected.length === actual.length && timingSafeEqual(expected, actual);
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
