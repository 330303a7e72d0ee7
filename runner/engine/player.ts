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
import { loadFiles } from '../kit/load.ts';
import { setTable } from '../kit/table.ts';
import { WORLD_VARIABLE } from './confinement.ts';
import { countHere } from './line-counts.ts';
import { decideHere } from './what-if.ts';
import type { PlayerNote } from './player-note.ts';
import { warmUp } from './player-warm-up.ts';
import { watchShared } from './traces.ts';
import { startWatchdog } from './watchdog.ts';

/** What the arbiter may ask of a player. */
export interface PlayerRoot {
  /** puts files on the table: the learner's, once; programs that are trusted, one after the other */
  setUp(position: {
    root: string;
    entry: string;
    sources: Record<string, string>;
    seed: number;
    /** what the process takes for its time zone, default UTC */
    zone?: string;
    /** places of the code that count how often they run, default 0: they do not */
    places?: number;
    /** whether the code can go otherwise, see what-if.ts */
    whatIf?: boolean;
  }): void;
  /** new instruments for one probe, whose `dispose` ends it; starts the clock of its budget, and the first load */
  begin(budgetMs: number): Instruments & { readonly loaded: ReturnType<Instruments['load']> };
  /** starts the clock of a test of an imported suite, which gets no instruments */
  arm(budgetMs: number): void;
  disarm(): void;
  /** loads files of the learner's as one new module graph, each in a box: a namespace alone would be asked for its `then` */
  loadFiles(files: readonly string[]): Promise<{ mod: unknown }[]>;
  /** how often each counted place ran since this was asked last, see line-counts.ts */
  ran(): string;
  /** has the code go otherwise in this way, see what-if.ts */
  choose(n: number): void;
  /** whether timers of the learner's are left over, whose errors would come later */
  leftOver(): boolean;
  /** whether what all code shares is not as it was before the first program */
  changedShared(): boolean;
}

// beside this file: as source, or bundled as this one is
const watchdog = await startWatchdog(
  new URL(`./player-watchdog${path.extname(import.meta.url)}`, import.meta.url),
);
closeThreads();
if (process.argv[2] === 'warm') await warmUp(process.env[WORLD_VARIABLE] ?? tmpdir());
const changedShared = watchShared();
let seed = 1;
let takeCounts = (): string => '';
let choose: (n: number) => void = () => {};

const root: PlayerRoot = {
  setUp({ zone, places = 0, whatIf = false, ...position }) {
    seed = position.seed;
    if (places > 0) takeCounts = countHere(places);
    if (whatIf) choose = decideHere();
    if (zone !== undefined && zone !== process.env.TZ) process.env.TZ = zone;
    setTable({
      ...position,
      sources: new Map(Object.entries(position.sources)),
      scorer: null,
      known: new Map(),
    });
  },
  begin(budgetMs) {
    watchdog.arm(budgetMs);
    const instruments = createInstruments(seed);
    return {
      ...instruments,
      loaded: instruments.load(),
      dispose() {
        instruments.dispose();
        watchdog.disarm();
      },
    };
  },
  arm: (budgetMs) => watchdog.arm(budgetMs),
  disarm: () => watchdog.disarm(),
  loadFiles: async (files) => (await loadFiles([...files])).map((mod) => ({ mod })),
  ran: () => takeCounts(),
  choose: (n) => choose(n),
  leftOver: () => process.getActiveResourcesInfo().some((what) => what === 'Timeout' || what === 'Immediate'),
  changedShared,
};
// frozen: what it can do is asked for once
const board = serveBoard(Object.freeze(root));
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
