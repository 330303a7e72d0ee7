import { statfsSync } from 'node:fs';

/** How saves are noticed: told by the operating system, or found by looking at regular intervals. */
export type Mode = 'events' | 'polling';

/**
 * Why the mode is what it is. usual: events, no reason not to · forced: KIBITZER_POLL · remote: a file system
 * that another machine writes to · silent: a file written as a test gave no event · limit: the system has no
 * watches or file handles left
 */
export type Why = 'usual' | 'forced' | 'remote' | 'silent' | 'limit';

/** KIBITZER_POLL=1 forces polling, KIBITZER_POLL=0 events; anything else leaves the choice to us. */
export function forcedMode(env: NodeJS.ProcessEnv): Mode | null {
  if (env['KIBITZER_POLL'] === '1') return 'polling';
  if (env['KIBITZER_POLL'] === '0') return 'events';
  return null;
}

/**
 * Linux file systems whose files are also written from elsewhere: NFS, SMB, CIFS, SMB2, 9p (WSL's /mnt/c),
 * FUSE (sshfs, virtiofs, mounts into containers), VirtualBox folders. Our own writes give events there and
 * would pass the sentinel's test; those of an editor on the other side give none.
 */
const REMOTE_TYPES = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x786f4256]);

/** True when the folder lies on a file system that other machines write to. */
export function isRemote(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // the type is a signed 32-bit number on some architectures
    return REMOTE_TYPES.has(statfsSync(folder).type >>> 0);
  } catch {
    return false;
  }
}

/** True for the errors that mean: the system has no watches or file handles left for us. */
export function isLimit(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE';
}
