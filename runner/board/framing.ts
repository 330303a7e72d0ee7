import { Buffer } from 'node:buffer';
import { tampering, tooLarge } from './errors.ts';
import { LIMITS } from './limits.ts';

const HEAD = 4;
const ROOM = 64 << 10;

/**
 * One frame as bytes: its length in four bytes, then UTF-8 text.
 * @throws RangeError when the text is longer than a frame may be
 */
export function frameBytes(text: string): Buffer {
  const size = Buffer.byteLength(text);
  if (size > LIMITS.frameBytes) throw tooLarge(`${size} bytes in one call, ${LIMITS.frameBytes} are allowed`);
  const bytes = Buffer.allocUnsafe(HEAD + size);
  bytes.writeUInt32LE(size, 0);
  bytes.write(text, HEAD);
  return bytes;
}

/** Reads at least one byte into the buffer and returns how many; waits as it sees fit, throws to give up. */
export type ReadSome = (into: Buffer, offset: number, length: number) => number;

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #bytes = Buffer.allocUnsafe(ROOM);
  #start = 0;
  #end = 0;
  #readSome: ReadSome;

  constructor(readSome: ReadSome) {
    this.#readSome = readSome;
  }

  /** True between the first and the last byte of a frame. */
  get begun(): boolean {
    return this.#end > this.#start;
  }

  /**
   * The next frame's text; waits for it.
   * @throws Tampering when the frame announces more than LIMITS.frameBytes
   */
  read(): string {
    this.#need(HEAD);
    const size = this.#bytes.readUInt32LE(this.#start);
    if (size > LIMITS.frameBytes) tampering(`a frame of ${size} bytes`);
    this.#need(HEAD + size);
    const from = this.#start + HEAD;
    const text = this.#bytes.toString('utf8', from, from + size);
    this.#start = from + size;
    if (this.#start === this.#end) this.#rewind();
    return text;
  }

  #need(count: number): void {
    if (this.#bytes.length - this.#start < count) this.#makeRoom(count);
    while (this.#end - this.#start < count) {
      this.#end += this.#readSome(this.#bytes, this.#end, this.#bytes.length - this.#end);
    }
  }

  #makeRoom(count: number): void {
    const next = count > this.#bytes.length ? Buffer.allocUnsafe(count + ROOM) : this.#bytes;
    this.#bytes.copy(next, 0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = next;
  }

  #rewind(): void {
    this.#start = 0;
    this.#end = 0;
    if (this.#bytes.length > ROOM) this.#bytes = Buffer.allocUnsafe(ROOM);
  }
}
