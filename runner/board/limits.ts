/** Sizes that both sides of the board hold to. A side that would pass one throws a RangeError; a peer that does is tampering. */
export const LIMITS = {
  /** one frame, in bytes */
  frameBytes: 8 << 20,
  /** entries (array elements, properties, map pairs) that one frame may carry as plain data */
  entriesPerFrame: 200_000,
  /** plain data of the player sent ahead of need; what lies beyond is fetched when it is read */
  entriesAhead: 20_000,
  /** entries of shared data that are compared at every hand-over */
  entriesInStep: 200_000,
  /** objects, functions and symbols that one side may hand out */
  handles: 500_000,
  /** calls waiting inside each other, both directions together */
  nesting: 150,
  /** digits of a bigint: converting more takes too long */
  bigintDigits: 20_000,
  /** one note from the player, in bytes of JSON */
  noteBytes: 256 << 10,
} as const;

/** What the arbiter's side allows one player. */
export interface PlayerLimits {
  /** milliseconds from start to ready */
  startMs: number;
  /** milliseconds that an announced or begun frame may take to arrive */
  stallMs: number;
  /** resident memory in MiB, looked at while waiting (Linux only); Infinity = not watched */
  memoryMb: number;
  /** bytes of stdout and stderr that are kept; what is printed after that is counted and dropped */
  outputBytes: number;
  /** bytes of notes in all; a player that sends more is ended */
  noteBytes: number;
}

export const DEFAULT_PLAYER_LIMITS: PlayerLimits = {
  startMs: 10_000,
  stallMs: 2_000,
  memoryMb: Infinity,
  outputBytes: 1 << 20,
  noteBytes: 32 << 20,
};
