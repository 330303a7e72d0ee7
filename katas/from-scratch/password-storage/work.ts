/** How much work a guess at a password is, counted from what was asked of node:crypto. */
import type { CryptoCall, ProbeContext } from 'kibitzer/kit';
import type * as Starter from './starter/vault.ts';

export type T = ProbeContext<typeof Starter>;

/** So many plain hashes for one guess were meant to be work. */
const MANY = 500;

/**
 * Work that is called one, as the brief has it. The sources are the equivalent settings of the OWASP Password Storage
 * Cheat Sheet; of scrypt its weakest form that still fills 16 MiB, which is Node's default.
 */
const ONE = {
  /** N · r · p */
  scrypt: 2 ** 17,
  /** N · r: fewer blocks at a time are too little memory, however many lanes there are */
  blocks: 2 ** 16,
  /** KiB · passes */
  argon2: 7 * 1024 * 5,
  /** KiB */
  memory: 7 * 1024,
};
const ROUNDS: Readonly<Record<string, number>> = {
  sha1: 1_300_000,
  sha256: 600_000,
  sha384: 210_000,
  sha512: 210_000,
};
const PLAIN = ['createHash', 'hash', 'createHmac', 'hkdf', 'subtle.digest', 'subtle.sign'];

/** What one thing that was done cost. */
export interface Work {
  /** the costliest call made for passwords */
  slow: CryptoCall | undefined;
  /** its work, 1 being the least that the brief asks for; 0 where there is none */
  units: number;
  /** the last call of a plain hash */
  plain: CryptoCall | undefined;
  /** calls of plain hashes, all of them */
  hashes: number;
  /** whether a loop of its own makes work of plain hashes */
  isLoop: boolean;
  calls: readonly CryptoCall[];
}

/** The work of a call in units of the brief; 0 for what was not made for passwords. */
export function unitsOf({ name, params }: CryptoCall): number {
  const of = (key: string): number => Number(params[key] ?? 0);
  if (name === 'scrypt') {
    const blocks = of('N') * of('r');
    return Math.min((blocks * of('p')) / ONE.scrypt, blocks / ONE.blocks);
  }
  if (name === 'argon2') {
    return Math.min((of('memory') * of('passes')) / ONE.argon2, of('memory') / ONE.memory);
  }
  const isPbkdf2 = name === 'pbkdf2' || String(params.algorithm).toUpperCase() === 'PBKDF2';
  if (!isPbkdf2 || of('iterations') === 0) return 0;
  const digest = String(params.digest).toLowerCase().replaceAll('-', '');
  return of('iterations') / (ROUNDS[digest] ?? ROUNDS.sha256!);
}

/** Does something and counts the work. */
export async function working<R>(t: T, act: () => R | Promise<R>): Promise<{ back: R; work: Work }> {
  const mark = t.crypto.mark();
  const before = plainHashes(t);
  const back = await act();
  const calls = t.crypto.since(mark).map(copy);
  const hashes = plainHashes(t) - before;
  const slow = calls.reduce<CryptoCall | undefined>(
    (best, c) => (unitsOf(c) > (best ? unitsOf(best) : 0) ? c : best),
    undefined,
  );
  const plain = calls.findLast((c) => PLAIN.includes(c.name));
  const work = { slow, units: slow ? unitsOf(slow) : 0, plain, hashes, isLoop: hashes >= MANY, calls };
  return { back, work };
}

const plainHashes = (t: T): number => PLAIN.reduce((sum, name) => sum + t.crypto.count(name), 0);

/** Plain data, wherever the call was recorded. */
const copy = ({ kind, call, detail, site, name, params }: CryptoCall): CryptoCall => ({
  kind,
  call,
  detail,
  site: site && { near: { ...site.near }, cause: { ...site.cause } },
  name,
  params: { ...params },
});
