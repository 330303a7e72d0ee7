/**
 * Entry of a player: the process in which the learner's code runs, with the kit's instruments beside it. It only
 * answers the board; it knows no probe, no expected value and no verdict.
 */
// first: what follows builds on modules that it guards
import { closeThreads } from './player-confine.ts';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveBoard } from '../board/serve-board.ts';
import { framesOfError, learnerFrames } from '../kit/frames.ts';
import { createInstruments, type Instruments } from '../kit/instruments.ts';
import { setTable } from '../kit/table.ts';
import { WORLD_VARIABLE } from './confinement.ts';
import type { PlayerNote } from './player-note.ts';
import { warmUp } from './player-warm-up.ts';
import { startWatchdog } from './watchdog.ts';

/** What the arbiter may ask of a player. */
export interface PlayerRoot {
  /** puts the learner's files on the table; once */
  setUp(position: { root: string; entry: string; sources: Record<string, string>; seed: number }): void;
  /** new instruments for one probe; starts the clock of its budget */
  begin(budgetMs: number): Instruments;
  /** the probe is over */
  end(): void;
  /** whether timers of the learner's are left over, whose errors would come later */
  leftOver(): boolean;
}

// beside this file: as source, or bundled as this one is
const watchdog = await startWatchdog(
  new URL(`./player-watchdog${path.extname(import.meta.url)}`, import.meta.url),
);
closeThreads();
await warmUp(process.env[WORLD_VARIABLE] ?? tmpdir());
let seed = 1;

const root: PlayerRoot = {
  setUp(position) {
    seed = position.seed;
    setTable({
      ...position,
      sources: new Map(Object.entries(position.sources)),
      scorer: null,
      known: new Map(),
    });
  },
  begin(budgetMs) {
    watchdog.arm(budgetMs);
    return createInstruments(seed);
  },
  end: () => watchdog.disarm(),
  leftOver: () => process.getActiveResourcesInfo().some((what) => what === 'Timeout' || what === 'Immediate'),
};
const board = serveBoard(root);
const say = (note: PlayerNote): void => board.note(note);

/** ends the process without exit handlers, which could be the learner's */
const quit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process);
for (const way of ['exit', 'reallyExit', 'abort'] as const) {
  const exits = process as unknown as Record<string, (code?: number) => never>;
  const real = exits[way]!.bind(process);
  exits[way] = (code?: number): never => {
    say({
      type: 'leaving',
      how: way === 'abort' ? 'process.abort()' : `process.${way}(${code ?? ''})`,
      frames: learnerFrames(),
    });
    return real(code);
  };
}
process.on('uncaughtException', (error) => {
  say({ type: 'uncaught', message: describe(error), frames: framesOfError(error) });
  quit(1);
});

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${String(error)}`;
  } catch {
    return 'threw a value that cannot be printed';
  }
}
