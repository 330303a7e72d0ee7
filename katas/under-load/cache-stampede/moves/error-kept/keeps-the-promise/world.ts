/** Where the time comes from. */
export interface Clock {
  /** milliseconds since 1970 */
  now(): number;
}

export interface Options<V> {
  /** Asks the provider. It may take long, and it may fail: the promise rejects then. */
  load(key: string): Promise<V>;
  /** how long an answer is good for, in milliseconds */
  ttlMs: number;
  clock: Clock;
  /** how many answers may be kept; as many as you like when left out */
  maxEntries?: number;
}
