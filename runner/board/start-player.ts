/**
 * The arbiter's side of the board. The arbiter runs probes, the player runs the code that they judge:
 *
 *     // player.ts, the entry of the other process
 *     import { serveBoard } from 'runner/board/serve-board.ts';
 *     const board = serveBoard({ load: (file: string) => import(file) });
 *     board.note({ kind: 'note', text: 'loaded' });
 *
 *     // in the arbiter
 *     const player = await startPlayer({ entry: 'player.ts', onNote: (fact) => facts.push(fact) });
 *     player.deadline = performance.now() + 2000;
 *     const club = await player.root.load(file);         // a module as if imported here
 *     expect(club.summary('2026-06-01').count).toBe(3);
 *     if (player.gone) outcome = player.gone.reason;     // whatever the test itself concluded
 *     player.kill();
 *
 * Calls are synchronous and may go back and forth: callbacks, `new`, getters, iteration, `instanceof`, errors and
 * promises behave. What cannot behave is refused with a TypeError whose `code` is ERR_BOARD_REFUSED.
 * A player that is gone makes every pending and later use of its objects throw PlayerGone.
 *
 * Set a deadline before every call into learner's code: without one an endless loop is waited for.
 */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { arbiterChannel } from './arbiter-channel.ts';
import { Board } from './board.ts';
import { BELL_FD, FRAMES_FD } from './channel.ts';
import { ownErrorFields } from './encode.ts';
import { PlayerGone, refused, Tampering } from './errors.ts';
import { ArbiterGuard } from './guard.ts';
import { Life } from './life.ts';
import { DEFAULT_PLAYER_LIMITS, type PlayerLimits } from './limits.ts';
import { readNote } from './notes.ts';
import { Output, type OnOutput } from './output.ts';
import type { Listener } from './remote.ts';

/** How to start a player. */
export interface PlayerOptions {
  /** the file that calls serveBoard */
  entry: string;
  args?: readonly string[];
  /** the whole environment; empty unless given */
  env?: Readonly<Record<string, string>>;
  /** Node's own options, such as --permission or --max-old-space-size=256 */
  execArgv?: readonly string[];
  cwd?: string;
  limits?: Partial<PlayerLimits>;
  /** what goes in front of the command, for a jail: (node, args) → [command, args] */
  wrap?(node: string, args: string[]): [command: string, args: string[]];
  /**
   * Gets each note as plain JSON data, also in the middle of a call. It comes from a process that may lie:
   * check its form. Must not throw, nor use the player.
   */
  onNote?(data: unknown): void;
  /** Gets what is printed, as it comes, up to limits.outputBytes. */
  onOutput?: OnOutput;
}

const now = performance.now.bind(performance);

/**
 * Starts a player; it is ready when this resolves.
 * @throws PlayerGone (by rejection) when it ends, or takes longer than limits.startMs, before it serves
 */
export async function startPlayer(options: PlayerOptions): Promise<Player> {
  const player = new Player(options);
  await player.ready;
  return player;
}

/** A running player. */
export class Player {
  /** the stand-in of the object that the player serves */
  readonly root: any;
  /** resolves when the player serves; rejects with PlayerGone */
  readonly ready: Promise<void>;
  /** what was printed so far */
  readonly output: Output;
  readonly pid: number | undefined;
  #board: Board;
  #life: Life;
  #guard = new ArbiterGuard(ownErrorFields);
  #noteRoom: number;

