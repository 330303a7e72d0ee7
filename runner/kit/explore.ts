import { types } from 'node:util';
import type { Fact } from '../core/facts.ts';
import type { AsyncDb } from './async-db.ts';
import type { Clock } from './clock.ts';
import { Frontier } from './frontier.ts';
import type { Instruments } from './instruments.ts';
import type { Plan } from './stage-run.ts';
import type { Stage } from './stage.ts';
import { StageFiles, type StageFile, type StageFileOptions } from './stage-file.ts';
import { PlannedCall, Recipe, type Given } from './recipe.ts';
import { readReport, type ReadReport } from './stage-report.ts';

/** One line of an interleaving. */
export type StepFact = Extract<Fact, { kind: 'step' }>;

/** One call, or several that are made one after the other; a function gets the answer of the call before. */
export type Task = Call | readonly Call[];
/**
 * A call planned with `s.call`; or a function that makes one call of the learner's code and returns what that returns:
 * its promise, not an `async` function around it. Over the board a planned call costs a fraction of the other.
 */
export type Call = PlannedCall | ((before?: unknown) => unknown);

/** How a task ended. A task that was cut off neither answered nor failed. */
export type TaskEnd =
  | { readonly how: 'answered'; readonly value: unknown }
  | { readonly how: 'failed'; readonly error: unknown }
  | { readonly how: 'cut' };

/** How a schedule ended. */
export interface Ending {
  readonly tasks: Readonly<Record<string, TaskEnd>>;
  /** names of the tasks that answered exactly this */
  answered(value: unknown): string[];
  /** the task that was cut off, with `crash: true` */
  readonly cut: string | null;
}

/** What a world is made with, anew for each schedule. */
export interface StageWorld {
  /** a database file with this schema and these rows; `outside` and `table` look at it past the learner's code */
  file(schema: string, o?: StageFileOptions): StageFile;
  /** the file behind promises, on connections of its own: one per "process" of the world */
  db(file: StageFile): AsyncDb;
  /**
   * Plans `on[method](...args)` for the beginning of the schedule; a file in the place of a database stands for a
   * "process" of its own over it. What it returns is good for further `make` and `call` only. A world that is made
   * by these alone costs no crossing of the board.
   */
  make<K extends string, A extends unknown[], R>(
    on: Readonly<Record<K, (...args: A) => R>>,
    method: K,
    ...args: Given<A>
  ): R;
  /** plans `on[method](...args)` for a task */
  call<K extends string, A extends unknown[]>(
    on: Readonly<Record<K, (...args: A) => unknown>>,
    method: K,
    ...args: Given<A>
  ): PlannedCall;
  /** for a peer of the learner's code: the call waits until the schedule picks it, then the effect happens at once */
  point<T>(label: string, effect: () => T): Promise<T>;
  /** where so many tasks wait for each other */
  barrier(name: string, parties: number): { arrive(): Promise<void> };
  /** moves on when the schedule lets time pass */
  readonly clock: Clock;
}

export interface Exploration {
  /** builds the world; called before each schedule. It may be async, for `await t.fresh()` */
  world(s: StageWorld): Scene | Promise<Scene>;
  /** most switches away from a task that could go on; 3 unless given */
  maxPreemptions?: number;
  /** most schedules; 2000 unless given */
  limit?: number;
  /** also cuts each task off at each of its steps once, that task being the first one to move */
  crash?: boolean;
}

/** One world: who does what, and what must be true in the end. */
export interface Scene {
  tasks: Readonly<Record<string, Task>>;
  /** looks at the outcome of one schedule. @returns what is wrong, in a sentence, or null */
  check(end: Ending): string | null;
}

export interface Explored {
  /** schedules that were played */
  schedules: number;
  /** switches in the schedule that broke; without one, the most in any schedule played */
  preemptions: number;
  /** nothing was left out, neither by `limit` nor by `maxPreemptions` */
  exhausted: boolean;
  /** what the first schedule broke that broke anything, fewest switches first */
  violation: string | null;
  /** tasks that wait for ever in that schedule: a deadlock */
  stuck: readonly string[];
  /** the task that was cut off in that schedule */
  cut: string | null;
  /** that schedule, step by step, with the learner's lines */
  steps: readonly StepFact[];
}

/**
 * Explores interleavings: `t.stage`. Unlike its first sketch, the world returns `tasks` whose functions only make a
 * call, and `check` receives the answers: the learner's code plays in another process, whose stage knows when a task
 * can go no further; a continuation over here would be a step that nobody schedules. Only the search and the look at
 * the outcome are on this side.
 */
export class StageKit {
  readonly #stage: Stage;
  readonly #clock: Clock;
  readonly #files = new StageFiles();

  constructor({ stage, clock }: Pick<Instruments, 'stage' | 'clock'>) {
    this.#stage = stage;
    this.#clock = clock;
  }

