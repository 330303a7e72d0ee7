/** What is played under load: one client's pauses, a crowd's, and a thousand calls through one client. */
import type { Fact } from 'kibitzer/kit';
import { gaps, span } from './seen.ts';
import {
  arrival,
  attemptsOf,
  busiest,
  clients,
  DOWN,
  ending,
  get,
  LONGEST,
  mean,
  MINUTE,
  note,
  pauseBefore,
  play,
  seconds,
  siteBefore,
  tell,
  type T,
} from './service.ts';

const LEAST_PAUSE = 50;
const GROWTH = 1.5;
const MOST_ATTEMPTS = 8;
/** At most so many attempts of 200 clients in a tenth of a second. */
const MOST_AT_ONCE = 80;
const CROWDED = 1000;
const MOST_IN_ALL = 1300;

export async function pausesGrow(t: T): Promise<void> {
  const crowd = clients(40);
  const calls = crowd.map((_, client) => ({ at: 0, client, request: get() }));
  const p = await play(t, { rules: [DOWN], clients: crowd, calls });
  const attempts = calls.map((_, i) => attemptsOf(p, i));
  const each = attempts.map(gaps);
  const means: number[] = [];
  for (let i = 0; each.filter((g) => g.length > i).length * 2 >= each.length; i++)
    means.push(mean(each.flatMap((g) => g.slice(i, i + 1))));
  const [first = Infinity, last = Infinity] = [means[0], means.at(-1)];
  const none = means.findIndex((m) => m < LEAST_PAUSE);
  const constant = means.length > 1 && last < GROWTH * first;
  const most = Math.max(...attempts.map((a) => a.length));
  const late = p.ends.findIndex((e) => e.how === 'waiting' || e.at > LONGEST);
  t.see('spacing', none >= 0 ? 'none' : constant ? 'constant' : means.length > 1 ? 'growing' : 'one');
  t.see('attempts', most > MOST_ATTEMPTS ? 'many' : 'few');
  t.see('ended', late < 0 ? 'all' : 'not-all');

  const shown = attempts.findIndex((a) => a.length === most);
  const one = attempts[shown]!;
  const from = Math.max(0, none < 0 ? 0 : none);
  const told = none >= 0 ? one.slice(from, from + 4) : [...one.slice(0, 3), ...one.slice(3).slice(-1)];
  tell(
    t,
    told.map((a) => arrival(a, `, client ${shown + 1} of ${crowd.length}`)),
  );
  const after = one[none >= 0 ? none + 1 : one.length - 1];
  if (after && after !== one[0])
    t.fact(
      note(
        'before the attempt',
        none >= 0 ? (pauseBefore(p, after)?.site ?? after.site) : siteBefore(t, p, after),
      ),
    );
  const averages = means
    .slice(0, MOST_ATTEMPTS)
    .map((m) => seconds(m))
    .join(', ');
  const name = `${crowd.length} clients`;
  const attemptsMade = most > 50 ? 'more than 50' : String(most);
  const end = ending(p.ends[late] ?? { how: 'waiting' });
  if (none >= 0 || constant) {
    const pauses = none >= 0 ? 'each at least 0.05 s' : `the last at least ${GROWTH} times the first`;
    t.fact({ kind: 'value', name, expected: `average pauses, ${pauses}`, actual: averages });
  } else if (most > MOST_ATTEMPTS)
    t.fact({
      kind: 'value',
      name: 'the call',
      expected: `at most ${MOST_ATTEMPTS} attempts`,
      actual: attemptsMade,
    });
  else if (late >= 0)
    t.fact({ kind: 'value', name: 'the call', expected: 'an end within ten minutes', actual: `it ${end}` });
  t.hold(none < 0, `the pause before attempt ${none + 2} is ${Math.round(means[none] ?? 0)} ms on average`);
  t.hold(!constant, `40 clients pause on average ${averages}: the last hardly longer than the first`);
  t.hold(
    most <= MOST_ATTEMPTS,
    `the call made ${attemptsMade} attempts, the last at ${seconds(one.at(-1)!.at)}`,
  );
  t.hold(late < 0, `after ten minutes the call ${end}`);
}

