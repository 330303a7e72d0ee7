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

type Kept = { cost: number; salt: string; hash: string };

function hash(password: string, salt: string, cost: number): string {
  const N = 2 ** cost;
  return scryptSync(password.normalize('NFC'), salt, 32, { N, maxmem: 256 * N * 8 }).toString('hex');
}

function load(stored: string): Kept | null {
  try {
    const kept = JSON.parse(stored) as Kept;
    return kept.salt.length === 32 && kept.hash.length === 64 && kept.cost <= 24 ? kept : null;
  } catch {
    return null;
  }
}

export function openVault({ cost = 14 }: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  return {
    register(name, password) {
      const salt = randomBytes(16).toString('hex');
      table.set(name, JSON.stringify({ cost, salt, hash: hash(password, salt, cost) }));
    },
    login(name, password) {
      const kept = load(table.get(name) ?? '');
      if (!kept) return false;
      const found = hash(password, kept.salt, kept.cost);
      if (!timingSafeEqual(Buffer.from(found), Buffer.from(kept.hash))) return false;
      if (kept.cost < cost) table.set(name, JSON.stringify({ ...kept, cost }));
      return true;
    },
    dump: () => [...table].map(([name, stored]) => ({ name, stored })),
    restore(rows) {
      table.clear();
      for (const r of rows) table.set(r.name, r.stored);
    },
  };
}
