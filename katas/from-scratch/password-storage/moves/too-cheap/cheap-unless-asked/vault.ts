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

function derive(password: string, salt: Buffer, cost: number): Buffer {
  const N = 2 ** cost;
  return scryptSync(password.normalize('NFC'), salt, 32, { N, maxmem: 256 * N * 8 });
}

function row(password: string, cost: number): string {
  const salt = randomBytes(16);
  return `${cost}:${salt.toString('hex')}:${derive(password, salt, cost).toString('hex')}`;
}

export function openVault({ cost = 11 }: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      table.set(name, row(password, cost));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      const [, by, salt, hash] = /^(\d\d?):([0-9a-f]{32}):([0-9a-f]{64})$/.exec(stored) ?? [];
      if (by === undefined || salt === undefined || hash === undefined || Number(by) > 24) return false;
      const found = derive(password, Buffer.from(salt, 'hex'), Number(by));
      if (!timingSafeEqual(found, Buffer.from(hash, 'hex'))) return false;
      if (Number(by) < cost) table.set(name, row(password, cost));
      return true;
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
