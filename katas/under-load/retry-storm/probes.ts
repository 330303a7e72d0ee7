import { headerOf, probe, type Attempt } from 'kibitzer/kit';
import type * as Starter from './starter/client.ts';
import { callerGoesAway, callerHearsWhy, deadlineIsKept } from './how-it-ends.ts';
import { at0, shorten } from './seen.ts';
import {
  arrival,
  attemptsOf,
  clients,
  DOWN,
  ending,
  get,
  LONGEST,
  LOST,
  note,
  pauseBefore,
  play,
  seconds,
  tell,
} from './service.ts';
import { clientsSpreadOut, givesUpTogether, pausesGrow } from './under-load.ts';

probe<typeof Starter>(
  { id: 'works', role: 'gate', sentence: 1, plays: "call({ method: 'GET', path })" },
  async (t) => {
    const put = { method: 'PUT', path: '/parcels/4', headers: { 'accept-language': 'fi' }, body: { kg: 2 } };
    const requests = [
      get('/parcels/1'),
      get('/parcels/2'),
      { method: 'POST', path: '/parcels', body: { kg: 1 } },
      put,
    ];
    const p = await play(t, {
      rules: [
        { call: 0, times: 1, ...DOWN },
        { call: 1, times: 1, ...LOST },
      ],
      calls: requests.map((request, i) => ({ at: i * LONGEST, client: 0, request })),
      until: 5 * LONGEST,
    });
    for (const [i, request] of requests.entries()) {
      const { method, path } = request;
      const attempts = attemptsOf(p, i);
      const end = p.ends[i]!;
      const ok = method === 'POST' ? 201 : 200;
      t.hold(
        end.how === 'replied' && end.status === ok,
        `${method} ${path} ${ending(end)} and not with the ${ok}`,
      );
      t.equal(attempts.length, i < 2 ? 2 : 1, `${method} ${path} was sent ${attempts.length} times`);
      for (const a of attempts) {
        t.hold(a.method === method && a.path === path, `${method} ${path} was sent as ${a.method} ${a.path}`);
        t.equal(a.body, request.body, `${method} ${path} was sent with another body`);
      }
    }
    t.equal(
      headerOf(attemptsOf(p, 3)[0]!.headers, 'accept-language'),
      'fi',
      'a header of the request was not sent with it',
    );
  },
);

probe<typeof Starter>(
  { id: 'pauses-grow', sentence: 3, plays: 'call(request), and the service answers 503 for ten minutes' },
  pausesGrow,
);

probe<typeof Starter>(
  {
    id: 'clients-spread-out',
    sentence: 4,
    plays: 'call(request) by 200 clients, while the service answers 503',
  },
  clientsSpreadOut,
);

const HOPELESS = [
  { method: 'GET', path: '/parcels/404', status: 404 },
  { method: 'GET', path: '/account', status: 401 },
  { method: 'PUT', path: '/parcels/4', status: 400 },
  { method: 'POST', path: '/parcels', status: 422 },
];

probe<typeof Starter>(
  { id: 'not-our-fault-only', sentence: 2, plays: 'call(request), and the answer is 422' },
  async (t) => {
    const requests = [...HOPELESS, { method: 'GET', path: '/parcels/1', status: null }];
    const p = await play(t, {
      rules: requests.map(({ status }, call) =>
        status === null
          ? {
              call,
              throws: { name: 'TypeError', message: "Cannot read properties of null (reading 'host')" },
            }
          : { call, status },
      ),
      calls: requests.map(({ method, path }, i) => ({
        at: i * LONGEST,
        client: 0,
        request: { method, path },
      })),
      until: 6 * LONGEST,
    });
    const repeated = requests.findLastIndex((r, i) => r.status !== null && attemptsOf(p, i).length > 1);
    const fault = attemptsOf(p, HOPELESS.length).length > 1;
    t.see('refused', repeated >= 0 ? 'repeated' : 'once');
    t.see('fault', fault ? 'repeated' : 'once');
    const withheld = requests.findIndex(({ status }, i) => {
      const end = p.ends[i]!;
      if (status !== null) return end.how !== 'replied' || end.status !== status;
      return end.how !== 'rejected' || ![end.error.name, end.error.cause?.name].includes('TypeError');
    });
    t.see('answer', withheld >= 0 ? 'withheld' : 'handed-on');
    const i = repeated >= 0 ? repeated : fault ? HOPELESS.length : withheld;
    if (i < 0) return;
    const attempts = attemptsOf(p, i);
    const { method, path, status } = requests[i]!;
    const what = status === null ? 'a TypeError in send' : `the ${status}`;
    tell(
      t,
      attempts.slice(0, 4).map((a) => arrival({ ...a, at: a.at - i * LONGEST })),
    );
    const end = p.ends[i]!;
    if (attempts.length === 1 && end.how === 'rejected' && end.error.frame)
      t.fact(note(`${what} becomes ${end.error.name}`, { near: end.error.frame, cause: end.error.frame }));
    t.fact({
      kind: 'value',
      name: `${method} ${path}`,
      expected: `${what}, after 1 attempt`,
      actual: ending(p.ends[i]!),
    });
    t.hold(
      repeated < 0 && !fault,
      `${method} ${path} was sent ${attempts.length} times although the first end was ${what}`,
    );
    t.hold(false, `${method} ${path} ended with ${what}, and the call ${ending(p.ends[i]!)}`);
  },
);

const ASKED = 7000;

