/**
 * Entry of the arbiter: the process with the probes, the expected values, the outside connections and the verdict. It
 * never evaluates learner code, so it stays warm; it judges one move at a time, each with players of its own.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startTests, type VitestRunner } from '@vitest/runner';
import { framesOfError } from '../kit/frames.ts';
import { LoadError } from '../kit/load.ts';
import type { Suite } from '../core/suite.ts';
import { setTable, type ProbeEnd, type Scorer } from '../kit/table.ts';
import type { ArbiterMessage, Job, Request } from './arbiter-protocol.ts';
import { PLAYER_NOTE } from './player-note.ts';
import type { Jail } from './jail.ts';
import { Bench, type Seat, type Start } from './players.ts';
import type { PlayerRoot } from './player.ts';
import { inOtherOrder } from './probe-order.ts';
import { Seats } from './seats.ts';
import type { SuiteHost, SuiteJob } from './suite/play-suite.ts';

/** How soon after a move was taken back the one that replaced it is there. */
const NEXT_MOVE_MS = 50;
/** Programs that one player plays at most: what each of them loads stays in its memory. */
const MOST_PROGRAMS = 25;
/** Facts kept of one probe: the first ones are the story, a loop of thousands is not. */
const FACTS_KEPT = 200;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vitest') return next(specifier, context);
    return { url: new URL('./vitest-shim.ts', import.meta.url).href, shortCircuit: true };
  },
});
// loaded after the hook, so that the kit and the probes share the shim
const shim = await import('./vitest-shim.ts');
const { clearOutcomes, clearProbes, declared, repeatProbes } = await import('../kit/probe.ts');

const [spares, worlds, jail, start] = process.argv.slice(2) as [string, string, Jail, Start];
const bench = new Bench(
  Number(spares),
  (data) => {
    const note = PLAYER_NOTE.safeParse(data);
    return note.success ? note.data : null;
  },
  { worlds, jail, start },
);
/** Says something to the runner; when that has gone, so does the arbiter. */
function say(message: ArbiterMessage): void {
  if (rehearsing) return;
  if (process.connected) process.send!(message, undefined, {}, (error) => error && leave());
}

function leave(): never {
  bench.close();
  process.exit(0);
}

type Finished = Extract<ArbiterMessage, { type: 'finished' }>;

/** nobody waits for what is judged any more */
let aborted = false;
/** what is judged is for practice: nobody hears of it */
let rehearsing = false;
/** moves that wait to be judged */
let pending = 0;
/** what the players rehearse; it must be trusted */
let program: Job | null = null;
let work = Promise.resolve();
let ring = (): void => {};
const asked = (): Promise<void> => new Promise((heard) => (ring = heard));

let loaded: { probes: string; version: string } | null = null;

function runner(job: Job): VitestRunner {
  const config = {
    root: job.root,
    name: '',
    setupFiles: [],
    passWithNoTests: false,
    allowOnly: true,
    includeTaskLocation: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxConcurrency: 1,
    retry: 0,
    diffOptions: {},
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
    sequence: { shuffle: false, concurrent: false, seed: job.seed, hooks: 'stack', setupFiles: 'list' },
  };
  return {
    pool: 'kibitzer',
    config: config as unknown as VitestRunner['config'],
    async importFile(file) {
      // probes are loaded once, and again only when the kata's files have changed
      if (loaded?.probes === file && loaded.version === job.version) repeatProbes();
      else {
        clearProbes();
        loaded = null;
        await import(`${pathToFileURL(file).href}?v=${job.version}`);
        loaded = { probes: file, version: job.version };
      }
      say({ type: 'collected', probes: declared() });
    },
    onCollected([file]) {
      if (file && job.order !== null) file.tasks = inOtherOrder(file.tasks, declared(), job.order);
    },
    onBeforeTryTask: () => shim.resetExpect(),
    onTaskUpdate: async () => {},
  };
}

/** @param rehearsed plays this player, which stays, instead of one that is taken and left */
async function judge(job: Job, rehearsed?: Seat): Promise<void> {
  // a probe must not depend on it either
  if (process.env.TZ !== job.zone) process.env.TZ = job.zone;
  const seats = new Seats(job, {
    take: () => (rehearsed ? Promise.resolve(rehearsed) : bench.take()),
    leave: (seat) => bench.leave(seat),
    seated: (pid) => say({ type: 'player', pid }),
    isUnwanted: () => aborted,
  });
  let running: { probe: string; since: number } | null = null;
  let last: string | null = null;
  let seen: Pick<Finished, 'observations' | 'facts'> = { observations: {}, facts: [] };
  clearOutcomes();
  const scorer: Scorer = {
    started(spec) {
      running = { probe: spec.id, since: performance.now() };
      last = spec.id;
      seen = { observations: {}, facts: [] };
    },
    saw(_probe, name, value) {
      seen.observations[name] = value;
    },
    fact(_probe, fact) {
      if (seen.facts.length < FACTS_KEPT) seen.facts.push(fact);
    },
    finished(probe, end) {
      // a probe that was not reached has seen nothing: what there is belongs to the one before
      const own = running?.probe === probe ? running : null;
      say({
        type: 'finished',
        probe,
        ...(own ? seen : { observations: {}, facts: [] }),
        ...told(end),
        ms: own ? Math.round(performance.now() - own.since) : 0,
      });
      running = null;
    },
  };
  setTable({
    root: job.root,
    entry: job.entry,
    sources: null,
    host: seats,
    known: new Map(),
    seed: job.seed,
    scorer,
  });
  if (job.suite) await playTests(job, job.suite, seats, scorer);
  else {
    const files = await startTests([job.probes], runner(job));
    const failed = files[0]?.result?.errors?.[0];
    if (failed) say({ type: 'broken', message: failed.stack ?? failed.message });
  }
  if (seats.noPlayer !== null) say({ type: 'broken', message: `no player starts: ${seats.noPlayer}` });
  const late = await seats.finish();
  if (late && last !== null) say({ type: 'finished', probe: last, ...seen, ...told(late), ms: 0 });
  say({
    type: 'done',
    ended: seats.ended,
    output: Buffer.from(seats.output.slice(0, 65_536)).toString('base64'),
    printed: seats.printed,
  });
  if (rehearsed) return;
  const seat = start === 'shared' && seats.ended === null && late === null ? seats.release() : null;
  if (seat && mayPlayOn(seat, job)) bench.takeBack(seat);
  else if (seat) bench.leave(seat);
  else seats.close();
}

