import type { Suspect } from '../core/suspects.ts';
import type { Engine } from '../engine/engine.ts';
import { judge } from '../judging.ts';
import { readDesigns, type Kata } from '../store/katas.ts';
import type { WrongEdit } from './wrong-edits.ts';

/** What the analysis of a wrong edit came to. */
export interface TriedEdit {
  edit: WrongEdit;
  /** `won` when no test noticed it */
  verdict: string;
  probe: string;
  /** the edited line */
  line: number;
  /** place of the edited line among the suspects, from 1; 0 when it is not among them */
  rank: number;
  suspects: readonly Suspect[];
}

/** Gives what-ifs all the time they take, so that what comes of them does not depend on how busy the machine is. */
export function patient(engine: Engine): Engine {
  return {
    ...engine,
    judge: ({ whatIf, ...position }, options) =>
      engine.judge({ ...position, ...(whatIf ? { whatIf: { ...whatIf, limitMs: 60_000 } } : {}) }, options),
  };
}

/**
 * Judges the example of an imported kata with a wrong edit in it.
 * @throws Error when the text to replace is not there exactly once
 */
export async function tryEdit(engine: Engine, kata: Kata, edit: WrongEdit): Promise<TriedEdit> {
  const [example] = readDesigns(kata);
  const hits = Object.entries(example?.files ?? {}).filter(([, text]) => text.split(edit.from).length === 2);
  const [file, text] = hits[0] ?? [];
  if (hits.length !== 1 || file === undefined || text === undefined)
    throw new Error(`${kata.id}: ${JSON.stringify(edit.from)} is not there exactly once`);
  const files = { ...example!.files, [file]: text.replace(edit.from, () => edit.to) };
  const line = text.slice(0, text.indexOf(edit.from) + edit.from.search(/\S/)).split('\n').length;
  const bytes = new Map(Object.entries(files).map(([name, t]) => [name, Buffer.from(t)]));
  const judged = await judge(engine, kata, [], `${kata.folder}/edited`, bytes, undefined, () => null);
  if (!('diagnosis' in judged)) throw new Error(`${kata.id}: ${judged.illegality.message}`);
  const { diagnosis, verdict } = judged;
  const suspects = diagnosis.status === 'out-of-book' ? (diagnosis.suspects ?? []) : [];
  const rank = suspects.findIndex((s) => s.at.file === file && s.at.line === line) + 1;
  const probe = diagnosis.status === 'out-of-book' ? diagnosis.probe : '';
  return { edit, verdict: verdict.kind, probe, line, rank, suspects };
}
