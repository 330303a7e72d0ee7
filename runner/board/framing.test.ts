import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Tampering } from './errors.ts';
import { FrameReader, frameBytes } from './framing.ts';
import { LIMITS } from './limits.ts';

/** A reader over bytes that arrive in pieces of the given size. */
function reading(bytes: Buffer, piece: number): FrameReader {
  let at = 0;
  return new FrameReader((into, offset, length) => {
    if (at >= bytes.length) throw new Error('nothing left');
    const count = bytes.copy(into, offset, at, Math.min(at + piece, at + length, bytes.length));
    at += count;
    return count;
  });
}

test.each([1, 3, 4, 5, 1000, 1 << 20])('frames survive being cut into pieces of %i bytes', (piece) => {
  const texts = ['', 'a', 'ü€😀', 'x'.repeat(piece === 1 ? 300 : 200_000), 'end'];
  const reader = reading(Buffer.concat(texts.map(frameBytes)), piece);
  for (const text of texts) expect(reader.read()).toBe(text);
  expect(() => reader.read()).toThrow('nothing left');
});

test('a frame that is begun is known to be', () => {
  const reader = reading(frameBytes('abc').subarray(0, 5), 5);
  expect(reader.begun).toBe(false);
  expect(() => reader.read()).toThrow('nothing left');
  expect(reader.begun).toBe(true);
});

test('a frame that announces too much is tampering, before any room is made for it', () => {
  expect(() => reading(Buffer.from([255, 255, 255, 255]), 4).read()).toThrow(Tampering);
});

test('a text that is too long is not sent', () => {
  expect(() => frameBytes('x'.repeat(LIMITS.frameBytes + 1))).toThrow(RangeError);
});
