import { answering, desk, type Attack, type Expectation } from './attack.ts';

const SLOW = ['timed-out', 'crashed'] as const;
const onTime = (outcome: Expectation['outcome'], says = /time was up|never settled/): Expectation => ({
  verdict: ['lost-on-time', 'lost'],
  outcome: outcome!,
  says,
});

/** B: using up the time. */
export const TIME: readonly Attack[] = [
  {
    id: 'B01',
    title: 'loops when it is loaded',
    files: desk({}, 'for (;;);'),
    expect: onTime({ gate: 'timed-out', adds: 'unreached' }),
  },
  {
    id: 'B02',
    title: 'loops in a call',
    files: answering('for (;;);'),
    expect: onTime({ gate: 'held', adds: 'timed-out', totals: 'held', cards: 'held' }),
  },
  {
    id: 'B03',
    title: 'loops in microtasks',
    files: desk({ later: 'export const later = async n => { for (;;) await null; };' }),
    expect: onTime({ adds: 'held', later: 'timed-out', cards: 'held' }),
  },
  {
    id: 'B04',
    title: 'gives a promise that never settles',
    files: desk({ later: 'export const later = n => new Promise(() => {});' }),
    expect: onTime({ adds: 'held', later: 'timed-out', each: 'held' }, /a promise never settled/),
  },
  {
    id: 'B05',
    title: 'waits for ever when it is loaded',
    files: desk({}, 'await new Promise(() => {});'),
    expect: onTime({ gate: 'timed-out' }, /never settled/),
  },
  {
    id: 'B06',
    title: 'a regular expression that never ends',
    files: answering("return /^(a+)+$/.test('a'.repeat(60) + 'b') ? 1 : 0;"),
    expect: onTime({ adds: 'timed-out', totals: 'held' }),
  },
  {
    id: 'B07',
    title: 'a loop in WebAssembly, which the debugger does not stop',
    files: answering(
      'new WebAssembly.Instance(new WebAssembly.Module(loop)).exports.f(); return 0;',
      'const loop = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]);',
    ),
    expect: onTime({ adds: 'timed-out', totals: 'held' }),
  },
  {
    id: 'B08',
    title: 'loops in toJSON of its answer',
    files: answering('return { toJSON() { for (;;); } };'),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: ['refuted', ...SLOW] },
      says: /not the sum|time was up/,
    },
  },
  {
    id: 'B09',
    title: 'loops in a getter of its answer',
    files: desk({ card: 'export const card = (name, age) => ({ name, age, get tags() { for (;;); } });' }),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: 'held', cards: ['refuted', ...SLOW] },
      says: /./,
    },
  },
  {
    id: 'B10',
    title: 'sleeps for ever without using time',
    files: answering('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); return 0;'),
    expect: onTime({ adds: 'timed-out', totals: 'held' }),
  },
  {
    id: 'B11',
    title: 'leaves timers and a server running',
    files: desk(
      {},
      "import http from 'node:http'; setInterval(() => {}, 1000); http.createServer().listen(0, '127.0.0.1');",
    ),
    expect: { verdict: 'won', says: /./ },
    honest: true,
  },
  {
    id: 'B12',
    title: 'stops all clocks and loops',
    files: answering(
      'for (;;);',
      'performance.now = () => 0; Date.now = () => 0; globalThis.setTimeout = () => 0; process.hrtime = () => [0, 0]; process.cpuUsage = () => ({ user: 0, system: 0 });',
    ),
    expect: onTime({ adds: 'timed-out', totals: 'held' }),
  },
  {
    id: 'B13',
    title: 'an iterator without an end',
    files: desk({ countdown: 'export function* countdown(n) { for (;;) yield n; }' }),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { tally: 'held', counts: ['refuted', ...SLOW], cards: 'held' },
      says: /./,
    },
  },
  {
    id: 'B14',
    title: 'loops while the arbiter has called back into it',
    files: desk({ each: 'export const each = (list, fn) => { for (;;) fn(list[0], 0); };' }),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: 'held', each: ['refuted', ...SLOW], cards: 'held' },
      says: /./,
    },
  },
  {
    id: 'B15',
    title: 'keeps the inspector from pausing: a pause of its own',
    files: answering('for (;;) debugger;'),
    expect: onTime({ adds: 'timed-out', totals: 'held' }),
  },
  {
    id: 'B16',
    title: 'a thenable that never calls back',
    files: desk({ later: 'export const later = n => ({ then() {} });' }),
    expect: onTime({ later: ['timed-out', 'refuted', 'crashed'], cards: 'held' }, /./),
  },
  {
    id: 'B17',
    title: 'waits synchronously for a message that never comes',
    files: answering(
      'const one = Buffer.alloc(1); for (;;) try { fs.readSync(4, one); } catch {}',
      "import fs from 'node:fs';",
    ),
    expect: { verdict: ['lost', 'lost-on-time', 'tampering'], outcome: { adds: [...SLOW] }, says: /./ },
  },
];
