/** What the probes see in what was played. */
import type { Attempt, Fact, Played } from 'kibitzer/kit';
import { attemptsOf, ending, note } from './service.ts';

/** Times between the end of an attempt and the next one, of one call. */
export const gaps = (attempts: readonly Attempt[]): number[] =>
  attempts.slice(1).map((a, i) => a.at - (attempts[i]!.endedAt ?? attempts[i]!.at));

/** `1000 ms`, or `950 to 1050 ms` */
export function span(pauses: readonly number[]): string {
  const [least, most] = [Math.min(...pauses), Math.max(...pauses)].map(Math.round);
  return least === most ? `${least} ms` : `${least} to ${most} ms`;
}

/** Whether a call was sent again in the same moment. */
export const at0 = (p: Played, call: number): boolean =>
  attemptsOf(p, call).filter((a) => a.at === 0).length > 1;

/** A key as evidence. */
export const shorten = (key: string | null): string =>
  key === null ? '–' : key.length > 12 ? `${key.slice(0, 11)}…` : key;

/** What of a call that should have ended by then goes on. */
export function outlived(
  p: Played,
  call: number,
  by: number,
): { ended: string; goesOn: Attempt | undefined } {
  const end = p.ends[call]!;
  const ended =
    end.how === 'waiting'
      ? 'never'
      : end.at > by
        ? 'late'
        : end.how === 'rejected'
          ? 'in-time'
          : 'not-rejected';
  const goesOn = attemptsOf(p, call).find((a) => a.at > by || a.end === 'open' || (a.endedAt ?? 0) > by);
  return { ended, goesOn };
}

/** A pause in which a call went on past the time at which it should have ended; none while an attempt is under way. */
export function restingAt(p: Played, call: number, by: number): Fact | undefined {
  const busy = attemptsOf(p, call).some((a) => a.at <= by && (a.end === 'open' || a.endedAt! > by));
  const pause = p.pauses.findLast(
    (x) => x.call === call && x.end === 'over' && x.at <= by && x.at + x.ms > by,
  );
  return busy || !pause ? undefined : note(`a pause of ${Math.round(pause.ms)} ms goes on`, pause.site);
}

/** What the caller of a call that gave up learns. */
export function why(
  p: Played,
  call: number,
): 'told' | 'not-rejected' | 'no-error' | 'no-attempts' | 'no-cause' {
  const end = p.ends[call]!;
  if (end.how !== 'rejected') return 'not-rejected';
  const { isError, attempts, cause } = end.error;
  if (!isError) return 'no-error';
  if (call === 0 ? cause?.status !== 503 : cause?.name !== 'ConnectionLost') return 'no-cause';
  return attempts === attemptsOf(p, call).length ? 'told' : 'no-attempts';
}

export const lacks = (told: string): string =>
  told === 'no-cause'
    ? ', without its cause'
    : told === 'no-attempts'
      ? ', without the number of attempts'
      : '';

export function heard(p: Played, call: number): string {
  const end = p.ends[call]!;
  if (end.how !== 'rejected') return ending(end);
  const { name, attempts, cause } = end.error;
  const of = cause === null ? 'no cause' : `cause ${cause.status ?? cause.name ?? 'without a name'}`;
  return `${name}, ${attempts ?? 'no'} attempts, ${of}`;
}

export const shownIn = (p: Played): string =>
  (p.secrets[0] && /^[^{]*/.exec(p.secrets[0].text)?.[0].trim()) || 'a secret';
