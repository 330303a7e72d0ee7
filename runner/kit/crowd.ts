import type { Frame, Site } from '../core/facts.ts';
import { settle, type Clock, type VirtualClock } from './clock.ts';
import { framesOfError } from './frames.ts';
import { LogKit, type Log, type LogFact } from './log.ts';
import {
  onCall,
  Peer,
  siteOnCall,
  type Attempt,
  type CarriedOut,
  type PeerRequest,
  type PeerRule,
  type Transport,
} from './peer.ts';
import { SeededRandom, type Random } from './random.ts';

/** What a client is made with. */
export interface ClientWorld {
  transport: Transport;
  clock: Clock;
  random: Random;
  log: Log;
}

/** What the learner's code makes of it. */
export interface CallingClient {
  call(request: PeerRequest, options?: { deadlineMs?: number; signal?: AbortSignal }): Promise<unknown>;
}
export type CreateClient = (world: ClientWorld) => CallingClient;

/** Clients, what they are asked for and when, and how the service behaves: all of it data. Times are ms since the beginning. */
export interface CrowdScene {
  rules: readonly PeerRule[];
  /** seed of each client's chance, and which of the given modules makes it (default the first) */
  clients: readonly { seed: number; module?: number }[];
  calls: readonly PlannedCall[];
  /** when to stop looking */
  until: number;
  /** when to look at what is planned but has not happened yet; at the end unless given */
  lookAt?: number;
  /** texts that should be in no line of the log */
  secrets?: readonly string[];
}

export interface PlannedCall {
  at: number;
  client: number;
  request: PeerRequest;
  deadlineMs?: number;
  /** when the caller's signal aborts, ms after the call */
  abortAfter?: number;
}

/** How a call ended. `waiting`: it has not. */
export type CallEnd =
  | { how: 'replied'; at: number; status: number }
  | { how: 'answered'; at: number; what: string }
  | { how: 'rejected'; at: number; error: ToldError }
  | { how: 'waiting' };

/** What can be told of something that was thrown. */
export interface ToldError {
  isError: boolean;
  name: string;
  message: string;
  /** its `attempts`, where that is a number */
  attempts: number | null;
  /** its `cause`: the status of a reply, the name of an error, or what else it is; null when there is none */
  cause: { status: number | null; name: string | null } | null;
  /** where it was made */
  frame: Frame | null;
}

/** A pause that the learner's code asked of the clock. */
export interface Pause {
  at: number;
  ms: number;
  call: number | null;
  /** `over` when it was waited for, `aborted`, or `waiting` still */
  end: 'over' | 'aborted' | 'waiting';
  /** where it was asked for; only of the first calls of a scene */
  site: Site | null;
}

export interface Played {
  attempts: Attempt[];
  carriedOut: CarriedOut[];
  ends: CallEnd[];
  pauses: Pause[];
  /** times that chance was asked, by client */
  chance: number[];
  log: (LogFact & { client: number })[];
  /** lines of the log in which a secret stands */
  secrets: LogFact[];
  /** what the learner's code had planned and not taken back at `lookAt` */
  planned: { what: string; at: number; site: Site | null }[];
}

/**
 * Plays clients of the learner's against a peer, on the virtual clock. It lives beside the learner's code: a scene with
 * a thousand calls costs one crossing of the board.
 */
export class Crowd {
  readonly #clock: VirtualClock;
  #epoch: number | null = null;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /**
   * Plays one scene from its beginning to `until`. The clock begins where it stood at the first one.
   * @param text a CrowdScene as JSON
   * @param modules make the clients
   * @returns a Played as JSON
   */
  readonly play = async (text: string, modules: readonly CreateClient[]): Promise<string> => {
    const scene = JSON.parse(text) as CrowdScene;
    const clock = this.#clock;
    this.#epoch ??= clock.now();
    clock.forget();
    clock.set(this.#epoch);
    const peer = new Peer(clock, scene.rules);
    const played = new Playing(clock, peer, scene);
    const restore = virtualTimeouts(clock);
    try {
      const clients = scene.clients.map((c, i) => modules[c.module ?? 0]!(played.worldOf(i, c.seed)));
      for (const [i, call] of scene.calls.entries())
        clock.schedule(call.at, 'call', () => played.start(i, call, clients[call.client]!), null);
      await played.run();
    } finally {
      restore();
    }
    return JSON.stringify(played.told());
  };
}

/** One scene while it is played. */
class Playing {
  readonly #clock: VirtualClock;
  readonly #peer: Peer;
  readonly #scene: CrowdScene;
  readonly #start: number;
  readonly #ends: CallEnd[];
  readonly #pauses: Pause[] = [];
  readonly #chance: number[];
  readonly #logs: LogKit[];
  #planned: Played['planned'] = [];

  constructor(clock: VirtualClock, peer: Peer, scene: CrowdScene) {
    this.#clock = clock;
    this.#peer = peer;
    this.#scene = scene;
    this.#start = clock.now();
    this.#ends = scene.calls.map(() => ({ how: 'waiting' }));
    this.#chance = scene.clients.map(() => 0);
    this.#logs = scene.clients.map(() => new LogKit());
  }

