import { bytesOf } from '../play.ts';
import { readProgram, type Program } from '../program/program.ts';
import type { Design, Kata } from '../store/katas.ts';
import { mutate, type Mutant } from './mutate.ts';

/** A mutant of an accepted design, read as a program. */
export interface Candidate {
  design: string;
  /** the folder that its files would lie in */
  folder: string;
  mutant: Mutant;
  program: Program;
}

/**
 * The mutants of a kata's accepted designs: those that parse, are another program than their design, and than each
 * other. Types, formatting and names of locals make no other program.
 * @throws Error when a design itself cannot be read, or needs more than its types taken away
 */
export function mutantsOf(kata: Kata, designs: readonly Design[]): Candidate[] {
  const options = { entry: kata.entry, exports: kata.exports };
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const { name, folder, files } of designs) {
    const read = readProgram(bytesOf(files), options);
    if ('illegality' in read) throw new Error(`${kata.id}, ${name}: ${read.illegality.message}`);
    seen.add(read.program.hash);
    for (const [file, { code, map }] of Object.entries(read.program.javascript)) {
      if (map !== null) throw new Error(`${kata.id}, ${name}: ${file} has more than types to be taken away`);
      for (const mutant of mutate(file, { text: read.program.sources[file]!, code })) {
        const changed = readProgram(bytesOf({ ...files, [file]: mutant.text }), options);
        if ('illegality' in changed || seen.has(changed.program.hash)) continue;
        seen.add(changed.program.hash);
        found.push({ design: name, folder, mutant, program: changed.program });
      }
    }
  }
  return found;
}
