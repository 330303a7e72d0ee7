import { dirname, join } from 'node:path';
import { type Disk, realDisk, syncFolder, systemCode, writeAll } from './disk.ts';

/*
 * Half-written files wait in `<store>/tmp/`, not beside their target: nothing that watches the learner's folder
 * ever sees them, and the sweep at the start has one place to look.
 */

let counter = 0;

function writeTemporary(store: string, bytes: Buffer, disk: Disk): string {
  const folder = join(store, 'tmp');
  disk.mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${++counter}-${Date.now().toString(36)}`);
  try {
    const fd = disk.openSync(path, 'wx', 0o644);
    try {
      writeAll(disk, fd, bytes);
      disk.fsyncSync(fd);
    } finally {
      disk.closeSync(fd);
    }
  } catch (error) {
    forget(path, disk);
    throw error;
  }
  return path;
}

function forget(path: string, disk: Disk): void {
  try {
    disk.unlinkSync(path);
  } catch {
    // The next sweep takes it.
  }
}

/**
 * Writes a file whole or not at all, over whatever has that name; durable when it returns.
 * `store` is the `.kibitzer` folder, on the same file system as the target. Throws the system's error.
 */
export function replaceFile(store: string, target: string, bytes: Buffer, disk: Disk = realDisk): void {
  const temporary = writeTemporary(store, bytes, disk);
  try {
    disk.renameSync(temporary, target);
  } catch (error) {
    forget(temporary, disk);
    throw error;
  }
  syncFolder(disk, dirname(target));
}

/**
 * Writes a file whole, or not at all when something has that name already; durable when it returns.
 * Returns whether the file was written. Throws the system's error.
 */
export function createFile(store: string, target: string, bytes: Buffer, disk: Disk = realDisk): boolean {
  if (isThere(target, disk)) return false;
  const temporary = writeTemporary(store, bytes, disk);
  try {
    // Unlike a rename, a link never replaces a file that appeared in the meantime.
    disk.linkSync(temporary, target);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return false;
    // File systems without hard links (FAT, some shares): the short race is better than no starter.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    if (isThere(target, disk)) return false;
    disk.renameSync(temporary, target);
  } finally {
    forget(temporary, disk);
  }
  syncFolder(disk, dirname(target));
  return true;
}

/**
 * Keeps bytes under a name that is free: `base`, else `base-2`, `base-3` …; durable when it returns.
 * Returns the path it chose. Throws the system's error and then leaves nothing behind.
 */
export function keepBytes(base: string, bytes: Buffer, disk: Disk = realDisk): string {
  for (let n = 1; ; n++) {
    const path = n === 1 ? base : `${base}-${n}`;
    let fd: number;
    try {
      fd = disk.openSync(path, 'wx', 0o644);
    } catch (error) {
      if (systemCode(error) === 'EEXIST') continue;
      throw error;
    }
    try {
      writeAll(disk, fd, bytes);
      disk.fsyncSync(fd);
    } catch (error) {
      forget(path, disk);
      throw error;
    } finally {
      disk.closeSync(fd);
    }
    syncFolder(disk, dirname(path));
    return path;
  }
}

/**
 * Removes the half-written files an earlier, killed run left in `<store>/tmp/`. To be called by the holder of the
 * lock only: those of a living run are still needed. Returns how many went; a folder that cannot be read or
 * written is left alone.
 */
export function sweepTemporaryFiles(store: string, disk: Disk = realDisk): number {
  const folder = join(store, 'tmp');
  let swept = 0;
  try {
    for (const name of disk.readdirSync(folder)) {
      disk.unlinkSync(join(folder, name));
      swept++;
    }
    disk.rmdirSync(folder);
  } catch (error) {
    if (systemCode(error) === null) throw error;
  }
  return swept;
}

function isThere(path: string, disk: Disk): boolean {
  // Not existsSync: a dangling symbolic link is there too.
  return disk.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
