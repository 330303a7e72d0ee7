export type Row = Record<string, unknown>;
export type Value = string | number | null;

/**
 * A database that several processes use at once. Within a process all calls share one connection, and between any two
 * statements others may run theirs.
 */
export interface AsyncDb {
  get(sql: string, ...params: Value[]): Promise<Row | undefined>;
  all(sql: string, ...params: Value[]): Promise<Row[]>;
  run(sql: string, ...params: Value[]): Promise<{ changes: number }>;
  /**
   * Runs `work` on a connection of its own, from BEGIN IMMEDIATE to COMMIT, or to ROLLBACK when it throws. Others who
   * want to write wait until then.
   */
  transaction<T>(work: (tx: AsyncDb) => Promise<T>): Promise<T>;
}
