import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

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

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, { cost: 2 ** cost }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

class ForumVault implements Vault {
  #table = new Map<string, string>();
  #cost: number;

  constructor(cost: number) {
    this.#cost = cost;
  }

  async register(name: string, password: string): Promise<void> {
    const salt = randomBytes(16);
    const key = await derive(password, salt, this.#cost);
    this.#table.set(name, Buffer.concat([salt, key]).toString('base64'));
  }

  async login(name: string, password: string): Promise<boolean> {
    const stored = Buffer.from(this.#table.get(name) ?? '', 'base64');
    if (stored.length !== 48) return false;
    const key = await derive(password, stored.subarray(0, 16), this.#cost);
    return timingSafeEqual(key, stored.subarray(16));
  }

  dump(): Row[] {
    return [...this.#table].map(([name, stored]) => ({ name, stored }));
  }

  restore(rows: readonly Row[]): void {
    this.#table = new Map(rows.map((row) => [row.name, row.stored]));
  }
}

export function openVault(options: { cost?: number } = {}): Vault {
  return new ForumVault(options.cost ?? 14);
}
