import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Channel } from './channel.ts';
import { PlayerGone, Tampering } from './errors.ts';
import { FrameReader, frameBytes } from './framing.ts';

// Taken at load: a probe may put false clocks in their place while it runs.
const now = performance.now.bind(performance);
const cell = new Int32Array(new SharedArrayBuffer(4));
const { wait: sleep } = Atomics;
const nap = (ms: number) => sleep(cell, 0, 0, ms);

const SPINS = 60;
const CHORES_EVERY_MS = 10;

/** What the arbiter's end needs to know about the life of its player. */
export interface Lifeline {
  /** milliseconds of performance.now() */
  readonly deadline: number;
  readonly stallMs: number;
  readonly gone: PlayerGone | null;
  /** Ends the player and returns the error to throw. */
  end(reason: PlayerGone['reason'], detail: string): PlayerGone;
  /** Called about every ten milliseconds of waiting: output, memory, signs of death. */
  chores(): void;
}

/** The descriptor behind a socket. Undocumented, but long-lived; Node offers no other way to read one synchronously. */
export function descriptorOf(socket: Socket, stopReading: boolean): number {
  const handle = (socket as unknown as { _handle?: { fd?: number; readStop?(): void } })._handle;
  if (typeof handle?.fd !== 'number' || handle.fd < 0)
    throw new Error('this Node hides the descriptors of its sockets');
  if (stopReading) handle.readStop?.();
  return handle.fd;
}

/**
 * The arbiter's end: non-blocking, so that it keeps its own deadline and depends neither on a watchdog
 * thread nor on seeing the end of the stream (a grandchild may hold the player's end open for ever).
 * It spins briefly, because most answers are there within 20 µs, and then naps.
 */
export function arbiterChannel(frames: Socket, bell: Socket, life: Lifeline): Channel {
  const fd = descriptorOf(frames, true);
  let waitingSince = 0;
  let choresAt = 0;
  let spins = 0;
  let mustArriveBy = Infinity;

  const check = () => {
    if (life.gone) throw life.gone;
    const time = now();
    if (time > life.deadline) throw life.end('time', 'the time for this was up');
    if (time > mustArriveBy)
      throw life.end('tampering', 'a frame that was begun or announced did not arrive');
    if (time < choresAt) return;
    choresAt = time + CHORES_EVERY_MS;
    life.chores();
  };
  const wait = () => {
    check();
    if (++spins > SPINS) nap(now() - waitingSince > 20 ? 0.5 : 0.05);
  };
  const begin = (announced: boolean) => {
    if (life.gone) throw life.gone;
    waitingSince = now();
    choresAt = waitingSince + CHORES_EVERY_MS;
    spins = 0;
    mustArriveBy = announced || reader.begun ? waitingSince + life.stallMs : Infinity;
  };
  const attempt = (act: () => number): number => {
    for (;;) {
      try {
        return act();
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== 'EAGAIN') throw life.end('exit', `the channel broke (${code})`);
        wait();
      }
    }
  };

  const reader = new FrameReader((into, offset, length) => {
    if (reader.begun && mustArriveBy === Infinity) mustArriveBy = now() + life.stallMs;
    const count = attempt(() => readSync(fd, into, offset, length, null));
    if (count === 0) throw life.end('exit', 'the channel was closed');
    check();
    return count;
  });

  frames.on('error', () => {});
  bell.on('error', () => {});
  return {
    receive(announced = false) {
      begin(announced);
      try {
        return reader.read();
      } catch (error) {
        throw Tampering.is(error) ? life.end('tampering', error.message) : error;
      }
    },
    send(text, ring = false) {
      const bytes = frameBytes(text);
      begin(false);
      mustArriveBy = Infinity;
      if (ring) bell.write('!');
      for (let done = 0; done < bytes.length;) {
        done += attempt(() => writeSync(fd, bytes, done, bytes.length - done));
      }
    },
    onBell: (heard) => {
      bell.on('data', (strokes: Buffer) => {
        for (let i = 0; i < strokes.length && !life.gone; i++) heard();
      });
    },
  };
}
