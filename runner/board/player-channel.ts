import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { BELL_FD, FRAMES_FD, type Channel } from './channel.ts';
import { FrameReader, frameBytes } from './framing.ts';

const cell = new Int32Array(new SharedArrayBuffer(4));
const { wait: sleep } = Atomics;
const nap = (ms: number) => sleep(cell, 0, 0, ms);
const kill = process.kill.bind(process);
const own = process.pid;

/** Without an arbiter there is nothing left to do, whatever the learner's exit handlers would like. */
function die(): never {
  kill(own, 'SIGKILL');
  for (;;) nap(1000);
}

/** Repeats an operation on a descriptor that learner's code may have made non-blocking. */
function insist(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return die();
      nap(0.1);
    }
  }
}

/** The player's end: blocking, so that the process sleeps in the kernel until the arbiter asks something. */
export function playerChannel(): Channel {
  const bell = new Socket({ fd: BELL_FD });
  bell.on('end', die);
  bell.on('error', die);
  const stroke = Buffer.from('!');
  const reader = new FrameReader((into, offset, length) => {
    const count = insist(() => readSync(FRAMES_FD, into, offset, length, null));
    return count === 0 ? die() : count;
  });
  return {
    receive: () => reader.read(),
    send(text, ring = false) {
      const bytes = frameBytes(text);
      if (ring) insist(() => writeSync(BELL_FD, stroke, 0, 1));
      for (let done = 0; done < bytes.length;) {
        done += insist(() => writeSync(FRAMES_FD, bytes, done, bytes.length - done));
      }
    },
    onBell: (heard) => {
      bell.on('data', (strokes) => {
        for (let i = 0; i < strokes.length; i++) heard();
      });
    },
  };
}
