/**
 * Which isolation this machine reaches, found by trying: eight small attacks are run in a player, and looked at from
 * outside. docs/isolation.md says what each level promises.
 */
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBubblewrap, type Jail } from './jail.ts';
import { Bench, type Seat } from './players.ts';
import type { PlayerRoot } from './player.ts';

/** strong: all eight attacks refused · confined: those that Node can refuse · none: less than that */
export type Level = 'strong' | 'confined' | 'none';

/** One of the eight. */
export type SmallAttack =
  | 'write outside'
  | 'read a secret file'
  | 'start a process'
  | 'open a socket'
  | 'see the environment'
  | 'load an addon'
  | 'signal the parent'
  | 'leave a process behind';

/** What the eight came to. */
export type Refusals = Record<SmallAttack, boolean>;

/** What this machine reaches, and how it was found out. */
export interface Isolation {
  level: Level;
  /** what was refused in the jail; null where there is none */
  jailed: Refusals | null;
  /** what was refused without a jail */
  plain: Refusals;
  /** why there is no jail, or null */
  why: string | null;
}

/** Reading and sockets stay open without a jail: Node's permission model has nothing against the second yet. */
const BY_NODE: readonly SmallAttack[] = [
  'write outside',
  'start a process',
  'see the environment',
  'load an addon',
  'signal the parent',
  'leave a process behind',
];

/** Tries the jail, and the confinement without one. */
export async function levelOf(): Promise<Isolation> {
  const plain = await tryAttacks('none');
  let jailed: Refusals | null = null;
  let why: string | null = null;
  try {
    if (findBubblewrap() === null) why = 'bubblewrap is not installed';
    else jailed = await tryAttacks('bwrap');
  } catch (error) {
    why = `bubblewrap does not work here: ${(error as Error).message}`;
  }
  const strong = jailed !== null && Object.values(jailed).every(Boolean);
  if (jailed && !strong) why = `in the jail it was possible to ${possible(jailed).join(', to ')}`;
  const confined = BY_NODE.every((attack) => plain[attack]);
  return { level: strong ? 'strong' : confined ? 'confined' : 'none', jailed, plain, why };
}

/** The finding in one or two sentences. */
export function saysOf({ level, plain, why }: Isolation): string {
  const open = possible(plain).join(', ');
  if (level === 'strong')
    return `strong: of eight attacks the jail refuses all (without it: ${open} would be possible)`;
  return `${level}: of eight attacks ${8 - possible(plain).length} are refused; possible: ${open}. No jail for graded mode: ${why}`;
}

/** The attacks that were not refused. */
export function possible(refusals: Refusals): SmallAttack[] {
  return (Object.keys(refusals) as SmallAttack[]).filter((attack) => !refusals[attack]);
}

/** What the attacked player needs to know, and what it is looked at by. */
interface Scene {
  outside: string;
  secretFile: string;
  port: number;
  pid: number;
  node: string;
  mark: string;
}

/** Runs in the player; each tells what it got, which is only believed where it tells of a success. */
const SOURCE = `
import cp from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
const safely = act => { try { return String(act()); } catch (error) { return String(error?.code ?? error); } };
export const write = s => safely(() => fs.writeFileSync(s.outside, 'x'));
export const read = s => safely(() => fs.readFileSync(s.secretFile, 'utf8'));
export const start = s => safely(() => cp.spawnSync(s.node, ['-p', '40 + 2'], { encoding: 'utf8' }).stdout);
export const environment = () => safely(() => JSON.stringify(process.env));
export const addon = s => safely(() => process.dlopen({ exports: {} }, s.node));
export const signal = s => safely(() => process.kill(s.pid, 'SIGURG'));
export const stay = s => safely(() => {
  const args = ['-e', 'setTimeout(() => {}, 10_000)', s.mark];
  cp.spawn(s.node, args, { detached: true, stdio: 'ignore' }).on('error', () => {}).unref();
});
export const connect = s => new Promise(done => {
  const socket = net.connect(s.port, '127.0.0.1', () => done('connected')).on('error', error => done(String(error.code)));
  setTimeout(() => { socket.destroy(); done('nothing came'); }, 2000).unref();
});
`;

type Deeds = Record<
  'write' | 'read' | 'start' | 'environment' | 'addon' | 'signal' | 'stay',
  (scene: Scene) => string
> & {
  connect(scene: Scene): Promise<string>;
};

/**
 * The eight attacks in a player of its own.
 * @throws NoPlayer when none starts
 */
export async function tryAttacks(jail: Jail): Promise<Refusals> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kibitzer-level-')));
  const worlds = realpathSync(mkdtempSync(path.join(tmpdir(), `kibitzer-worlds-${process.pid}-`)));
  const mark = `kibitzer-level-${randomUUID()}`;
  const secret = randomUUID();
  const secretFile = path.join(folder, 'secret');
  writeFileSync(secretFile, secret);
  process.env['KIBITZER_LEVEL_SECRET'] = secret;
  let signalled = false;
  const onSignal = (): void => void (signalled = true);
  process.on('SIGURG', onSignal);
  let connected = false;
  const server = createServer((socket) => {
    connected = true;
    socket.destroy();
  });
  let bench: Bench | null = null;
  let seat: Seat | null = null;
  try {
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
    bench = new Bench(0, () => null, { worlds, jail, start: 'cold' });
    seat = await bench.take();
    const root = seat.player.root as PlayerRoot;
    seat.player.deadline = performance.now() + 30_000;
    root.setUp({
      root: path.join(folder, 'player'),
      entry: 'attacks.js',
      sources: { 'attacks.js': SOURCE },
      seed: 1,
    });
    const deeds = (await root.begin(20_000).loaded).mod as Deeds;
    const scene: Scene = {
      outside: path.join(folder, 'written'),
      secretFile,
      port: (server.address() as AddressInfo).port,
      pid: process.pid,
      node: process.execPath,
      mark,
    };
    deeds.write(scene);
    const read = deeds.read(scene);
    const started = deeds.start(scene);
    const environment = deeds.environment(scene);
    const addon = deeds.addon(scene);
    deeds.signal(scene);
    deeds.stay(scene);
    const answer = await deeds.connect(scene);
    bench.leave(seat);
    await seat.player.ended;
    await new Promise((heard) => setTimeout(heard, 50));
    return {
      'write outside': !existsSync(scene.outside),
      'read a secret file': !read.includes(secret),
      'start a process': !started.includes('42'),
      'open a socket': !connected && answer !== 'connected',
      'see the environment': !environment.includes(secret),
      // Node's own program is no addon: being told so means that it was looked at
      'load an addon': /ERR_DLOPEN_DISABLED|ERR_ACCESS_DENIED/.test(addon),
      'signal the parent': !signalled,
      'leave a process behind': process.platform === 'linux' ? !endProcesses(mark) : !started.includes('42'),
    };
  } finally {
    if (seat) bench?.leave(seat);
    server.close();
    process.off('SIGURG', onSignal);
    delete process.env['KIBITZER_LEVEL_SECRET'];
    endProcesses(mark);
    for (const each of [folder, worlds]) rmSync(each, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Ends processes that have the mark among their arguments. @returns whether there were any */
function endProcesses(mark: string): boolean {
  if (process.platform !== 'linux') return false;
  let any = false;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(mark)) continue;
      any = true;
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it has ended meanwhile
    }
  }
  return any;
}
