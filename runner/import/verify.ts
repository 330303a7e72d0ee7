import type { Rung } from '../core/events.ts';
import type { Suite } from '../core/suite.ts';
import type { ProbeResult, Verdict } from '../core/verdict.ts';
import { ArbiterError } from '../engine/arbiter-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { toJavaScript } from '../program/javascript.ts';
import { readProgram } from '../program/program.ts';
import { exportsOf } from '../program/surface.ts';
import { Skip, type FoundKata, type Texts } from './found.ts';
import { namesImported } from './reach.ts';

/** Time that a test may take while it is not known how long it takes. */
const FINDING_MS = 60_000;
/** Tests that their author skips may be hours long. */
const SKIPPED_MS = 3000;
/** A learner's code may take so many times as long as the example: many for a quick one, few for one that takes long. */
const SLOWER = 20;
const SLOWER_AT_LEAST = 3;
const LEAST_MS = 2000;
const MANY_UP_TO_MS = 10_000;

/** What was found out by running an exercise. */
export interface Verified {
  suite: Suite;
  /** names that the entry must export, or nothing is judged */
  exports: string[];
  /** the probe that shows what the starter does */
  symptom: string;
  rungs: Rung[];
}

/**
 * Runs the example and the starter against the tests: the one has to win, the other to lose.
 * @param tests absolute path of the folder in which the tests lie
 * @param root absolute path that the learner's folder will have
 * @throws Skip when it is otherwise, or when the tests cannot be played here
 */
export async function verify(
  engine: Engine,
  kata: FoundKata,
  tests: string,
  root: string,
): Promise<Verified> {
  const { specs, modules, reference, starter } = kata;
  const base: Suite = { specs, modules, probes: [], leftOut: [], budgetMs: FINDING_MS };
  const play = (files: Texts, suite: Suite): Promise<Verdict> =>
    judgeFiles(engine, kata, files, { tests, root, suite });

  const first = await play(reference ?? starter, base);
  const skipped = first.results.filter((r) => r.observations.skipped === true).map((r) => r.probe);
  const played = first.results.filter((r) => !skipped.includes(r.probe));
  if (reference) mustHold(first, played);
  if (played.length === 0) throw new Skip('broken', { why: first.illegality?.message ?? 'it has no tests' });
  const probes = first.results.map((r) => ({ id: r.probe, sentence: r.sentence, plays: r.plays }));
  const slowest = Math.max(...first.results.map((r) => (r.outcome === 'held' ? r.ms : 0)));
  const budgetMs = Math.max(LEAST_MS, Math.min(MANY_UP_TO_MS, SLOWER * slowest), SLOWER_AT_LEAST * slowest);
  let leftOut = skipped;
  if (reference && skipped.length > 0) {
    const others = played.map((r) => r.probe);
    const tried = await play(reference, { ...base, probes, leftOut: others, budgetMs: SKIPPED_MS });
    const holds = new Set(tried.results.filter((r) => r.outcome === 'held').map((r) => r.probe));
    leftOut = skipped.filter((id) => !holds.has(id));
  }
  const suite: Suite = { ...base, probes: probes.filter((p) => !leftOut.includes(p.id)), leftOut, budgetMs };
  const lost = reference ? await starterLoses(() => play(starter, suite)) : first;
  if (lost?.kind === 'won' || (!reference && played.every((r) => r.outcome === 'held')))
    throw new Skip('starter-wins');
  return {
    suite,
    exports: requiredExports(kata),
    symptom: lost?.results.find((r) => r.outcome !== 'held')?.probe ?? suite.probes[0]!.id,
    rungs: rungsOf(kata),
  };
}

interface Table {
  tests: string;
  root: string;
  suite: Suite;
}

async function judgeFiles(engine: Engine, kata: FoundKata, files: Texts, table: Table): Promise<Verdict> {
  const bytes = new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)]));
  const read = readProgram(bytes, { entry: kata.entry, exports: [], also: kata.modules, loose: true });
  if ('illegality' in read) throw new Skip('unreadable', { file: kata.entry, why: read.illegality.message });
  const sources = Object.fromEntries(
    Object.entries(read.program.javascript).map(([file, js]) => [file, js.code]),
  );
  try {
    const { root, tests, suite } = table;
    return await engine.judge({ root, entry: kata.entry, sources, probes: tests, suite });
  } catch (error) {
    if (!(error instanceof ArbiterError)) throw error;
    const why = error.message.replace(/^.*?: /, '').split('\n')[0]!;
    throw why.startsWith(NOT_CARRIED) ? notCarried(why) : new Skip('broken', { why });
  }
}

/** A starter that cannot even be read loses, too. */
async function starterLoses(play: () => Promise<Verdict>): Promise<Verdict | null> {
  try {
    return await play();
  } catch (error) {
    if (error instanceof Skip && error.code === 'unreadable') return null;
    throw error;
  }
}

const NOT_CARRIED = 'NotCarried: ';
const notCarried = (why: string): Skip => new Skip('not-carried', { why: why.slice(NOT_CARRIED.length) });

function mustHold(verdict: Verdict, played: readonly ProbeResult[]): void {
  if (verdict.illegality) throw new Skip('reference-loses', { test: '', why: verdict.illegality.message });
  const lost = played.find((r) => r.outcome !== 'held');
  if (!lost) return;
  const why = lost.message ?? lost.outcome;
  if (why.startsWith(NOT_CARRIED)) throw notCarried(why);
  throw new Skip('reference-loses', { test: lost.plays, why });
}

/** What the tests import of the entry and the starter exports: without these a save is no move. */
function requiredExports({ tests, starter, entry }: FoundKata): string[] {
  const parsed = toJavaScript(entry, starter[entry]!);
  if ('illegality' in parsed) return [];
  const there = exportsOf(parsed.ast).names;
  return namesImported(tests, entry, Object.keys(starter)).filter((name) => there.has(name));
}

function rungsOf({ hints, reference }: FoundKata): Rung[] {
  return [
    ...(hints.idea ? (['idea'] as const) : []),
    ...(hints.plan ? (['plan'] as const) : []),
    ...(reference ? (['better-approach'] as const) : []),
  ];
}
