import { cacheFolder } from '../authoring/cache/cache-folder.ts';
import { rememberingEngine } from '../authoring/cache/remembering-engine.ts';
import { MemoryStore, VerdictStore } from '../authoring/cache/verdict-store.ts';
import type { Engine } from '../engine/engine.ts';
import { createLanes } from '../engine/lanes.ts';

/**
 * The engine for judging mutants: several lanes, and a memory on disk where there is a place for one. Unlike the
 * engine of `check` it believes a time-out at once, since mutants do hang, unless nobody knows the line.
 * @param fresh judges everything anew
 */
export function createMutantsEngine({ fresh }: { fresh: boolean }): Engine {
  const folder = fresh ? null : cacheFolder('verdicts');
  const store = folder === null ? new MemoryStore() : new VerdictStore(folder);
  return rememberingEngine(() => lookingTwice(createLanes(undefined, 'shared')), store);
}

/** Judges once more where a probe waited in vain: on a busy machine the answer may have been under way. */
function lookingTwice(engine: Engine): Engine {
  return {
    async judge(position, options) {
      const verdict = await engine.judge(position, options);
      const inVain = verdict.results.some((r) => r.outcome === 'timed-out' && r.frames.length === 0);
      return inVain ? engine.judge(position, options) : verdict;
    },
    close: () => engine.close(),
  };
}
