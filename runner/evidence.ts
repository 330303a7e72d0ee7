import type { Move } from './core/game.ts';
import type { Verdict } from './core/verdict.ts';
import type { Workspace } from './workspace.ts';

/** The whole verdict of a stored move, with all its facts; null when its snapshot is gone. */
export function verdictOf(ws: Pick<Workspace, 'snapshots'>, move: Move): Verdict | null {
  try {
    return JSON.parse(ws.snapshots.load({ evidence: move.judgement.evidence }).evidence!) as Verdict;
  } catch {
    return null;
  }
}
