import type { Player } from '../board/start-player.ts';
import type { ProbeSpec } from '../core/verdict.ts';
import type { Instruments } from '../kit/instruments.ts';
import type { Host, ProbeEnd } from '../kit/table.ts';
import type { Job } from './arbiter-protocol.ts';
import { untilIdle } from './busy.ts';
import { endOfGone } from './gone.ts';
import { readCounts } from './line-counts.ts';
import type { PlayerRoot } from './player.ts';
import { NoPlayer, type Seat } from './players.ts';

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

/** What the seats of a move need of the arbiter. */
export interface SeatsParts {
  /** a ready player. @throws NoPlayer */
  take(): Promise<Seat>;
  leave(seat: Seat): void;
  /** a player of this process id plays from now on */
  seated(pid: number): void;
  /** nobody waits for this move any more */
  isUnwanted(): boolean;
}

/** Players of one move, one after the other: the next one only when the one before is gone. */
export class Seats implements Host {
  #job: Job;
  #house: SeatsParts;
  #seat: Seat | null = null;
  #used = 0;
  /** the probes that are left are not judged: the move has ended too many players */
  #spent = false;
  ended: string | null = null;
  /** why no player could be started */
  noPlayer: string | null = null;
  output = '';
  printed = 0;

  constructor(job: Job, house: SeatsParts) {
    this.#job = job;
    this.#house = house;
  }

  get worlds(): string {
    return this.#seat!.world;
  }

  begin(probe: ProbeSpec): ReturnType<Host['begin']> {
    if (this.#house.isUnwanted()) throw new Error('the move was taken back');
    if (this.#seat && !this.#seat.player.gone) return this.#instruments(this.#seat, probe);
    return this.#next().then((seat) => this.#instruments(seat, probe));
  }

  #instruments({ player }: Seat, probe: ProbeSpec): Instruments {
    const budget = probe.budgetMs ?? DEFAULT_BUDGET_MS;
    player.deadline = performance.now() + WALL_FACTOR * budget + GRACE_MS;
    // all fetched in one stretch: later each would have to be asked for
    const { loaded, load, dispose, ...instruments } = (player.root as PlayerRoot).begin(budget);
    let first: typeof loaded | null = loaded;
    return {
      ...instruments,
      load() {
        const loading = first ?? load();
        first = null;
        return loading;
      },
      dispose() {
        dispose();
        player.part();
      },
    };
  }

  /** A player for a suite, which gets no instruments. */
  async seat(budgetMs: number): Promise<Player> {
    if (this.#house.isUnwanted()) throw new Error('the move was taken back');
    if (!this.#seat || this.#seat.player.gone) await this.#next();
    this.extend(budgetMs);
    return this.#seat!.player;
  }

  /** Moves the deadline of the player. */
  extend(budgetMs: number): void {
    if (this.#seat) this.#seat.player.deadline = performance.now() + WALL_FACTOR * budgetMs + GRACE_MS;
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
    else if (this.#job.places > 0) end.ran = readCounts((player.root as PlayerRoot).ran());
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
    this.#keepOutput(player);
    return late;
  }

  /** The last player, if there is one, no longer this move's. */
  release(): Seat | null {
    const seat = this.#seat;
    this.#seat = null;
    return seat;
  }

  /** Nobody needs the last player any more. */
  close(): void {
    const seat = this.#seat;
    this.#seat = null;
    if (seat) this.#house.leave(seat);
  }

  async #next(): Promise<Seat> {
    // after a player was lost, requests are heard first: the move may be of no interest any more
    if (this.#used > 0) {
      await new Promise((done) => setImmediate(done));
      if (this.#house.isUnwanted()) throw new Error('the move was taken back');
    }
    if (this.#used++ >= MOST_PLAYERS) {
      this.#spent = true;
      throw new Error('no more players for this move');
    }
    try {
      this.#seat = await this.#house.take();
    } catch (error) {
      if (error instanceof NoPlayer) this.noPlayer = error.message;
      throw error;
    }
    const { player } = this.#seat;
    this.#house.seated(player.pid ?? 0);
    player.deadline = performance.now() + GRACE_MS + WALL_FACTOR * DEFAULT_BUDGET_MS;
    const { root, entry, sources, seed, zone, places, whatIf } = this.#job;
    (player.root as PlayerRoot).setUp({
      root,
      entry,
      sources,
      seed,
      zone,
      places,
      whatIf: whatIf !== null,
    });
    return this.#seat;
  }

  #leave(): void {
    const seat = this.#seat;
    if (!seat) return;
    this.#house.leave(seat);
    this.#keepOutput(seat.player);
    this.#seat = null;
  }

  #keepOutput({ output }: Player): void {
    output.drain();
    this.output += output.stdout + output.stderr.replaceAll(OF_NODE, '');
    this.printed += output.dropped;
  }
}
