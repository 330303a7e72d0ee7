import { answering, desk, type Attack, type Expectation } from './attack.ts';

/** The attempt is told as the answer of add, which is refuted and shown. */
const tells = (says: RegExp): Expectation => ({ verdict: 'lost', outcome: { adds: 'refuted' }, says });
const NOTHING = 'ENOENT|EACCES|ERR_ACCESS_DENIED|ENOTDIR|EPERM';

/** E: getting out, or carrying something away. */
export const ESCAPE: readonly Attack[] = [
  {
    id: 'E01',
    title: 'reads the machine’s files',
    files: answering(
      "return ['/etc/passwd', '/etc/shadow', '/etc/hostname', '/root', '/home', '/usr/bin'].map(p => { try { return fs.statSync(p).size && 'FOUND'; } catch (e) { return e.code; } }).join();",
      "import fs from 'node:fs';",
    ),
    expect: tells(new RegExp(`^(?!.*FOUND).*(${NOTHING})`, 's')),
    jailedOnly: true,
  },
  {
    id: 'E02',
    title: 'reads the probes, the katas and the solutions beside the player',
    files: answering(
      "const up = new URL('../../../../', 'file://' + process.argv[1]); return ['katas', 'solutions', 'runner/attacks/kata/probes.ts', 'runner/engine/arbiter.ts', 'runner/core', 'node_modules/vitest'].map(p => { try { return fs.statSync(new URL(p, up)).size && 'FOUND'; } catch (e) { return e.code; } }).join();",
      "import fs from 'node:fs';",
    ),
    expect: tells(new RegExp(`^(?!.*FOUND).*(${NOTHING})`, 's')),
    jailedOnly: true,
  },
  {
    id: 'E03',
    title: 'reads the arbiter through /proc',
    files: answering(
      "return [process.ppid, 1].flatMap(p => ['environ', 'mem', 'root/etc/passwd', 'cwd/package.json']).map((f, i) => { try { const text = fs.readFileSync(`/proc/${i < 4 ? process.ppid : 1}/${f}`, 'latin1'); return f !== 'environ' || /(^|\\0)(PATH|HOME|USER)=/.test(text) ? 'FOUND' : 'NOTHING'; } catch (e) { return e.code; } }).join();",
      "import fs from 'node:fs';",
    ),
    expect: tells(/^(?!.*FOUND)/s),
    jailedOnly: true,
  },
  {
    id: 'E04',
    title: 'looks for secrets in the environment',
    files: answering('return Object.keys(process.env).sort().join();'),
    expect: tells(/^(?!.*(HOME|USER|PATH|SECRET|TOKEN))/s),
  },
  {
    id: 'E05',
    title: 'connects to a port of this machine',
    files: desk(
      {
        later:
          "export const later = n => new Promise(r => { const s = net.connect(22, '127.0.0.1', () => r('OPEN')); s.on('error', e => r(e.code)); });",
      },
      "import net from 'node:net';",
    ),
    expect: {
      verdict: 'lost',
      outcome: { later: 'refuted' },
      says: /ENETUNREACH|ECONNREFUSED|ENOTFOUND|ERR_ACCESS_DENIED/,
    },
    jailedOnly: true,
  },
  {
    id: 'E06',
    title: 'counts the network interfaces',
    files: answering(
      "return Object.values(os.networkInterfaces()).flat().filter(i => !i.internal).length + ' INTERFACES';",
      "import os from 'node:os';",
    ),
    expect: tells(/0 INTERFACES/),
    jailedOnly: true,
  },
  {
    id: 'E07',
    title: 'loads an addon',
    files: answering(
      "const m = { exports: {} }; try { process.dlopen(m, process.execPath); return 'LOADED'; } catch (e) { return e.code; }",
    ),
    expect: tells(/ERR_DLOPEN_DISABLED|ERR_ACCESS_DENIED/),
  },
  {
    id: 'E08',
    title: 'opens the inspector',
    files: answering(
      "try { inspector.open(0, '127.0.0.1'); return 'OPEN'; } catch (e) { return e.code; }",
      "import inspector from 'node:inspector';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E09',
    title: 'a session of the inspector with itself',
    files: answering(
      "try { const s = new inspector.Session(); s.connect(); return 'CONNECTED'; } catch (e) { return e.code; }",
      "import inspector from 'node:inspector';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E10',
    title: 'writes into the player’s own program',
    files: answering(
      "try { fs.appendFileSync(process.argv[1], '\\n// kibitzer-foul-play'); return 'WROTE'; } catch (e) { return e.code; }",
      "import fs from 'node:fs';",
    ),
    expect: tells(/ERR_ACCESS_DENIED|EROFS/),
  },
  {
    id: 'E11',
    title: 'a link out of its folder',
    files: answering(
      "try { fs.symlinkSync('/etc', `${os.tmpdir()}/out`); return 'LINKED'; } catch (e) { return e.code; }",
      "import fs from 'node:fs'; import os from 'node:os';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E12',
    title: 'a database outside its folder',
    files: answering(
      "const out = `${os.tmpdir()}/../kibitzer-foul-play.db`; try { new DatabaseSync(out).exec('create table a (b)'); return 'WROTE'; } catch (e) { return e.code ?? e.message; }",
      "import { DatabaseSync } from 'node:sqlite'; import os from 'node:os';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E13',
    title: 'a database outside, by ATTACH and by VACUUM INTO',
    files: answering(
      "const out = `${os.tmpdir()}/../kibitzer-foul-play.db`; return ['ATTACH', 'vacuum into'].map(w => { try { const db = new DatabaseSync(':memory:'); db.exec(`create table a (b); ${w} '${out}' ${w === 'ATTACH' ? 'as x; create table x.a (b)' : ''}`); return 'WROTE'; } catch (e) { return e.message; } }).join();",
      "import { DatabaseSync } from 'node:sqlite'; import os from 'node:os';",
    ),
    expect: tells(/^(?!.*WROTE).*not authorized.*(denied|not authorized)/s),
  },
  {
    id: 'E14',
    title: 'a database outside, through the prototypes of the kit’s',
    files: answering(
      "const C = Object.getPrototypeOf(DatabaseSync.prototype.constructor).prototype ? 0 : DatabaseSync.prototype.constructor; try { new C(`${os.tmpdir()}/../kibitzer-foul-play.db`); return 'WROTE'; } catch (e) { return e.code; }",
      "import { DatabaseSync } from 'node:sqlite'; import os from 'node:os';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E15',
    title: 'the heap as a file',
    files: answering(
      "try { v8.writeHeapSnapshot(`${os.tmpdir()}/../kibitzer-foul-play.heapsnapshot`); return 'WROTE'; } catch (e) { return e.code; }",
      "import v8 from 'node:v8'; import os from 'node:os';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E16',
    title: 'a namespace of its own, with mounts in it',
    files: answering(
      "try { return cp.spawnSync('/usr/bin/unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs kibitzer-foul-play /mnt && echo MOUNTED'], { encoding: 'utf8' }).stdout || 'nothing'; } catch (e) { return e.code; }",
      "import cp from 'node:child_process';",
    ),
    expect: tells(/ERR_ACCESS_DENIED/),
  },
  {
    id: 'E17',
    title: 'counts the processes of the machine',
    files: answering(
      "const n = fs.readdirSync('/proc').filter(p => /^\\d+$/.test(p)).length; return n > 3 ? 'MANY' : 'FEW';",
      "import fs from 'node:fs';",
    ),
    expect: tells(/FEW/),
    jailedOnly: true,
  },
  {
    id: 'E18',
    title: 'bindings of Node itself',
    files: answering(
      "return ['fs', 'process_wrap', 'spawn_sync', 'inspector'].map(b => { try { return typeof process.binding(b); } catch (e) { return e.code ?? e.message; } }).join();",
    ),
    expect: tells(/^(?!.*object)/s),
  },
  {
    id: 'E19',
    title: 'a file of the player’s folder that was handed on by name',
    files: answering(
      "return ['/proc/self/fd/3', '/proc/self/fd/9', '/dev/fd/9'].map(p => { try { return fs.readFileSync(p, { flag: 'r' }).length; } catch (e) { return e.code; } }).join();",
      "import fs from 'node:fs';",
    ),
    expect: {
      verdict: ['lost', 'lost-on-time', 'tampering'],
      outcome: { adds: ['refuted', 'crashed', 'timed-out'] },
      says: /./,
    },
  },
  {
    id: 'E20',
    title: 'leaves something for the next submission',
    files: answering(
      "const found = globalThis.note || fs.readdirSync(os.tmpdir()).includes('note'); fs.writeFileSync(`${os.tmpdir()}/note`, 'x'); globalThis.note = 1; return found ? 'FOUND A NOTE' : 'NO NOTE';",
      "import fs from 'node:fs'; import os from 'node:os';",
    ),
    expect: tells(/NO NOTE/),
  },
];
