import { pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

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

function derive(password: string, salt: Buffer, rounds: number): Buffer {
  return pbkdf2Sync(password.normalize('NFC'), salt, rounds, 32, 'sha256');
}

export function openVault(options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const rounds = 10_000 * 2 ** ((options.cost ?? 14) - 14);

  return {
    register(name, password) {
      const salt = randomBytes(16);
      const hash = derive(password, salt, rounds);
      table.set(name, `pbkdf2$${rounds}$${salt.toString('base64')}$${hash.toString('base64')}`);
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [, by, salt, hash] = /^pbkdf2\$(\d+)\$(.{24})\$(.{44})$/.exec(stored) ?? [];
      if (by === undefined || salt === undefined || hash === undefined) return false;
      const expected = Buffer.from(hash, 'base64');
      if (expected.length !== 32 || Number(by) > 10_000_000) return false;
      return timingSafeEqual(expected, derive(password, Buffer.from(salt, 'base64'), Number(by)));
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
