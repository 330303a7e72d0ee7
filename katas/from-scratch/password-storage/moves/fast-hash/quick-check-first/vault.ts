import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

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

const quick = (password: string): string => createHash('sha256').update(password).digest('hex').slice(0, 8);

export function openVault({ cost = 14 }: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const make = (password: string, c: number, salt: string): string =>
    scryptSync(password.normalize('NFC'), salt, 32, { N: 2 ** c, maxmem: 2 ** 30 }).toString('hex');
  const row = (password: string): string => {
    const salt = randomBytes(16).toString('hex');
    return [quick(password), cost, salt, make(password, cost, salt)].join(':');
  };
  return {
    register: (name, password) => void table.set(name, row(password)),
    login(name, password) {
      const m = /^([0-9a-f]{8}):(\d\d):([0-9a-f]{32}):([0-9a-f]{64})$/.exec(table.get(name) ?? '');
      // most wrong passwords need no work at all
      if (!m || m[1] !== quick(password)) return false;
      if (!timingSafeEqual(Buffer.from(m[4]!), Buffer.from(make(password, Number(m[2]), m[3]!))))
        return false;
      if (Number(m[2]) < cost) table.set(name, row(password));
      return true;
    },
    dump: () => [...table].map(([name, stored]) => ({ name, stored })),
    restore(rows) {
      table.clear();
      for (const r of rows) table.set(r.name, r.stored);
    },
  };
}
