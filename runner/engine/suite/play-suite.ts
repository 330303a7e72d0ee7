import path from 'node:path';
import {
  getHooks,
  getFn,
  startTests,
  type File,
  type Suite as TestSuite,
  type Task,
  type Test,
  type VitestRunner,
} from '@vitest/runner';
import type { Player } from '../../board/start-player.ts';
import type { Suite } from '../../core/suite.ts';
import type { CallFact } from '../../core/facts.ts';
import type { Example, Outcome, ProbeSpec } from '../../core/verdict.ts';
import { LoadError } from '../../kit/load.ts';
import type { ProbeEnd, Scorer } from '../../kit/table.ts';
import type { PlayerRoot } from '../player.ts';
import { readCounts } from '../line-counts.ts';
import { resetExpect } from '../vitest-shim.ts';
import { Calls } from './calls.ts';
import { asError, endOfError, type Failure } from './ends.ts';
import { exampleOf } from './example.ts';
import { checkAssertions, expect, forgetMatchers, makeGlobal } from './globals.ts';
import { times } from './jest-style.ts';
import { beginRun, importSpec, placeInSuite } from './modules.ts';
import { probesOf, testsOf } from './names.ts';
import { NotCarried } from './not-carried.ts';
import { readSuiteSource } from './sources.ts';

/** A promise is waited for so much longer than a test may compute. */
const WAIT_FACTOR = 2.5;
const WAIT_AT_LEAST_MS = 5000;

/** Players of one move, one after the other. */
interface Seats {
  /** a player that lives, a fresh one where the one before is gone */
  seat(budgetMs: number): Promise<Player>;
  /** moves its deadline */
  extend(budgetMs: number): void;
  /** the last word on how a test ended */
  end(probe: ProbeSpec, end: ProbeEnd): Promise<ProbeEnd>;
}

/** What the arbiter does for a suite. */
export interface SuiteHost {
  seats: Seats;
  scorer: Scorer;
  /** hears which tests there are, before the first of them is scored */
  collected(probes: ProbeSpec[]): void;
}

export interface SuiteJob extends Suite {
  /** absolute path of the folder that mirrors the learner's */
  folder: string;
  seed: number;
  /** whether calls are noted */
  traced: boolean;
  /** what stands before the paths of the learner's sources, when it is other code than theirs */
  prefix?: string;
  /** how long a promise is waited for, when it is not as usual */
  waitMs?: number;
}

/**
 * Plays the tests of an imported suite against the learner's modules. What ends a player ends the test that ran; the
 * suite is then loaded again against the next player, for the tests that are left.
 * @throws Error when the suite itself cannot be loaded and it is not known which tests there are
 */
export async function playSuite(job: SuiteJob, host: SuiteHost): Promise<void> {
  const outcomes = new Map<string, Outcome>();
  const run = new SuiteRun(job, host, outcomes);
  if (job.probes.length > 0) host.collected([...job.probes]);
  makeGlobal();
  try {
    while (await run.pass()) {
      // as long as a fresh player has tests left to judge
    }
  } finally {
    forgetMatchers();
    times.ofTests = null;
  }
}

class SuiteRun {
  #job: SuiteJob;
  #host: SuiteHost;
  #outcomes: Map<string, Outcome>;
  #probes = new Map<Test, ProbeSpec>();
  /** ids of tests that their author skips: as long as it is to be found which tests there are, they are not played */
  #skipped = new Set<string>();
  /** what loading the code and the suite ran */
  #before: Record<number, number> = {};
  #calls: Calls | null = null;
  /** the player is gone, or something still waits in it: what is left is for another one */
  #stopped = false;

  constructor(job: SuiteJob, host: SuiteHost, outcomes: Map<string, Outcome>) {
    this.#job = job;
    this.#host = host;
    this.#outcomes = outcomes;
  }

