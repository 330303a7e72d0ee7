import type { Clock, Log, Random, Reply, Request, Transport } from './world.ts';

const MOST_ATTEMPTS = 6;
const LEAST_PAUSE_MS = 400;
const MOST_PAUSE_MS = 15_000;
/** After so many failures in a row the breaker opens, for so long. */
const FAILURES_TO_OPEN = 20;
const OPEN_MS = 5000;

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

export function createClient(world: World): Client {
  return new PatientClient(world);
}

class GaveUp extends Error {
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super('the parcel service does not answer', { cause });
    this.attempts = attempts;
  }
}

/** Knows how the service is doing, for all calls of a client. */
class Breaker {
  #failures = 0;
  #openUntil = 0;
  lastFailure: unknown;

  allows(now: number): boolean {
    if (this.#failures < FAILURES_TO_OPEN) return true;
    if (now < this.#openUntil) return false;
    // one may try; the others wait for what becomes of it
    this.#openUntil = now + OPEN_MS;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(failure: unknown, now: number): void {
    this.lastFailure = failure;
    if (++this.#failures === FAILURES_TO_OPEN) this.#openUntil = now + OPEN_MS;
  }
}

class PatientClient implements Client {
  readonly #world: World;
  readonly #breaker = new Breaker();

  constructor(world: World) {
    this.#world = world;
  }

  async call(request: Request, { deadlineMs, signal }: CallOptions = {}): Promise<Reply> {
    const ended = new AbortController();
    const limits = [ended.signal, ...(signal ? [signal] : [])];
    const timeUp = new AbortController();
    if (deadlineMs !== undefined) {
      void this.#world.clock
        .sleep(deadlineMs, AbortSignal.any(limits))
        .then(() => timeUp.abort(new Error('deadline exceeded')))
        .catch(() => {});
    }
    try {
      return await this.#until(request, AbortSignal.any([...limits, timeUp.signal]));
    } finally {
      ended.abort();
    }
  }

  async #until(request: Request, signal: AbortSignal): Promise<Reply> {
    const { transport, clock } = this.#world;
    const own = request.method === 'POST' ? withKey(request) : request;
    let pause = LEAST_PAUSE_MS;
    for (let attempts = 0; ;) {
      if (attempts === MOST_ATTEMPTS || !this.#breaker.allows(clock.now())) {
        throw this.#giveUp(request, attempts);
      }
      attempts++;
      let failure: unknown;
      let asked = 0;
      try {
        const reply = await transport.send(own, signal);
        if (![429, 502, 503, 504].includes(reply.status)) {
          this.#breaker.succeeded();
          return reply;
        }
        failure = reply;
        asked = waitOf(reply.headers['retry-after'], clock.now());
      } catch (error) {
        if ((error as Error | undefined)?.name !== 'ConnectionLost') throw error;
        failure = error;
      }
      this.#breaker.failed(failure, clock.now());
      if (attempts === MOST_ATTEMPTS) continue;
      pause = this.#next(pause);
      await clock.sleep(Math.max(asked, pause), signal);
    }
  }

  /** From the least pause up to three times the last one. */
  #next(pause: number): number {
    const range = pause * 3 - LEAST_PAUSE_MS;
    return Math.min(MOST_PAUSE_MS, LEAST_PAUSE_MS + this.#world.random.float() * range);
  }

  #giveUp({ method, path }: Request, attempts: number): GaveUp {
    this.#world.log.error(`${method} ${path} failed after ${attempts} attempts`);
    return new GaveUp(attempts, this.#breaker.lastFailure);
  }
}

let calls = 0;

function withKey(request: Request): Request {
  return { ...request, headers: { ...request.headers, 'idempotency-key': `call-${++calls}` } };
}

function waitOf(header: string | undefined, now: number): number {
  if (!header) return 0;
  const seconds = Number(header);
  return Number.isNaN(seconds) ? Date.parse(header) - now || 0 : seconds * 1000;
}
