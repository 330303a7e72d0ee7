import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Duplex } from 'node:stream';
import type { Job, Message } from './protocol.ts';

const ENTRY = fileURLToPath(new URL('./child.ts', import.meta.url));
const HEAP_MB = 256;
/** How much of the learner's output is kept, and how much ends the run. */
const OUTPUT_KEPT = 64 * 1024;
const OUTPUT_LIMIT = 8 * 1024 * 1024;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  outOfMemory: boolean;
}

/** One child process, started ahead of need and good for one job. */
export class Child {
  readonly ready: Promise<void>;
  onMessage: (message: Message) => void = () => {};
  onFlood: () => void = () => {};
  onExit: (exit: Exit) => void = () => {};
  #process: ChildProcess;
  #wire: Duplex;
  #output: Buffer[] = [];
  #printed = 0;
  #errors = '';
  #exit: Exit | null = null;

  constructor() {
    this.#process = spawn(
      process.execPath,
      [`--max-old-space-size=${HEAP_MB}`, '--disable-warning=ExperimentalWarning', ENTRY],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        detached: true, // a process group of its own, so that whatever it starts dies with it
        env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, TZ: 'UTC', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      },
    );
    this.#wire = this.#process.stdio[3] as Duplex;
    let isUp: () => void;
    this.ready = new Promise(up => (isUp = up));
    let rest = '';
    this.#wire.setEncoding('utf8');
    this.#wire.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        try {
          const message = JSON.parse(line) as Message;
          if (message.type === 'ready') isUp();
          else this.onMessage(message);
        } catch {
          // a torn line of a process that was killed while it wrote, or one that the learner's code wrote
        }
      }
    });
    this.#wire.on('error', () => {});
    const collect = (bytes: Buffer): void => {
      if (this.#printed < OUTPUT_KEPT) this.#output.push(bytes.subarray(0, OUTPUT_KEPT - this.#printed));
      this.#printed += bytes.length;
      if (this.#printed > OUTPUT_LIMIT) this.onFlood();
    };
    this.#process.stdout!.on('data', collect);
    this.#process.stderr!.on('data', (bytes: Buffer) => {
      this.#errors = (this.#errors + bytes.toString('latin1')).slice(-4000);
      collect(bytes);
    });
    this.#process.on('error', () => this.#ended(null, null));
    this.#process.on('close', (code, signal) => this.#ended(code, signal));
  }

  /** Raw text that the learner's code printed, cut at 64 kB, and how much there was in all. */
  get output(): { bytes: Buffer; printed: number } {
    return { bytes: Buffer.concat(this.#output), printed: this.#printed };
  }

  send(job: Job): void {
    if (this.#exit) this.onExit(this.#exit);
    else this.#wire.write(JSON.stringify(job) + '\n');
  }

  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined || this.#exit) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      this.#process.kill('SIGKILL'); // no process groups here (Windows)
    }
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.#exit = { code, signal, outOfMemory: /heap out of memory|Allocation failed/.test(this.#errors) };
    this.onExit(this.#exit);
  }
}
