import { tampering } from './errors.ts';
import type { Token } from './tokens.ts';

const wellKnown = new Map<symbol, string>();
const byName = new Map<string, symbol>();
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value: unknown = Object.getOwnPropertyDescriptor(Symbol, name)?.value;
  if (typeof value !== 'symbol') continue;
  wellKnown.set(value, name);
  byName.set(name, value);
}

/** The token of a symbol that both sides have, or null for one that needs a number. */
export function sharedSymbolToken(symbol: symbol): Token[] | null {
  const name = wellKnown.get(symbol);
  if (name !== undefined) return ['y', 'w', name];
  const key = Symbol.keyFor(symbol);
  return key === undefined ? null : ['y', 'f', key];
}

/** The symbol that a token names. @throws Tampering */
export function sharedSymbol([, kind, name]: Token[]): symbol {
  if (typeof name !== 'string') return tampering('a symbol without a name');
  if (kind === 'f') return Symbol.for(name);
  return (kind === 'w' ? byName.get(name) : undefined) ?? tampering('an unknown symbol');
}
