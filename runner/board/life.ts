import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Lifeline } from './arbiter-channel.ts';
import { PlayerGone, type GoneReason } from './errors.ts';
import { insideOf } from './jailed.ts';
import type { PlayerLimits } from './limits.ts';
import type { Output } from './output.ts';
import { vitalsOf } from './vitals.ts';

// Taken at load: a probe may put false clocks in their place while it runs.
const now = performance.now.bind(performance);
const {
  setTimeout: later,
  clearTimeout: cancel,
  setInterval: every,
  clearInterval: stop,
  setImmediate: soon,
} = globalThis;

const LOOK_EVERY_MS = 50;

const living = new Set<Life>();
process.on('exit', () => {
  for (const life of living) life.end('killed', 'the arbiter ended');
});

/** The life of one player process: deadline, limits, and how it ended. */
export class Life implements Lifeline {
  /** resolves when the process has ended; `gone` says why */
  readonly ended: Promise<PlayerGone>;
  readonly stallMs: number;
  #child: ChildProcess;
  #limits: PlayerLimits & { jailed: boolean };
  #output: Output;
  #gone: PlayerGone | null = null;
  #deadline = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #exited = false;
  #inside: number | null = null;
  #looksDead = false;
  #onGone: (gone: PlayerGone) => void;

  constructor(
    child: ChildProcess,
    limits: PlayerLimits & { jailed: boolean },
    output: Output,
    onGone: (gone: PlayerGone) => void,
  ) {
    this.#child = child;
    this.#limits = limits;
    this.#output = output;
    this.#onGone = onGone;
    this.stallMs = limits.stallMs;
    const { promise, resolve } = Promise.withResolvers<PlayerGone>();
    this.ended = promise;
    living.add(this);
    if (limits.memoryMb < Infinity) {
      this.#look = every(() => this.chores(), LOOK_EVERY_MS);
      this.#look.unref();
    }
    child.once('error', (error) => resolve(this.end('start', error.message)));
    child.once('exit', (code, signal) => {
      // what it said last may not be read yet: its bell is heard first
      soon(() =>
        soon(() => {
          const gone = this.#sawExit(code, signal);
          this.#exited = true;
          resolve(gone);
        }),
      );
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The process that runs the player: in a jail it is not the one that was started. */
  get pidInside(): number | undefined {
    if (!this.#limits.jailed || this.pid === undefined) return this.pid;
    return (this.#inside ??= insideOf(this.pid)) ?? this.pid;
  }

  get gone(): PlayerGone | null {
    return this.#gone;
  }

  get deadline(): number {
    return this.#deadline;
  }

  /** From this moment of performance.now() on, whatever the player does takes too long. */
  set deadline(at: number) {
    this.#deadline = at;
    this.#arm(at);
  }

  /** While the arbiter waits in a call it looks at the clock itself; the timer is for when it awaits. */
  #arm(at: number): void {
    cancel(this.#timer);
    if (at === Infinity || this.#gone) return;
    const ring = () => {
      if (now() >= at) this.end('time', 'the time for this was up');
      else this.#arm(at);
    };
    this.#timer = later(ring, Math.min(Math.max(at - now(), 0) + 1, 2 ** 31 - 1));
    this.#timer.unref();
  }

  end(reason: GoneReason, detail: string): PlayerGone {
    if (this.#gone) return this.#gone;
    const gone = new PlayerGone(reason, detail);
    this.#gone = gone;
    living.delete(this);
    cancel(this.#timer);
    stop(this.#look);
    this.#killGroup();
    this.#output.drain();
    this.#onGone(gone);
    return gone;
  }

  chores(): void {
    this.#output.drain();
    const { pid, pidInside } = this;
    const vitals = pidInside === undefined ? null : vitalsOf(pidInside);
    if (!vitals || this.#gone) return;
    // A grandchild may hold the channel open, so that its end does not show.
    // Only at the second look: what it said last is read in between.
    if (vitals.ended && pid === pidInside) {
      if (this.#looksDead) this.end('exit', 'the process ended');
      this.#looksDead = true;
    } else if (vitals.memoryMb > this.#limits.memoryMb) {
      this.end('memory', `${Math.round(vitals.memoryMb)} MiB, ${this.#limits.memoryMb} are allowed`);
    }
  }

  /** Now it is known how the process ended: that is better than what could be seen from the channel. */
  #sawExit(code: number | null, own: NodeJS.Signals | null): PlayerGone {
    this.#output.drain();
    const signal = own ?? this.#signalIn(code);
    const outOfMemory = /JavaScript heap out of memory/.test(this.#output.stderr);
    const reason = outOfMemory ? 'memory' : signal ? 'signal' : 'exit';
    const detail = outOfMemory ? 'the heap was full' : signal ? signal : `exit code ${code}`;
    const gone = this.end(reason, detail);
    this.#killGroup();
    // SIGKILL is our own doing after the channel broke.
    if (gone.reason === 'exit' && own !== 'SIGKILL') gone.learn(reason, detail);
    return gone;
  }

  /** A jail around the player tells the signal that ended it as shells do: by an exit code of 128 and more. */
  #signalIn(code: number | null): string | null {
    if (!this.#limits.jailed || code === null || code <= 128) return null;
    const [name] = Object.entries(constants.signals).find(([, number]) => number === code - 128) ?? [];
    return name ?? null;
  }

  /** The whole group, also when its first process has ended: what it started may live on. */
  #killGroup(): void {
    if (this.#child.pid === undefined || this.#exited) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // nobody left
    }
  }
}
