import type { Clock, Log, Random, Reply, Request, Transport } from './world.ts';

/** Once more, after a second and a bit, as long as few have needed it lately. */
const LEAST_MS = 500;
const RANGE_MS = 1000;
const LATELY_MS = 10_000;
const SHARE = 0.2;
const ALWAYS = 5;

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

type End = { reply: Reply } | { lost: Error };

export function createClient({ transport, clock, random, log }: World): Client {
  let calls: number[] = [];
  let repeated: number[] = [];

  async function send(request: Request, signal: AbortSignal): Promise<End> {
    try {
      return { reply: await transport.send(request, signal) };
    } catch (error) {
      if (error instanceof Error && error.name === 'ConnectionLost') return { lost: error };
      throw error;
    }
  }

  function affordable(now: number): boolean {
    const lately = (at: number): boolean => at > now - LATELY_MS;
    calls = calls.filter(lately);
    repeated = repeated.filter(lately);
    return repeated.length < ALWAYS + SHARE * calls.length;
  }

  async function work(request: Request, signal: AbortSignal): Promise<Reply> {
    calls.push(clock.now());
    let end = await send(request, signal);
    let attempts = 1;
    // what books is not sent twice: nobody knows whether it has been done
    if (failed(end) && !('lost' in end && request.method === 'POST') && affordable(clock.now())) {
      repeated.push(clock.now());
      await clock.sleep(Math.max(asked(end, clock.now()), LEAST_MS + random.float() * RANGE_MS), signal);
      attempts = 2;
      end = await send(request, signal);
    }
    if ('reply' in end && !failed(end)) return end.reply;
    log.error(`${request.path}: given up`, { attempts });
    const cause = 'reply' in end ? end.reply : end.lost;
    throw Object.assign(new Error(`${request.method} ${request.path} failed`, { cause }), { attempts });
  }

  return {
    async call(request, { deadlineMs, signal } = {}) {
      const stop = new AbortController();
      const onAbort = (): void => stop.abort(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      const timer =
        deadlineMs === undefined
          ? undefined
          : setTimeout(() => stop.abort(new Error(`deadline of ${deadlineMs} ms`)), deadlineMs);
      try {
        return await work(request, stop.signal);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      }
    },
  };
}

function failed(end: End): boolean {
  return 'lost' in end || [429, 502, 503, 504].includes(end.reply.status);
}

/** Milliseconds that the service asks for. */
function asked(end: End, now: number): number {
  const header = 'reply' in end ? end.reply.headers['retry-after'] : undefined;
  if (header === undefined) return 0;
  return /^\d+$/.test(header) ? 1000 * Number(header) : Math.max(0, Date.parse(header) - now);
}
