import { Player } from '../board/start-player.ts';
import { confinedEnvironment, confinedExecArgv } from './confinement.ts';
import { Jailer, type Jail } from './jail.ts';
import { bundlePlayer } from './player-bundle.ts';
import type { PlayerNote } from './player-note.ts';
import { newWorld, remove } from './worlds.ts';

const HEAP_MB = 256;
const MEMORY_MB = 700;
const OUTPUT_KEPT = 64 * 1024;

/** A player with what it said before it ended. */
export interface Seat {
  player: Player;
  /** the one folder in which the player may write; gone when the player is left */
  world: string;
  note: PlayerNote | null;
  /** it has played before, something that is trusted */
  rehearsed: boolean;
  /** programs that it has played */
  played: number;
}

/**
 * How players start: `warm`, having tried their instruments; `cold`; or `shared`, cold and then kept for one program
 * after the other, which must all be trusted.
 */
export type Start = 'warm' | 'cold' | 'shared';

/** Where players live. */
export interface House {
  /** the folder that has the folders of all players in it */
  worlds: string;
  jail: Jail;
  /** warm: players try their instruments before they are ready */
  start: Start;
}

/** Thrown when no player can be started here: never the learner's fault. */
export class NoPlayer extends Error {
  override name = 'NoPlayer';
}

/** Players started ahead of need; each is handed out once. */
export class Bench {
  #spares: number;
  #waiting: Seat[] = [];
  #readNote: (data: unknown) => PlayerNote | null;
  #worlds: string;
  #entry = bundlePlayer();
  #jailer: Jailer | null;
  #started = 0;
  #temperature: House['start'];

  /**
   * @param readNote checks the form of what a player says unasked
   * @throws Error when the jail is not to be had here
   */
  constructor(
    spares: number,
    readNote: (data: unknown) => PlayerNote | null,
    { worlds, jail, start }: House,
  ) {
    this.#spares = spares;
    this.#readNote = readNote;
    this.#worlds = worlds;
    this.#temperature = start;
    this.#jailer = jail === 'bwrap' ? new Jailer(this.#entry, worlds) : null;
    this.refill();
  }

  /**
   * A ready player; starts one when none waits. Starting its successor is left to `refill`.
   * @throws NoPlayer when players do not start
   */
  async take(): Promise<Seat> {
    let seat = this.#waiting.shift();
    while (seat?.player.gone) {
      this.leave(seat);
      seat = this.#waiting.shift();
    }
    for (let attempt = 1; ; attempt++) {
      seat ??= this.#start();
      try {
        await seat.player.ready;
        return seat;
      } catch (error) {
        this.leave(seat);
        const said = seat.player.output.stderr.trim().split('\n').at(-1);
        if (attempt === 2) throw new NoPlayer(`${(error as Error).message}${said ? `: ${said}` : ''}`);
        seat = undefined;
      }
    }
  }

  /** Whether a player waits that can be handed out. */
  get hasReady(): boolean {
    return this.#waiting.some((seat) => !seat.player.gone);
  }

  /** One that waits and has not played yet. */
  unrehearsed(): Seat | undefined {
    return this.#waiting.find((seat) => !seat.rehearsed && !seat.player.gone);
  }

  /** Ends one that waits, and starts another in its place. */
  drop(seat: Seat): void {
    this.#waiting = this.#waiting.filter((one) => one !== seat);
    this.leave(seat);
    this.refill();
  }

  /** Takes back a player that has played something trusted: it is the next to be handed out. */
  takeBack(seat: Seat): void {
    seat.player.deadline = Infinity;
    this.#waiting.unshift(seat);
  }

  /** Ends a player and removes its world. */
  leave(seat: Seat): void {
    seat.player.kill();
    remove(seat.world);
  }

  /** Starts players until as many wait as should. */
  refill(): void {
    while (this.#waiting.length < this.#spares) this.#waiting.push(this.#start());
  }

  close(): void {
    this.#spares = 0;
    for (const seat of this.#waiting.splice(0)) this.leave(seat);
  }

  #start(): Seat {
    const world = newWorld(this.#worlds, String(++this.#started));
    const env = confinedEnvironment(world);
    const wrap = this.#jailer?.wrap(world, env);
    const seat: Omit<Seat, 'player'> & { player?: Player } = {
      world,
      note: null,
      rehearsed: false,
      played: 0,
    };
    seat.player = new Player({
      entry: this.#entry,
      args: [this.#temperature],
      execArgv: [
        `--max-old-space-size=${HEAP_MB}`,
        '--disable-warning=ExperimentalWarning',
        ...confinedExecArgv(world),
      ],
      env,
      cwd: world,
      ...(wrap ? { wrap } : {}),
      limits: { startMs: 60_000, memoryMb: MEMORY_MB, outputBytes: OUTPUT_KEPT },
      onNote: (data) => {
        seat.note ??= this.#readNote(data);
      },
    });
    return seat as Seat;
  }
}
