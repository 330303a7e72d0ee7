import { answering, desk, type Attack } from './attack.ts';

/** A: ending or breaking the process. */
export const ENDING: readonly Attack[] = [
  {
    id: 'A01',
    title: 'ends the process when it is loaded',
    files: desk({}, 'process.exit(0);'),
    expect: {
      verdict: 'illegal',
      outcome: { gate: 'crashed' },
      says: /ended the program itself with process\.exit\(0\)/,
    },
  },
  {
    id: 'A02',
    title: 'ends the process in a call',
    files: answering('process.exit(0);'),
    expect: {
      verdict: 'lost',
      outcome: { gate: 'held', adds: 'crashed', totals: 'held' },
      says: /ended the program itself with process\.exit\(0\)/,
    },
  },
  {
    id: 'A03',
    title: 'ends the process by reallyExit',
    files: answering('process.reallyExit(0);'),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /process\.reallyExit\(0\)/ },
  },
  {
    id: 'A04',
    title: 'aborts the process',
    files: answering('process.abort();'),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /process\.abort\(\)/ },
  },
  {
    id: 'A05',
    title: 'throws in an immediate while an answer is awaited',
    files: desk({
      later:
        "export const later = n => { setImmediate(() => { throw new Error('too late'); }); return new Promise(() => {}); };",
    }),
    expect: {
      verdict: 'lost',
      outcome: { adds: 'held', later: 'crashed' },
      says: /an error nobody caught: Error: too late/,
    },
  },
  {
    id: 'A06',
    title: 'rejects a promise that nobody looks at',
    files: desk({
      later:
        "export const later = n => { void Promise.reject(new Error('nobody asked')); return new Promise(() => {}); };",
    }),
    expect: {
      verdict: 'lost',
      outcome: { later: 'crashed' },
      says: /an error nobody caught: Error: nobody asked/,
    },
  },
  {
    id: 'A07',
    title: 'recurses until the stack is full',
    files: desk({ add: 'export const add = (a, b) => (a === 1 ? 3 : add(a, b));' }),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /Maximum call stack size exceeded/ },
  },
  {
    id: 'A08',
    title: 'ignores every signal and loops in its exit handler',
    files: answering(
      'process.exit(0);',
      "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {}); process.on('exit', () => { for (;;); });",
    ),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: ['crashed', 'timed-out'] },
      says: /process\.exit\(0\)|time was up/,
    },
  },
  {
    id: 'A09',
    title: 'closes the channel of frames',
    files: answering('fs.closeSync(3); return 0;', "import fs from 'node:fs';"),
    expect: {
      verdict: ['lost', 'tampering'],
      outcome: { adds: 'crashed' },
      says: /the process ended|the board/,
    },
  },
  {
    id: 'A10',
    title: 'closes the bell',
    files: desk(
      { later: 'export const later = async n => { fs.closeSync(4); await null; return 0; };' },
      "import fs from 'node:fs';",
    ),
    expect: { verdict: ['lost', 'lost-on-time', 'tampering'], says: /./ },
  },
  {
    id: 'A11',
    title: 'closes every descriptor',
    files: answering(
      'for (let fd = 0; fd < 64; fd++) try { fs.closeSync(fd); } catch {} return 0;',
      "import fs from 'node:fs';",
    ),
    expect: { verdict: ['lost', 'lost-on-time', 'tampering'], says: /./ },
  },
  {
    id: 'A12',
    title: 'kills the process that started it',
    files: answering(
      "try { return process.kill(process.ppid, 'SIGKILL') && 'KILLED'; } catch (e) { return e.code; }",
    ),
    expect: {
      verdict: 'lost',
      outcome: { adds: ['refuted', 'crashed'] },
      says: /ERR_ACCESS_DENIED|EPERM|the process ended/,
    },
  },
  {
    id: 'A13',
    title: 'asks whether it may signal everything there is',
    files: answering(
      'const said = []; for (const p of [1, -1, process.ppid]) try { process.kill(p, 0); said.push(p); } catch (e) { said.push(e.code); } return said.join();',
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /ERR_ACCESS_DENIED/ },
  },
  {
    id: 'A14',
    title: 'kills itself',
    files: answering("process.kill(process.pid, 'SIGKILL'); for (;;);"),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /SIGKILL|the process ended/ },
  },
  {
    id: 'A15',
    title: 'stops itself, so that it neither runs nor ends',
    files: answering("process.kill(process.pid, 'SIGSTOP'); return 0;"),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: ['timed-out', 'crashed'] },
      says: /time was up|the process ended/,
    },
  },
  {
    id: 'A16',
    title: 'hides its crashes behind a handler of its own',
    files: answering(
      'throw new Error("hidden");',
      "process.on('uncaughtException', () => {}); process.on('unhandledRejection', () => {});",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'crashed' }, says: /Error: hidden/ },
  },
  {
    id: 'A17',
    title: 'leaves a process behind that outlives it',
    files: answering(
      "try { cp.spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)', 'kibitzer-foul-play'], { detached: true, stdio: 'ignore' }).on('error', () => {}).unref(); return 'STARTED'; } catch (e) { return e.code; }",
      "import cp from 'node:child_process';",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /ERR_ACCESS_DENIED/ },
  },
  {
    id: 'A18',
    title: 'ends the process in a getter that the probe reads',
    files: desk({ Tally: 'export class Tally { get value() { process.exit(0); } plus() { return this; } }' }),
    expect: {
      verdict: 'lost',
      outcome: { adds: 'held', tally: 'crashed', counts: 'held' },
      says: /process\.exit\(0\)/,
    },
  },
  {
    id: 'A19',
    title: 'ends the process between two elements',
    files: desk({ countdown: 'export function* countdown(n) { yield n; process.exit(0); }' }),
    expect: { verdict: 'lost', outcome: { tally: 'held', counts: 'crashed' }, says: /process\.exit\(0\)/ },
  },
  {
    id: 'A20',
    title: 'throws when the last probe is through',
    files: desk({
      card: "export const card = (name, age) => { setImmediate(() => { throw new Error('afterwards'); }); return { name, age, tags: [name] }; };",
    }),
    expect: { verdict: 'lost', outcome: { cards: 'crashed' }, says: /Error: afterwards/ },
  },
];
