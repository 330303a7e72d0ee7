import { lastThatHeld } from './core/game.ts';
import type { Workspace } from './workspace.ts';

/** The files of the last move of a game that held a probe; null when none did, or when they are no longer there. */
export function filesThatHeld(ws: Workspace, kata: string, probe: string): Record<string, string> | null {
  const move = lastThatHeld(ws.game(kata), probe);
  if (!move) return null;
  try {
    return ws.snapshots.load(move.files);
  } catch {
    return null;
  }
}