  worldOf(client: number, seed: number): ClientWorld {
    const random = new SeededRandom(seed);
    const asked = (): void => void this.#chance[client]!++;
    return {
      transport: this.#peer.transport(client),
      clock: Object.freeze({ now: this.#clock.now, sleep: this.#sleep }),
      random: Object.freeze({
        float: () => (asked(), random.float()),
        int: (below: number) => (asked(), random.int(below)),
        bytes: (n: number) => (asked(), random.bytes(n)),
      }),
      log: this.#logs[client]!.log,
    };
  }

  /** As the clock's own `sleep`, and kept. */
  readonly #sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((done, fail) => {
      if (signal?.aborted) return fail(signal.reason as Error);
      const site = siteOnCall();
      const pause: Pause = { at: this.#now(), ms, call: onCall.getStore() ?? null, end: 'waiting', site };
      this.#pauses.push(pause);
      const over = (): void => {
        pause.end = 'over';
        done();
      };
      const cancel = this.#clock.schedule(ms, `sleep(${ms})`, over, site);
      const leave = (): void => {
        if (pause.end !== 'waiting') return;
        cancel();
        pause.end = 'aborted';
        fail(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
    });

  /** Makes a planned call, as its caller. */
  start(index: number, { request, deadlineMs, abortAfter }: PlannedCall, client: CallingClient): void {
    const options: { deadlineMs?: number; signal?: AbortSignal } = {};
    if (deadlineMs !== undefined) options.deadlineMs = deadlineMs;
    if (abortAfter !== undefined) {
      const caller = new AbortController();
      options.signal = caller.signal;
      const reason = new DOMException('the caller has left', 'AbortError');
      this.#clock.schedule(abortAfter, 'call', () => caller.abort(reason), null);
    }
    const own = structuredClone(request);
    onCall.run(index, async () => {
      try {
        const answer = await client.call(own, options);
        this.#ends[index] = endOf(answer, this.#now());
      } catch (error) {
        this.#ends[index] = { how: 'rejected', at: this.#now(), error: told(error) };
      }
    });
  }

  /** Moves the clock on from timer to timer until the end of the scene. */
  async run(): Promise<void> {
    let over = false;
    const { until, lookAt } = this.#scene;
    if (lookAt !== undefined) this.#clock.schedule(lookAt, 'look', () => this.#look(), null);
    this.#clock.schedule(until, 'end', () => void (over = true), null);
    await settle(1);
    while (!over && this.#clock.fireNext()) await settle(1);
    if (lookAt === undefined) this.#look();
    this.#clock.forget();
  }

  #look(): void {
    this.#planned = this.#clock
      .pending()
      .filter((p) => /^(?:sleep|setTimeout|setInterval)\(/.test(p.what))
      .map(({ what, at, site }) => ({ what, at: at - this.#start, site }));
  }

  told(): Played {
    return {
      attempts: this.#peer.attempts,
      carriedOut: this.#peer.carriedOut,
      ends: this.#ends,
      pauses: this.#pauses,
      chance: this.#chance,
      log: this.#logs.flatMap((kit, client) => kit.lines.map((line) => ({ ...line, client }))),
      secrets: (this.#scene.secrets ?? []).flatMap((s) => this.#logs.flatMap((kit) => kit.find(s))),
      planned: this.#planned,
    };
  }

  #now(): number {
    return this.#clock.now() - this.#start;
  }
}

function endOf(answer: unknown, at: number): CallEnd {
  const status = propertyOf(answer, 'status');
  return typeof status === 'number'
    ? { how: 'replied', at, status }
    : { how: 'answered', at, what: answer === null ? 'null' : typeof answer };
}

function told(error: unknown): ToldError {
  const attempts = propertyOf(error, 'attempts');
  const cause = propertyOf(error, 'cause');
  const status = propertyOf(cause, 'status');
  return {
    isError: error instanceof Error,
    name: text(propertyOf(error, 'name')) ?? typeof error,
    message: text(propertyOf(error, 'message')) ?? '',
    attempts: typeof attempts === 'number' ? attempts : null,
    cause:
      cause === undefined || cause === null
        ? null
        : { status: typeof status === 'number' ? status : null, name: text(propertyOf(cause, 'name')) },
    frame: framesOfError(error)[0] ?? null,
  };
}

/** A property of anything; undefined where looking at it throws. */
function propertyOf(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** `AbortSignal.timeout` on the virtual clock: it is a timer as well. @returns what takes it back */
function virtualTimeouts(clock: VirtualClock): () => void {
  const real = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout')!;
  const timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    clock.schedule(ms, 'timeout', () => controller.abort(reason), null);
    return controller.signal;
  };
  Object.defineProperty(AbortSignal, 'timeout', { ...real, value: timeout });
  return () => Object.defineProperty(AbortSignal, 'timeout', real);
}

/** What a probe uses: one call plays a scene. */
export class CrowdKit {
  readonly #play: Crowd['play'];

  constructor(crowd: Crowd) {
    this.#play = crowd.play;
  }

  /**
   * Makes the clients, makes the calls, moves the clock to the scene's end.
   * @param modules what makes the clients: the learner's exported function, one for each "process"
   * @throws what making a client throws
   */
  async play(scene: CrowdScene, ...modules: readonly CreateClient[]): Promise<Played> {
    return JSON.parse(await this.#play(JSON.stringify(scene), modules)) as Played;
  }
}
