/** Why a player is gone. `exit` and `signal`: it ended itself, or something outside ended it. */
export type GoneReason = 'time' | 'memory' | 'output' | 'tampering' | 'exit' | 'signal' | 'killed' | 'start';

/**
 * Thrown by everything that needs a player which is no longer there. A probe can swallow it
 * (`expect(() => club.close()).toThrow()`), so whoever judges must look at `player.gone` as well.
 */
export class PlayerGone extends Error {
  override name = 'PlayerGone';
  reason: GoneReason;
  /** one line: the exit code, the signal, the limit, or what was malformed */
  detail: string;

  constructor(reason: GoneReason, detail: string) {
    super(`the player is gone (${reason}): ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }

  /** The process has been waited for, and its exit status says more than the broken channel did. */
  learn(reason: GoneReason, detail: string): void {
    this.reason = reason;
    this.detail = detail;
    this.message = `the player is gone (${reason}): ${detail}`;
  }
}

const tamperings = new WeakSet<object>();

/** The other side broke the protocol. Never leaves the board: it ends the player and becomes a PlayerGone. */
export class Tampering extends Error {
  override name = 'Tampering';

  constructor(what: string) {
    super(what);
    tamperings.add(this);
  }

  /** Unlike instanceof, runs no code of the value's: learner's code may throw proxies. */
  static is(error: unknown): error is Tampering {
    return typeof error === 'object' && error !== null && tamperings.has(error);
  }
}

/** Throws a Tampering; typed so that it can stand where a value is expected. */
export function tampering(what: string): never {
  throw new Tampering(what);
}

/** The board does not carry this. A TypeError, so that it reads like one to both sides. */
export function refused(why: string): TypeError {
  return Object.assign(new TypeError(`not over the board: ${why}`), { code: 'ERR_BOARD_REFUSED' });
}

/** A limit of the board is reached; see limits.ts. */
export function tooLarge(what: string): RangeError {
  return Object.assign(new RangeError(`too much for the board: ${what}`), { code: 'ERR_BOARD_LIMIT' });
}
