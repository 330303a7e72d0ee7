import type { Engine } from '../engine/engine.ts';

/** How often a position is judged before a time-out is believed. */
const TIMES = 3;

/** An engine that believes a time-out only when it happens again: on a busy machine it may be the machine's. */
export function patientEngine(engine: Engine): Engine {
  return {
    async judge(position, options) {
      for (let time = 1; ; time++) {
        const verdict = await engine.judge(position, options);
        if (time === TIMES || verdict.results.every((r) => r.outcome !== 'timed-out')) return verdict;
      }
    },
    close: () => engine.close(),
  };
}

/** An engine that judges under these conditions. */
export function under(engine: Engine, conditions: { seed?: number; zone?: string; order?: number }): Engine {
  return {
    judge: (position, options) => engine.judge({ ...position, ...conditions }, options),
    close: () => engine.close(),
  };
}
