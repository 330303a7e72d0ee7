import path from 'node:path';
import type { Engine } from './engine/engine.ts';
import { bytesOf } from './play.ts';
import { readProgram } from './program/program.ts';
import { readDesigns, type Kata } from './store/katas.ts';

/**
 * Lets the engine's players rehearse a kata with a design that it ships, while the learner reads the brief: the first
 * save is then judged as quickly as the tenth. An imported kata is not rehearsed.
 */
export function rehearse(engine: Engine, kata: Kata): void {
  const design = kata.imported ? undefined : readDesigns(kata)[0];
  if (!design || !engine.rehearse) return;
  const read = readProgram(bytesOf(design.files), { entry: kata.entry, exports: kata.exports });
  if ('illegality' in read) return;
  const code = Object.entries(read.program.javascript);
  engine.rehearse({
    root: path.resolve(design.folder),
    entry: kata.entry,
    sources: Object.fromEntries(code.map(([file, { code: text }]) => [file, text])),
    probes: kata.probes,
  });
}
