import type { Fact } from 'kibitzer/kit';
import { databases } from './evidence.ts';
import { Street, type Shop, type T } from './shops.ts';
import type * as Starter from './starter/shop.ts';

/** Settings of three applications. */
export const EUR = { currency: 'EUR', greeting: 'Hello' };
export const JPY = { currency: 'JPY', greeting: 'Good day' };
export const CHF = { currency: 'CHF', greeting: 'Salut' };

/** What came of two applications that were made one after the other. */
export interface Found {
  names: readonly ['A' | 'B', 'A' | 'B'];
  numbers: string[];
  taken: unknown[];
  told: readonly Fact[];
}

/** Makes two applications in that order, with two orders at the first and one at the second. */
export function playInOrder(t: T, mod: typeof Starter, names: Found['names']): Found {
  const files = databases(t, 2);
  const street = new Street();
  const shops = names.map((name, i) =>
    street.open(name, mod, { database: files[i]!.file, ...(name === 'A' ? EUR : JPY) }),
  ) as [Shop, Shop];
  const numbers = [shops[0].order('lamp'), shops[0].order('rug'), shops[1].order('roll')];
  const taken = [shops[0].front().taken, shops[1].front().taken];
  return { names, numbers: numbers.map((o) => o.split(' ')[0]!), taken, told: street.told };
}
