import { createHash } from 'node:crypto';
import type { Verdict } from '../../core/verdict.ts';
import type { Engine, JudgeOptions, Position } from '../../engine/engine.ts';
import { Fingerprint } from './fingerprint.ts';
import type { VerdictMemory } from './verdict-store.ts';

/** An engine that was started, for one state of the probes it judges by. */
interface Started {
  engine: Engine;
  /** how many judgements are under way */
  busy: number;
  /** another one has been started in its place: it is closed as soon as it is not busy */
  retired: boolean;
}

/**
 * An engine that judges each position once: a verdict is remembered as long as nothing that decides it has changed,
 * the code, the conditions, the kata's probes, the runner itself, Node. Verdicts that a busy machine may have spoilt
 * are judged anew each time.
 * @param start starts an engine; called when there is something to judge, and again when probes have changed
 */
export function rememberingEngine(start: () => Engine, memory: VerdictMemory): Engine {
  const runner = Fingerprint.ofEngine();
  const ofProbes = new Map<string, Fingerprint>();
  let current: Started | null = null;

  function probesOf({ probes }: Position): Fingerprint {
    const known = ofProbes.get(probes);
    if (known?.isFresh()) return known;
    const taken = Fingerprint.ofProbes(probes);
    ofProbes.set(probes, taken);
    // processes that have loaded the probes have loaded what they import too
    if (known && known.digest !== taken.digest) retire();
    return taken;
  }

  function retire(): void {
    if (!current) return;
    current.retired = true;
    if (current.busy === 0) current.engine.close();
    current = null;
  }

  async function judge(position: Position, options?: JudgeOptions): Promise<Verdict> {
    const started = (current ??= { engine: start(), busy: 0, retired: false });
    started.busy++;
    try {
      return await started.engine.judge(position, options);
    } finally {
      started.busy--;
      if (started.retired && started.busy === 0) started.engine.close();
    }
  }

  return {
    async judge(position, options) {
      const { original, ...decisive } = position;
      // a mapping is a function, nobody knows what it depends on; what an imported suite reads is not known either
      if (original || position.suite) return judge(position, options);
      const probes = probesOf(position);
      const said = JSON.stringify([runner.digest, probes.digest, decisive]);
      const key = createHash('sha256').update(said).digest('hex');
      const remembered = memory.load(key);
      if (remembered) return remembered;
      const verdict = await judge(position, options);
      // the processes that judge read their files at some moment since: all of them must be as they were
      if (isTrustworthy(verdict) && runner.isFresh() && probes.isFresh()) memory.save(key, verdict);
      return verdict;
    },
    close: () => current?.engine.close(),
  };
}

/** A busy machine can end a probe that holds elsewhere; one that is caught at a line of its own is an endless loop. */
function isTrustworthy({ kind, results }: Verdict): boolean {
  return (
    kind !== 'tampering' &&
    results.length > 0 &&
    results.every((r) => (r.outcome === 'timed-out' || r.outcome === 'crashed' ? r.frames.length > 0 : true))
  );
}
