import { probe } from 'kibitzer/kit';
import { race } from './race.ts';
import { loadsAs, play, SECOND, Story, time, TTL, type Play, type Seen } from './seen.ts';
import type * as Starter from './starter/cache.ts';

const BUDGET = 5000;
const VISITORS = 100;
const get = (at: number, who: string, key = 'hamburg', times?: number) => ({
  at,
  who,
  method: 'get',
  args: [key],
  ...(times === undefined ? {} : { times }),
});
const size = (at: number, who: string) => ({ at, who, method: 'size', args: [] });
const numbered = (who: string, many: number): string[] =>
  Array.from({ length: many }, (_, i) => `${who} ${i + 1}`);

probe<typeof Starter>(
  { id: 'works', role: 'gate', sentence: 1, plays: `get('hamburg'); get('hamburg')`, budgetMs: BUDGET },
  async (t) => {
    const seen = await play(t, {
      calls: [
        get(0, 'the first get'),
        get(1 * SECOND, `get('munich')`, 'munich'),
        size(2 * SECOND, 'size() after two keys'),
        get(3 * SECOND, 'the second get'),
        get(75 * SECOND, 'the get after a minute'),
        get(80 * SECOND, 'the get after that'),
        { at: 81 * SECOND, who: 'invalidate', method: 'invalidate', args: ['hamburg'] },
        get(82 * SECOND, 'the get after invalidate'),
        get(85 * SECOND, 'the last get'),
      ],
      replies: [{ ms: 100 }],
      until: 100 * SECOND,
    });
    const right = (who: string, value: string): void =>
      t.equal(seen.got(who)?.value, value, `${who} ${seen.told(who)}`);
    right('the first get', '"hamburg 1"');
    right(`get('munich')`, '"munich 1"');
    right('the second get', '"hamburg 1"');
    right('size() after two keys', '2');
    const asks = (from: number, to: number): number =>
      seen.asks('hamburg', from * SECOND, to * SECOND).length;
    t.equal(asks(0, 3), 1, `one get loads ${asks(0, 3)} times`);
    t.equal(asks(3, 70), 0, 'a get loads though the answer is three seconds old');
    t.hold(asks(75, 76) > 0, 'nothing is loaded though the answer is older than a minute');
    right('the get after that', '"hamburg 2"');
    t.hold(asks(82, 83) > 0, 'nothing is loaded after invalidate');
    right('the last get', '"hamburg 3"');
  },
);

probe<typeof Starter>(
  {
    id: 'hundred-at-expiry',
    sentence: 2,
    plays: `a minute later a hundred visitors: get('hamburg')`,
    budgetMs: BUDGET,
  },
  async (t) => {
    const seen = await play(t, {
      calls: [
        get(0, 'reader', 'hamburg', 20),
        get(62 * SECOND, 'visitor', 'hamburg', VISITORS),
        get(64 * SECOND, 'a later visitor'),
      ],
      replies: [{ ms: SECOND }],
      until: 70 * SECOND,
    });
    const cold = seen.asks('hamburg', 0, 60 * SECOND);
    const loads = seen.asks('hamburg', 62 * SECOND, 63 * SECOND);
    t.see('cold', loadsAs(cold, 20));
    t.see('expiry', loadsAs(loads, VISITORS));
    const [told, many, who] = loads.length > 1 ? [loads, VISITORS, 'visitor'] : [cold, 20, 'reader'];
    const story = new Story(t);
    if (told.length > 1) {
      for (const [i, a] of told.entries())
        if (i < 2 || i === told.length - 1)
          story.tell(`${who} ${i + 1}`, `${time(a.at)}: get('hamburg') → load ${i + 1} begins`, a.site);
      t.fact({ kind: 'count', what: 'loads under way at once', seen: told.length, allowed: 1 });
    }
    t.hold(told.length <= 1, `${many} visitors at once, ${told.length} loads of one forecast`);
    t.hold(loads.length === 1, 'a hundred visitors after a minute, and nothing is loaded');
    const wrong = numbered('visitor', VISITORS).find((w) => !/"hamburg [12]"/.test(seen.got(w)?.value ?? ''));
    t.hold(wrong === undefined, `${wrong} ${seen.told(wrong ?? '')}`);
    t.equal(
      seen.got('a later visitor')?.value,
      '"hamburg 2"',
      `a later visitor ${seen.told('a later visitor')}`,
    );
  },
);

