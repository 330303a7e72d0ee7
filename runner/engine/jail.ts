/**
 * Graded mode: bubblewrap around a player. Inside there are Node, the libraries it is linked against, the files of the
 * player itself and the folder of its databases; no network, no other process, nothing of the machine's.
 * docs/isolation.md says what this promises.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seccompFilter } from './seccomp.ts';

/** What stands around players: nothing but the confinement, or bubblewrap as well. */
export type Jail = 'none' | 'bwrap';

/**
 * What a player needs no more of; the kernel holds it to that. Of the data, 1.1 GB are room that V8 reserves for the
 * code of two threads and does not use.
 */
const DATA_KB = 1_900_000;
const FILE_BLOCKS = 32 * 2048; // of 512 bytes
const DESCRIPTORS = 256;
const CPU_SECONDS = 300;
const TMP_BYTES = 16 << 20;
/** Nobody, inside. */
const USER = '65534';

/** Puts a player into a jail of its own; see PlayerOptions.wrap of the board. */
export type Wrap = (node: string, args: string[]) => [command: string, args: string[]];

/** Where bubblewrap is installed, or null. Whether it works here only an attempt can tell: isolation-level.ts. */
export function findBubblewrap(): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/bin'];
  const found = folders.filter(path.isAbsolute).map((folder) => path.join(folder, 'bwrap'));
  return found.find((file) => existsSync(file)) ?? null;
}

/** Builds jails for players that all start from the same entry. */
export class Jailer {
  #bubblewrap: string;
  #mounts: string[];
  #filter: string | null = null;

  /**
   * @param entry the player's entry; its folder is all that can be read of this program inside
   * @param folder where a file can be put that players do not see
   * @throws Error when bubblewrap is not installed
   */
  constructor(entry: string, folder: string) {
    const bubblewrap = findBubblewrap();
    if (bubblewrap === null) throw new Error('bubblewrap (bwrap) is not installed');
    this.#bubblewrap = bubblewrap;
    // the bundle's folder holds the player's program and nothing else
    const files = [process.execPath, path.dirname(entry)].map((file) => [file, file] as const);
    this.#mounts = [...librariesOf(process.execPath), ...files].flatMap(([from, to]) => [
      '--ro-bind',
      from,
      to,
    ]);
    const filter = seccompFilter();
    if (!filter) return;
    this.#filter = path.join(folder, 'seccomp.bpf');
    writeFileSync(this.#filter, filter, { mode: 0o600 });
  }

  /** @param world the one folder in which the player may write */
  wrap(world: string, environment: Readonly<Record<string, string>>): Wrap {
    return (node, args) => {
      const jail = [
        ...['--unshare-user', '--unshare-all', '--disable-userns', '--die-with-parent', '--cap-drop', 'ALL'],
        ...['--uid', USER, '--gid', USER, '--hostname', 'player', '--clearenv'],
        ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
        ...['--proc', '/proc', '--dev', '/dev', '--size', String(TMP_BYTES), '--tmpfs', '/tmp'],
        ...this.#mounts,
        ...[
          '--bind',
          world,
          world,
          '--remount-ro',
          '/dev',
          '--remount-ro',
          '/proc',
          '--remount-ro',
          '/',
          '--chdir',
          world,
        ],
        ...(this.#filter === null ? [] : ['--seccomp', '9']),
      ];
      // the shell sets the limits and opens the filter anew for each player; then it is bubblewrap itself
      const limits = `ulimit -c 0; ulimit -d ${DATA_KB}; ulimit -f ${FILE_BLOCKS}; ulimit -n ${DESCRIPTORS}; ulimit -t ${CPU_SECONDS}`;
      const start = this.#filter === null ? 'exec "$@"' : 'exec "$@" 9<"$0"';
      return [
        '/bin/sh',
        ['-c', `${limits}; ${start}`, this.#filter ?? 'sh', this.#bubblewrap, ...jail, node, ...args],
      ];
    };
  }
}

/** The shared libraries of a program, each with the place where its loader looks for it. */
function librariesOf(program: string): (readonly [from: string, to: string])[] {
  try {
    const listed = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const files = [...listed.matchAll(/(?:^|\s)(\/[^\s:]+) \(0x/gm)].map((m) => m[1]!);
    if (files.length > 0) return [...new Set(files)].map((file) => [file, file] as const);
  } catch {
    // no ldd: all system libraries, then
  }
  return ['/lib', '/lib64', '/usr/lib', '/usr/lib64']
    .filter((f) => existsSync(f))
    .map((f) => [f, f] as const);
}
