import { readFileSync } from 'node:fs';

/** Linux counts resident memory in pages; all machines that Node has binaries for use 4 KiB, bar a few with more. */
const PAGE_MB = 4096 / (1 << 20);

/** How a process is doing: whether it has ended (but was not yet waited for), and its resident memory. */
export interface Vitals {
  ended: boolean;
  memoryMb: number;
}

/** Looks at a process; null where the system does not say (not Linux, or no such process). */
export function vitalsOf(pid: number): Vitals | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything; the state is the first field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { ended: fields[0] === 'Z' || fields[0] === 'X', memoryMb: Number(fields[21]) * PAGE_MB };
  } catch {
    return null;
  }
}
