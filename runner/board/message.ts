import { tooLarge } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Definition, Payload, Token } from './tokens.ts';

/** A frame's payload while it is put together. Nothing of it counts until it is sent: `undo` takes it all back. */
export class Message {
  definitions: Definition[] = [];
  fresh: number[] = [];
  changes: Token[][] = [];
  stale: Token[] = [];
  /** objects whose definition is still to be written */
  waiting: { value: object; id: number }[] = [];
  /** plain objects this message has looked at already */
  visited = new Set<number>();
  #entries = 0;
  #undo: (() => void)[] = [];
  #sent: (() => void)[] = [];

  /** Counts entries. @throws RangeError when a frame would carry too many */
  count(entries: number): void {
    this.#entries += entries;
    if (this.#entries > LIMITS.entriesPerFrame) {
      throw tooLarge(`more than ${LIMITS.entriesPerFrame} entries in one call`);
    }
  }

  get full(): boolean {
    return this.#entries > LIMITS.entriesAhead;
  }

  /** Remembers how to take something back if the message is not sent. */
  onUndo(act: () => void): void {
    this.#undo.push(act);
  }

  /** Remembers what to do once the message is sent. */
  onSent(act: () => void): void {
    this.#sent.push(act);
  }

  undo(): void {
    for (const act of this.#undo.reverse()) act();
  }

  sent(): void {
    for (const act of this.#sent) act();
  }

  payload(): Payload {
    const { definitions, fresh, changes, stale } = this;
    if (!definitions.length && !fresh.length && !changes.length && !stale.length) return 0;
    return stale.length ? [definitions, fresh, changes, stale] : [definitions, fresh, changes];
  }
}
