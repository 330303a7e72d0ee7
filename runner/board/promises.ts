import { tampering } from './errors.ts';

/** Promises on both sides: ours are watched until they settle, theirs are real ones that wait for news. */
export class Promises {
  #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #tell: (id: number, ok: boolean, value: unknown) => void;

  /** @param tell sends how one of ours was settled */
  constructor(tell: (id: number, ok: boolean, value: unknown) => void) {
    this.#tell = tell;
  }

  /** Tells the other side when a promise of ours is settled. It counts as handled from now on. */
  watch(promise: Promise<unknown>, id: number): void {
    Promise.prototype.then.call(
      promise,
      (value) => this.#tell(id, true, value),
      (error: unknown) => this.#tell(id, false, error),
    );
  }

  /** A promise for one of theirs. */
  expect(id: number): Promise<unknown> {
    const waiting = Promise.withResolvers<unknown>();
    // Whether anybody listens is for the other side's process to say, where the promise was made.
    // Both ways end here: a value that went on would be asked for its `then` once more, by a player that may be gone.
    waiting.promise.then(
      () => {},
      () => {},
    );
    this.#waiting.set(id, waiting);
    return waiting.promise;
  }

  /**
   * News of one of theirs.
   * @returns settles it. A value is asked for its `then` by that, so that it must wait for a time to ask
   * @throws Tampering when it was settled before or never told of
   */
  settle(id: number, ok: boolean, value: unknown): () => void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return tampering('a promise settled twice');
    this.#waiting.delete(id);
    return () => (ok ? waiting.resolve(value) : waiting.reject(value));
  }

  /** No news will come any more. */
  abandon(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
