import { type Doubt, doubtOf, type Files, sameFiles } from './files.ts';

/** How long, in milliseconds, a doubtful state must last before it is what the learner meant. */
const PATIENCE: Readonly<Record<Doubt, number>> = {
  cut: 20,
  moving: 50,
  empty: 150,
  missing: 300,
  unreadable: 300,
};

const FIRST_PAUSE = 4;
const LONGEST_PAUSE = 25;

/**
 * One more read follows every report after this many milliseconds. File times have a granularity of up to
 * 10 ms: a second write of the same size within it looks unchanged to whoever compares file times.
 */
const SECOND_LOOK = 25;

export interface SettlerOptions {
  read: () => Files | Promise<Files>;
  /** the content known so far; nothing when left out */
  known?: Files | undefined;
  /** a content that differs from the one before; `seenAt` is `performance.now()` of the first hint at it */
  onSettled: (files: Files, before: Files, seenAt: number) => void;
  /** the files could not be read for a while; told once per message */
  onUnreadable: (error: Error) => void;
}

/** Turns hints that something happened into settled contents, for one kata. */
export interface Settler {
  /** Something may have changed: read, and report what differs. Resolves when there is nothing left to report. */
  look(): Promise<void>;
  /** Runs `work` and takes what is there afterwards as known, without reporting it. */
  quietly<T>(work: () => T | Promise<T>): Promise<T>;
  close(): void;
}

/** Settles by content, never by a fixed delay: only a doubtful read waits, all others are reported at once. */
export function settler(options: SettlerOptions): Settler {
  let last: Files = options.known ?? new Map();
  let failure: string | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let hintAt: number | null = null;
  let quiet = 0;
  let closed = false;
  let wake = (): void => {};

  async function attempt(): Promise<Files | Error> {
    try {
      return await options.read();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  function nap(ms: number): Promise<void> {
    return new Promise((resolve) => {
      // a hint that came during the read is not slept on
      if (again || closed) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function known(found: Files | Error): boolean {
    return found instanceof Error ? found.message === failure : failure === null && sameFiles(last, found);
  }

  /** A content counts when the read after it finds the same: a write during the first read is not missed. */
  async function doubtful(found: Files | Error): Promise<Doubt | null> {
    if (found instanceof Error) return 'unreadable';
    const doubt = doubtOf(last, found);
    if (doubt !== null) return doubt;
    const second = await attempt();
    return second instanceof Error || !sameFiles(found, second) ? 'moving' : null;
  }

  function report(found: Files | Error): void {
    const seenAt = hintAt ?? performance.now();
    hintAt = null;
    if (found instanceof Error) {
      failure = found.message;
      options.onUnreadable(found);
      return;
    }
    const before = last;
    last = found;
    failure = null;
    options.onSettled(found, before, seenAt);
  }

  async function settle(): Promise<void> {
    let doubted: Doubt | null = null;
    let since = 0;
    let pause = FIRST_PAUSE;
    for (;;) {
      again = false;
      // patience is over when a read that *began* late enough still gives the same doubt: on a busy machine
      // much time can pass between a read and the moment its result is looked at
      const began = performance.now();
      const found = await attempt();
      if (closed || quiet > 0) return;
      if (known(found)) {
        if (!again) return;
        doubted = null;
        continue;
      }
      const doubt = await doubtful(found);
      if (closed || quiet > 0) return;
      if (doubt !== null) {
        if (doubted !== doubt) {
          doubted = doubt;
          since = performance.now();
          pause = FIRST_PAUSE;
        }
        const left = PATIENCE[doubt] - (began - since);
        if (left > 0) {
          await nap(Math.min(pause, left));
          pause = Math.min(pause * 2, LONGEST_PAUSE);
          continue;
        }
      }
      report(found);
      doubted = null;
      await nap(SECOND_LOOK);
    }
  }

  function look(): Promise<void> {
    if (closed || quiet > 0) return Promise.resolve();
    hintAt ??= performance.now();
    again = true;
    wake();
    // cleared in the same turn in which `settle` returns, so no hint falls between two rounds
    running ??= (async () => {
      try {
        await settle();
      } finally {
        running = null;
        hintAt = null;
      }
    })();
    return running;
  }

  return {
    look,
    async quietly(work) {
      quiet += 1;
      try {
        return await work();
      } finally {
        const found = await attempt();
        if (!(found instanceof Error)) {
          last = found;
          failure = null;
        }
        quiet -= 1;
      }
    },
    close() {
      closed = true;
      wake();
    },
  };
}
