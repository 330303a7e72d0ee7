import { readdirSync, readFileSync } from 'node:fs';

/**
 * Living processes, other than this one, that have a mark in their arguments or their environment. Linux only;
 * elsewhere none is ever found.
 */
export function processesWith(...marks: readonly string[]): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const read = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'latin1');
      if (/^State:\s*[ZX]/m.test(read('status'))) return [];
      const line = read('cmdline').replaceAll('\0', ' ');
      const all = line + read('environ');
      return marks.some((mark) => all.includes(mark)) ? [`${pid} ${line.trim().slice(0, 120)}`] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

/** Waits, but not for long, until no such process is left. @returns those that are left all the same */
export async function leftOver(...marks: readonly string[]): Promise<string[]> {
  const until = performance.now() + 3000;
  for (;;) {
    const found = processesWith(...marks);
    if (found.length === 0 || performance.now() > until) return found;
    await new Promise((next) => setTimeout(next, 25));
  }
}