probe<typeof Starter>(
  { id: 'other-keys-go-on', sentence: 3, plays: `get('hamburg'), get('munich')`, budgetMs: BUDGET },
  async (t) => {
    const slow = ['hamburg', 'bremen', 'kiel', 'rostock', 'emden', 'husum'];
    const seen = await play(t, {
      calls: [
        ...slow.map((key) => get(0, key, key)),
        get(10, 'Munich', 'munich'),
        ...[50, 80].map((s) => get(s * SECOND, `Hamburg, ${s} s`)),
      ],
      replies: [{ key: 'munich', ms: 10 }, { ms: 5 * SECOND }],
      until: 100 * SECOND,
    });
    const asked = seen.asks('munich')[0];
    const at = seen.got('Munich')?.at;
    const ok = at !== undefined && at < 4900;
    t.see('munich', ok ? 'at-once' : at === undefined ? 'never' : 'behind');
    const story = new Story(t);
    const first = seen.asks('hamburg')[0];
    story.tell('Hamburg', `0 s: get('hamburg') → load begins`, first?.site);
    story.tell('Munich', `10 ms: get('munich')`);
    if (asked) {
      const end = seen.endOf(first?.n ?? 0);
      if (end && end.at <= asked.at) story.tell('provider', `${time(end.at)}: answers for hamburg`);
      story.tell('Munich', `${time(asked.at)}: load('munich') begins`, asked.site);
    }
    t.hold(
      ok,
      at === undefined
        ? 'Munich waits for ever'
        : `Munich waits ${time(at - 10)} for an answer that takes 10 ms`,
    );
    const asks = seen.asks('hamburg').map((a) => time(a.at));
    t.equal(
      asks,
      ['0 ms', '80 s'],
      `Hamburg’s minute is from 5 s on, and it is loaded at ${asks.join(', ')}`,
    );
  },
);

const DOWN = 'the provider is down';

probe<typeof Starter>(
  {
    id: 'failure-reaches-all',
    sentence: 4,
    plays: `ten visitors: get('hamburg'), and load fails`,
    budgetMs: BUDGET,
  },
  async (t) => {
    const seen = await play(t, {
      calls: [
        get(0, 'visitor', 'hamburg', 10),
        get(20 * SECOND, 'a later visitor'),
        get(22 * SECOND, 'the last'),
      ],
      replies: [{ until: 12 * SECOND, ms: SECOND, error: DOWN }, { ms: 100 }],
      until: 3600 * SECOND,
    });
    const visitors = numbered('visitor', 10);
    const early = seen.asks('hamburg', 0, 20 * SECOND);
    const heard = visitors.filter((v) => (seen.got(v)?.threw && seen.got(v)!.at <= 1500) ?? false);
    const waiting = visitors.filter((v) => seen.got(v) === null);
    const later = seen.got('a later visitor');
    const laterAsks = seen.asks('hamburg', 20 * SECOND, 21 * SECOND);
    t.see('loads', early.length === 1 ? 'one' : early.length >= 1 ? 'more' : 'none');
    t.see('heard', heard.length === 10 ? 'all' : heard.length === 0 ? 'none' : 'some');
    t.see('wait-for-ever', waiting.length > 0);
    t.see(
      'later',
      later === null ? 'waits' : !later.threw ? 'answered' : laterAsks.length ? 'fails' : 'old-error',
    );
    t.see('unhandled', seen.unhandled !== null);
    const story = new Story(t);
    story.tell('10 visitors', `0 s: get('hamburg') → load 1 begins`, early[0]?.site);
    story.tell('provider', `1 s: load 1 fails: ${DOWN}`);
    const again = early.find((a) => a.at >= SECOND);
    if (again) story.tell('a visitor', `${time(again.at)}: load 2 begins`, again.site);
    if (waiting.length > 0) story.tell(waiting[0]!, 'after an hour: still waiting');
    if (later?.threw !== false)
      story.tell(
        'a later one',
        `20 s: get('hamburg') ${seen.told('a later visitor')}, ${laterAsks.length} loads`,
      );
    hearsOf(t, seen);
    if (waiting.length > 0) t.hold(false, `the load has failed, and ${waiting.length} of 10 wait for ever`);
    t.hold(later !== null, 'after a failed load the next visitor waits for ever');
    if (later?.threw && laterAsks.length === 0)
      t.hold(false, 'the provider is well again, and the next visitor gets the old error without a load');
    t.hold(early.length === 1, `one load failed, ten waited, and there were ${early.length} loads`);
    t.hold(heard.length === 10, `${heard.length} of 10 who waited got the error when it came`);
    t.equal(later?.value, '"hamburg 2"', `a later visitor ${seen.told('a later visitor')}`);
    t.equal(seen.got('the last')?.value, '"hamburg 2"', `the last ${seen.told('the last')}`);
  },
);

function hearsOf(t: Play, seen: Seen): void {
  if (seen.unhandled === null) return;
  new Story(t).tell('the process', `an error that nobody took: ${seen.unhandled}`);
  t.hold(false, `the load fails, and nobody takes its error: “${seen.unhandled}” ends the process`);
}