/** Whether a player may play another trusted program: this one has left nothing behind. */
function mayPlayOn(seat: Seat, job: Job): boolean {
  return (
    ++seat.played < MOST_PROGRAMS &&
    // code that counts its places has made its process count
    job.suite === null &&
    job.places === 0 &&
    !seat.player.gone &&
    !leavesTraces(seat)
  );
}

/**
 * Lets players that wait play what the kata ships, while nobody needs them: what a process does for the first time takes
 * several times as long as the second time, and this way the learner's code meets the second time. Stops at the next
 * probe when there is something to judge.
 */
async function rehearse(): Promise<void> {
  for (let seat; program && !pending && (seat = bench.unrehearsed());) {
    seat.rehearsed = true;
    await Promise.race([seat.player.ready.catch(() => {}), asked()]);
    if (pending) return;
    rehearsing = true;
    try {
      await judge(program, seat);
      // what is left of it must not come up in the judgement of another program
      if (seat.player.gone || leavesTraces(seat)) {
        bench.drop(seat);
        program = null;
      } else seat.player.deadline = Infinity;
    } finally {
      rehearsing = false;
    }
  }
}

function leavesTraces({ player, note }: Seat): boolean {
  const { stdout, stderr } = player.output;
  const root = player.root as PlayerRoot;
  return note !== null || stdout !== '' || stderr !== '' || root.leftOver() || root.changedShared();
}

/** Plays the tests of an imported kata; what that takes is loaded with the first of them. */
async function playTests(job: Job, suite: Suite, seats: Seats, scorer: Scorer): Promise<void> {
  const { playSuite } = await import('./suite/play-suite.ts');
  const host: SuiteHost = { seats, scorer, collected: (probes) => say({ type: 'collected', probes }) };
  const play: SuiteJob = { ...suite, folder: job.probes, seed: job.seed, traced: job.places > 0 };
  if (!job.whatIf) return playSuite(play, host);
  const { playWithWhatIfs } = await import('./suite/what-ifs.ts');
  return playWithWhatIfs(play, job.whatIf, host);
}

/** How a probe ended, as data. */
function told(end: ProbeEnd): Omit<Finished, 'type' | 'probe' | 'ms' | 'observations' | 'facts'> {
  const loading = end.error instanceof LoadError;
  const error = loading ? (end.error as LoadError).cause : end.error;
  return {
    outcome: end.outcome,
    message: end.message ?? (end.error === undefined ? undefined : describe(error)),
    expected: end.expected,
    actual: end.actual,
    frames: end.frames ? [...end.frames] : framesOfError(error),
    loading: loading || undefined,
    tampering: end.tampering,
    example: end.example,
    ran: end.ran,
  };
}

/** An error in one line; never throws, whatever was thrown. */
function describe(error: unknown): string {
  try {
    if (error instanceof Error)
      return `${error.name}: ${error.message}`.split('\n').slice(0, 3).join(' ').slice(0, 400);
    return `threw ${String(error)}`.slice(0, 400);
  } catch {
    return 'threw a value that cannot be printed';
  }
}

process.on('message', (request: Request) => {
  if (request.type === 'close') leave();
  if (request.type === 'abort') {
    aborted = true;
    return;
  }
  if (request.type === 'rehearse') program = request.job;
  else {
    pending++;
    ring();
    // a rehearsal gives way
    if (rehearsing) aborted = true;
  }
  work = work.then(() => (request.type === 'rehearse' ? rehearse() : answer(request.job)));
});

async function answer(job: Job): Promise<void> {
  pending--;
  aborted = false;
  try {
    await judge(job);
  } catch (error) {
    say({ type: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    say({ type: 'done', ended: null, output: '', printed: 0 });
  }
  // the successor starts when the verdict is out, not while the learner waits for it; after a move that was taken back
  // the next one is about to come
  if (aborted) await Promise.race([asked(), new Promise((done) => setTimeout(done, NEXT_MOVE_MS))]);
  if (pending > 0 && bench.hasReady) return;
  bench.refill();
  if (pending === 0) work = work.then(rehearse);
}

process.on('disconnect', leave);
say({ type: 'ready' });