  /** @returns whether tests are left for another player */
  async pass(): Promise<boolean> {
    this.#stopped = false;
    const job = this.#job;
    const before = this.#outcomes.size;
    const player = await this.#load();
    if (!player) return false;
    const files = await startTests(
      job.specs.map((spec) => path.join(job.folder, spec)),
      this.#runner(player),
    );
    player.listen(null);
    await this.#whatFailedAround(player, files);
    if (this.#stopped && this.#outcomes.size > before && this.#left().length > 0) return true;
    await this.#leaveOut();
    return false;
  }

  /** Loads the learner's modules into a player; null when that fails, which decides about all tests. */
  async #load(): Promise<Player | null> {
    const { budgetMs, modules, folder, prefix = '' } = this.#job;
    let player: Player;
    try {
      player = await this.#host.seats.seat(budgetMs);
    } catch (error) {
      // no more players for this move
      if (this.#left().length === 0) throw error;
      await this.#leaveOut();
      return null;
    }
    const root = player.root as PlayerRoot;
    try {
      root.arm(budgetMs);
      const loaded = await root.loadFiles(modules.map((file) => prefix + file));
      const learner = new Map(modules.map((file, i) => [file, loaded[i]!.mod as Record<string, unknown>]));
      if (this.#job.traced) player.listen(this.#listenTo(player, learner));
      beginRun({ folder, learner });
      return player;
    } catch (cause) {
      const error = new LoadError(cause instanceof Error ? cause.message : String(cause), { cause });
      const [first] = this.#left();
      if (!first) throw error;
      this.#host.scorer.started(first);
      await this.#finish(player, first, { outcome: 'crashed', error });
      await this.#leaveOut();
      return null;
    }
  }

  #listenTo(player: Player, learner: ReadonlyMap<string, Record<string, unknown>>): Calls {
    this.#calls = new Calls(player);
    for (const [file, mod] of learner)
      for (const name of Object.keys(mod))
        this.#calls.name(mod[name], name === 'default' ? path.parse(file).name : name);
    return this.#calls;
  }

  async #leaveOut(): Promise<void> {
    for (const probe of this.#left()) {
      const end = await this.#host.seats.end(probe, { outcome: 'unreached' });
      this.#outcomes.set(probe.id, end.outcome);
      this.#host.scorer.started(probe);
      if (this.#skipped.has(probe.id)) this.#host.scorer.saw(probe.id, 'skipped', true);
      this.#host.scorer.finished(probe.id, end);
    }
  }

  #left(): ProbeSpec[] {
    const all = this.#job.probes.length > 0 ? this.#job.probes : [...this.#probes.values()];
    return all.filter((p) => !this.#outcomes.has(p.id) && !this.#job.leftOut.includes(p.id));
  }

  #runner(player: Player): VitestRunner {
    const { budgetMs, folder, seed } = this.#job;
    const root = player.root as PlayerRoot;
    const wait = this.#job.waitMs ?? Math.max(WAIT_AT_LEAST_MS, WAIT_FACTOR * budgetMs);
    // a suite may give a test more time than is usual
    const budgetOf = (test: Test): number => (test.timeout > wait ? test.timeout : budgetMs);
    const config = {
      root: folder,
      name: '',
      setupFiles: [],
      passWithNoTests: true,
      allowOnly: true,
      includeTaskLocation: false,
      testTimeout: wait,
      hookTimeout: wait,
      maxConcurrency: 1,
      retry: 0,
      diffOptions: {},
      tags: [],
      strictTags: false,
      sequence: { shuffle: false, concurrent: false, seed, hooks: 'stack', setupFiles: 'list' },
    };
    return {
      pool: 'kibitzer',
      config: config as unknown as VitestRunner['config'],
      importFile: (file) => importSpec(file),
      onCollected: (files) => {
        // what ran so far, ran for all tests
        if (this.#job.traced && !player.gone) this.#before = readCounts(root.ran());
        this.#collected(files);
      },
      onBeforeRunTask: (test) => {
        const probe = this.#probes.get(test);
        this.#stopped ||= player.gone !== null;
        if (!probe || this.#stopped || this.#outcomes.has(probe.id)) {
          test.mode = 'skip';
          return;
        }
        this.#host.seats.extend(budgetOf(test));
        this.#calls?.begin();
        this.#host.scorer.started(probe);
      },
      onBeforeTryTask: (test) => {
        resetExpect();
        if (hasHooks(test)) root.arm(budgetOf(test));
      },
      // in one stretch with the test, since each stretch costs a hand-over to the player and back
      runTask: async (test) => {
        if (!hasHooks(test)) root.arm(budgetOf(test));
        await getFn(test)();
      },
      onAfterTryTask: () => checkAssertions(),
      onAfterRunTask: (test) => this.#finish(player, this.#probes.get(test)!, this.#endOf(test)),
      extendTaskContext: (context) => Object.defineProperty(context, 'expect', { get: () => expect }),
      onTaskUpdate: async () => {},
    };
  }

  #collected(files: File[]): void {
    const [failed] = files.flatMap((f) => f.result?.errors ?? []);
    if (failed && (failed.name === 'NotCarried' || this.#job.probes.length === 0))
      throw failed.name === 'NotCarried' ? new NotCarried(failed.message) : asError(failed);
    this.#probes = probesOf(files, this.#job.budgetMs);
    // with `only` being no choice, those that the runner would not play are those that their author skips
    if (this.#job.probes.length === 0)
      for (const [test, probe] of this.#probes) if (test.mode === 'skip') this.#skipped.add(probe.id);
    if (this.#job.probes.length === 0) this.#host.collected([...this.#probes.values()]);
    for (const file of files) setMode(file, (test) => this.#isPlayed(test));
  }

  #isPlayed(test: Test): boolean {
    const probe = this.#probes.get(test);
    if (probe === undefined || this.#skipped.has(probe.id)) return false;
    return !this.#outcomes.has(probe.id) && !this.#job.leftOut.includes(probe.id);
  }

  #endOf(test: Test): ProbeEnd & { facts?: CallFact[] } {
    const { result } = test;
    if (result?.state !== 'fail') return { outcome: 'held' };
    const error = result.errors?.[0];
    const end = endOfError(error, test.context.signal.aborted);
    return { ...end, ...this.#shown(test, error) };
  }

  /** What a screen shows of a test that did not hold: its code, and what it did. */
  #shown(test: Test, error: Failure | undefined): { example?: Example; facts: CallFact[] } {
    const facts = this.#calls?.facts() ?? [];
    const spec = path.relative(this.#job.folder, test.file.filepath).replaceAll('\\', '/');
    const line = lineIn(spec, error?.stack) ?? facts.at(-1)?.at ?? null;
    const example = exampleOf(readSuiteSource(test.file.filepath), spec, test.name, line);
    return { facts, ...(example ? { example } : {}) };
  }

  /** Hooks that run around several tests, and test files that do not load, fail without a test. */
  async #whatFailedAround(player: Player, files: readonly File[]): Promise<void> {
    for (const suite of files.flatMap(suitesOf)) {
      const error = suite.result?.errors?.[0];
      if (!error) continue;
      const around = testsOf(suite.tasks).flatMap((t) => this.#probes.get(t) ?? []);
      const probe = around.find((p) => !this.#outcomes.has(p.id)) ?? around.at(-1) ?? this.#left()[0];
      if (!probe) continue;
      this.#host.scorer.started(probe);
      await this.#finish(player, probe, endOfError(error, false));
    }
  }

  async #finish(player: Player, probe: ProbeSpec, end: ProbeEnd & { facts?: CallFact[] }): Promise<void> {
    const { facts = [], ...plain } = end;
    const last = await this.#host.seats.end(probe, plain);
    this.#stopped ||= player.gone !== null || last.outcome === 'timed-out';
    if (last.ran)
      for (const [place, times] of Object.entries(this.#before))
        last.ran[Number(place)] = (last.ran[Number(place)] ?? 0) + times;
    this.#outcomes.set(probe.id, last.outcome);
    for (const fact of facts) this.#host.scorer.fact(probe.id, fact);
    this.#host.scorer.finished(probe.id, { ...last, example: end.example });
  }
}

function suitesOf(suite: TestSuite): TestSuite[] {
  return [suite, ...suite.tasks.flatMap((t) => (t.type === 'suite' ? suitesOf(t) : []))];
}

/** Whether something else of the suite runs with each test, before it. */
function hasHooks(test: Test): boolean {
  for (
    let s: TestSuite | undefined = test.suite ?? test.file;
    s;
    s = s.suite ?? (s === s.file ? undefined : s.file)
  )
    if (getHooks(s).beforeEach.length > 0) return true;
  return false;
}

/** Skipped or not: what is played is decided here. */
function setMode(task: Task, isPlayed: (test: Test) => boolean): void {
  if (task.type === 'suite') for (const inner of task.tasks) setMode(inner, isPlayed);
  const plays = task.type === 'suite' ? task.tasks.some((t) => t.mode === 'run') : isPlayed(task);
  task.mode = plays ? 'run' : 'skip';
}

/** The nearest line of a test file in a stack. */
function lineIn(spec: string, stack: string | undefined): number | null {
  for (const [, url, line, column] of (stack ?? '').matchAll(/(file:[^\s()]+?):(\d+):(\d+)/g)) {
    const place = placeInSuite(url!, Number(line), Number(column));
    if (place?.file === spec) return place.line;
  }
  return null;
}
