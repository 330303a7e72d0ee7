import type { Illegality, Outcome, ProbeResult, ProbeSpec, Verdict, VerdictKind } from '../core/verdict.ts';
import { positionOf } from '../core/verdict.ts';
import { Child } from './child-process.ts';
import type { Engine, Position } from './engine.ts';
import { blankResult, runStretch, type Stretch } from './run.ts';

/** A move that kills its process again and again is judged no further. */
const MOST_PROCESSES = 4;

/**
 * The engine's first form: probes and learner code share one child process, used for one move and thrown away.
 * A probe that hangs or kills the process costs only itself: a fresh process judges the probes after it.
 * @param spares how many processes wait ready; 0 starts one when it is needed
 */
export function createEngine({ spares = 0 }: { spares?: number } = {}): Engine {
  const waiting: Child[] = [];
  const alive = new Set<Child>();
  let closed = false;

  const start = (): Child => {
    const child = new Child();
    alive.add(child);
    return child;
  };
  const refill = (): void => {
    while (!closed && waiting.length < spares) waiting.push(start());
  };
  const take = (): Child => {
    const child = waiting.shift() ?? start();
    refill();
    return child;
  };
  refill();

  return {
    async judge(position, { signal } = {}) {
      const since = performance.now();
      const results = new Map<string, ProbeResult>();
      const known = new Map<string, Outcome>();
      let probes: readonly ProbeSpec[] = [];
      let ended: string | null = null;
      let output = '';
      let loadFailure: Stretch['loadFailure'] = null;
      for (let n = 0; n < MOST_PROCESSES; n++) {
        signal?.throwIfAborted();
        const child = take();
        const stretch = await runStretch(child, position, known, signal).finally(() => alive.delete(child));
        if (stretch.broken !== null) throw new Error(`the probes of this kata do not load: ${stretch.broken}`);
        if (stretch.probes.length > 0) probes = stretch.probes;
        ended ??= stretch.ended;
        output += stretch.output;
        loadFailure ??= stretch.loadFailure;
        const before = known.size;
        for (const [id, result] of stretch.results) {
          results.set(id, result);
          known.set(id, result.outcome);
        }
        const through = probes.length > 0 && probes.every(p => known.has(p.id));
        if (through || loadFailure || known.size === before || gateLost(probes, known)) break;
      }
      const all = probes.map(p => results.get(p.id) ?? blankResult(p));
      return verdictOf(all, { ended, output, loadFailure, durationMs: Math.round(performance.now() - since), position });
    },
    close() {
      closed = true;
      for (const child of alive) child.kill();
      alive.clear();
      waiting.length = 0;
    },
  };
}

function gateLost(probes: readonly ProbeSpec[], known: ReadonlyMap<string, Outcome>): boolean {
  return probes.some(p => p.role === 'gate' && known.has(p.id) && known.get(p.id) !== 'held');
}

function verdictOf(
  results: readonly ProbeResult[],
  run: Pick<Stretch, 'ended' | 'output' | 'loadFailure'> & { durationMs: number; position: Position },
): Verdict {
  const judged = results.filter(r => r.role === 'gate' || r.role === 'probe');
  const illegality = illegalityOf(results, run);
  let kind: VerdictKind;
  if (illegality) kind = 'illegal';
  else if (judged.length > 0 && judged.every(r => r.outcome === 'held')) kind = 'won';
  else if (judged.some(r => r.outcome === 'refuted' || r.outcome === 'crashed')) kind = 'lost';
  else if (judged.some(r => r.outcome === 'timed-out')) kind = 'lost-on-time';
  else kind = 'lost';
  return {
    kind,
    position: positionOf(results),
    results,
    illegality,
    ended: run.ended,
    output: run.output,
    durationMs: run.durationMs,
  };
}

/** Code that does not load or does not even do the ordinary thing is no move: it says so and costs nothing. */
function illegalityOf(
  results: readonly ProbeResult[],
  { loadFailure, ended }: Pick<Stretch, 'ended' | 'loadFailure'>,
): Illegality | null {
  if (loadFailure) {
    return {
      code: 'load-error',
      message: `the file could not be loaded: ${loadFailure.message}`,
      hint: 'Repair what happens when the file is loaded; nothing was judged and nothing is lost.',
      frame: loadFailure.frames[0] ?? null,
    };
  }
  const gate = results.find(r => r.role === 'gate' && r.outcome !== 'held');
  if (results.length === 0) {
    return { code: 'load-error', message: `it ${ended ?? 'could not be judged'}`, hint: 'Save again when it loads.', frame: null };
  }
  if (!gate || gate.outcome === 'timed-out') return null;
  return {
    code: 'gate',
    message: `the ordinary case does not work yet: ${gate.plays} — ${gate.message ?? 'it was not reached'}`,
    hint: 'Get the plain case right first; the probes play only against code that does its job.',
    frame: gate.frames[0] ?? null,
  };
}
