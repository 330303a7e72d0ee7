import { fork, type ChildProcess } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArbiterMessage, Job, Request } from './arbiter-protocol.ts';
import { blankResult, MoveRecord } from './move-record.ts';
import type { Engine, Position } from './engine.ts';
import type { Jail } from './jail.ts';
import type { Start } from './players.ts';
import { verdictOf } from './verdict-of.ts';
import { openWorlds, type Worlds } from './worlds.ts';

const ENTRY = fileURLToPath(new URL('./arbiter.ts', import.meta.url));
/** An arbiter that says nothing for so long is hung, whatever its players do: their limits are shorter. */
const SILENCE_MS = 90_000;
/** So many times what a test of a suite may take. */
const SILENCE_FACTOR = 6;

/** How an engine plays. */
export interface EngineOptions {
  /** how many players wait ready; 0, the default, starts one when it is needed */
  spares?: number;
  /** `bwrap` puts every player into a jail of bubblewrap; where that does not work, nothing is judged */
  jail?: Jail;
  /**
   * `warm`, the default: they try their instruments before they are needed, which is quicker for the one who waits;
   * `cold`; or `shared`: a player plays one program after the other, for programs that a kata ships and that are
   * trusted not to disturb each other. A program that leaves something behind ends its player all the same.
   */
  start?: Start;
}

/** Thrown when the arbiter itself went wrong: never the learner's fault. */
export class ArbiterError extends Error {
  override name = 'ArbiterError';
}

/**
 * The engine: an arbiter process that stays warm, and players it starts ahead of need. One move is judged at a time;
 * further ones wait.
 */
export function createEngine(options: EngineOptions = {}): Engine {
  let arbiter: Arbiter | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  let practice: Position | null = null;
  const start = (): Arbiter => {
    const started = new Arbiter(options);
    if (practice) started.rehearse(jobOf(practice));
    return started;
  };
  if (options.spares) arbiter = start();

  async function judgeOne(position: Position, signal: AbortSignal | undefined): ReturnType<Engine['judge']> {
    if (closed) throw new ArbiterError('the engine is closed');
    signal?.throwIfAborted();
    const since = performance.now();
    const job = jobOf(position);
    if (arbiter && !arbiter.fits(job)) {
      arbiter.end();
      arbiter = null;
    }
    arbiter ??= start();
    const record = new MoveRecord(position.original ?? ((at) => at));
    try {
      await arbiter.judge(job, record, signal);
    } catch (error) {
      arbiter.end();
      arbiter = null;
      throw error;
    }
    signal?.throwIfAborted();
    if (record.broken !== null) throw new ArbiterError(`this kata cannot be judged here: ${record.broken}`);
    const results = record.probes.map((p) => record.results.get(p.id) ?? blankResult(p));
    return verdictOf(results, {
      ended: record.ended,
      output: record.output,
      loadFailure: record.loadFailure,
      tampering: record.tampering,
      durationMs: Math.round(performance.now() - since),
    });
  }

  return {
    judge(position, { signal } = {}) {
      const run = last.then(() => judgeOne(position, signal));
      last = run.catch(() => {});
      return run;
    },
    rehearse(position) {
      if (closed) return;
      practice = position;
      if (arbiter?.fits(jobOf(position))) arbiter.rehearse(jobOf(position));
    },
    close() {
      closed = true;
      arbiter?.end();
      arbiter = null;
    },
  };
}

function jobOf(position: Position): Job {
  const { root, entry, sources, probes, seed = 1, zone = 'UTC', order = null } = position;
  const { suite = null, places = 0, whatIf = null } = position;
  // a suite is loaded for each run anyway
  const version = suite ? '' : versionOf(probes);
  return { root, entry, sources, probes, version, seed, zone, order, suite, places, whatIf };
}

/** Changes when a file of the kata changes: probes are then loaded anew, in a new arbiter. */
function versionOf(probes: string): string {
  const folder = path.dirname(probes);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${name}:${statSync(path.join(folder, name)).mtimeMs}`)
    .join();
}

/** The arbiter's process, seen from outside. */
class Arbiter {
  #process: ChildProcess;
  #versions = new Map<string, string>();
  #hear: (message: ArbiterMessage) => void = () => {};
  #gone: (why: string) => void = () => {};
  #player: number | null = null;
  #over = false;
  #worlds: Worlds;

  constructor({ spares = 0, jail = 'none', start = 'warm' }: EngineOptions) {
    this.#worlds = openWorlds(jail === 'none');
    this.#process = fork(ENTRY, [String(spares), this.#worlds.folder, jail, start], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // a process group of its own: a Ctrl-C in the terminal is ours to handle
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, TZ: 'UTC' },
    });
    this.#process.on('message', (message) => this.#hear(message as ArbiterMessage));
    this.#process.on('error', (error) => this.#gone(error.message));
    this.#process.on('exit', (code, signal) => {
      this.#over = true;
      this.#worlds.close();
      this.#gone(`it ended with ${signal ?? `exit code ${code}`}`);
    });
  }

  /** Whether this arbiter can judge by these probes: it has not loaded another version of them. */
  fits({ probes, version }: Job): boolean {
    return !this.#over && (this.#versions.get(probes) ?? version) === version;
  }

  rehearse(job: Job): void {
    this.#versions.set(job.probes, job.version);
    if (!this.#over) this.#process.send({ type: 'rehearse', job } satisfies Request, () => {});
  }

  /**
   * Resolves when the move is through. Aborting ends its player: the rest is through at once, and the arbiter stays warm.
   * @throws ArbiterError when the arbiter ends or does not answer
   */
  judge(job: Job, record: MoveRecord, signal: AbortSignal | undefined): Promise<void> {
    this.#versions.set(job.probes, job.version);
    return new Promise((done, fail) => {
      let timer: NodeJS.Timeout;
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#hear = () => {};
        this.#gone = () => {};
        act();
      };
      const abort = (): void => {
        this.#process.send({ type: 'abort' } satisfies Request);
        kill(record.player);
      };
      const silenceMs = Math.max(SILENCE_MS, SILENCE_FACTOR * (job.suite?.budgetMs ?? 0));
      const wind = (): void => {
        clearTimeout(timer);
        timer = setTimeout(
          () => settle(() => fail(new ArbiterError('the arbiter does not answer'))),
          silenceMs,
        );
      };
      this.#gone = (why) => settle(() => fail(new ArbiterError(`the arbiter is gone: ${why}`)));
      this.#hear = (message) => {
        wind();
        const through = record.hear(message);
        this.#player = record.player;
        if (through) settle(done);
        else if (signal?.aborted && message.type === 'player') kill(message.pid);
      };
      signal?.addEventListener('abort', abort, { once: true });
      wind();
      const request: Request = { type: 'judge', job };
      if (this.#over) this.#gone('it has ended');
      else this.#process.send(request, (error) => error && this.#gone(error.message));
    });
  }

  /** Ends the arbiter and every player it started. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    // players have process groups of their own, so that what they start dies with them
    kill(this.#player);
    kill(this.#process.pid ?? null);
    this.#worlds.close();
  }
}

function kill(group: number | null): void {
  if (!group) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // it has ended already
  }
}
