import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import type { CardBench, CardRun } from '../../core/book.ts';
import { HtmlKit } from '../../kit/html.ts';
import { toJavaScript } from '../../program/javascript.ts';

/** Thrown when a card's code cannot be run at all: it does not parse. */
export class CardCodeError extends Error {
  override name = 'CardCodeError';
}

/** What the code of one card is run with; see CardBench. */
export function createBench(code: string): CardBench {
  return {
    run: (scope = {}, more = '') => run(code, scope, more),
    database(sql = '') {
      const db = new DatabaseSync(':memory:');
      db.exec(sql);
      return db as unknown as ReturnType<CardBench['database']>;
    },
    page: (html) => new HtmlKit().parse(html),
  };
}

type Body = (...values: unknown[]) => Promise<unknown>;

async function run(code: string, scope: Readonly<Record<string, unknown>>, more: string): Promise<CardRun> {
  const printed: string[] = [];
  const print = (...values: unknown[]): void =>
    void printed.push(values.map((v) => (typeof v === 'string' ? v : inspect(v))).join(' '));
  const names = { console: { log: print, info: print, warn: print, error: print }, ...scope };
  const body = compile(code, Object.keys(names), more);
  try {
    const returned = await body(...Object.values(names));
    return { returned, printed: printed.join('\n'), thrown: null };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { returned: undefined, printed: printed.join('\n'), thrown: error };
  }
}

/** The code as the body of an async function with these parameters: what a card shows may end with a `return`. */
function compile(code: string, names: readonly string[], more: string): Body {
  // on one line each, and the names that code declares may be those of the scope
  const text = `async (${names.join(', ')}) => {{\n${code.replaceAll(/^export (?:default )?/gm, '')}\n${more}\n}}`;
  const parsed = toJavaScript('card.ts', `const run = ${text};`);
  if ('illegality' in parsed) throw new CardCodeError(parsed.illegality.message);
  return new Function(`${parsed.code}\nreturn run;`)() as Body;
}
