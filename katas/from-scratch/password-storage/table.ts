/** The table of the forum, as the probes and a thief see it. */
import { framesOfError } from 'kibitzer/kit';
import type { Fact, Site } from 'kibitzer/kit';
import type * as Starter from './starter/vault.ts';
import { working, type T, type Work } from './work.ts';

export type Row = Starter.Row;
export type Vault = Starter.Vault;

/** The cost that most probes play at: the least that the brief allows, since every guess is paid for here too. */
export const COST = 14;
export const PASSWORD = 'hunter2';

/** What people like to have for a password, the most liked first. Ann is no exception. */
export const COMMON: readonly string[] = (
  '123456 password 123456789 12345 12345678 qwerty 1234567 111111 123123 abc123 1234 password1 iloveyou 1q2w3e4r ' +
  '000000 qwerty123 zaq12wsx dragon sunshine princess letmein 654321 monkey 27653 1qaz2wsx 123321 qwertyuiop superman ' +
  'asdfghjkl football baseball welcome shadow master trustno1 starwars charlie hunter2 michael whatever'
).split(' ');

/** The rows as plain data. */
export const rowsOf = (vault: Vault): Row[] =>
  Array.from(vault.dump(), ({ name, stored }) => ({ name, stored }));

export const storedOf = (vault: Vault, name: string): string =>
  rowsOf(vault).find((row) => row.name === name)?.stored ?? '';

/** What came of a login. */
export interface Login {
  answer: 'in' | 'refused' | 'throws';
  /** what was thrown, and the line that threw it */
  error: string;
  site: Site | null;
  work: Work;
}

/** A login that is looked at, whatever comes of it. */
export async function tryLogin(t: T, vault: Vault, name: string, password: string): Promise<Login> {
  let thrown: { error: unknown } | null = null;
  const { back, work } = await working(t, async () => {
    try {
      return await vault.login(name, password);
    } catch (error) {
      thrown = { error };
      return false;
    }
  });
  const failed = thrown as { error: unknown } | null;
  if (!failed) return { answer: back === true ? 'in' : 'refused', error: '', site: null, work };
  return { answer: 'throws', ...told(failed.error), work };
}

/** An error in a line, and the learner's line that it came from. */
export function told(error: unknown): { error: string; site: Site | null } {
  const near = framesOfError(error)[0];
  const text = error instanceof Error ? error.message : String(error);
  // OpenSSL's own number and department say nothing here
  const plain = text.split('\n')[0]!.replace(/error:[0-9A-F]+:[^:]*:+/, '');
  return { error: plain, site: near ? { near, cause: near } : null };
}

/** A row as evidence; long ones in part. */
export const rowFact = ({ name, stored }: Row, part = stored): Fact => ({
  kind: 'log',
  level: name,
  text: clipped(part),
  site: null,
});

export const clipped = (text: string): string =>
  text.length > 44 ? `${text.slice(0, 43)}…` : text || '(empty)';

/** What a login came to, as evidence. */
export const loginFact = (who: string, call: string, { answer, error, site }: Login): Fact => ({
  kind: 'log',
  level: who,
  text: `${call} ${answer === 'throws' ? `throws: ${error}` : `is ${answer === 'in'}`}`,
  site,
});

/** What looks like bytes written as text: hexadecimal digits, or base64 with all it has. */
const isBytes = (run: string): boolean =>
  /^[0-9a-f]{32,}$/i.test(run) || (run.length >= 22 && /[a-z]/.test(run) && /[A-Z]/.test(run));

/** Parts of a row that are bytes written as text. */
export const bytesIn = (stored: string): string[] =>
  (stored.match(/[A-Za-z0-9+/_-]{22,}=*/g) ?? []).filter(isBytes);

/** What two rows have in common: all of it, or a part that is bytes; null where that is nothing. */
export function inCommon(a: string, b: string): string | null {
  if (a === b) return a;
  const parts = bytesIn(b);
  return bytesIn(a).find((part) => parts.includes(part)) ?? null;
}

/** A row that something has happened to. */
export interface Damaged {
  name: string;
  what: string;
  stored: string;
  /** the password that must not let anybody in with it */
  password: string;
  /** only that it does not fail: what was added may be skipped by whoever reads it */
  mayLetIn?: boolean;
}

/** The same row after several accidents. */
export function damaged(stored: string): Damaged[] {
  const wrong = 'letmein';
  const without = bytesIn(stored).map((part, i): Damaged => {
    const at = stored.lastIndexOf(part);
    return {
      name: `part-${i + 1}`,
      what: `without its ${i + 1 === bytesIn(stored).length ? 'last' : 'first'} bytes`,
      stored: stored.slice(0, at) + stored.slice(at + part.length),
      password: wrong,
    };
  });
  return [
    { name: 'empty', what: 'that is empty', stored: '', password: wrong },
    ...without.toReversed().slice(0, 2),
    { name: 'digits', what: 'with nines for digits', stored: stored.replaceAll(/\d/g, '9'), password: wrong },
    { name: 'foreign', what: 'of another program', stored: '!x not a row', password: wrong },
    { name: 'plain', what: 'that is a plain word', stored: wrong, password: wrong },
    { name: 'cut', what: 'that was cut', stored: stored.slice(0, -9), password: PASSWORD },
    {
      name: 'longer',
      what: 'with more at its end',
      stored: `${stored}AAAA`,
      password: PASSWORD,
      mayLetIn: true,
    },
  ];
}