  /** Plays the world under one schedule after the other until one breaks `check` or all are played. */
  async explore(o: Exploration): Promise<Explored> {
    const { maxPreemptions = 3, limit = 2000 } = o;
    const play = this.#player(o);
    const frontier = new Frontier(maxPreemptions, limit);
    let schedules = 0;
    let preemptions = 0;
    let strayed = false;
    const explored = (broken: Played | null, exhausted: boolean): Explored => ({
      schedules,
      preemptions,
      exhausted: exhausted && !frontier.leftOut && !strayed,
      violation: broken?.violation ?? null,
      stuck: broken?.report.stuck.map((s) => s.task) ?? [],
      cut: broken?.cut ?? null,
      steps: broken?.steps ?? [],
    });
    let crashes = o.crash ?? false;
    for (;;) {
      const branch = frontier.take();
      if (crashes && branch?.preemptions !== 0) {
        crashes = false;
        for await (const played of this.#crashes(play)) {
          schedules++;
          if (played.violation !== null) {
            preemptions = 0;
            return explored(played, false);
          }
        }
      }
      if (!branch) return explored(null, true);
      const played = await play(branch.choices, null);
      schedules++;
      preemptions = branch.preemptions;
      strayed ||= played.report.strayed;
      if (played.violation !== null) return explored(played, false);
      frontier.played(branch, played.report.choices);
    }
  }

  /** Removes files; the kit calls it when the probe ends. */
  dispose(): void {
    this.#files.dispose();
  }

  /** Each task as the first one to move, cut off in the place of its first step, of its second … */
  async *#crashes(play: Play): AsyncGenerator<Played> {
    for (let task = 0, tasks = 1; task < tasks; task++) {
      for (let step = 1; ; step++) {
        const played = await play([0, task], [task, step]);
        tasks = played.report.ends.length;
        // it has no such step
        if (!played.report.wasCut) break;
        yield played;
      }
    }
  }

  #player(o: Exploration): Play {
    // functions of the other side, fetched once: a crossing less for each use
    const { begin, db, keep, point, barrier, run, answer, steps } = this.#stage;
    const files = this.#files;
    const clock = this.#clock;
    const kept = new WeakMap<object, number>();
    let recipe = new Recipe(keep, kept);
    let begun = false;
    /** what is made at once, past the recipe, needs a stage that has left the world before */
    const atOnce = <T>(use: () => T): T => {
      if (!begun) begin();
      begun = true;
      return use();
    };
    const world: StageWorld = {
      file: (schema, options) => files.take(schema, options),
      make: <R>(on: object, method: string, ...args: unknown[]) => recipe.make(on, method, args) as R,
      call: (on, method, ...args) => new PlannedCall(recipe.call(on, method, args)),
      db: ({ path, foreignKeys }) => atOnce(() => db(path, foreignKeys)),
      point: (label, effect) => atOnce(() => point(label, effect)),
      barrier: (name, parties) => atOnce(() => barrier(name, parties)),
      get clock() {
        return atOnce(() => clock);
      },
    };
    let calls: (readonly Call[])[] = [];
    const start = (task: number, nth: number, before: unknown): unknown => {
      const call = calls[task]?.[nth];
      if (typeof call !== 'function') throw new Error('a call that nobody planned');
      return call(before);
    };
    return async (choices, cut) => {
      try {
        begun = false;
        recipe = new Recipe(keep, kept);
        const scene = await o.world(world);
        const names = Object.keys(scene.tasks);
        calls = names.map((name) => callsOf(scene.tasks[name]!));
        const plan: Plan = {
          tasks: names.map((name, i) => ({
            name,
            calls: calls[i]!.map((call) => (call instanceof PlannedCall ? call.call : null)),
          })),
          recipe: recipe.steps,
          begin: !begun,
          choices,
          cut,
        };
        begun = true;
        const report = readReport(await run(JSON.stringify(plan), start), names);
        const cutName = report.wasCut && cut ? names[cut[0]]! : null;
        const violation = stuckness(report, cutName) ?? scene.check(endingOf(report, names, answer, cutName));
        return {
          report,
          violation,
          cut: cutName,
          steps: violation === null ? [] : (JSON.parse(steps()) as StepFact[]),
        };
      } finally {
        files.recycle();
      }
    };
  }
}

type Play = (choices: readonly number[], cut: Plan['cut']) => Promise<Played>;

interface Played {
  report: ReadReport;
  violation: string | null;
  cut: string | null;
  steps: StepFact[];
}

function callsOf(task: Task): readonly Call[] {
  const calls: readonly Call[] = typeof task === 'function' || task instanceof PlannedCall ? [task] : task;
  // it would go on over here while the stage plays on over there: another order each time
  if (calls.some((call) => types.isAsyncFunction(call)))
    throw new TypeError('a task returns the promise of one call; for several calls give a list of functions');
  return calls;
}

/** Tasks that wait for ever, in a sentence. */
function stuckness({ stuck, endless }: ReadReport, cut: string | null): string | null {
  if (stuck.length === 0) return null;
  const before = cut === null ? '' : `${cut} was cut off, and `;
  const names = stuck.map((s) => s.task).join(' and ');
  if (endless) return `${before}${names} never come${stuck.length === 1 ? 's' : ''} to an end`;
  const whoWaits = stuck.map(({ task, label }) => `${task} waits for ever${label && ` at ${label}`}`);
  return `${cut === null ? 'deadlock: ' : before}${whoWaits.join(', ')}`;
}

function endingOf(
  report: ReadReport,
  names: readonly string[],
  answer: Stage['answer'],
  cut: string | null,
): Ending {
  const ends = report.ends.map((end, i): TaskEnd => {
    if (end.how === 'cut' || end.how === 'stuck') return { how: 'cut' };
    const value = end.plain ? end.value : answer(i);
    return end.how === 'answered' ? { how: end.how, value } : { how: end.how, error: value };
  });
  return {
    tasks: Object.fromEntries(names.map((name, i) => [name, ends[i]!])),
    answered: (value) =>
      names.filter((_, i) => {
        const end = ends[i]!;
        return end.how === 'answered' && Object.is(end.value, value);
      }),
    cut,
  };
}
