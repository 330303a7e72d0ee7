import { readdirSync, readFileSync } from 'node:fs';

/**
 * The process that runs inside a jail: bubblewrap stays as the parent of the first process inside, and that one of the
 * player. Null while there is no such process, and where the system does not say (not Linux).
 * @param jail the process that was started
 */
export function insideOf(jail: number): number | null {
  try {
    const children = new Map<number, number>();
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const parent = parentOf(pid);
      if (parent !== null) children.set(parent, Number(pid));
    }
    const first = children.get(jail);
    return (first !== undefined && children.get(first)) || null;
  } catch {
    return null;
  }
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name in parentheses may contain anything
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
