/** How calls end: at their deadline, when the caller leaves, and when every attempt has failed. */
import { heard, lacks, outlived, restingAt, shownIn, why } from './seen.ts';
import {
  arrival,
  attemptsOf,
  clients,
  DOWN,
  ending,
  get,
  LOST,
  MINUTE,
  note,
  play,
  seconds,
  tell,
  type T,
} from './service.ts';

const DEADLINE = 3000;
const SECRETS = ['4711-secret', '0815-secret'];

export async function deadlineIsKept(t: T): Promise<void> {
  // no answer at all; a refusal at once, so that the deadline falls into a pause; a loss every 0.9 s
  const rules = [{ hangs: true }, DOWN, { after: 900, ...LOST }].map((rule, call) => ({ call, ...rule }));
  const late = rules.map((_, client) => ({ at: 0, client, request: get(), deadlineMs: DEADLINE }));
  // and one that is answered long before its deadline
  const answered = { at: 0, client: 3, request: get('/parcels/18'), deadlineMs: MINUTE };
  const calls = [...late, answered];
  const p = await play(t, { rules, clients: clients(4), calls, until: 2 * MINUTE, lookAt: DEADLINE + 1 });
  const seen = late.map((_, i) => outlived(p, i, DEADLINE));
  t.see('ended', seen.find((s) => s.ended !== 'in-time')?.ended ?? 'in-time');
  t.see('attempts', seen.some((s) => s.goesOn) ? 'go-on' : 'end');
  t.see('planned', p.planned.length > 0);
  const i = seen.findIndex((s) => s.ended !== 'in-time' || s.goesOn);
  const what = ['the attempt hangs', 'the service answers 503', 'each answer is lost'][Math.max(0, i)]!;
  if (i >= 0) {
    const attempts = attemptsOf(p, i);
    const later = seen[i]!.goesOn ?? attempts.at(-1);
    tell(
      t,
      [...new Set([attempts[0], later])].map((a) => a && arrival(a)),
    );
    tell(t, [restingAt(p, i, DEADLINE)]);
    const end = p.ends[i]!;
    const at = end.how === 'waiting' ? '' : ` at ${seconds(end.at)}`;
    t.fact({
      kind: 'value',
      name: 'deadline 3.00 s',
      expected: 'rejects by 3.00 s',
      actual: `${ending(end)}${at}`,
    });
    t.hold(
      seen[i]!.ended === 'in-time',
      end.how === 'waiting'
        ? `${what}: two minutes later the call still has not ended`
        : `${what}: the call ${ending(end)}${at}, deadline 3.00 s`,
    );
    t.hold(
      false,
      `${what}: the call ended at ${seconds(end.how === 'waiting' ? 0 : end.at)}, its sending did not`,
    );
  }
  const left = p.planned[0];
  if (left && i < 0) t.fact(arrival(left.at > 2 * DEADLINE ? attemptsOf(p, 3)[0]! : p.attempts[0]!));
  if (left) t.fact(note(`${left.what} waits until ${seconds(left.at)}`, left.site));
  t.hold(!left, `the call has ended, and ${left?.what} still waits`);
}

export async function callerGoesAway(t: T): Promise<void> {
  const rules = [{ call: 0, hangs: true }, DOWN];
  // the first leaves in the middle of an attempt, the others mostly in a pause
  const calls = [1000, 40, 45, 55, 60].map((abortAfter, client) => ({
    at: 0,
    client,
    request: get(),
    abortAfter,
  }));
  const p = await play(t, { rules, clients: clients(5), calls, until: 2 * MINUTE, lookAt: 1001 });
  const seen = calls.map((c, i) => outlived(p, i, c.abortAfter));
  t.see('ended', seen.find((s) => s.ended !== 'in-time')?.ended ?? 'in-time');
  t.see('attempts', seen.some((s) => s.goesOn) ? 'go-on' : 'end');
  t.see('planned', p.planned.length > 0);
  const i = seen.findIndex((s) => s.ended !== 'in-time' || s.goesOn);
  if (i >= 0) {
    const attempts = attemptsOf(p, i);
    const end = p.ends[i]!;
    const left = seconds(calls[i]!.abortAfter);
    const at = end.how === 'waiting' ? '' : ` at ${seconds(end.at)}`;
    tell(
      t,
      [...new Set([attempts[0], seen[i]!.goesOn ?? attempts.at(-1)])].map((a) => a && arrival(a)),
    );
    tell(t, [restingAt(p, i, calls[i]!.abortAfter)]);
    t.fact({
      kind: 'value',
      name: `left at ${left}`,
      expected: 'rejects then',
      actual: `${ending(end)}${at}`,
    });
    t.hold(false, `the caller left at ${left}; the call ${ending(end)}${at}`);
  }
  const left = p.planned[0];
  if (left) t.fact(note(`${left.what} waits until ${seconds(left.at)}`, left.site));
  t.hold(!left, `the caller has left, and ${left?.what} still waits`);
}

export async function callerHearsWhy(t: T): Promise<void> {
  const requests = [
    { ...get(), headers: { authorization: `Bearer ${SECRETS[0]}` } },
    { method: 'PUT', path: '/parcels/4', body: { note: `code ${SECRETS[1]}` } },
  ];
  const p = await play(t, {
    rules: [
      { call: 0, ...DOWN },
      { call: 1, ...LOST },
    ],
    clients: clients(2),
    calls: requests.map((request, client) => ({ at: 0, client, request })),
    secrets: SECRETS,
  });
  const told = requests.map((_, i) => why(p, i));
  const loud = requests.map((_, i) =>
    p.log.filter((l) => l.client === i && /^(?:warn|error)$/.test(l.level)),
  );
  const i = told.findIndex((w) => w !== 'told');
  t.see('error', told[i] ?? 'told');
  const unlogged = loud.findIndex((l) => l.length !== 1);
  t.see('log', unlogged < 0 ? 'one' : loud[unlogged]!.length === 0 ? 'none' : 'many');
  t.see('secrets', p.secrets.length > 0 ? 'shown' : 'hidden');
  if (i >= 0) {
    const attempts = attemptsOf(p, i);
    t.fact(arrival(attempts.at(-1)!));
    const end = p.ends[i]!;
    const frame = end.how === 'rejected' ? end.error.frame : null;
    const cause = i === 0 ? 'the 503' : 'the lost connection';
    t.fact(
      note(
        `after ${attempts.length} attempts the call ${ending(end)}${lacks(told[i]!)}`,
        frame && { near: frame, cause: frame },
      ),
    );
    t.fact({
      kind: 'value',
      name: 'the caller',
      expected: `Error, ${attempts.length} attempts, cause ${cause}`,
      actual: heard(p, i),
    });
  } else if (unlogged >= 0) {
    t.fact(arrival(attemptsOf(p, unlogged).at(-1)!));
    tell(t, loud[unlogged]!.slice(0, 3));
    t.fact({ kind: 'count', what: 'lines at warn or error', seen: loud[unlogged]!.length, allowed: 1 });
  }
  if (p.secrets[0]) t.fact(p.secrets[0]);
  t.hold(p.secrets.length === 0, `a line of the log shows what nobody should read there: ${shownIn(p)}`);
  t.hold(
    i < 0,
    `every attempt failed, and the call ${ending(p.ends[i] ?? { how: 'waiting' })}${lacks(told[i] ?? '')}`,
  );
  t.hold(unlogged < 0, `one call gave up, and ${loud[unlogged]?.length} lines at warn or error tell it`);
}