probe<typeof Starter>(
  { id: 'server-said-wait', sentence: 5, plays: "call(request), and the answer says 'retry-after': '7'" },
  async (t) => {
    const forms = [
      { status: 503, as: 'seconds' },
      { status: 429, as: 'seconds' },
      { status: 503, as: 'date' },
      { status: 429, as: 'date' },
    ] as const;
    const p = await play(t, {
      rules: forms.map(({ status, as }, call) => ({ call, times: 1, status, retryAfter: { ms: ASKED, as } })),
      clients: clients(forms.length),
      calls: forms.map((_, client) => ({ at: 0, client, request: get() })),
    });
    const early = forms.findIndex(
      (_, i) => attemptsOf(p, i).some((a) => a.at > 0 && a.at < ASKED) || at0(p, i),
    );
    const kept = (as: string): string =>
      forms.some(
        (f, i) => f.as === as && (attemptsOf(p, i).some((a) => a.at > 0 && a.at < ASKED) || at0(p, i)),
      )
        ? 'early'
        : 'kept';
    t.see('seconds', kept('seconds'));
    t.see('date', kept('date'));
    if (early < 0) return;
    const [first, second] = attemptsOf(p, early);
    const { status, as } = forms[early]!;
    const header =
      as === 'seconds'
        ? 'retry-after: 7'
        : `retry-after: ${new Date(Date.UTC(2026, 0, 1, 0, 0, 7)).toUTCString()}`;
    t.fact(arrival(first!));
    t.fact(note(`the answer has the header ${header}`));
    const pause = pauseBefore(p, second!);
    if (pause) t.fact(note(`then a pause of ${Math.round(pause.ms)} ms`, pause.site));
    t.fact(arrival(second!));
    t.hold(
      false,
      `${status} said ${as === 'seconds' ? '7 seconds' : '7 seconds, as a date'}; the next attempt came after ${seconds(second!.at)}`,
    );
  },
);

probe<typeof Starter>(
  { id: 'booked-once', sentence: 6, plays: "call({ method: 'POST', … }), and the answer is lost" },
  async (t) => {
    const request = { method: 'POST', path: '/parcels', body: { to: 'Ann', kg: 2 } };
    const lost = { times: 1, carriesOut: true, ...LOST };
    // two processes, at the same times, equal parcels
    const calls = [0, 0, 1, 1].map((client, i) => ({ at: (i % 2) * LONGEST, client, request }));
    const p = await play(
      t,
      {
        rules: [
          { call: 0, ...lost },
          { call: 1, times: 1, carriesOut: true, status: 504 },
          { call: 3, ...lost },
        ],
        clients: [
          { seed: 11, module: 0 },
          { seed: 12, module: 1 },
        ],
        calls,
        until: 3 * LONGEST,
      },
      t.mod,
      await t.fresh(),
    );
    const booked = calls.map((_, i) => p.carriedOut.filter((c) => c.call === i).length);
    const keys = calls.map((_, i) => [
      ...new Set(attemptsOf(p, i).map((a) => headerOf(a.headers, 'idempotency-key'))),
    ]);
    const twice = booked.findIndex((n) => n > 1);
    const never = booked.indexOf(0);
    const without = twice >= 0 && keys[twice]!.includes(null);
    t.see(
      'key',
      without
        ? 'none'
        : twice >= 0
          ? 'changing'
          : never >= 0
            ? 'shared'
            : keys[0]![0] === null
              ? 'none'
              : 'own',
    );
    t.see('sent-again', attemptsOf(p, 0).length > 1);
    if (twice < 0 && never < 0) return;
    const keyOf = (a: Attempt): string => ` key: ${shorten(headerOf(a.headers, 'idempotency-key'))}`;
    if (twice >= 0) {
      const attempts = attemptsOf(p, twice).slice(0, 3);
      tell(
        t,
        attempts.map((a) => arrival({ ...a, at: a.at - calls[twice]!.at }, keyOf(a))),
      );
      t.fact({ kind: 'count', what: 'bookings by one call', seen: booked[twice]!, allowed: 1 });
      t.hold(
        false,
        `one call booked ${booked[twice]} parcels: the first answer was lost, the booking was not`,
      );
    }
    const mine = attemptsOf(p, never)[0];
    const key = mine && headerOf(mine.headers, 'idempotency-key');
    const other = p.attempts.find((a) => a.call !== never && headerOf(a.headers, 'idempotency-key') === key);
    const ofOther = other && other.client !== mine?.client ? ', by another process' : ', for another parcel';
    if (other) t.fact(arrival(other, `${keyOf(other)}${ofOther}`));
    if (mine) t.fact(arrival(mine, keyOf(mine)));
    t.fact({ kind: 'count', what: 'bookings by 4 calls', seen: p.carriedOut.length, allowed: 4 });
    t.hold(false, `four parcels were sent off, ${p.carriedOut.length} booked: one had the key of another`);
  },
);

probe<typeof Starter>(
  { id: 'deadline-is-kept', sentence: 7, plays: 'call(request, { deadlineMs: 3000 }), and nothing answers' },
  deadlineIsKept,
);

probe<typeof Starter>(
  { id: 'caller-goes-away', sentence: 7, plays: 'call(request, { signal }), and the signal aborts' },
  callerGoesAway,
);

probe<typeof Starter>(
  {
    id: 'gives-up-together',
    sentence: 8,
    plays: 'call(request) a thousand times, while the service answers 503',
  },
  givesUpTogether,
);

probe<typeof Starter>(
  { id: 'caller-hears-why', sentence: 9, plays: 'call(request), and every attempt fails' },
  callerHearsWhy,
);
