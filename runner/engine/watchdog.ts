import { Worker } from 'node:worker_threads';

/** Slots of the memory shared with the watchdog's thread. */
export const SLOT = { budgetMs: 0, turn: 1 } as const;

export interface Watchdog {
  /** starts the clock for one probe: its time is CPU time, so that a busy machine is not taken for an endless loop */
  arm(budgetMs: number): void;
  disarm(): void;
}

/**
 * Starts a thread that sees the main thread run past its budget, finds the line that is executing through the
 * inspector, and says `stuck` on the wire. It opens no port. Resolves when the thread is watching.
 */
export async function startWatchdog(thread: URL): Promise<Watchdog> {
  const shared = new SharedArrayBuffer(8);
  const slots = new Int32Array(shared);
  const worker = new Worker(thread, { workerData: shared });
  worker.unref();
  await new Promise<void>((up, fail) => {
    worker.once('message', () => up());
    worker.once('error', fail);
  });
  const set = (ms: number): void => {
    Atomics.store(slots, SLOT.budgetMs, ms);
    Atomics.add(slots, SLOT.turn, 1);
    Atomics.notify(slots, SLOT.turn);
  };
  return { arm: set, disarm: () => set(0) };
}
