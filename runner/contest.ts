import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Move } from './core/game.ts';
import { verdictOf } from './evidence.ts';
import type { Kata } from './store/katas.ts';
import { filesOf } from './views.ts';
import type { Workspace } from './workspace.ts';

/**
 * Writes what an author needs to look into an analysis that a learner calls wrong: code, verdict and diagnosis of one
 * move. Nothing is sent anywhere.
 * @returns path of the file
 */
export function writeContest(ws: Workspace, kata: Kata, move: Move): string {
  const folder = path.join(ws.practice, '.kibitzer', 'contested');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${kata.id}-move-${move.n}.json`);
  const bundle = {
    schema: 'kibitzer/contested@1',
    kata: kata.id,
    version: ws.game(kata.id).version,
    move: move.n,
    diagnosis: move.judgement.diagnosis,
    verdict: verdictOf(ws, move),
    files: filesOf(ws, move),
    why: '',
  };
  writeFileSync(file, `${JSON.stringify(bundle, null, 2)}\n`);
  return file;
}
