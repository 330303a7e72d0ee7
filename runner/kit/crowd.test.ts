import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';
import { Crowd, CrowdKit, type CallingClient, type CreateClient, type CrowdScene } from './crowd.ts';
import type { PeerReply, PeerRequest } from './peer.ts';
import { setTable } from './table.ts';

setTable({ root: '/nowhere', entry: '', sources: null, scorer: null, known: new Map(), seed: 1 });

const kit = (): CrowdKit => new CrowdKit(new Crowd(new VirtualClock()));
const get = (path = '/'): PeerRequest => ({ method: 'GET', path });

/** Tries three times, a second apart. */
const three: CreateClient = ({ transport, clock, log }) => ({
  async call(request, o) {
    const signal = o?.signal ?? new AbortController().signal;
    for (let attempts = 1; ; attempts++) {
      const reply = await transport.send(request, signal).catch((error: Error) => {
        if (error.name !== 'ConnectionLost') throw error;
        return { status: 0 } as PeerReply;
      });
      if (reply.status === 200 || reply.status === 201) return reply;
      if (attempts === 3) {
        log.error('gave up', { request });
        throw Object.assign(new Error('gave up', { cause: reply }), { attempts });
      }
      await clock.sleep(1000, signal);
    }
  },
});

const scene = (s: Partial<CrowdScene>): CrowdScene => ({
  rules: [],
  clients: [{ seed: 1 }],
  calls: [{ at: 0, client: 0, request: get() }],
  until: 60_000,
  ...s,
});

describe('what a scene tells', () => {
  it('attempts with their times, pauses, and how a call ended', async () => {
    const played = await kit().play(scene({ rules: [{ until: 1500, status: 503 }] }), three);
    expect(played.attempts.map((a) => [a.at, a.end, a.status])).toEqual([
      [0, 'replied', 503],
      [1000, 'replied', 503],
      [2000, 'replied', 200],
    ]);
    expect(played.pauses.map((p) => [p.at, p.ms, p.end, p.call])).toEqual([
      [0, 1000, 'over', 0],
      [1000, 1000, 'over', 0],
    ]);
    expect(played.ends).toEqual([{ how: 'replied', at: 2000, status: 200 }]);
  });

  it('of an error its cause, its attempts; of the log the lines with a secret', async () => {
    const request = { ...get(), headers: { authorization: 's3cret' } };
    const played = await kit().play(
      scene({
        rules: [{ status: 503 }],
        calls: [{ at: 0, client: 0, request }],
        secrets: ['s3cret'],
      }),
      three,
    );
    expect(played.ends[0]).toMatchObject({
      how: 'rejected',
      at: 2000,
      error: { isError: true, attempts: 3, cause: { status: 503, name: null } },
    });
    expect(played.secrets).toHaveLength(1);
  });

  it('says which call an attempt belongs to, also when several run at once', async () => {
    const calls = [0, 300, 600].map((at, i) => ({ at, client: 0, request: get(`/${i}`) }));
    const played = await kit().play(scene({ rules: [{ times: 1, status: 502 }], calls }), three);
    expect(played.attempts.map((a) => [a.at, a.call, a.path])).toEqual([
      [0, 0, '/0'],
      [300, 1, '/1'],
      [600, 2, '/2'],
      [1000, 0, '/0'],
      [1300, 1, '/1'],
      [1600, 2, '/2'],
    ]);
  });

  it('the same again when it is played again', async () => {
    const crowd = kit();
    const s = scene({ rules: [{ times: 2, status: 502 }] });
    expect(await crowd.play(s, three)).toEqual(await crowd.play(s, three));
  });
});

describe('the service', () => {
  it('carries out what it then loses the answer of, and knows a key again', async () => {
    const keyed: CreateClient = (world) => ({
      call: (r, o) => three(world).call({ ...r, headers: { 'Idempotency-Key': 'k' } }, o),
    });
    const lost = { times: 1, carriesOut: true, throws: { name: 'ConnectionLost', message: 'no answer' } };
    const s = scene({
      rules: [lost],
      calls: [{ at: 0, client: 0, request: { method: 'POST', path: '/p' } }],
    });
    expect((await kit().play(s, three)).carriedOut).toHaveLength(2);
    const played = await kit().play(s, keyed);
    expect(played.carriedOut).toMatchObject([{ key: 'k', call: 0, at: 0 }]);
    expect(played.attempts.map((a) => a.end)).toEqual(['thrown', 'replied']);
  });

  it('says how long to wait in seconds and as a date', async () => {
    const seen: string[] = [];
    const asks: CreateClient = ({ transport }) => ({
      async call(r) {
        const reply = await transport.send(r, new AbortController().signal);
        seen.push(reply.headers['retry-after']!);
        return reply;
      },
    });
    const calls = [0, 1].map(() => ({ at: 500, client: 0, request: get() }));
    const rules = (['seconds', 'date'] as const).map((as, call) => ({
      call,
      status: 503,
      retryAfter: { ms: 7000, as },
    }));
    await kit().play(scene({ rules, calls }), asks);
    expect(seen).toEqual(['7', 'Thu, 01 Jan 2026 00:00:08 GMT']);
  });

  it('leaves a loop without an end unanswered', async () => {
    const endless: CreateClient = ({ transport }) => ({
      async call(r) {
        for (;;) await transport.send(r, new AbortController().signal);
      },
    });
    const played = await kit().play(scene({ rules: [{ status: 503 }] }), endless);
    expect(played.ends).toEqual([{ how: 'waiting' }]);
    expect(played.attempts.length).toBeLessThan(100);
    expect(played.attempts.at(-1)!.end).toBe('open');
  });
});

describe('those who leave', () => {
  it('abort the attempt that is under way', async () => {
    const s = scene({
      rules: [{ hangs: true }],
      calls: [{ at: 0, client: 0, request: get(), abortAfter: 400 }],
    });
    const played = await kit().play(s, three);
    expect(played.attempts).toMatchObject([{ end: 'aborted', endedAt: 400 }]);
    expect(played.ends[0]).toMatchObject({ how: 'rejected', at: 400, error: { name: 'AbortError' } });
  });

  it('are seen to leave pauses behind, and timers of AbortSignal.timeout fire', async () => {
    const leaves: CreateClient = ({ clock }): CallingClient => ({
      async call() {
        void clock.sleep(9000);
        const signal = AbortSignal.timeout(200);
        await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
        return undefined;
      },
    });
    const real = AbortSignal.timeout;
    const played = await kit().play(scene({ lookAt: 300 }), leaves);
    expect(played.ends).toEqual([{ how: 'answered', at: 200, what: 'undefined' }]);
    expect(played.planned).toEqual([{ what: 'sleep(9000)', at: 9000, site: null }]);
    expect(AbortSignal.timeout).toBe(real);
  });
});
