import type { Frame } from '../core/facts.ts';
import {
  positionOf,
  type Illegality,
  type ProbeResult,
  type Verdict,
  type VerdictKind,
} from '../core/verdict.ts';

/** What a run came to besides the probes' results. */
export interface RunFacts {
  ended: string | null;
  output: string;
  loadFailure: { message: string; frames: readonly Frame[] } | null;
  tampering: boolean;
  durationMs: number;
}

/** The verdict over all probes of a kata. */
export function verdictOf(results: readonly ProbeResult[], run: RunFacts): Verdict {
  const judged = results.filter((r) => r.role === 'gate' || r.role === 'probe');
  const illegality = illegalityOf(results, run);
  let kind: VerdictKind;
  if (run.tampering) kind = 'tampering';
  else if (illegality) kind = 'illegal';
  else if (judged.length > 0 && judged.every((r) => r.outcome === 'held')) kind = 'won';
  else if (judged.some((r) => r.outcome === 'refuted' || r.outcome === 'crashed')) kind = 'lost';
  else if (judged.some((r) => r.outcome === 'timed-out')) kind = 'lost-on-time';
  else kind = 'lost';
  return {
    kind,
    position: positionOf(results),
    results,
    illegality: kind === 'illegal' ? illegality : null,
    ended: run.ended,
    output: run.output,
    durationMs: run.durationMs,
  };
}

/** Code that does not load or does not even do the ordinary thing is no move: it says so and costs nothing. */
function illegalityOf(
  results: readonly ProbeResult[],
  { loadFailure, ended }: Pick<RunFacts, 'ended' | 'loadFailure'>,
): Illegality | null {
  if (loadFailure) {
    return {
      code: 'load-error',
      message: `the file could not be loaded: ${loadFailure.message}`,
      hint: 'Repair what happens when the file is loaded; nothing was judged and nothing is lost.',
      frame: loadFailure.frames[0] ?? null,
    };
  }
  const gate = results.find((r) => r.role === 'gate' && r.outcome !== 'held');
  if (results.length === 0) {
    return {
      code: 'load-error',
      message: `it ${ended ?? 'could not be judged'}`,
      hint: 'Save again when it loads.',
      frame: null,
    };
  }
  if (!gate || gate.outcome === 'timed-out') return null;
  return {
    code: 'gate',
    message: `the ordinary case does not work yet: ${gate.plays} — ${gate.message ?? 'it was not reached'}`,
    hint: 'Get the plain case right first; the probes play only against code that does its job.',
    frame: gate.frames[0] ?? null,
  };
}
