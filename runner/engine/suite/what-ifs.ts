import type { Player } from '../../board/start-player.ts';
import { keyOf, scoredLines, type Run } from '../../core/suspects.ts';
import type { Outcome, ProbeSpec } from '../../core/verdict.ts';
import type { WhatIfJob } from '../arbiter-protocol.ts';
import type { PlayerRoot } from '../player.ts';
import { playSuite, type SuiteHost, type SuiteJob } from './play-suite.ts';

/** One test takes no longer than this while something goes otherwise; a promise is waited for as long. */
const BUDGET_MS = 1000;
/** Ways that are tried: on each line a few, before a line with many gets its turn again. */
const MOST = 150;
const MOST_AT_A_TIME = 4;

/**
 * Plays the suite on code that counts, then has the learner's code go otherwise in one way after the other, and tells
 * with which of them a test holds, and none is lost that held; of those also whether all tests then hold. The most suspicious lines come first. Ends
 * with the time that it is given, or with the player.
 * @param host gets a result for each way that was tried: held or refuted, with `all` seen as true or false
 */
export async function playWithWhatIfs(job: SuiteJob, whatIf: WhatIfJob, host: SuiteHost): Promise<void> {
  const runs = new Map<string, Run>();
  await playSuite(job, {
    ...host,
    scorer: {
      ...host.scorer,
      finished(id, end) {
        if (end.ran) runs.set(id, { outcome: end.outcome, ran: end.ran });
        host.scorer.finished(id, end);
      },
    },
  });
  const ways = waysToTry(whatIf, runs);
  if (ways.length === 0) return;
  const specs = ways.map((n): ProbeSpec => ({ id: whatIfId(n), sentence: 0, plays: '' }));
  host.collected([...job.probes, ...specs]);
  const player = await host.seats.seat(whatIf.limitMs + BUDGET_MS);
  const others = job.probes.map((p) => p.id).filter((id) => id !== whatIf.probe);
  const otherwise: SuiteJob = {
    ...job,
    prefix: whatIf.prefix,
    traced: false,
    budgetMs: BUDGET_MS,
    waitMs: BUDGET_MS,
  };
  const held = [...runs].flatMap(([id, run]) => (run.outcome === 'held' ? [id] : []));
  const until = performance.now() + whatIf.limitMs;
  try {
    for (const [i, n] of ways.entries()) {
      if (performance.now() > until) return;
      (player.root as PlayerRoot).choose(n);
      const alone = { ...otherwise, leftOut: [...job.leftOut, ...others] };
      const holds = (await outcomesOf(alone, player, host)).get(whatIf.probe) === 'held';
      // what costs another test does not mend anything
      const now = holds ? await outcomesOf(otherwise, player, host) : null;
      const mends = now !== null && held.every((id) => now.get(id) === 'held');
      const all = mends && [...now.values()].every((outcome) => outcome === 'held');
      if (player.gone) return;
      const { id } = specs[i]!;
      host.scorer.started(specs[i]!);
      host.scorer.saw(id, 'all', all);
      host.scorer.finished(id, { outcome: mends ? 'held' : 'refuted' });
    }
  } catch (error) {
    // code that goes otherwise may end its player; what was found out until then is kept
    if (!player.gone) throw error;
  }
}

/** The id under which the result of a way is told. */
export function whatIfId(n: number): string {
  return `if:${n}`;
}

/** Numbers of the ways, those on the most suspicious lines first. */
function waysToTry({ probe, places, ways }: WhatIfJob, runs: ReadonlyMap<string, Run>): number[] {
  const failing = runs.get(probe);
  if (!failing || failing.outcome === 'held') return [];
  const others = [...runs].flatMap(([id, run]) => (id === probe ? [] : [run]));
  const lines = scoredLines(places, failing, others, () => false).map(({ at }) => [
    ...(ways[keyOf(at)] ?? []),
  ]);
  const order: number[] = [];
  while (lines.some((l) => l.length > 0)) for (const l of lines) order.push(...l.splice(0, MOST_AT_A_TIME));
  return order.slice(0, MOST);
}

/** How the tests end that are not left out. */
async function outcomesOf(job: SuiteJob, player: Player, host: SuiteHost): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  await playSuite(job, {
    seats: {
      seat: () => Promise.resolve(player),
      extend: (ms) => host.seats.extend(ms),
      end: (_probe, end) => Promise.resolve(player.gone ? { outcome: 'crashed' } : end),
    },
    scorer: {
      started: () => {},
      saw: () => {},
      fact: () => {},
      finished: (id, end) => void outcomes.set(id, end.outcome),
    },
    collected: () => {},
  });
  return outcomes;
}