probe<typeof Starter>(
  {
    id: 'while-it-is-down',
    sentence: 4,
    plays: `get('hamburg') every 100 ms, and each load fails`,
    budgetMs: BUDGET,
  },
  async (t) => {
    const seen = await play(t, {
      calls: [
        get(0, 'the first'),
        ...Array.from({ length: 30 }, (_, i) => get(62_050 + i * 100, `visitor ${i + 1}`)),
        get(80 * SECOND, 'a later visitor'),
        get(85 * SECOND, 'the last'),
      ],
      replies: [{ until: 100, ms: 100 }, { until: 70 * SECOND, ms: SECOND, error: DOWN }, { ms: 100 }],
      until: 3600 * SECOND,
    });
    const most = seen.most('hamburg');
    const asks = seen.asks('hamburg', 62 * SECOND, 70 * SECOND);
    t.see('at-once', most.loads > 1 ? 'more' : 'one');
    t.see('unhandled', seen.unhandled !== null);
    const story = new Story(t);
    for (const a of asks.slice(0, 2))
      story.tell('visitor', `${time(a.at)}: get('hamburg') → load begins`, a.site);
    story.tell('provider', '63.05 s: the first of them fails');
    hearsOf(t, seen);
    t.hold(most.loads === 1, `the provider is down, and up to ${most.loads} loads are under way at once`);
    const ever = numbered('visitor', 30).find((v) => seen.got(v) === null);
    t.hold(ever === undefined, `${ever} waits for ever`);
    t.equal(
      seen.got('the last')?.value,
      seen.got('the last')?.threw ? '' : `"hamburg ${seen.asks('hamburg').length}"`,
      `the last ${seen.told('the last')}`,
    );
  },
);

probe<typeof Starter>(
  {
    id: 'invalidate-beats-slow-load',
    sentence: 5,
    plays: `invalidate('hamburg') while get('hamburg') is under way`,
    budgetMs: BUDGET,
  },
  race,
);

probe<typeof Starter>(
  {
    id: 'a-minute-from-arrival',
    sentence: 1,
    plays: `get('hamburg') at 0, 50, 70, 98 and 102 s; the load takes 40 s`,
    budgetMs: BUDGET,
  },
  async (t) => {
    const seen = await play(t, {
      calls: [0, 50, 70, 98, 102].map((s) => get(s * SECOND, `at ${s} s`)),
      replies: [{ ms: 40 * SECOND }],
      until: 200 * SECOND,
    });
    const [first, ...more] = seen.asks('hamburg');
    const again = more[0];
    const reload = !again ? 'late' : again.at < 100 * SECOND ? 'early' : 'in-time';
    t.see('reload', reload);
    const story = new Story(t);
    story.tell('a visitor', `0 s: get('hamburg') → load begins`, first?.site);
    const arrival = seen.endOf(first?.n ?? 0);
    story.tell('provider', '40 s: answers', seen.clockAfter(arrival));
    const hit = seen.log.find((h) => h.what === 'calls' && h.who === 'at 98 s');
    if (reload === 'late')
      story.tell('a visitor', '98 s: the same answer again', seen.clockAfter(hit, 'last'));
    if (again) story.tell('a visitor', `${time(again.at)}: get('hamburg') → load begins`, again.site);
    else story.tell('a visitor', '102 s: the same answer again');
    t.hold(
      reload !== 'early',
      again ? `an answer that came at 40 s is loaded again at ${time(again.at)}` : '',
    );
    t.hold(reload !== 'late', 'an answer that came at 40 s is still given at 102 s, without a load');
    t.equal(seen.got('at 98 s')?.value, '"hamburg 1"', `at 98 s get ${seen.told('at 98 s')}`);
  },
);

probe<typeof Starter>(
  { id: 'falsy-is-a-value', sentence: 1, plays: `get('rain'), where load gives 0`, budgetMs: BUDGET },
  async (t) => {
    const values: [key: string, answer: unknown[], printed: string][] = [
      ['rain', [0], '0'],
      ['warning', [''], '""'],
      ['storm', [null], 'null'],
      ['snow', [], 'undefined'],
      ['frost', [false], 'false'],
    ];
    const seen = await play(t, {
      calls: values.flatMap(([key]) => [
        get(0, `${key}, first`, key),
        get(10 * SECOND, `${key}, second`, key),
      ]),
      replies: values.map(([key, answer]) => ({ key, ms: 100, answer })),
      until: 20 * SECOND,
    });
    const again = values.find(([key]) => seen.asks(key).length !== 1);
    t.see('falsy', again ? 'asked-again' : 'kept');
    if (again) {
      const [key, , printed] = again;
      const [, second] = seen.asks(key);
      const story = new Story(t);
      story.tell('provider', `100 ms: answers ${printed} for ${key}`);
      story.tell('a visitor', `10 s: get('${key}') → load begins`, second?.site);
      const what = /null|undefined/.test(printed) ? `the answer for ${key}` : printed;
      t.hold(false, `${what} has arrived, and ten seconds later it is loaded again`);
    }
    for (const [key, , printed] of values)
      for (const who of [`${key}, first`, `${key}, second`])
        t.equal(seen.got(who)?.value, printed, `${key}: get ${seen.told(who)} instead of ${printed}`);
  },
);

