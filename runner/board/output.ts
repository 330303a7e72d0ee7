import { Buffer } from 'node:buffer';
import type { ChildProcess } from 'node:child_process';
import { readSync } from 'node:fs';
import type { Socket } from 'node:net';
import { descriptorOf } from './arbiter-channel.ts';

/** Called with each piece of what a player prints, up to the limit. */
export type OnOutput = (stream: 'stdout' | 'stderr', chunk: Buffer) => void;

/**
 * What a player prints. A player that prints more than a pipe holds would wait for a reader, and the arbiter
 * waits for the player: so the arbiter also reads while it waits, directly from the descriptors.
 */
export class Output {
  /** bytes beyond the limit */
  dropped = 0;
  #kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  #room: number;
  #streams: ['stdout' | 'stderr', Socket][];
  #onOutput: OnOutput | undefined;
  #chunk = Buffer.allocUnsafe(16 << 10);

  constructor(child: ChildProcess, limit: number, onOutput?: OnOutput) {
    this.#room = limit;
    this.#onOutput = onOutput;
    this.#streams = [
      ['stdout', child.stdout as Socket],
      ['stderr', child.stderr as Socket],
    ];
    for (const [name, stream] of this.#streams) {
      stream.on('data', (chunk: Buffer) => this.#take(name, chunk));
      stream.on('error', () => {});
      stream.unref();
    }
  }

  get stdout(): string {
    return Buffer.concat(this.#kept.stdout).toString('utf8');
  }

  get stderr(): string {
    return Buffer.concat(this.#kept.stderr).toString('utf8');
  }

  /** Reads what is there now, without waiting. */
  drain(): void {
    for (const [name, stream] of this.#streams) {
      try {
        const fd = descriptorOf(stream, false);
        for (let round = 0; round < 64; round++) {
          const count = readSync(fd, this.#chunk, 0, this.#chunk.length, null);
          if (count === 0) break;
          this.#take(name, Buffer.from(this.#chunk.subarray(0, count)));
        }
      } catch {
        // Nothing there now (EAGAIN), or closed: either way there is nothing to read.
      }
    }
  }

  #take(name: 'stdout' | 'stderr', chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#room);
    this.#room -= kept.length;
    this.dropped += chunk.length - kept.length;
    if (kept.length === 0) return;
    this.#kept[name].push(kept);
    this.#onOutput?.(name, kept);
  }
}
