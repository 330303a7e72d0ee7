import path from 'node:path';
import { ArbiterError } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { Kata } from '../store/katas.ts';
import { executeCards } from './cards/execute-cards.ts';
import { checkInvariance, type Play, type Skipped } from './invariance.ts';
import { judgeFiles, toJudge, type Judged, type Ran, type ToJudge } from './judged.ts';
import { readParts, type Parts } from './parts.ts';
import { under } from './patient-engine.ts';
import type { Problem, Report } from './problem.ts';
import { checkBetterApproaches } from './rules/better-approaches.ts';
import { checkBrief } from './rules/brief.ts';
import { checkCards } from './rules/cards.ts';
import { checkCoverage } from './rules/coverage.ts';
import { checkDeclarations } from './rules/declarations.ts';
import { checkIds } from './rules/ids.ts';
import { checkJudgements } from './rules/judgements.ts';
import { checkSecrets } from './rules/secrets.ts';
import { checkTexts } from './rules/texts.ts';
import { checkTranslations, type Coverage } from './rules/translations.ts';
import { checkUnwritten } from './rules/unwritten.ts';
import { RUNS, type Run } from './variants/ways.ts';

/** Everything that was found out about a kata. */
export interface Checked {
  parts: Parts;
  judged: Judged[];
  problems: Problem[];
  /** how much of it there is in other languages */
  translations: Coverage[];
  /** runs played beside the first ones, and ways in which code could not be written */
  variants: { runs: number; skipped: Skipped[] };
}

export interface CheckOptions {
  /** called with the number of runs that are through and the number there will be */
  onProgress?: (done: number, total: number) => void;
  /** called when everything is known but whether the same is said under other conditions and about other spellings */
  onFirst?: (checked: Checked) => void;
  /** false leaves out what takes the longest: whether the same is said under other conditions and about other spellings */
  again?: boolean;
  /** a number for each state of the files, so that modules are loaded anew; see `readParts` */
  edition?: number;
  signal?: AbortSignal;
}

/**
 * Checks a kata as its author declares it. Judges the starter, every accepted design and every stored bad move, holds
 * everything the kata says against what it does, executes its cards; then plays all that came to what is declared
 * again, under other conditions and written in other ways.
 * @throws the signal's reason when it is aborted
 */
export async function checkKata(engine: Engine, known: Kata, o: CheckOptions = {}): Promise<Checked> {
  const problems: Problem[] = [];
  const report = into(problems);
  const parts = await readParts(known, report, o.edition);
  const { kata } = parts;
  const all = toJudge(parts);
  let total = all.length + (o.again === false ? 0 : runsOf(all));
  let done = 0;
  const through = (): void => o.onProgress?.(++done, total);
  o.onProgress?.(done, total);

  const cards = executeCards(path.join(kata.folder, 'cards.ts'), o.signal);
  cards.catch(() => {}); // it is awaited below, unless something else goes wrong first
  // all at once: an engine with several lanes judges them side by side
  const judged = await judgeAll(all, (one) => judgeFiles(engine, parts, one, o.signal), through, report);
  checkUnwritten(parts, report);
  checkDeclarations(parts, report);
  checkBrief(parts, judged, report);
  checkIds(parts, judged, report);
  const asDeclared = checkJudgements(parts, judged, report);
  checkCoverage(parts, judged, report);
  await checkBetterApproaches(parts, judged, (one) => judgeFiles(engine, parts, one, o.signal), report);
  checkTexts(parts, judged, report);
  checkSecrets(parts, judged, report);
  checkCards(parts, await cards, report);
  const translations = await checkTranslations(parts, judged, report, o.edition);
  const checked: Checked = { parts, judged, problems, translations, variants: { runs: 0, skipped: [] } };
  o.onFirst?.(checked);
  if (o.again === false) return checked;

  // what is not as declared is repaired first: only then can it be asked whether it stays so
  total -= runsOf(all) - runsOf(asDeclared);
  const again = await Promise.all(
    asDeclared.map(async (one, i) => {
      const found: Problem[] = [];
      const { entry, exports } = kata;
      const subject = { files: one.files, entry, exports };
      const first = { ran: one, also: one.stored?.expect.also ?? [] };
      const play: Play = (files, conditions) =>
        judgeFiles(under(engine, conditions), parts, { ...one, files }, o.signal);
      const tell = into(found);
      const skipped = await judgeable(
        () => checkInvariance(one.name, subject, first, runsFor(one, i), play, tell, through),
        (says) => tell('unjudgeable', one.name, { says }),
      );
      return { found, skipped: skipped ?? [] };
    }),
  );
  problems.push(...again.flatMap((a) => a.found));
  checked.variants = {
    runs: runsOf(asDeclared),
    skipped: again.flatMap((a) => a.skipped),
  };
  return checked;
}

/**
 * How a program is played again: what everything rests on in all ways, bad moves each in one of them, in turn. Each kata
 * has so many moves that every way is tried on a dozen of them.
 */
function runsFor({ what }: ToJudge, i: number): readonly Run[] {
  return what === 'move' ? [RUNS[i % RUNS.length]!] : RUNS;
}

const runsOf = (all: readonly ToJudge[]): number => all.reduce((n, one, i) => n + runsFor(one, i).length, 0);

function into(problems: Problem[]): Report {
  return (code, where, args = {}) => void problems.push({ code, where, args });
}

/** Judges files; what the engine itself gives up on is reported, once where the probes are at fault, and is not there. */
async function judgeAll(
  all: readonly ToJudge[],
  play: (one: ToJudge) => Promise<Ran>,
  through: () => void,
  report: Report,
): Promise<Judged[]> {
  const said = new Set<string>();
  const judged = await Promise.all(
    all.map(async (one): Promise<Judged | null> => {
      const ran = await judgeable(
        () => play(one),
        (says) => {
          const ofProbes = says.startsWith('this kata');
          if (!ofProbes || !said.has(says))
            report('unjudgeable', ofProbes ? 'probes.ts' : one.name, { says });
          said.add(says);
        },
      );
      through();
      return ran && { ...one, ...ran };
    }),
  );
  return judged.filter((one) => one !== null);
}

/** The result of work that judges; null when the engine gave up, which is nobody's code. */
async function judgeable<T>(work: () => Promise<T>, otherwise: (says: string) => void): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ArbiterError)) throw error;
    otherwise(error.message.split('\n')[0]!);
    return null;
  }
}
