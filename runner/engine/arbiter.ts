/**
 * Entry of the arbiter: the process with the probes, the expected values, the outside connections and the verdict. It
 * never evaluates learner code, so it stays warm; it judges one move at a time, each with players of its own.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startTests, type VitestRunner } from '@vitest/runner';
import { framesOfError } from '../kit/frames.ts';
import { LoadError } from '../kit/load.ts';
import { setTable, type Host, type ProbeEnd } from '../kit/table.ts';
import type { ProbeSpec } from '../core/verdict.ts';
import type { ArbiterMessage, Job, Request } from './arbiter-protocol.ts';
import { PLAYER_NOTE } from './player-note.ts';
import type { Jail } from './jail.ts';
import { Bench, NoPlayer, type Seat } from './players.ts';
import type { PlayerRoot } from './player.ts';
import { untilIdle } from './busy.ts';
import { endOfGone } from './gone.ts';

/** A move that ends player after player is judged no further. */
const MOST_PLAYERS = 4;
const DEFAULT_BUDGET_MS = 2000;
/** The watchdog in the player counts CPU time and names the line; this wall limit is for when it cannot. */
const WALL_FACTOR = 5;
const GRACE_MS = 5000;
/** How long after a probe's time code that is busy, and not waiting, may take until the watchdog has its line. */
const BUSY_MS = 30_000;
/** Node says this of the watchdog's session when a process ends; the learner did not print it. */
const OF_NODE = 'Waiting for the debugger to disconnect...\n';
/** How long errors of left-over timers are waited for when all probes are through. */
const AFTERMATH_MS = 150;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vitest') return next(specifier, context);
    return { url: new URL('./vitest-shim.ts', import.meta.url).href, shortCircuit: true };
  },
});
// loaded after the hook, so that the kit and the probes share the shim
const shim = await import('./vitest-shim.ts');
const { clearOutcomes, clearProbes, declared, repeatProbes } = await import('../kit/probe.ts');

const [spares, worlds, jail] = process.argv.slice(2) as [spares: string, worlds: string, jail: Jail];
const bench = new Bench(
  Number(spares),
  (data) => {
    const note = PLAYER_NOTE.safeParse(data);
    return note.success ? note.data : null;
  },
  { worlds, jail },
);
/** Says something to the runner; when that has gone, so does the arbiter. */
function say(message: ArbiterMessage): void {
  if (process.connected) process.send!(message, undefined, {}, (error) => error && leave());
}

function leave(): never {
  bench.close();
  process.exit(0);
}

/** Players of one move, one after the other: the next one only when the one before is gone. */
class Seats implements Host {
  #job: Job;
  #seat: Seat | null = null;
  #used = 0;
  /** the probes that are left are not judged: the move has ended too many players */
  #spent = false;
  ended: string | null = null;
  /** why no player could be started */
  noPlayer: string | null = null;
  output = '';
  printed = 0;

  constructor(job: Job) {
    this.#job = job;
  }

  get worlds(): string {
    return this.#seat!.world;
  }

