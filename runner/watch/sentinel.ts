import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWN_FOLDER, SENTINEL } from './paths.ts';

const TICKS = 5;

export interface SentinelOptions {
  /** the practice folder */
  folder: string;
  /** how long to wait for the event, in milliseconds */
  waitMs: number;
  /** whether any event has come so far */
  heard: () => boolean;
  signal: AbortSignal;
}

/**
 * Writes a small file and waits for an event. False when none came in time: this folder gives no events.
 * True as well when the file cannot be written, since that says nothing about events.
 */
export async function eventsCome({ folder, waitMs, heard, signal }: SentinelOptions): Promise<boolean> {
  const file = join(folder, OWN_FOLDER, SENTINEL);
  try {
    await mkdir(join(folder, OWN_FOLDER), { recursive: true });
    await writeFile(file, `${process.pid} ${Date.now()}\n`);
  } catch {
    return true;
  }
  // in steps: after a busy spell or a sleep of the machine a single long timer would end before
  // the events that were waiting all along have been read
  for (let tick = 0; tick < TICKS && !heard() && !signal.aborted; tick++) {
    await sleep(waitMs / TICKS, undefined, { signal }).catch(() => {});
  }
  await rm(file, { force: true }).catch(() => {});
  return heard() || signal.aborted;
}
