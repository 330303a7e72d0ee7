import { Connections, openAsyncDb, type AsyncDb } from './async-db.ts';
import type { VirtualClock } from './clock.ts';
import { learnerSite } from './frames.ts';
import { isData, type RecipeCall, type Ref } from './recipe.ts';
import { onStage, StageRun, type Choice, type Plan } from './stage-run.ts';

/** How a task ended, as text that crosses the board: `value` is there when it is plain, else `Stage.answer` has it. */
export type ReportedEnd =
  | { how: 'answered' | 'failed'; plain: boolean; value?: unknown }
  | { how: 'cut' }
  | { how: 'stuck' };

/** What became of one schedule. */
export interface Report {
  choices: Choice[];
  ends: ReportedEnd[];
  stuck: { task: string; label: string }[];
  endless: boolean;
  wasCut: boolean;
  strayed: boolean;
}

// taken before any learner code can replace them
const { parse, stringify } = JSON;

/**
 * The stage: where the learner's concurrent code plays under a schedule that somebody else chose. It lives in the
 * learner's process, so that a step costs no crossing of the board; plans, reports and traces cross as text, once a
 * schedule. One world after the other: `begin`, then `db` and what else the world needs, then `run`.
 *
 * All operations may be taken off the object and called alone: over the board that saves a crossing each time.
 */
export class Stage {
  #clock: VirtualClock;
  #connections = new Connections();
  #kept: unknown[] = [];
  #epoch: number | null = null;
  #run: StageRun;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#run = new StageRun(clock);
  }

  /** A new world: what is left of the one before goes no further, and the clock stands where it stood first. */
  readonly begin = (): void => {
    this.#run.close();
    this.#epoch ??= this.#clock.now();
    this.#clock.forget();
    this.#clock.set(this.#epoch);
    this.#run = new StageRun(this.#clock);
  };

  /** Waits until the schedule picks this task; the effect, which must be synchronous, happens then. */
  readonly point = <T>(label: string, effect: () => T): Promise<T> =>
    (onStage.getStore()?.run ?? this.#run).park({ label, effect, site: learnerSite() });

  /** A database behind promises, over connections of its own: one "process" of the world. */
  readonly db = (file: string, foreignKeys: boolean): AsyncDb =>
    openAsyncDb(file, { foreignKeys }, this.#run, this.#connections);

  /** A place where so many tasks wait for each other. */
  readonly barrier = (name: string, parties: number): { arrive(): Promise<void> } => {
    const all = Promise.withResolvers<void>();
    let here = 0;
    const arrive = (): void => {
      if (++here === parties) all.resolve();
    };
    return { arrive: () => this.point(`arrives at ${name}`, arrive).then(() => all.promise) };
  };

  /** Puts a thing here for recipes to mention. @returns its number */
  readonly keep = (thing: unknown): number => this.#kept.push(thing) - 1;

  /**
   * Plays one schedule to the end and closes what it opened.
   * @param text a Plan as JSON
   * @param start makes a call that was not planned
   * @returns a Report as JSON
   */
  readonly run = async (
    text: string,
    start: (task: number, call: number, before: unknown) => unknown,
  ): Promise<string> => {
    const plan = parse(text) as Plan;
    if (plan.begin) this.begin();
    const run = this.#run;
    try {
      const made: unknown[] = [];
      for (const call of plan.recipe) made.push(this.#follow(call, made));
      // whoever plays inside a task of another run is not one of ours
      await onStage.exit(() =>
        run.play(plan, ({ index, calls }, nth, before) => {
          const call = calls[nth];
          return call ? this.#follow(call, made) : start(index, nth, before);
        }),
      );
    } finally {
      run.close();
    }
    const ends = run.actors.map((a): ReportedEnd => {
      if (a.state === 'cut') return { how: 'cut' };
      if (a.state !== 'answered' && a.state !== 'failed') return { how: 'stuck' };
      return a.answer === undefined || isData(a.answer)
        ? { how: a.state, plain: true, value: a.answer }
        : { how: a.state, plain: false };
    });
    const { choices, stuck, endless, wasCut, strayed } = run;
    return stringify({ choices, ends, stuck, endless, wasCut, strayed } satisfies Report);
  };

  /** What the n-th task of the last run answered, or what it threw. */
  readonly answer = (index: number): unknown => this.#run.actors[index]?.answer;

  /** The steps of the last run, as JSON of facts of kind 'step'. */
  readonly steps = (): string =>
    stringify(this.#run.trace.map((line, i) => ({ kind: 'step', at: i + 1, ...line })));

  #follow({ on, method, args }: RecipeCall, made: readonly unknown[]): unknown {
    const thing = this.#thing(on, made) as Record<string, (...args: unknown[]) => unknown>;
    return thing[method]!(...args.map((ref) => this.#thing(ref, made)));
  }

  #thing(ref: Ref, made: readonly unknown[]): unknown {
    switch (ref[0]) {
      case 'value':
        return ref[1];
      case 'kept':
        return this.#kept[ref[1]];
      case 'made':
        return made[ref[1]];
      case 'db':
        return this.db(ref[1], ref[2]);
    }
  }

  /** Closes everything. */
  dispose(): void {
    this.#run.close();
    this.#connections.dispose();
  }
}
