import { answering, desk, type Attack } from './attack.ts';

/** A slow machine may run out of time before it runs out of memory. */
const SPENT = { adds: ['crashed', 'timed-out'], totals: 'held' } as const;
const LOST = ['lost', 'lost-on-time'] as const;

/** C: memory, output, disk, processes. */
export const RESOURCES: readonly Attack[] = [
  {
    id: 'C01',
    title: 'fills the heap',
    files: answering('for (;;) heap.push(new Array(100_000).fill({}));', 'const heap = [];'),
    expect: { verdict: LOST, outcome: SPENT, says: /memory|time was up/ },
  },
  {
    id: 'C02',
    title: 'fills memory beside the heap',
    files: answering('for (;;) heap.push(Buffer.alloc(32 << 20, 1));', 'const heap = [];'),
    expect: {
      verdict: LOST,
      outcome: { adds: ['crashed', 'timed-out'] },
      says: /memory|allocation failed|time was up/,
    },
  },
  {
    id: 'C03',
    title: 'answers with a string of 200 MB',
    files: answering("return 'x'.repeat(2e8);"),
    expect: { verdict: LOST, outcome: { adds: ['crashed', 'refuted', 'timed-out'] }, says: /./ },
  },
  {
    id: 'C04',
    title: 'floods the output',
    files: answering("for (;;) console.log('x'.repeat(100_000));"),
    expect: { verdict: LOST, outcome: SPENT, says: /more bytes were printed|printed|time was up/ },
  },
  {
    id: 'C05',
    title: 'floods the error output, past console',
    files: answering("for (;;) fs.writeSync(2, 'x'.repeat(65_536));", "import fs from 'node:fs';"),
    expect: { verdict: LOST, outcome: SPENT, says: /./ },
  },
  {
    id: 'C06',
    title: 'announces a frame of 4 GB',
    files: answering(
      'fs.writeSync(3, Buffer.from([0xff, 0xff, 0xff, 0xff])); for (;;);',
      "import fs from 'node:fs';",
    ),
    expect: { verdict: ['tampering', 'lost'], outcome: { adds: 'crashed' }, says: /board|process ended/ },
  },
  {
    id: 'C07',
    title: 'fills the disk outside its folder',
    files: answering(
      "try { for (let i = 0; i < 8; i++) fs.writeFileSync(`${os.tmpdir()}/../kibitzer-foul-play-${i}`, Buffer.alloc(1 << 20)); return 'WROTE'; } catch (e) { return e.code; }",
      "import fs from 'node:fs'; import os from 'node:os';",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /ERR_ACCESS_DENIED/ },
  },
  {
    id: 'C08',
    title: 'writes one huge file into its own folder',
    files: answering(
      "const fd = fs.openSync(`${os.tmpdir()}/huge`, 'w'); try { for (let i = 0; i < 12; i++) fs.writeSync(fd, Buffer.alloc(4 << 20)); return 'WROTE'; } catch (e) { return e.code; }",
      "import fs from 'node:fs'; import os from 'node:os';",
    ),
    expect: {
      verdict: LOST,
      outcome: { adds: ['refuted', 'crashed', 'timed-out'] },
      says: /EFBIG|SIGXFSZ|time was up/,
    },
    jailedOnly: true,
  },
  {
    id: 'C09',
    title: 'writes many small files into its own folder',
    files: answering(
      "try { for (let i = 0; i < 2000; i++) fs.writeFileSync(`${os.tmpdir()}/f${i}`, 'x'); return 'WROTE'; } catch (e) { return e.code; }",
      "import fs from 'node:fs'; import os from 'node:os';",
    ),
    expect: { verdict: LOST, outcome: { adds: ['refuted', 'timed-out'] }, says: /WROTE|time was up/ },
  },
  {
    id: 'C10',
    title: 'starts process after process',
    files: answering(
      "let n = 0; for (let i = 0; i < 20; i++) try { cp.spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)', 'kibitzer-foul-play']).on('error', () => {}); n++; } catch {} return `${n} STARTED`;",
      "import cp from 'node:child_process';",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /"?0 STARTED/ },
  },
  {
    id: 'C11',
    title: 'starts a shell that starts shells',
    files: answering(
      "try { return cp.execSync('for i in 1 2 3; do (sleep 5; : kibitzer-foul-play) & done; echo STARTED').toString(); } catch (e) { return e.code; }",
      "import cp from 'node:child_process';",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /ERR_ACCESS_DENIED/ },
  },
  {
    id: 'C12',
    title: 'starts process after process with the means of cluster',
    files: answering(
      "try { cluster.setupPrimary({ exec: '/dev/null', args: ['kibitzer-foul-play'] }); cluster.fork(); return 'STARTED'; } catch (e) { return e.code; }",
      "import cluster from 'node:cluster';",
    ),
    expect: { verdict: 'lost', outcome: { adds: 'refuted' }, says: /ERR_ACCESS_DENIED/ },
  },
  {
    id: 'C13',
    title: 'starts threads that loop',
    files: answering(
      "let n = 0; for (let i = 0; i < 4; i++) try { new Worker('const t = Date.now(); while (Date.now() - t < 5000);', { eval: true }).on('error', () => {}); n++; } catch {} return `${n} STARTED`;",
      "import { Worker } from 'node:worker_threads';",
    ),
    expect: { verdict: LOST, outcome: { adds: ['refuted', 'timed-out', 'crashed'] }, says: /0 STARTED/ },
  },
  {
    id: 'C14',
    title: 'opens ten thousand descriptors',
    files: answering(
      "const open = []; try { for (let i = 0; i < 10_000; i++) open.push(fs.openSync(process.execPath)); return 'OPENED'; } catch (e) { return e.code; } finally { for (const fd of open) fs.closeSync(fd); }",
      "import fs from 'node:fs';",
    ),
    expect: { verdict: LOST, outcome: { adds: ['refuted', 'timed-out'] }, says: /EMFILE|OPENED|time was up/ },
  },
  {
    id: 'C15',
    title: 'answers with an object 100 000 levels deep',
    files: answering('let deep = {}; for (let i = 0; i < 100_000; i++) deep = { deep }; return deep;'),
    expect: {
      verdict: ['lost', 'tampering', 'lost-on-time'],
      outcome: { adds: ['refuted', 'crashed', 'timed-out'] },
      says: /./,
    },
  },
  {
    id: 'C16',
    title: 'throws an error that is huge and contains itself',
    files: answering("const e = new Error('m'.repeat(5e6)); e.self = e; e.cause = e; throw e;"),
    expect: { verdict: 'lost', outcome: { adds: ['crashed', 'refuted'] }, says: /./ },
  },
  {
    id: 'C17',
    title: 'answers with a million elements',
    files: desk({ evens: 'export const evens = list => new Array(1_000_000).fill(0);' }),
    expect: {
      verdict: LOST,
      outcome: { adds: 'held', evens: ['refuted', 'crashed', 'timed-out'], cards: 'held' },
      says: /./,
    },
  },
  {
    id: 'C18',
    title: 'an array whose length lies',
    files: desk({
      evens: 'export const evens = list => { const got = []; got.length = 4_294_967_295; return got; };',
    }),
    expect: {
      verdict: LOST,
      outcome: { adds: 'held', evens: ['refuted', 'crashed', 'timed-out'], cards: 'held' },
      says: /./,
    },
  },
  {
    id: 'C19',
    title: 'a bigint of a million digits',
    files: answering('return 7n ** 1_000_000n;'),
    expect: { verdict: LOST, outcome: { adds: ['refuted', 'crashed', 'timed-out'] }, says: /./ },
  },
  {
    id: 'C20',
    title: 'grows what it was given',
    files: desk({
      total:
        'export const total = list => { for (let i = 0; i < 300_000; i++) list.push(0); let s = 0; for (const n of list) s += n; return s; };',
    }),
    expect: {
      verdict: LOST,
      outcome: { adds: 'held', totals: ['refuted', 'crashed', 'timed-out'], cards: 'held' },
      says: /./,
    },
  },
];
