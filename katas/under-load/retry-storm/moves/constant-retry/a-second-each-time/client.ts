import type { Clock, Log, Random, Reply, Request, Transport } from './world.ts';

const TRIES = 5;

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

/** Talks to the parcel service. Trouble on the way is tried again, so that callers need not care. */
export function createClient({ transport, clock, log }: World): Client {
  return {
    async call(request, options = {}) {
      const signal = options.signal ?? new AbortController().signal;
      let reply: Reply | undefined;
      for (let attempt = 1; attempt <= TRIES; attempt++) {
        try {
          reply = await transport.send(request, signal);
          if (reply.status < 400) return reply;
        } catch {
          log.info('connection trouble', { attempt });
        }
        await clock.sleep(1000);
      }
      return reply as Reply;
    },
  };
}
