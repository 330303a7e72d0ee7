import { readFiles } from '../../store/katas.ts';
import type { Parts } from '../parts.ts';
import type { Report } from '../problem.ts';

/** What `kibitzer new kata` leaves to the author: `[to write: the story]`, in any file, on one line or several. */
const TO_WRITE = /\[to write: ([^\]]+)\]/g;

/** Everything that the scaffold says is to be written, is written. */
export function checkUnwritten({ kata }: Parts, report: Report): void {
  for (const [folder, at] of [
    [kata.folder, ''],
    [kata.solutions, 'solutions/'],
  ] as const) {
    for (const [file, text] of Object.entries(readFiles(folder))) {
      for (const m of text.matchAll(TO_WRITE)) {
        const line = text.slice(0, m.index).split('\n').length;
        report('unwritten', `${at}${file}:${line}`, { what: m[1]!.trim().replaceAll(/\s+/g, ' ') });
      }
    }
  }
}