  async begin(probe: ProbeSpec): ReturnType<Host['begin']> {
    // after a player was lost, requests are heard first: the move may be of no interest any more
    if (this.#used > 0 && !this.#seat) await new Promise((done) => setImmediate(done));
    if (aborted) throw new Error('the move was taken back');
    if (!this.#seat || this.#seat.player.gone) await this.#next();
    const { player } = this.#seat!;
    const budget = probe.budgetMs ?? DEFAULT_BUDGET_MS;
    player.deadline = performance.now() + WALL_FACTOR * budget + GRACE_MS;
    return (player.root as PlayerRoot).begin(budget);
  }

  copy<T>(value: T): T {
    const player = this.#seat?.player;
    if (player && !player.gone && player.owns(value)) return player.copy(value);
    return JSON.parse(JSON.stringify(value)) as T;
  }

  async end(_probe: ProbeSpec, end: ProbeEnd): Promise<ProbeEnd> {
    const seat = this.#seat;
    if (!seat && this.#spent)
      return {
        outcome: 'unreached',
        message: `not judged: the move had ended ${MOST_PLAYERS} players before`,
      };
    if (!seat) return end;
    const { player } = seat;
    if (!player.gone && end.outcome === 'timed-out') {
      // a promise that never settles, or code that never lets go: the watchdog is about to tell which
      await untilIdle(player.pidInside, player.ended, BUSY_MS);
    }
    if (player.gone) {
      await player.ended;
      const last = endOfGone(player.gone, seat.note, this.#job.root);
      this.ended ??= last.ended;
      this.#leave();
      return last;
    }
    // something still waits in there: the probes after it get a player of their own
    if (end.outcome === 'timed-out') this.#leave();
    else (player.root as PlayerRoot).end();
    return end;
  }

  /** The last player is through: errors that its timers still throw belong to the last probe. */
  async finish(): Promise<ProbeEnd | null> {
    const seat = this.#seat;
    if (!seat) return null;
    const { player } = seat;
    let late: ProbeEnd | null = null;
    try {
      player.deadline = performance.now() + GRACE_MS;
      if (!player.gone && (player.root as PlayerRoot).leftOver()) {
        await Promise.race([player.ended, new Promise((done) => setTimeout(done, AFTERMATH_MS))]);
      }
    } catch {
      // gone just now; told below
    }
    if (player.gone) {
      await player.ended;
      const last = endOfGone(player.gone, seat.note, this.#job.root);
      this.ended ??= last.ended;
      late = last;
    }
    this.#leave();
    return late;
  }

  async #next(): Promise<void> {
    if (this.#used++ >= MOST_PLAYERS) {
      this.#spent = true;
      throw new Error('no more players for this move');
    }
    try {
      this.#seat = await bench.take();
    } catch (error) {
      if (error instanceof NoPlayer) this.noPlayer = error.message;
      throw error;
    }
    const { player } = this.#seat;
    say({ type: 'player', pid: player.pid ?? 0 });
    player.deadline = performance.now() + GRACE_MS + WALL_FACTOR * DEFAULT_BUDGET_MS;
    const { root, entry, sources, seed } = this.#job;
    (player.root as PlayerRoot).setUp({ root, entry, sources, seed });
  }

  #leave(): void {
    const seat = this.#seat;
    if (!seat) return;
    const { player } = seat;
    bench.leave(seat);
    this.output += player.output.stdout + player.output.stderr.replaceAll(OF_NODE, '');
    this.printed += player.output.dropped;
    this.#seat = null;
  }
}

let loaded: { probes: string; version: string } | null = null;

function runner(job: Job): VitestRunner {
  const config = {
    root: job.root,
    name: '',
    setupFiles: [],
    passWithNoTests: false,
    allowOnly: true,
    includeTaskLocation: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxConcurrency: 1,
    retry: 0,
    diffOptions: {},
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
    sequence: { shuffle: false, concurrent: false, seed: job.seed, hooks: 'stack', setupFiles: 'list' },
  };
  return {
    pool: 'kibitzer',
    config: config as unknown as VitestRunner['config'],
    async importFile(file) {
      // probes are loaded once, and again only when the kata's files have changed
      if (loaded?.probes === file && loaded.version === job.version) repeatProbes();
      else {
        clearProbes();
        loaded = null;
        await import(`${pathToFileURL(file).href}?v=${job.version}`);
        loaded = { probes: file, version: job.version };
      }
      say({ type: 'collected', probes: declared() });
    },
    onBeforeTryTask: () => shim.resetExpect(),
    onTaskUpdate: async () => {},
  };
}

async function judge(job: Job): Promise<void> {
  const seats = new Seats(job);
  let running: { probe: string; since: number } | null = null;
  let last: string | null = null;
  clearOutcomes();
  setTable({
    root: job.root,
    entry: job.entry,
    sources: null,
    host: seats,
    known: new Map(),
    seed: job.seed,
    scorer: {
      started(spec) {
        running = { probe: spec.id, since: performance.now() };
        last = spec.id;
        say({ type: 'started', probe: spec.id });
      },
      saw: (probe, name, value) => say({ type: 'saw', probe, name, value }),
      fact: (probe, fact) => say({ type: 'fact', probe, fact }),
      finished(probe, end) {
        say({
          type: 'finished',
          probe,
          ...told(end),
          ms: running?.probe === probe ? Math.round(performance.now() - running.since) : 0,
        });
        running = null;
      },
    },
  });
  const files = await startTests([job.probes], runner(job));
  const failed = files[0]?.result?.errors?.[0];
  if (failed) say({ type: 'broken', message: failed.stack ?? failed.message });
  if (seats.noPlayer !== null) say({ type: 'broken', message: `no player starts: ${seats.noPlayer}` });
  const late = await seats.finish();
  if (late && last !== null) say({ type: 'finished', probe: last, ...told(late), ms: 0 });
  say({
    type: 'done',
    ended: seats.ended,
    output: Buffer.from(seats.output.slice(0, 65_536)).toString('base64'),
    printed: seats.printed,
  });
}

/** How a probe ended, as data. */
function told(
  end: ProbeEnd,
): Pick<
  Extract<ArbiterMessage, { type: 'finished' }>,
  'outcome' | 'message' | 'expected' | 'actual' | 'frames' | 'loading' | 'tampering'
> {
  const loading = end.error instanceof LoadError;
  const error = loading ? (end.error as LoadError).cause : end.error;
  return {
    outcome: end.outcome,
    message: end.message ?? (end.error === undefined ? undefined : describe(error)),
    expected: end.expected,
    actual: end.actual,
    frames: end.frames ? [...end.frames] : framesOfError(error),
    loading: loading || undefined,
    tampering: end.tampering,
  };
}

/** An error in one line; never throws, whatever was thrown. */
function describe(error: unknown): string {
  try {
    if (error instanceof Error)
      return `${error.name}: ${error.message}`.split('\n').slice(0, 3).join(' ').slice(0, 400);
    return `threw ${String(error)}`.slice(0, 400);
  } catch {
    return 'threw a value that cannot be printed';
  }
}

let aborted = false;
let work = Promise.resolve();
process.on('message', (request: Request) => {
  if (request.type === 'close') leave();
  if (request.type === 'abort') {
    aborted = true;
    return;
  }
  work = work.then(async () => {
    aborted = false;
    try {
      await judge(request.job);
    } catch (error) {
      say({
        type: 'broken',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      say({ type: 'done', ended: null, output: '', printed: 0 });
    }
    // the successor starts when the verdict is out, not while the learner waits for it
    bench.refill();
  });
});
process.on('disconnect', leave);
say({ type: 'ready' });
