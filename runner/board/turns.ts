/**
 * Whose turn it is. One thread in effect: the player runs only inside a call, or after the probe's synchronous
 * stretch has ended. While the arbiter holds the turn, the player sits in a blocking read, so that none of its
 * microtasks or timers run between two calls, exactly as in one process. The first call of a stretch takes the
 * turn with it (open), and a microtask gives it back (yield): then the player's microtasks and timers run.
 *
 * A player that has news the arbiter did not know when it wrote that call (a frame it has not read, shared data that
 * changed) drops the call, tells the news and gives the turn (taken); the arbiter then writes the call anew.
 *
 * The same counters tell either side when the bell must be rung (the other side may be in its event loop)
 * and which strokes announce a frame that a waiting side has read already.
 */
export class Turns {
  /** arbiter: the player is waiting for us; player: we are waiting for the arbiter */
  held = false;
  /** answers we wait for */
  waiting = 0;
  /** questions we are answering */
  serving = 0;
  /** player: the arbiter wants the turn, and gets it when nothing of ours is going on */
  wanted = false;
  /** player: frames sent */
  said = 0;
  /** arbiter: frames read */
  read = 0;
  #ahead = 0;

  /** True when the other side may be in its event loop and needs the bell. */
  get mustRing(): boolean {
    return !this.held && this.waiting === 0 && this.serving === 0;
  }

  /** How many calls are open inside each other. */
  get nesting(): number {
    return this.waiting + this.serving;
  }

  /** A frame was read before its stroke was heard. */
  readAhead(): void {
    this.#ahead++;
  }

  /** A stroke was heard. @returns true when its frame is still to be read */
  heard(): boolean {
    if (this.#ahead === 0) return true;
    this.#ahead--;
    return false;
  }
}
