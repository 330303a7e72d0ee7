import { AsyncLocalStorage } from 'node:async_hooks';
import type { Site } from '../core/facts.ts';
import type { VirtualClock } from './clock.ts';
import { learnerSite } from './frames.ts';

/** What is sent to a peer. */
export interface PeerRequest {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What a peer answers. */
export interface PeerReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The way to a peer, as learners receive it. It may reject: then it is not known what became of the request. */
export interface Transport {
  send(request: PeerRequest, signal: AbortSignal): Promise<PeerReply>;
}

/**
 * What a peer does with some requests, as data. All that is left out fits every request. Of several rules the first one
 * that fits decides; where none fits, the peer carries the request out and answers 200, a POST 201.
 */
export interface PeerRule {
  /** only requests of this planned call, by its index */
  call?: number;
  /** only from this many ms after the beginning, and only before that many */
  from?: number;
  until?: number;
  /** only so often for each call */
  times?: number;
  /** ms until the end of the attempt, default 0 */
  after?: number;
  /** whether the request is carried out, whatever is answered then; default: only with a status below 400 */
  carriesOut?: boolean;
  /** answers with this status */
  status?: number;
  /** the answer asks to wait so many ms, told in one of the two forms of the header */
  retryAfter?: { ms: number; as: 'seconds' | 'date' };
  /** rejects with an error of that name */
  throws?: { name: string; message: string };
  /** never ends by itself; only the signal ends it */
  hangs?: boolean;
}

/** One arrival at the peer. Times are ms since the beginning. */
export interface Attempt {
  at: number;
  /** index of the planned call that it belongs to; null where that cannot be told */
  call: number | null;
  client: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** how it ended, `open` while it has not */
  end: 'replied' | 'thrown' | 'aborted' | 'open';
  endedAt: number | null;
  status: number | null;
  /** where it was sent; only of the first calls of a scene */
  site: Site | null;
}

/** What the peer has carried out: a request with an `idempotency-key` that it has seen is carried out no second time. */
export interface CarriedOut {
  at: number;
  call: number | null;
  key: string | null;
  method: string;
  path: string;
}

/** Which planned call is running: survives every `await` of the learner's code. */
export const onCall = new AsyncLocalStorage<number>();

/** Calls whose sites are looked up, the first of a scene: a site costs more than all the rest of an arrival. */
const CALLS_WITH_SITES = 50;

/** Where the learner's code is, if it is in one of the first calls of the scene; else null. */
export function siteOnCall(): Site | null {
  return (onCall.getStore() ?? 0) < CALLS_WITH_SITES ? learnerSite() : null;
}

/** More arrivals of one call than this are left without an answer, so that a loop without a pause comes to its end. */
const MOST_OF_ONE_CALL = 60;
/** As many in all. */
const MOST = 12_000;

/**
 * A service at the other end, without a network: it does what rules say, on the virtual clock, and keeps what arrived.
 * It lives beside the learner's code, so that an arrival costs no crossing of the board.
 */
export class Peer {
  readonly attempts: Attempt[] = [];
  readonly carriedOut: CarriedOut[] = [];
  readonly #clock: VirtualClock;
  readonly #rules: readonly PeerRule[];
  readonly #start: number;
  /** how often each rule was used, by call */
  readonly #used: Map<number | null, number>[];
  readonly #arrived = new Map<number | null, number>();

  constructor(clock: VirtualClock, rules: readonly PeerRule[]) {
    this.#clock = clock;
    this.#rules = rules;
    this.#start = clock.now();
    this.#used = rules.map(() => new Map());
  }

  /** The way to it for one client. `send` may be taken off the object. */
  transport(client: number): Transport {
    return Object.freeze({
      send: (request: PeerRequest, signal?: AbortSignal) => this.#arrive(client, request, signal),
    });
  }

  #arrive(client: number, request: PeerRequest, signal: AbortSignal | undefined): Promise<PeerReply> {
    const call = onCall.getStore() ?? null;
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const attempt: Attempt = {
      at: this.#clock.now() - this.#start,
      call,
      client,
      method: request.method,
      path: request.path,
      headers: { ...request.headers },
      body: request.body,
      end: 'open',
      endedAt: null,
      status: null,
      site: siteOnCall(),
    };
    this.attempts.push(attempt);
    const arrived = (this.#arrived.get(call) ?? 0) + 1;
    this.#arrived.set(call, arrived);
    const rule: PeerRule =
      arrived > MOST_OF_ONE_CALL || this.attempts.length > MOST ? { hangs: true } : this.#ruleFor(attempt);
    const status = rule.status ?? (request.method === 'POST' ? 201 : 200);
    const fails = rule.hangs === true || rule.throws !== undefined;
    if (rule.carriesOut ?? (!fails && status < 400)) this.#carryOut(attempt);
    return new Promise((done, fail) => {
      const end = (how: Attempt['end']): void => {
        attempt.end = how;
        attempt.endedAt = this.#clock.now() - this.#start;
      };
      const answer = (): void => {
        if (attempt.end !== 'open' || rule.hangs) return;
        if (rule.throws) {
          end('thrown');
          fail(errorOf(rule.throws));
          return;
        }
        end('replied');
        attempt.status = status;
        done({ status, headers: this.#headersOf(rule), body: { path: request.path } });
      };
      signal?.addEventListener(
        'abort',
        () => {
          if (attempt.end !== 'open') return;
          end('aborted');
          fail(signal.reason as Error);
        },
        { once: true },
      );
      if (rule.after) this.#clock.schedule(rule.after, 'answer', answer, null);
      else answer();
    });
  }

  #ruleFor(attempt: Attempt): PeerRule {
    for (const [i, rule] of this.#rules.entries()) {
      if (rule.call !== undefined && rule.call !== attempt.call) continue;
      if (attempt.at < (rule.from ?? 0) || attempt.at >= (rule.until ?? Infinity)) continue;
      const used = this.#used[i]!.get(attempt.call) ?? 0;
      if (used >= (rule.times ?? Infinity)) continue;
      this.#used[i]!.set(attempt.call, used + 1);
      return rule;
    }
    return {};
  }

  #carryOut({ at, call, method, path, headers }: Attempt): void {
    const key = headerOf(headers, 'idempotency-key');
    if (key !== null && this.carriedOut.some((c) => c.key === key)) return;
    this.carriedOut.push({ at, call, key, method, path });
  }

  #headersOf({ retryAfter }: PeerRule): Record<string, string> {
    if (!retryAfter) return {};
    const { ms, as } = retryAfter;
    const seconds = Math.ceil(ms / 1000);
    // whole seconds in both forms: a date is rounded up, as the other is
    const date = new Date(Math.ceil((this.#clock.now() + ms) / 1000) * 1000);
    return { 'retry-after': as === 'seconds' ? String(seconds) : date.toUTCString() };
  }
}

/** A header's value, however its name is written; null when it is not there. */
export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | null {
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return String(value);
  return null;
}

function errorOf({ name, message }: { name: string; message: string }): Error {
  if (name === 'TypeError') return new TypeError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}
