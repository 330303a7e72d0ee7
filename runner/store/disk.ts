import fs from 'node:fs';

/** The file calls the store makes, as one object so that a test can make any of them fail. */
export type Disk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'readSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
>;

/** The real file system. */
export const realDisk: Disk = fs;

/** The code of an error of the operating system ("ENOSPC"), or null for any other error. Never throws. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EIO: 'the disk reported an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program is using it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something else has that name',
  ENOENT: 'it does not exist',
  ELOOP: 'it is a symbolic link',
};

/** The code in words, for a message: "the disk is full (ENOSPC)"; the bare code when there are no words for it. */
export function explainCode(code: string): string {
  const known = words[code];
  return known === undefined ? code : `${known} (${code})`;
}

/** Writes all the bytes at the end of an open file. Throws the system's error, perhaps after a part was written. */
export function writeAll(disk: Disk, fd: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) {
    const wrote = disk.writeSync(fd, bytes, done, bytes.length - done);
    // A write that takes nothing and reports nothing would loop for ever.
    if (wrote <= 0)
      throw Object.assign(new Error('EIO: nothing was written, write'), { code: 'EIO', syscall: 'write' });
    done += wrote;
  }
}

/** Makes created, renamed and removed names in a folder durable, where the platform can. Throws the system's error. */
export function syncFolder(disk: Disk, folder: string): void {
  if (process.platform === 'win32') return;
  const fd = disk.openSync(folder, 'r');
  try {
    disk.fsyncSync(fd);
  } catch (error) {
    // Some network and FUSE file systems have no fsync for folders; there is nothing more we could do.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    disk.closeSync(fd);
  }
}
