import type { Engine } from '../engine/engine.ts';
import { createLanes } from '../engine/lanes.ts';
import { cacheFolder } from './cache/cache-folder.ts';
import { rememberingEngine } from './cache/remembering-engine.ts';
import { MemoryStore, VerdictStore } from './cache/verdict-store.ts';
import { patientEngine } from './patient-engine.ts';

/**
 * The engine for judging what authors have written: several lanes, patient with a busy machine, and with a memory on
 * disk, where there is a place for one.
 * @param fresh judges everything anew and remembers only what it judges itself, for as long as it lives
 */
export function createCheckingEngine({ fresh = false }: { fresh?: boolean } = {}): Engine {
  const folder = fresh ? null : cacheFolder('verdicts');
  const store = folder === null ? new MemoryStore() : new VerdictStore(folder);
  return rememberingEngine(() => patientEngine(createLanes(undefined, 'shared')), store);
}
