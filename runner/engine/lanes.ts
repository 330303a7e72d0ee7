import { availableParallelism } from 'node:os';
import { createEngine } from './arbiter-engine.ts';
import type { Engine } from './engine.ts';

/**
 * Several engines side by side, for judging many programs: each judgement goes to the lane with the least to do.
 * @param lanes how many, default one for each core
 */
export function createLanes(lanes: number = availableParallelism()): Engine {
  const all = Array.from({ length: Math.max(1, lanes) }, () => ({
    engine: createEngine({ spares: 1, warmUp: false }),
    waiting: 0,
  }));
  return {
    async judge(position, options) {
      const lane = all.reduce((least, one) => (one.waiting < least.waiting ? one : least));
      lane.waiting++;
      try {
        return await lane.engine.judge(position, options);
      } finally {
        lane.waiting--;
      }
    },
    close() {
      for (const { engine } of all) engine.close();
    },
  };
}
