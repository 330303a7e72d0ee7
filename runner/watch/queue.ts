/** The part of a save that the queue looks at. */
export interface Queued {
  kata: string;
}

/** One run at a time, always of the newest save. */
export interface LatestOnly<S extends Queued> {
  /** Runs this save next, in place of an older one of the same kata that still waits or runs. */
  push(save: S): void;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
  /** Aborts the run, forgets what waits, takes nothing more; resolves when the run has ended. */
  close(): Promise<void>;
}

/**
 * Keeps a save that comes during a run and drops the older run: the run is aborted, and once it has settled the
 * newest waiting save is run. Only the newest save of each kata waits. A run that was aborted for another
 * kata's save is the newest of its own kata, so it waits again and is run anew later.
 *
 * `run` must settle soon after its signal is aborted, and after that neither write nor show anything. What it
 * throws then is ignored; what it throws otherwise goes to `onError`, and the queue goes on.
 */
export function latestOnly<S extends Queued>(
  run: (save: S, signal: AbortSignal) => Promise<void>,
  onError: (error: unknown, save: S) => void,
): LatestOnly<S> {
  // newest last: a Map keeps the order of insertion
  const waiting = new Map<string, S>();
  let current: { save: S; abort: AbortController } | null = null;
  let working: Promise<void> | null = null;
  let closed = false;

  function takeNewest(): S | undefined {
    const save = [...waiting.values()].at(-1);
    if (save !== undefined) waiting.delete(save.kata);
    return save;
  }

  async function runOne(save: S): Promise<void> {
    const abort = new AbortController();
    current = { save, abort };
    try {
      await run(save, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) onError(error, save);
    } finally {
      current = null;
    }
  }

  async function work(): Promise<void> {
    // saves pushed in the same turn are all in before the first one runs
    await Promise.resolve();
    try {
      for (let save = takeNewest(); save !== undefined; save = takeNewest()) await runOne(save);
    } finally {
      working = null;
    }
  }

  return {
    push(save) {
      if (closed) return;
      if (current !== null && !current.abort.signal.aborted) {
        const { kata } = current.save;
        if (kata !== save.kata) waiting.set(kata, current.save);
        current.abort.abort();
      }
      waiting.delete(save.kata);
      waiting.set(save.kata, save);
      working ??= work();
    },
    async idle() {
      while (working !== null) await working;
    },
    async close() {
      closed = true;
      waiting.clear();
      current?.abort.abort();
      await working;
    },
  };
}
