/** The parcel service of the probes: scenes, and what is told of them. */
import type {
  Attempt,
  CallEnd,
  CrowdScene,
  Fact,
  Pause,
  Played,
  PlannedCall,
  ProbeContext,
  Site,
} from 'kibitzer/kit';
import type * as Starter from './starter/client.ts';

export type T = ProbeContext<typeof Starter>;
type Create = Parameters<T['crowd']['play']>[1];
type Scene = Omit<CrowdScene, 'clients' | 'until'> & Partial<CrowdScene>;

export const MINUTE = 60_000;
/** By then each call has ended, as the contract says. */
export const LONGEST = 10 * MINUTE;
export const DOWN = { status: 503 };
export const LOST = { throws: { name: 'ConnectionLost', message: 'connection lost, no answer' } };

export const get = (path = '/parcels/17'): PlannedCall['request'] => ({ method: 'GET', path });

/** Clients with the seeds 1, 2, 3 …: the same in every run, so that a crowd is the same crowd. */
export const clients = (count: number): { seed: number }[] =>
  Array.from({ length: count }, (_, i) => ({ seed: i + 1 }));

/** The computer's clock is that of the scene, and its chance repeats: what asks them is judged by what it does. */
export async function play(t: T, scene: Scene, ...modules: (typeof Starter)[]): Promise<Played> {
  t.ambient.shift({ now: t.clock, random: t.random.another(7).float });
  const create = (modules.length > 0 ? modules : [t.mod]).map((m) => m.createClient as unknown as Create);
  return t.crowd.play({ clients: clients(1), until: LONGEST + MINUTE, ...scene }, ...(create as Create[]));
}

export const attemptsOf = (p: Played, call: number): Attempt[] => p.attempts.filter((a) => a.call === call);

/** `1.25 s` */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** `1.000 s` where hundredths of a second would hide the difference. */
export const exactly = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

/** What became of an attempt, as the service tells it. */
function endOf(a: Attempt): string {
  if (a.end === 'open') return 'no answer yet';
  if (a.end === 'aborted') return `aborted at ${seconds(a.endedAt!)}`;
  if (a.end === 'thrown') return a.status === null ? 'no answer' : String(a.status);
  return String(a.status);
}

/** An attempt as evidence. */
export const arrival = (a: Attempt, note = ''): Fact => ({
  kind: 'http',
  who: seconds(a.at),
  request: `${a.method} ${a.path}${note}`,
  response: endOf(a),
  site: a.site,
});

/** The pause that was waited for before an attempt; undefined where none was asked of the clock. */
export function pauseBefore(p: Played, a: Attempt): Pause | undefined {
  const before = attemptsOf(p, a.call!).findLast(
    (b) => b !== a && b.at <= a.at && (b.endedAt ?? b.at) <= a.at,
  );
  return p.pauses.findLast(
    (x) => x.call === a.call && x.end === 'over' && x.at <= a.at && before !== undefined && x.at >= before.at,
  );
}

/** Where the pause before an attempt was asked for: of the clock, or of a timer; else where the attempt was made. */
export function siteBefore(t: T, p: Played, a: Attempt): Site | null {
  const timer = t.ambient.uses.findLast((u) => u.what === 'setTimeout' && u.site !== null);
  return pauseBefore(p, a)?.site ?? (p.pauses.length === 0 ? timer?.site : null) ?? a.site;
}

/** How a call ended, in words. */
export function ending(e: CallEnd): string {
  switch (e.how) {
    case 'waiting':
      return 'has not ended';
    case 'replied':
      return `resolves with the ${e.status}`;
    case 'answered':
      return `resolves with ${e.what}`;
    case 'rejected':
      return e.error.isError ? `rejects with ${e.error.name}` : `rejects with a ${e.error.name}`;
  }
}

/** The evidence in the order in which it happened, each line once. */
export function tell(t: T, facts: readonly (Fact | undefined)[]): void {
  for (const f of facts) if (f) t.fact(f);
}

export const note = (text: string, site: Site | null = null): Fact => ({ kind: 'note', text, site });

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, n) => sum + n, 0) / Math.max(1, numbers.length);

/** The stretch of that length with the most of the times in it, which are in order. */
export function busiest(times: readonly number[], length: number): { from: number; count: number } {
  let most = { from: 0, count: 0 };
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (times[first]! <= at - length) first++;
    if (last - first + 1 > most.count) most = { from: times[first]!, count: last - first + 1 };
  }
  return most;
}