const KEYS = 60;
const ROOM = 20;

probe<typeof Starter>(
  {
    id: 'stays-small',
    sentence: 6,
    plays: `maxEntries: ${ROOM}; get('k1') … get('k${KEYS}'); size()`,
    budgetMs: BUDGET,
  },
  async (t) => {
    const seen = await play(t, {
      maxEntries: ROOM,
      calls: [
        ...Array.from({ length: KEYS }, (_, i) => get(i * 200, `k${i + 1}`, `k${i + 1}`)),
        size(15 * SECOND, 'size'),
        get(16 * SECOND, `k${KEYS} again`, `k${KEYS}`),
        get(90 * SECOND, 'new', 'new'),
        get(95 * SECOND, 'new again', 'new'),
        size(96 * SECOND, 'size later'),
      ],
      replies: [{ ms: 100 }],
      until: 100 * SECOND,
    });
    const sizes = ['size', 'size later'].map((who) => Number(seen.got(who)?.value));
    const [before = NaN, after = NaN] = sizes;
    const small = before <= ROOM && after <= ROOM;
    const again = [`k${KEYS}`, 'new'].map((key) => seen.asks(key)[1]).find((a) => a !== undefined);
    t.see('size', small ? 'bounded' : 'unbounded');
    t.see('newest', again ? 'asked-again' : 'kept');
    const story = new Story(t);
    const last = seen.asks(`k${KEYS}`)[0];
    const stored = seen.clockAfter(last && seen.endOf(last.n)) ?? last?.site ?? null;
    story.tell('provider', `answers for ${KEYS} keys, one after the other`, stored);
    story.tell('size()', `15 s: ${before}; 96 s: ${after}; there is room for ${ROOM}`);
    if (again)
      story.tell('a visitor', `${time(again.at)}: get('${again.key}') → load begins again`, again.site);
    t.hold(small, `room for ${ROOM}, ${KEYS} keys, and ${Math.max(before, after)} are kept`);
    t.hold(
      !again,
      again ? `the answer for ${again.key} came last, and it is loaded again at the next get` : '',
    );
  },
);

probe<typeof Starter>(
  {
    id: 'small-while-busy',
    sentence: 2,
    plays: `maxEntries: 2; get('a'), get('b'), get('c'), get('d'), and all of them again`,
    needs: ['stays-small', 'hundred-at-expiry'],
    budgetMs: BUDGET,
  },
  async (t) => {
    const keys = ['a', 'b', 'c', 'd'];
    const slow = 90 * SECOND;
    const seen = await play(t, {
      maxEntries: 2,
      calls: [
        ...keys.map((key) => get(0, `first ${key}`, key)),
        ...keys.map((key) => get(5 * SECOND, `second ${key}`, key)),
        get(70 * SECOND, 'third a', 'a'),
        size(100 * SECOND, 'size'),
      ],
      replies: [{ ms: slow }],
      until: 300 * SECOND,
    });
    const again = keys.map((key) => seen.asks(key, 0, slow)[1]).find((a) => a !== undefined);
    const left = Number(seen.got('size')?.value);
    t.see('under-way', !again ? 'kept' : again.at < TTL ? 'dropped-for-room' : 'dropped-for-age');
    t.see('size', left <= 2 ? 'bounded' : 'unbounded');
    const story = new Story(t);
    story.tell('visitors', '0 s: get a, b, c, d → four loads begin', seen.asks('a')[0]?.site);
    if (again)
      story.tell('a visitor', `${time(again.at)}: get('${again.key}') → load begins again`, again.site);
    else story.tell('size()', `100 s: ${left}; there is room for 2`, null);
    const end = seen.endOf(seen.asks('d')[0]?.n ?? 0);
    const stored = seen.clockAfter(end);
    if (!again && stored) story.tell('provider', '90 s: answers for d, the last of four', stored);
    t.hold(!again, again ? `the load of ${again.key} is under way, and another of it begins` : '');
    t.hold(left <= 2, `room for 2, four loads came in, and ${left} are kept`);
    const never = keys.flatMap((k) => [`first ${k}`, `second ${k}`]).find((w) => seen.got(w) === null);
    t.hold(never === undefined, `the ${never} waits for ever`);
  },
);