export async function clientsSpreadOut(t: T): Promise<void> {
  const crowd = clients(200);
  const calls = crowd.map((_, client) => ({ at: 0, client, request: get() }));
  const p = await play(t, { rules: [DOWN], clients: crowd, calls, until: MINUTE / 2 });
  const seen = new Set<number | null>();
  const back = p.attempts.filter((a) => seen.has(a.call) || void seen.add(a.call));
  const times = back.map((a) => a.at);
  const tenth = busiest(times, 100);
  const hundredth = busiest(times, 10);
  t.see(
    'crowd',
    hundredth.count > MOST_AT_ONCE ? 'together' : tenth.count > MOST_AT_ONCE ? 'narrow' : 'spread',
  );
  t.see(
    'chance',
    p.chance.some((n) => n > 0) || t.ambient.since(0, 'chance').length > 0 ? 'asked' : 'not-asked',
  );
  if (tenth.count <= MOST_AT_ONCE) return;
  const inIt = back.filter((a) => a.at >= tenth.from && a.at < tenth.from + 100);
  const one = inIt.find((a) => a.site) ?? inIt[0]!;
  const pauses = inIt.flatMap((a) => pauseBefore(p, a)?.ms ?? []);
  const range = pauses.length > 0 ? `${span(pauses)} in each of them` : 'the same in each of them';
  t.fact({
    ...(arrival(p.attempts[0]!) as Extract<Fact, { kind: 'http' }>),
    request: '200 clients: GET /parcels/17',
  });
  t.fact(note(`then a pause: ${range}`, siteBefore(t, p, one)));
  const what = `attempts from ${seconds(tenth.from)} on, in a tenth of a second`;
  t.fact({ kind: 'count', what, seen: tenth.count, allowed: MOST_AT_ONCE });
  t.hold(false, `${tenth.count} attempts in the tenth of a second from ${seconds(tenth.from)} on`);
}

export async function givesUpTogether(t: T): Promise<void> {
  const well = 10_000;
  const at = (count: number, from: number, every: number): number[] =>
    Array.from({ length: count }, (_, i) => from + i * every);
  const times = [...at(CROWDED, 0, 10), ...at(300, well + MINUTE / 2, 100), well + MINUTE + 500];
  const last = times.length - 1;
  const p = await play(t, {
    rules: [
      { until: well, ...DOWN },
      { call: last, times: 1, ...DOWN },
    ],
    calls: times.map((time) => ({ at: time, client: 0, request: get() })),
    until: well + MINUTE + LONGEST,
  });
  const sent = p.attempts.filter((a) => (a.call ?? 0) < CROWDED).length;
  const shut = p.ends.findIndex(
    (e, i) => i >= CROWDED && i < last && (e.how !== 'replied' || e.status !== 200),
  );
  const end = p.ends[last]!;
  const hidden = end.how === 'replied' && end.status === 200;
  t.see('load', sent > MOST_IN_ALL ? 'multiple' : 'share');
  t.see('recovered', shut < 0);
  t.see('single-failure', hidden ? 'hidden' : 'shown');
  if (sent > MOST_IN_ALL) {
    const many = p.attempts.find((a) => a.site && attemptsOf(p, a.call!)[0] !== a)!;
    tell(
      t,
      attemptsOf(p, many.call!)
        .slice(0, 2)
        .map((a) => arrival(a)),
    );
    t.fact(note('each call decides alone to go on', siteBefore(t, p, many)));
    t.fact({ kind: 'count', what: `attempts for ${CROWDED} calls`, seen: sent, allowed: MOST_IN_ALL });
    t.hold(false, `${CROWDED} calls through one client made ${sent} attempts`);
  }
  const i = shut >= 0 ? shut : last;
  if (shut < 0 && hidden) return;
  const final = p.ends[i]!;
  t.fact(note('the service is well again from 10.00 s on'));
  for (const a of attemptsOf(p, i)) t.fact(arrival(a));
  const frame = final.how === 'rejected' ? final.error.frame : null;
  t.fact(
    note(`call at ${seconds(times[i]!)}: ${ending(final)}`, frame ? { near: frame, cause: frame } : null),
  );
  t.hold(shut < 0, `the service has been well for ${seconds(times[i]! - well)}, and a call ${ending(final)}`);
  t.hold(false, `300 calls have worked, then one attempt failed, and the call ${ending(final)}`);
}
