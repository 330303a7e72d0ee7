/**
 * The private channel between arbiter and player, over two sockets that the player inherits:
 *
 *   fd 3  frames, read synchronously by both sides
 *   fd 4  the bell: one byte for each frame that the other side may have to be woken up for. It is a
 *         descriptor of its own, because an asynchronous read pending on fd 3 would steal the
 *         synchronous reader's bytes. The bell is rung before the frame is written: a frame larger
 *         than the socket's buffer can only be written while somebody reads it.
 */
export interface Channel {
  /** Waits for one frame. `announced`: its bell has rung, so that it must be on its way. */
  receive(announced?: boolean): string;
  /** @throws RangeError before the first byte is written when the text is too long for a frame */
  send(text: string, ring?: boolean): void;
  /** Calls `heard` once for each byte of the bell. */
  onBell(heard: () => void): void;
}

export const FRAMES_FD = 3;
export const BELL_FD = 4;
