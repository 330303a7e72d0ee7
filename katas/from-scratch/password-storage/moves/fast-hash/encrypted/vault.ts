import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

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

const KEY = Buffer.from('8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d', 'hex');

function encrypt(text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', KEY, iv);
  const secret = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), secret]).toString('base64');
}

function decrypt(stored: string): string | null {
  try {
    const bytes = Buffer.from(stored, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

export function openVault(_options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();

  return {
    register(name, password) {
      table.set(name, encrypt(password));
    },

    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined) return false;
      return decrypt(stored) === password;
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
