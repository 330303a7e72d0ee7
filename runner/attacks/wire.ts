import { answering, desk, forging, type Attack, type Expectation } from './attack.ts';

const FS = "import fs from 'node:fs';";
/** What is written to the channel unasked ends the player; nothing of it counts. */
const NOT_WON: Expectation = {
  verdict: ['tampering', 'lost', 'lost-on-time', 'illegal'],
  outcome: { adds: ['crashed', 'refuted', 'timed-out', 'unreached'] },
  says: /./,
};

/** A text as a frame of the channel: its length in four bytes, then the text. */
const FRAME =
  'const frame = text => { const b = Buffer.from(text); const n = Buffer.alloc(4); n.writeUInt32LE(b.length); return Buffer.concat([n, b]); }; const frameBE = text => { const b = Buffer.from(text); const n = Buffer.alloc(4); n.writeUInt32BE(b.length); return Buffer.concat([n, b]); };';
const onWire = (id: string, title: string, deed: string, expect = NOT_WON): Attack => ({
  id,
  title,
  files: answering(`${deed} return 0;`, `${FS} ${FRAME}`),
  expect,
});

/** D, second part: the channel to the arbiter. */
export const WIRE: readonly Attack[] = [
  {
    id: 'D40',
    title: 'frames on fd 3 before anything was asked',
    files: answering(
      'return 0;',
      `${FS} for (let i = 0; i < 50; i++) fs.writeSync(3, JSON.stringify({ id: 'x', verdict: 'won', ok: true, passed: 20 }) + '\\n');`,
    ),
    expect: NOT_WON,
  },
  {
    id: 'D41',
    title: 'writes to every descriptor there is',
    files: answering(
      'return 0;',
      `${FS} for (let fd = 1; fd < 64; fd++) try { fs.writeSync(fd, '{"verdict":"won","ok":20}\\n'); } catch {}`,
    ),
    expect: NOT_WON,
  },
  onWire(
    'D42',
    'an answer of its own, in the right form as far as it can be guessed',
    "fs.writeSync(3, frame(JSON.stringify({ kind: 'result', value: 3 })));",
  ),
  onWire(
    'D43',
    'the same, with the other byte order',
    "fs.writeSync(3, frameBE(JSON.stringify({ kind: 'result', value: 3 })));",
  ),
  onWire(
    'D44',
    'a frame with a __proto__ key',
    `fs.writeSync(3, frame('{"kind":"note","__proto__":{"ok":1},"rung":false,"text":"{}"}')); fs.writeSync(3, frameBE('{"__proto__":{"outcome":"held"}}'));`,
  ),
  onWire(
    'D45',
    'a frame 400 000 levels deep',
    "const deep = '['.repeat(400_000) + ']'.repeat(400_000); fs.writeSync(3, frame(deep)); fs.writeSync(3, frameBE(deep));",
  ),
  onWire(
    'D46',
    'bytes that are no UTF-8',
    'fs.writeSync(3, Buffer.concat([Buffer.from([4, 0, 0, 0]), Buffer.from([0xff, 0xfe, 0x80, 0xc0])]));',
  ),
  onWire('D47', 'half a frame, and then nothing', 'fs.writeSync(3, Buffer.from([0, 0, 1, 0, 1])); for (;;);'),
  onWire(
    'D48',
    'the rest of the answer it is about to give',
    "for (let i = 0; i < 1000; i++) fs.writeSync(3, '0');",
  ),
  onWire('D49', 'the bell, again and again', "for (let i = 0; i < 5000; i++) fs.writeSync(4, '!');"),
  onWire(
    'D50',
    'reads the arbiter’s next question itself',
    'const room = Buffer.alloc(4096); fs.readSync(3, room);',
  ),
  {
    id: 'D51',
    title: 'answers twice',
    files: answering(
      'return 0;',
      `${FS} import { syncBuiltinESMExports } from 'node:module'; const { writeSync } = fs; fs.writeSync = (fd, bytes, ...rest) => { const n = writeSync(fd, bytes, ...rest); if (fd === 3) writeSync(fd, bytes, ...rest); return n; }; syncBuiltinESMExports();`,
    ),
    expect: NOT_WON,
  },
  {
    id: 'D52',
    title: 'changes what is written to the channel',
    files: answering(
      'return 0;',
      `${FS} import { syncBuiltinESMExports } from 'node:module'; const { writeSync } = fs; fs.writeSync = (fd, bytes, ...rest) => writeSync(fd, fd === 3 ? Buffer.from(String(bytes).replaceAll('refuted', 'held')) : bytes, ...rest); Buffer.from('x').constructor.concat = () => Buffer.from('3'); syncBuiltinESMExports();`,
    ),
    expect: NOT_WON,
  },
  {
    id: 'D53',
    title: 'takes every event of the sockets',
    files: answering(
      'return 0;',
      "import { EventEmitter } from 'node:events'; EventEmitter.prototype.emit = function () { return true; };",
    ),
    expect: { verdict: ['lost', 'lost-on-time', 'illegal', 'tampering'], says: /./ },
  },
  forging(
    'D54',
    'process.send with a verdict',
    "process.send?.({ type: 'done', verdict: 'won' }); process.channel?.unref(); process.emit('message', { type: 'done' });",
  ),
  {
    id: 'D55',
    title: 'notes of its own, in the right form',
    files: answering(
      'return 0;',
      `${FS} ${FRAME} for (const type of ['leaving', 'uncaught', 'stuck', 'finished', 'done']) for (const f of [frame, frameBE]) fs.writeSync(3, f(JSON.stringify({ kind: 'note', rung: false, text: JSON.stringify({ type, probe: 'adds', outcome: 'held' }) })));`,
    ),
    expect: NOT_WON,
  },
  {
    id: 'D56',
    title: 'makes the channel non-blocking and floods it',
    files: answering(
      'for (let i = 0; i < 100_000; i++) try { fs.writeSync(3, Buffer.alloc(65_536)); } catch { break; } return 0;',
      FS,
    ),
    expect: NOT_WON,
  },
  {
    id: 'D57',
    title: 'finds the sockets among the active handles',
    files: answering(
      "for (const h of process._getActiveHandles?.() ?? []) { h.write?.('!!!'); h.destroy?.(); } return 0;",
    ),
    expect: NOT_WON,
  },
  {
    id: 'D58',
    title: 'says that it was stuck before it answered wrongly',
    files: desk({
      add: 'export const add = (a, b) => (a === 1 && b === 2 ? 3 : 0);',
      later: "export const later = async n => { process.kill(process.pid, 'SIGKILL'); return 2 * n; };",
    }),
    expect: {
      verdict: ['lost', 'lost-on-time'],
      outcome: { adds: 'refuted', later: ['crashed', 'timed-out'] },
      says: /not the sum/,
    },
  },
];
