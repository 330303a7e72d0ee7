import path from 'node:path';
import type { Mistake } from '../core/book.ts';
import { nearest, wayTo } from '../core/designs.ts';
import type { Diagnosis } from '../core/diagnosis.ts';
import { parseNotes } from '../core/notes.ts';
import type { Illegality, Verdict } from '../core/verdict.ts';
import type { Engine } from '../engine/engine.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import {
  readBook,
  readDesigns,
  readMoves,
  readNotes,
  readStarter,
  type Design,
  type Kata,
  type StoredMove,
} from '../store/katas.ts';
import { checkDeclarations } from './check-declarations.ts';
import type { Problem, Report } from './problem.ts';

/** One judged file set of a kata. */
export interface Judged {
  what: 'starter' | 'design' | 'move';
  name: string;
  verdict: Verdict;
  diagnosis: Diagnosis;
}

/** Judges the starter, every accepted design and every stored bad move, and lists what is not as declared. */
export async function checkKata(
  engine: Engine,
  kata: Kata,
): Promise<{ judged: Judged[]; problems: Problem[] }> {
  const book = await readBook(kata);
  const problems: Problem[] = [];
  const report: Report = (code, where, args = {}) => void problems.push({ code, where, args });
  const judgeOne = async (
    what: Judged['what'],
    name: string,
    folder: string,
    files: Record<string, string>,
  ): Promise<Judged> => ({ what, name, ...(await judgeFiles(engine, kata, book, folder, files)) });

  const designs = readDesigns(kata);
  const stored = readMoves(kata);
  // all at once: an engine with several lanes judges them side by side
  const [starter, ofDesigns, ofMoves] = await Promise.all([
    judgeOne('starter', 'starter', path.join(kata.folder, 'starter'), readStarter(kata)),
    Promise.all(designs.map((d) => judgeOne('design', d.name, d.folder, d.files))),
    Promise.all(stored.map((m) => judgeOne('move', `${m.mistake}/${m.name}`, m.folder, m.files))),
  ]);
  expectMistake(starter, kata.starter, report);
  for (const one of ofDesigns) {
    if (one.verdict.kind !== 'won') report('design-loses', one.name, { probes: lostProbes(one.verdict) });
  }
  const moves = stored.map((move, i): [StoredMove, Judged] => [move, ofMoves[i]!]);
  for (const [move, one] of moves) {
    expectMistake(one, move.mistake, report);
    if (one.diagnosis.status === 'known') expectDetails(move, one.name, one.diagnosis, report);
    everyHunkHasItsReason(kata, designs, move.files, one.name, report);
  }
  everyHunkHasItsReason(kata, designs, readStarter(kata), 'starter', report);
  everythingIsShown(book, moves, starter, report);
  await checkDeclarations(kata, book, starter.verdict.results, report);
  return { judged: [starter, ...ofDesigns, ...ofMoves], problems };
}

async function judgeFiles(
  engine: Engine,
  kata: Kata,
  book: readonly Mistake[],
  folder: string,
  files: Record<string, string>,
): Promise<{ verdict: Verdict; diagnosis: Diagnosis }> {
  const judged = await judge(engine, kata, book, folder, bytesOf(files));
  if ('diagnosis' in judged) return judged;
  return { verdict: judged.verdict ?? unjudged(judged.illegality), diagnosis: { status: 'none' } };
}

/** The verdict of files that never reached the engine. */
function unjudged(illegality: Illegality): Verdict {
  return { kind: 'illegal', position: 0, results: [], illegality, ended: null, output: '', durationMs: 0 };
}

function expectMistake(one: Judged, mistake: string, report: Report): void {
  const { diagnosis, verdict } = one;
  const found =
    diagnosis.status === 'known' ? diagnosis.mistake : (verdict.illegality?.message ?? diagnosis.status);
  if (found !== mistake)
    report('diagnosis-differs', one.name, { declared: mistake, found, probes: lostProbes(verdict) });
}

function expectDetails(
  move: StoredMove,
  where: string,
  diagnosis: Extract<Diagnosis, { status: 'known' }>,
  report: Report,
): void {
  const { behind, at, question } = diagnosis;
  const declared = move.expect.behind ?? [];
  if (behind.toSorted().join() !== declared.toSorted().join()) {
    report('behind-differs', where, { declared: declared.join(', '), found: behind.join(', ') });
  }
  const line = at ? (move.files[at.file]?.split('\n')[at.line - 1]?.trim() ?? '') : '';
  if (line !== move.expect.line)
    report('line-differs', where, { declared: move.expect.line ?? '', found: line });
  if (question === null) report('question-missing', where);
}

/** The better approach is a diff with a reason for each hunk. */
function everyHunkHasItsReason(
  kata: Kata,
  designs: readonly Design[],
  files: Record<string, string>,
  where: string,
  report: Report,
): void {
  const design = nearest(files, designs);
  if (!design) return;
  const notes = parseNotes(readNotes(kata)).designs.find((d) => d.name === design.name);
  for (const hunk of wayTo(files, design.files, notes)) {
    if (hunk.reason.trim() === '')
      report('hunk-without-reason', where, { design: design.name, line: hunk.line });
  }
}

/** Coverage and separation: each mistake and each probe has a stored move that shows it, and no two mistakes look alike. */
function everythingIsShown(
  book: readonly Mistake[],
  moves: readonly (readonly [StoredMove, Judged])[],
  starter: Judged,
  report: Report,
): void {
  for (const m of book)
    if (!moves.some(([move]) => move.mistake === m.id))
      report('mistake-without-move', 'moves', { mistake: m.id });
  for (const { probe, role } of starter.verdict.results) {
    if (role !== 'probe') continue;
    const lost = [starter, ...moves.map(([, j]) => j)].some((j) =>
      j.verdict.results.some((r) => r.probe === probe && r.outcome === 'refuted'),
    );
    if (!lost) report('probe-without-move', 'probes.ts', { probe });
  }
  const seen = new Map<string, StoredMove>();
  for (const [move, { verdict }] of moves) {
    const vector = JSON.stringify(verdict.results.map((r) => [r.probe, r.outcome, r.observations]));
    const other = seen.get(vector);
    if (other && other.mistake !== move.mistake)
      report('same-vector', 'moves', {
        moves: `${other.mistake}/${other.name} and ${move.mistake}/${move.name}`,
      });
    seen.set(vector, move);
  }
}

function lostProbes(verdict: Verdict): string {
  return verdict.results
    .filter((r) => r.outcome !== 'held')
    .map((r) => `${r.probe} ${r.outcome}${r.message ? ` (${r.message})` : ''}`)
    .join('; ');
}
