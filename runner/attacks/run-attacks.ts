import { randomInt } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../core/verdict.ts';
import { createEngine } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { Jail } from '../engine/jail.ts';
import { original } from '../program/javascript.ts';
import { readProgram } from '../program/program.ts';
import { desk, ENTRY, EXPORTS, type Attack } from './attack.ts';
import { leftOver } from './processes.ts';

const PROBES = fileURLToPath(new URL('./kata/probes.ts', import.meta.url));
/** What programs started by a submission have in their arguments. */
const MARK = 'kibitzer-foul-play';
const HONEST_EVERY = 10;

/** How it went. */
export interface Report {
  passed: number;
  failed: number;
  /** ids of submissions that won and must not, and honest ones that did not */
  wrongPasses: string[];
  /** ids of submissions on which the arbiter ended or could not go on */
  arbiterCrashes: string[];
  /** processes that were still there afterwards */
  leftovers: string[];
  /** one line for each failure */
  failures: string[];
  seed: number;
}

/** What runs while the corpus runs. */
export interface RunOptions {
  jail: Jail;
  /** so many submissions at the same time */
  lanes?: number;
  onEnd?(attack: Attack, failure: string | null, ms: number): void;
}

/** Judges every submission and compares what came of it; an honest one has to win again after every tenth. */
export async function runAttacks(
  attacks: readonly Attack[],
  { jail, lanes = 1, onEnd }: RunOptions,
): Promise<Report> {
  const report: Report = {
    passed: 0,
    failed: 0,
    wrongPasses: [],
    arbiterCrashes: [],
    leftovers: [],
    failures: [],
    seed: randomInt(2 ** 31),
  };
  // what is written to the temporary folder past its own goes with this one
  const before = process.env['TMPDIR'];
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kibitzer-attacks-')));
  process.env['TMPDIR'] = folder;
  const waiting = [...attacks];
  const lane = async (): Promise<void> => {
    const engine = createEngine({ spares: 1, jail });
    try {
      for (let done = 1, attack = waiting.shift(); attack; attack = waiting.shift(), done++) {
        await tryOne(engine, attack);
        if (done % HONEST_EVERY === 0 || waiting.length === 0) await tryOne(engine, honest(attack));
      }
    } finally {
      engine.close();
    }
  };
  const tryOne = async (engine: Engine, attack: Attack): Promise<void> => {
    const since = performance.now();
    let failure: string | null;
    try {
      const outcome = await judged(engine, attack, report.seed);
      failure = wrongIn(attack, outcome, jail);
      if (outcome.verdict === 'won' && !attack.honest && !allows(attack.expect.verdict, 'won'))
        report.wrongPasses.push(attack.id);
    } catch (error) {
      failure = `the arbiter failed: ${(error as Error).message}`;
      report.arbiterCrashes.push(attack.id);
    }
    const left = await leftOver(MARK);
    if (left.length > 0) {
      failure ??= `left ${left.length} processes`;
      report.leftovers.push(...left.map((p) => `${attack.id}: ${p}`));
    }
    if (failure === null) report.passed++;
    else {
      report.failed++;
      report.failures.push(`${attack.id} ${attack.title}: ${failure}`);
    }
    onEnd?.(attack, failure, performance.now() - since);
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
    const worlds = `kibitzer-worlds-${process.pid}-`;
    report.leftovers.push(...(await leftOver(MARK, worlds)).map((p) => `at the end: ${p}`));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return report;
}

const honest = (after: Attack): Attack => ({
  id: `honest after ${after.id}`,
  title: 'an honest submission wins as before',
  files: desk(),
  expect: { verdict: 'won', says: /./ },
  honest: true,
});

interface Outcome {
  verdict: Verdict['kind'];
  outcomes: Record<string, string>;
  /** all that the learner can read of it */
  text: string;
}

async function judged(engine: Engine, attack: Attack, seed: number): Promise<Outcome> {
  const files = new Map(
    Object.entries(attack.files).map(([file, text]) => [file, Buffer.from(text as string)]),
  );
  const read = readProgram(files, { entry: ENTRY, exports: EXPORTS });
  if ('illegality' in read) return { verdict: 'illegal', outcomes: {}, text: read.illegality.message };
  const { javascript } = read.program;
  const verdict = await engine.judge({
    root: path.join(tmpdir(), 'desk'),
    entry: ENTRY,
    sources: Object.fromEntries(Object.entries(javascript).map(([file, { code }]) => [file, code])),
    original: (at) => {
      const map = javascript[at.file]?.map;
      return { ...at, ...(map ? original(map, at.line, at.column) : null) };
    },
    probes: PROBES,
    seed,
  });
  const lost = verdict.results.filter((r) => r.outcome !== 'held');
  const text = [
    verdict.illegality?.message,
    verdict.ended,
    ...lost.flatMap((r) => [r.message, r.actual]),
    verdict.output,
  ];
  return {
    verdict: verdict.kind,
    outcomes: Object.fromEntries(verdict.results.map((r) => [r.probe, r.outcome])),
    text: text.filter((t) => t).join('\n') || verdict.kind,
  };
}

const allows = <T>(wanted: T | readonly T[], got: T): boolean => [wanted].flat().includes(got as never);

function wrongIn(attack: Attack, got: Outcome, jail: Jail): string | null {
  const { verdict, outcome = {}, says } = attack.expect;
  const shown = JSON.stringify(got.text.slice(0, 300));
  if (!allows(verdict, got.verdict))
    return `${got.verdict} instead of ${[verdict].flat().join(' or ')}: ${shown}`;
  for (const [probe, wanted] of Object.entries(outcome)) {
    const is = got.outcomes[probe];
    if (!allows<string | undefined>(wanted, is))
      return `${probe} ${is} instead of ${[wanted].flat().join(' or ')}: ${shown}`;
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/.test(got.text))
    return `control characters are shown as they are: ${shown}`;
  if (attack.jailedOnly && jail === 'none') return null;
  return says.test(got.text) ? null : `it does not say ${says}: ${shown}`;
}
