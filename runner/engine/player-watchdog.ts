import { writeSync } from 'node:fs';
import { Session, type Debugger } from 'node:inspector';
import { parentPort, workerData } from 'node:worker_threads';
import { BELL_FD, FRAMES_FD } from '../board/channel.ts';
import { frameBytes } from '../board/framing.ts';
import { writeFrame } from '../board/frames.ts';
import type { PlayerNote } from './player-note.ts';
import { SLOT } from './watchdog.ts';

const LOOK_EVERY_MS = 20;
/** Finding the line takes long on a busy machine; a thread that stands in native code never stops. */
const GIVE_UP_MS = 3000;
const MOST_STEPS = 100;
/** The generation mark of kit/load.ts. */
const LEARNER = /[?&]g=\d+$/;
/** Wall time may be this much longer than the CPU budget before time is up all the same. */
const WALL_FACTOR = 4;
const MEMORY_BYTES = 700 * 1024 * 1024;

const slots = new Int32Array(workerData as SharedArrayBuffer);
const session = new Session();
session.connectToMainThread();
const scripts = new Map<string, string>();
session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));

function tell(why: 'time' | 'memory', frames: Debugger.CallFrame[]): void {
  const note: PlayerNote = {
    type: 'stuck',
    why,
    // the arbiter keeps those that lie in the learner's folder
    frames: frames.slice(0, 60).map((f) => ({
      file: f.url || (scripts.get(f.location.scriptId) ?? ''),
      line: f.location.lineNumber + 1,
      column: (f.location.columnNumber ?? 0) + 1,
      fn: f.functionName || null,
      isAsync: false,
    })),
  };
  try {
    // the main thread stands still, so nothing else writes to the channel now
    writeSync(BELL_FD, '!');
    const bytes = frameBytes(writeFrame({ kind: 'note', rung: true, text: JSON.stringify(note) }));
    for (let sent = 0; sent < bytes.length;) sent += writeSync(FRAMES_FD, bytes, sent);
  } finally {
    // also when nobody listens any more
    process.kill(process.pid, 'SIGKILL');
  }
}

let told = false;
/** Stops the main thread where it stands and says where that is; says so without a line if it does not stop. */
function locate(why: 'time' | 'memory'): void {
  told = true;
  const giveUp = setTimeout(() => tell(why, []), GIVE_UP_MS);
  let steps = 0;
  session.on('Debugger.paused', ({ params }) => {
    // between two microtasks the pause stands in Node's own code: the learner's is a step or two further
    const inside = params.callFrames.some((f) =>
      LEARNER.test(f.url || (scripts.get(f.location.scriptId) ?? '')),
    );
    if (!inside && steps++ < MOST_STEPS) return session.post('Debugger.stepInto');
    clearTimeout(giveUp);
    tell(why, params.callFrames);
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}

let turn = -1;
let budget = 0;
let cpu = process.cpuUsage();
let since = performance.now();
setInterval(() => {
  if (told) return;
  const current = Atomics.load(slots, SLOT.turn);
  if (current !== turn) {
    turn = current;
    budget = Atomics.load(slots, SLOT.budgetMs);
    cpu = process.cpuUsage();
    since = performance.now();
    return;
  }
  if (budget === 0) return;
  const spent = process.cpuUsage(cpu);
  const cpuMs = (spent.user + spent.system) / 1000;
  if (cpuMs > budget || performance.now() - since > WALL_FACTOR * budget) locate('time');
  else if (process.memoryUsage.rss() > MEMORY_BYTES) locate('memory');
}, LOOK_EVERY_MS);
parentPort!.postMessage('watching');
