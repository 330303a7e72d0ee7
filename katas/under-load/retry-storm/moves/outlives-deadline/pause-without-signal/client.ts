import type { Clock, Log, Random, Reply, Request, Transport } from './world.ts';

const MOST_ATTEMPTS = 5;
const BASE_MS = 1000;
const CAP_MS = 20_000;
/** A retry takes a token; each call gives a tenth of one back. */
const MOST_TOKENS = 20;
const TOKENS_PER_CALL = 0.1;

export interface World {
  transport: Transport;
  clock: Clock;
  random: Random;
  log: Log;
}

export interface CallOptions {
  deadlineMs?: number;
  signal?: AbortSignal;
}

export interface Client {
  call(request: Request, options?: CallOptions): Promise<Reply>;
}

/** Talks to the parcel service. Trouble that may pass is tried again, while the service can bear it. */
export function createClient({ transport, clock, random, log }: World): Client {
  let tokens = MOST_TOKENS;

  const pauseAfter = (attempts: number, failure: unknown): number => {
    const backoff = random.float() * Math.min(CAP_MS, BASE_MS * 2 ** (attempts - 1));
    return Math.max(askedToWait(failure, clock.now()), backoff);
  };

  async function attemptUntilDone(request: Request, signal: AbortSignal): Promise<Reply> {
    for (let attempts = 1; ; attempts++) {
      const failure = await attempt(request, signal);
      if (!mayPass(failure)) return answerOf(failure);
      if (attempts === MOST_ATTEMPTS || tokens < 1) {
        const { method, path } = request;
        log.warn('gave up', { method, path, attempts });
        throw new CallFailed(attempts, failure);
      }
      tokens--;
      await clock.sleep(pauseAfter(attempts, failure)).then(() => signal.throwIfAborted());
    }
  }

  /** The reply, or what was thrown instead of one. */
  async function attempt(request: Request, signal: AbortSignal): Promise<unknown> {
    try {
      return await transport.send(request, signal);
    } catch (error) {
      return error;
    }
  }

  return {
    async call(request, options = {}) {
      tokens = Math.min(MOST_TOKENS, tokens + TOKENS_PER_CALL);
      const ends = new AbortController();
      const leave = (): void => ends.abort(options.signal?.reason);
      if (options.signal?.aborted) leave();
      options.signal?.addEventListener('abort', leave);
      const done = new AbortController();
      if (options.deadlineMs !== undefined) {
        clock.sleep(options.deadlineMs, done.signal).then(
          () => ends.abort(new Error(`no answer within ${options.deadlineMs} ms`)),
          () => {},
        );
      }
      try {
        return await attemptUntilDone(recognisable(request, random), ends.signal);
      } finally {
        done.abort();
        options.signal?.removeEventListener('abort', leave);
      }
    },
  };
}

class CallFailed extends Error {
  override name = 'CallFailed';
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super(`no answer after ${attempts} attempts`, { cause });
    this.attempts = attempts;
  }
}

/** The request with a key of its own, so that the service knows a repetition when it sees one. */
function recognisable(request: Request, random: Random): Request {
  if (request.method !== 'POST') return request;
  const key = Buffer.from(random.bytes(16)).toString('hex');
  return { ...request, headers: { 'idempotency-key': key, ...request.headers } };
}

const PASSING = [429, 502, 503, 504];

/** Whether the next attempt may end otherwise. */
function mayPass(outcome: unknown): boolean {
  if (outcome instanceof Error) return outcome.name === 'ConnectionLost';
  return PASSING.includes((outcome as Reply).status);
}

function answerOf(outcome: unknown): Reply {
  if (outcome instanceof Error) throw outcome;
  return outcome as Reply;
}

/** How long the service asks to be left alone, in ms. */
function askedToWait(failure: unknown, now: number): number {
  const asked = (failure as Partial<Reply>).headers?.['retry-after'];
  if (asked === undefined) return 0;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now;
  return Number.isFinite(ms) ? ms : 0;
}
