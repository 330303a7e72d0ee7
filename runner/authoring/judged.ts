import path from 'node:path';
import type { Diagnosis } from '../core/diagnosis.ts';
import type { Illegality, Verdict } from '../core/verdict.ts';
import type { Engine } from '../engine/engine.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import type { Program } from '../program/program.ts';
import type { StoredMove } from '../store/katas.ts';
import type { Parts } from './parts.ts';

/** Files of a kata that are judged. */
export interface ToJudge {
  what: 'starter' | 'design' | 'move';
  /** as problems name it: `starter`, a design’s name, `<mistake>/<name>` of a move */
  name: string;
  folder: string;
  files: Readonly<Record<string, string>>;
  /** what its author says of a move */
  stored: StoredMove | null;
}

/** What files came to. */
export interface Ran {
  verdict: Verdict;
  diagnosis: Diagnosis;
  /** null when the files are no program */
  program: Program | null;
}

/** Judged files of a kata. */
export interface Judged extends ToJudge, Ran {}

/** Everything of a kata that is judged: the starter, the accepted designs, the stored moves. */
export function toJudge({ kata, starter, designs, moves }: Parts): ToJudge[] {
  return [
    {
      what: 'starter',
      name: 'starter',
      folder: path.join(kata.folder, 'starter'),
      files: starter,
      stored: null,
    },
    ...designs.map(({ name, folder, files }): ToJudge => ({
      what: 'design',
      name,
      folder,
      files,
      stored: null,
    })),
    ...moves.map((stored): ToJudge => {
      const { mistake, name, folder, files } = stored;
      return { what: 'move', name: `${mistake}/${name}`, folder, files, stored };
    }),
  ];
}

/** Judges files as a move of the kata; what is no move has a verdict too, with the reason. */
export async function judgeFiles(
  engine: Engine,
  { kata, book }: Parts,
  { folder, files }: Pick<ToJudge, 'folder' | 'files'>,
  signal?: AbortSignal,
): Promise<Ran> {
  const judged = await judge(engine, kata, book, folder, bytesOf(files), signal);
  if ('diagnosis' in judged) return judged;
  const { program, verdict, illegality } = judged;
  return { program, verdict: verdict ?? unjudged(illegality), diagnosis: { status: 'none' } };
}

/** The verdict of files that never reached the engine. */
function unjudged(illegality: Illegality): Verdict {
  return { kind: 'illegal', position: 0, results: [], illegality, ended: null, output: '', durationMs: 0 };
}
