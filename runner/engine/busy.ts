import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 150;
/** CPU time in one look from which on a process counts as busy, in clock ticks of 10 ms. */
const BUSY_TICKS = 3;

/** CPU time that a process has used, in clock ticks; null where it cannot be known (not Linux, or it has ended). */
function ticksOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // utime and stime; the name in parentheses before them may contain blanks
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return null;
  }
}

/**
 * Resolves when a process has nothing to do, has ended, or was busy for `mostMs`. A process that waits for a promise
 * uses no CPU time; one that loops uses all it gets, however little that is on a loaded machine.
 */
export async function untilIdle(
  pid: number | undefined,
  ended: Promise<unknown>,
  mostMs: number,
): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  const until = performance.now() + mostMs;
  let before = pid === undefined ? null : ticksOf(pid);
  do {
    await Promise.race([ended, sleep(LOOK_EVERY_MS)]);
    const now = pid === undefined ? null : ticksOf(pid);
    if (over || now === null || before === null || now - before < BUSY_TICKS) return;
    before = now;
  } while (performance.now() < until);
}
