import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 150;
/** More CPU time than this in one look is work, in clock ticks of 10 ms; the watchdog alone needs about one. */
const IDLE_TICKS = 1;
/** A process that gets little of a loaded machine may look idle once. */
const IDLE_LOOKS = 3;

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
  let idle = 0;
  do {
    await Promise.race([ended, sleep(LOOK_EVERY_MS)]);
    const now = pid === undefined ? null : ticksOf(pid);
    if (over || now === null || before === null) return;
    idle = now - before <= IDLE_TICKS ? idle + 1 : 0;
    if (idle === IDLE_LOOKS) return;
    before = now;
  } while (performance.now() < until);
}
