import { availableParallelism } from 'node:os';
import { createEngine } from './arbiter-engine.ts';
import type { Engine } from './engine.ts';
import type { Start } from './players.ts';

/**
 * Several engines side by side, for judging many programs: each judgement goes to the lane with the least to do.
 * @param lanes how many, default one for each core; @param start how their players start
 */
export function createLanes(lanes: number = availableParallelism(), start: Start = 'cold'): Engine {
  const all = Array.from({ length: Math.max(1, lanes) }, () => ({
    engine: createEngine({ spares: 1, start }),
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
