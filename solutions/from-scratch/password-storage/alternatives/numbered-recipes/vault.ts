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

/** How rows are made and checked. A recipe that a row may have been made by is never changed, and never taken out. */
interface Recipe {
  hash(password: string, salt: Buffer): Buffer;
}

const SALT = 16;
const HASH = 64;
const NUMBER = /^[1-9]\d?$/;

/** The recipe of that number, which is its cost: from 14 to 24. */
function recipeOf(number: string): Recipe | null {
  const cost = NUMBER.test(number) ? Number(number) : 0;
  if (cost < 14 || cost > 24) return null;
  const rounds = 210_000 * 2 ** (cost - 14);
  return {
    hash: (password, salt) =>
      pbkdf2Sync(Buffer.from(password.normalize('NFC')), salt, rounds, HASH, 'sha512'),
  };
}

export function openVault(options: { cost?: number } = {}): Vault {
  const table = new Map<string, string>();
  const number = String(options.cost ?? 14);
  const recipe = recipeOf(number);
  if (!recipe) throw new RangeError(`a cost from 14 to 24, not ${number}`);

  /** `14.` and salt and hash in base64url, one after the other */
  const row = (password: string): string => {
    const salt = randomBytes(SALT);
    return `${number}.${Buffer.concat([salt, recipe.hash(password, salt)]).toString('base64url')}`;
  };

  const matches = (password: string, stored: string): boolean => {
    const [by = '', text = ''] = stored.split('.');
    const bytes = Buffer.from(text, 'base64url');
    const made = recipeOf(by);
    if (!made || bytes.length !== SALT + HASH || bytes.toString('base64url') !== text) return false;
    return timingSafeEqual(made.hash(password, bytes.subarray(0, SALT)), bytes.subarray(SALT));
  };

  return {
    register: (name, password) => void table.set(name, row(password)),
    login(name, password) {
      const stored = table.get(name);
      if (stored === undefined || !matches(password, stored)) return false;
      if (Number.parseInt(stored, 10) < Number(number)) table.set(name, row(password));
      return true;
    },
    dump: () => Array.from(table, ([name, stored]) => ({ name, stored })),
    restore(rows) {
      table.clear();
      for (const { name, stored } of rows) table.set(name, stored);
    },
  };
}
