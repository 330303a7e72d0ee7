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

interface Kept {
  N: number;
  salt: string;
  hash: string;
}

function derive(password: string, salt: string, N: number): Buffer {
  return scryptSync(password.normalize('NFC'), Buffer.from(salt, 'hex'), 32, { N, maxmem: 256 * N * 8 });
}

export function openVault({ cost = 14 }: { cost?: number } = {}): Vault {
  let table = new Map<string, Kept>();

  const keep = (name: string, password: string): void => {
    const salt = randomBytes(16).toString('hex');
    table.set(name, { N: 2 ** cost, salt, hash: derive(password, salt, 2 ** cost).toString('hex') });
  };

  return {
    register: keep,
    login(name, password) {
      const kept = table.get(name);
      if (!kept) return false;
      const hash = Buffer.from(kept.hash, 'hex');
      if (hash.length !== 32 || !timingSafeEqual(hash, derive(password, kept.salt, kept.N))) return false;
      if (kept.N < 2 ** cost) keep(name, password);
      return true;
    },
    dump: () => Array.from(table, ([name, kept]) => ({ name, stored: JSON.stringify(kept) })),
    restore(rows) {
      table = new Map(rows.map(({ name, stored }) => [name, JSON.parse(stored) as Kept]));
    },
  };
}
