import path from 'node:path';
import { positionBefore } from './core/retry.ts';
import type { Kata } from './store/katas.ts';
import { restoreFiles } from './store/practice.ts';
import { filesOf } from './views.ts';
import type { Workspace } from './workspace.ts';

/**
 * Puts the code before a move back into practice, after a copy of what is there, and notes it in the log.
 * @param n a move that may be played once more, see `mayRetry`
 * @returns where the copy lies, relative to the current folder; null when there was nothing
 */
export function beginRetry(ws: Workspace, kata: Kata, n: number): string | null {
  const before = positionBefore(ws.game(kata.id), n);
  const { backup } = restoreFiles(ws.practice, kata.id, filesOf(ws, before));
  ws.append([{ type: 'retry-begun', kata: kata.id, move: n, backup: backup ?? '' }]);
  return backup === null ? null : path.relative(process.cwd(), backup);
}
