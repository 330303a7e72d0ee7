import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { onTestFinished, vi } from 'vitest';
import { type Disk, realDisk } from './disk.ts';

// These tests wait for real disks and processes, which a busy machine makes slow without anything being wrong.
vi.setConfig({ testTimeout: 60_000 });

/** A new empty folder, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'kibitzer-store-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** How often to repeat a random test: the number given, or KIBITZER_FUZZ when it is set. */
export function rounds(usual: number): number {
  return Number(process.env['KIBITZER_FUZZ'] ?? usual);
}

/** A disk that never waits for the platter, for tests that open thousands of logs. */
export const fastDisk: Disk = { ...realDisk, fsyncSync: () => {} };

/** One call to the disk: its number (from 1) and the function's name. */
export interface DiskCall {
  readonly n: number;
  readonly name: keyof Disk;
}

/**
 * A disk where `decide` may make any call fail with an error code, and where "SHORT" makes a write take only half
 * of its bytes. `calls` counts.
 */
export function faultyDisk(decide: (call: DiskCall) => string | null): { disk: Disk; calls: DiskCall[] } {
  const calls: DiskCall[] = [];
  const names = Object.keys(diskFunctions) as (keyof Disk)[];
  const disk = Object.fromEntries(
    names.map((name) => [
      name,
      (...args: unknown[]) => {
        const call = { n: calls.length + 1, name };
        calls.push(call);
        const fault = decide(call);
        const real = fastDisk[name] as (...args: unknown[]) => unknown;
        if (fault === null) return real(...args);
        if (fault === 'SHORT') {
          if (name !== 'writeSync') return real(...args);
          const [fd, bytes, offset, length] = args as [number, Buffer, number, number];
          return fs.writeSync(fd, bytes, offset, Math.ceil(length / 2));
        }
        throw Object.assign(new Error(`${fault}: made up, ${name}`), { code: fault, syscall: name });
      },
    ]),
  );
  return { disk: disk as unknown as Disk, calls };
}

const diskFunctions: Record<keyof Disk, true> = {
  closeSync: true,
  fstatSync: true,
  fsyncSync: true,
  ftruncateSync: true,
  linkSync: true,
  lstatSync: true,
  mkdirSync: true,
  openSync: true,
  readdirSync: true,
  readFileSync: true,
  readSync: true,
  renameSync: true,
  rmdirSync: true,
  statSync: true,
  unlinkSync: true,
  writeSync: true,
};

/**
 * A small file system of its own (sizes as in "64k"), unmounted when the test ends; null where mounting is not
 * allowed, which only root in some containers is.
 */
export function tinyDisk(size: string): { folder: string; remount(options: string): void } | null {
  const folder = temporaryFolder();
  const mount = (options: string): boolean =>
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (!mount(`size=${size}`)) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return {
    folder,
    remount(options) {
      const done = spawnSync('mount', ['-o', `remount,${options}`, folder]);
      if (done.status !== 0) throw new Error(String(done.stderr));
    },
  };
}