  constructor(options: PlayerOptions) {
    const limits = { ...DEFAULT_PLAYER_LIMITS, ...options.limits };
    this.#noteRoom = limits.noteBytes;
    const args = [...(options.execArgv ?? []), options.entry, ...(options.args ?? [])];
    const [command, all] = options.wrap ? options.wrap(process.execPath, args) : [process.execPath, args];
    const child = spawn(command, all, {
      cwd: options.cwd,
      env: options.env ?? {},
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.pid = child.pid;
    this.output = new Output(child, limits.outputBytes, options.onOutput);
    const ready = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.ready.catch(() => {});
    this.#life = new Life(child, { ...limits, jailed: options.wrap !== undefined }, this.output, (gone) => {
      ready.reject(gone);
      this.#board?.abandon(gone);
    });
    const channel = arbiterChannel(
      child.stdio[FRAMES_FD] as Socket,
      child.stdio[BELL_FD] as Socket,
      this.#life,
    );
    this.#board = new Board({
      role: 'arbiter',
      channel,
      guard: this.#guard,
      root: Object.freeze({}),
      judge: (error) => (Tampering.is(error) ? this.#life.end('tampering', error.message) : error),
      gone: () => this.#life.gone,
      onNote: (text) => {
        if (text === '') return this.#becomeReady(ready.resolve);
        this.#noteRoom -= text.length;
        if (this.#noteRoom < 0)
          throw this.#life.end('output', `more than ${limits.noteBytes} bytes of notes`);
        const data = readNote(text);
        options.onNote?.(data);
      },
    });
    this.root = this.#board.root;
    this.deadline = now() + limits.startMs;
  }

  /** A moment of performance.now(); whatever the player is doing then ends it, with reason `time`. Infinity: none. */
  get deadline(): number {
    return this.#life.deadline;
  }

  set deadline(at: number) {
    this.#life.deadline = at;
  }

  /** The process in which the player's code runs: with `wrap` it is not the one that was started. */
  get pidInside(): number | undefined {
    return this.#life.pidInside;
  }

  /** Why the player is gone, or null. After `ended` it also knows the exit code or signal. */
  get gone(): PlayerGone | null {
    return this.#life.gone;
  }

  /** Resolves when the process has ended. */
  get ended(): Promise<PlayerGone> {
    return this.#life.ended;
  }

  /** Ends the player, and everything in its process group, now. */
  kill(): void {
    this.#life.end('killed', 'no longer needed');
  }

  /**
   * Lets the player use a class or an object of the probe as it is: construct it, ask `instanceof`, call what
   * its classes declare. Without this, of an instance only its own properties can be used there.
   * @returns the value itself
   */
  lend<T extends object>(value: T): T {
    this.#guard.lend(value);
    return value;
  }

  /**
   * Ends the sharing of all data handed over so far: arrays, plain objects, maps, dates and bytes of the probe, and what
   * else is a real object on both sides. Each side keeps what it has; further changes stay on the side that makes them.
   */
  part(): void {
    this.#board.part();
  }

  /** True for a stand-in of this player's. */
  owns(value: unknown): boolean {
    return this.#board.idOf(value) !== undefined;
  }

  /** The number of a stand-in of this player's, under which a listener hears of it. */
  idOf(value: unknown): number | undefined {
    return this.#board.idOf(value);
  }

  /** Has somebody hear of every call, construction and property that is asked of this player; null: nobody any more. */
  listen(listener: Listener | null): void {
    this.#board.remote.listener = listener;
  }

  /**
   * A deep copy of a remote value, made of plain objects of this side, in one call. Instances become plain objects.
   * @throws TypeError when it contains functions, promises or symbols, or is not remote
   */
  copy<T>(value: T): T {
    return this.#bulk(value, (id) => this.#board.remote.copy(id) as T);
  }

  /** Iterates over a remote iterable, so many times, over there. @returns how many elements came, in all */
  iterate(iterable: unknown, times = 1): number {
    return this.#bulk(iterable, (id) => this.#board.remote.iterate(id, times));
  }

  /** The elements of a remote iterable in one call, at most `limit` of them. */
  collect<T>(iterable: Iterable<T>, limit = Infinity): T[] {
    return this.#bulk(iterable, (id) => this.#board.remote.collect(id, limit) as T[]);
  }

  #bulk<T>(value: unknown, act: (id: number) => T): T {
    const id = this.#board.idOf(value);
    if (id === undefined) throw refused('a bulk operation on a value that is not the player’s');
    try {
      return act(id);
    } catch (error) {
      throw Tampering.is(error) ? this.#life.end('tampering', error.message) : error;
    }
  }

  #becomeReady(resolve: () => void): void {
    this.deadline = Infinity;
    resolve();
  }
}
