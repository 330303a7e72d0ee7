import { AsyncLocalStorage } from 'node:async_hooks';
import type { Site } from '../core/facts.ts';
import { settle, type VirtualClock } from './clock.ts';
import type { RecipeCall } from './recipe.ts';

/** One step of a task: what happens when the schedule picks it. */
export interface Step<T> {
  label: string;
  site: Site | null;
  effect(): T;
  /** the result in a few words, for the trace */
  note?(value: T): string;
  /** true for an error that means "not yet": the task waits until something is released */
  waits?(error: unknown): boolean;
}

/** What a run holds on to: told when a task is cut off and when the run is over. */
export interface Resource {
  cut(actor: Actor): void;
  close(): void;
}

/** One task of the world. */
export interface Actor {
  readonly run: StageRun;
  readonly index: number;
  readonly name: string;
  /** calls it makes one after the other */
  readonly calls: readonly (RecipeCall | null)[];
  steps: number;
  state: 'new' | 'going' | 'answered' | 'failed' | 'cut';
  answer: unknown;
}

/** One line of the trace. */
export interface TraceLine {
  task: string;
  label: string;
  site: Site | null;
}

/** What to play: the choices so far, after which the first possibility is taken each time. */
export interface Plan {
  tasks: readonly { name: string; calls: readonly (RecipeCall | null)[] }[];
  /** makes the world; a call of a task that is null is made by whoever asks for the run */
  recipe: readonly RecipeCall[];
  /** nothing of this world has been made yet */
  begin: boolean;
  choices: readonly number[];
  /** cut this task off in the place of its n-th step, counted from 1 */
  cut: readonly [task: number, step: number] | null;
}

/** A choice that was made: which, of how many, and how many of them (the first ones) are no pre-emption. */
export type Choice = readonly [chosen: number, options: number, free: number];

type Start = (actor: Actor, call: number, before: unknown) => unknown;
type Option = Parked | Actor | 'clock';
interface Parked {
  actor: Actor;
  order: number;
  line: TraceLine;
  /** @returns how it went, in words; null when it has to wait */
  go(): string | null;
}

/** A task that polls takes two steps each time; one that takes so many will go on for ever. */
const MOST_STEPS = 2000;
/** Real time in which work outside the stage (a hash, a file) may come back before tasks count as stuck. */
const GRACE_MS = 10;
const GRACES = 5;
// taken before any learner code can replace it
const later = setTimeout;

/** Whose code is running. */
export const onStage = new AsyncLocalStorage<Actor>();

/**
 * Runs the tasks of one world under one schedule. One task moves at a time: a step's effect happens, and what follows
 * from it, up to that task's next step; then the next choice is due. Possibilities come in a fixed order, those first
 * that are no pre-emption:
 *
 * 0. at the very beginning: each task starts when it is first picked, or all calls are made before the first step
 *    (what a function does before its first `await` is then done before anybody else's first step);
 * 1. further steps of the task that moved last;
 * 2. the other tasks, in the order in which they were given; a start and the first step after it are one choice;
 * 3. the clock moves on to its next timer. While a task could go on, that too is a pre-emption.
 */
export class StageRun {
  readonly trace: TraceLine[] = [];
  readonly choices: Choice[] = [];
  readonly resources: Resource[] = [];
  actors: Actor[] = [];
  /** tasks that wait for ever, with what they wait for; '' when that is no step */
  stuck: { task: string; label: string }[] = [];
  /** it was still going on after the most steps a schedule may take */
  endless = false;
  wasCut = false;
  /** the plan asked for a possibility that did not exist: the code behaves differently from run to run */
  strayed = false;
  #parked: Parked[] = [];
  #blocked: Parked[] = [];
  #order = 0;
  #last: Actor | null = null;
  #background: Actor | null = null;
  #clock: VirtualClock;
  #start: Start = () => undefined;
  #plan: Plan = { tasks: [], recipe: [], begin: false, choices: [], cut: null };

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Waits here until the schedule picks this step. Outside of any task, before the run, it happens at once. */
  park<T>(step: Step<T>): Promise<T> {
    const actor = onStage.getStore() ?? this.#background;
    // of a schedule that is over, or of a task that is cut off: nothing happens any more
    if (actor && (actor.run !== this || actor.state === 'cut')) return new Promise(() => {});
    return new Promise((done, fail) => {
      const go = (): string | null => {
        try {
          const value = step.effect();
          done(value);
          return step.note?.(value) ?? '';
        } catch (error) {
          if (actor && step.waits?.(error)) return null;
          fail(error);
          return `fails: ${error instanceof Error ? error.message : String(error)}`;
        }
      };
      if (!actor) go();
      else
        this.#parked.push({
          actor,
          order: this.#order++,
          line: { task: actor.name, label: step.label, site: step.site },
          go,
        });
    });
  }

  /** Something was released: tasks that wait may try again. */
  release(): void {
    this.#parked.push(...this.#blocked.splice(0));
  }

  /** Plays to the end. @param start makes one call of a task */
  async play(plan: Plan, start: Start): Promise<void> {
    this.#plan = plan;
    this.#start = start;
    this.actors = plan.tasks.map((t, index) => this.#actor(index, t.name, t.calls));
    this.#background = this.#actor(this.actors.length, 'background', []);
    this.#background.state = 'answered';
    if (this.#choose(this.actors.length > 1 ? 2 : 1, 2) === 1) {
      for (const actor of this.actors) {
        this.trace.push({ task: actor.name, label: 'calls', site: null });
        this.#call(actor, 0, undefined);
      }
      await settle(1);
    }
    for (;;) {
      const { options, free } = this.#options();
      if (options.length === 0) {
        if (this.#unfinished().length === 0 || !(await this.#comesBack())) break;
        continue;
      }
      if (this.choices.length > MOST_STEPS) {
        this.endless = true;
        break;
      }
      await this.#take(options[this.#choose(options.length, free)]!);
    }
    this.stuck = this.#unfinished().map((a) => ({
      task: a.name,
      label: this.#blocked.find((b) => b.actor === a)?.line.label ?? '',
    }));
  }

  /** Gives back what the run held. */
  close(): void {
    for (const resource of this.resources.splice(0)) resource.close();
  }

  #actor(index: number, name: string, calls: Actor['calls']): Actor {
    return { run: this, index, name, calls, steps: 0, state: 'new', answer: undefined };
  }

  #unfinished(): Actor[] {
    return this.actors.filter((a) => a.state === 'new' || a.state === 'going');
  }

  #options(): { options: Option[]; free: number } {
    const last = this.#last;
    const sorted = this.#parked.toSorted((a, b) => a.actor.index - b.actor.index || a.order - b.order);
    const same: Option[] = sorted.filter((p) => p.actor === last);
    const others: Option[] = [...this.actors, this.#background!].flatMap((actor): Option[] => {
      if (actor === last) return [];
      return actor.state === 'new' ? [actor] : sorted.filter((p) => p.actor === actor);
    });
    const options = [...same, ...others];
    const free = same.length || others.length;
    if (this.#unfinished().length > 0 && this.#clock.pending().length > 0) options.push('clock');
    return { options, free: free || options.length };
  }

  #choose(options: number, free: number): number {
    const wanted = this.#plan.choices[this.choices.length] ?? 0;
    const chosen = Math.min(wanted, options - 1);
    if (chosen !== wanted) this.strayed = true;
    this.choices.push([chosen, options, Math.min(free, options)]);
    return chosen;
  }

  async #take(option: Option): Promise<void> {
    if (option === 'clock') {
      const { what, at } = this.#clock.pending().toSorted((a, b) => a.at - b.at)[0]!;
      const passed = at - this.#clock.now();
      this.trace.push({ task: 'clock', label: `${passed} ms pass: ${what}`, site: null });
      this.#last = null;
      this.#clock.fireNext();
    } else if ('go' in option) this.#perform(option);
    else {
      this.#last = option;
      this.#call(option, 0, undefined);
      await settle(1);
      const own = this.#parked.filter((p) => p.actor === option);
      // several at once: which of them comes first is a choice of its own
      if (own.length !== 1) {
        this.trace.push({ task: option.name, label: 'calls', site: null });
        return;
      }
      this.#perform(own[0]!);
    }
    await settle(1);
  }

  #perform(parked: Parked): void {
    const { actor, line } = parked;
    this.#last = actor;
    this.#parked.splice(this.#parked.indexOf(parked), 1);
    const [task, step] = this.#plan.cut ?? [];
    if (task === actor.index && step === actor.steps + 1) return this.#cut(actor, line);
    const how = parked.go();
    this.trace.push({ ...line, label: `${line.label}${how === null ? ' (waits)' : how && ` → ${how}`}` });
    if (how === null) this.#blocked.push(parked);
    else actor.steps++;
  }

  /** The task's process dies here: nothing of it goes on, and what it held falls away as it does then. */
  #cut(actor: Actor, line: TraceLine): void {
    this.wasCut = true;
    actor.state = 'cut';
    this.trace.push({ ...line, label: `is cut off before ${line.label}` });
    this.#parked = this.#parked.filter((p) => p.actor !== actor);
    this.#blocked = this.#blocked.filter((p) => p.actor !== actor);
    for (const resource of this.resources) resource.cut(actor);
    this.release();
  }

  #call(actor: Actor, nth: number, before: unknown): void {
    actor.state = 'going';
    const ended = (state: 'answered' | 'failed', answer: unknown): void => {
      if (actor.state === 'going') Object.assign(actor, { state, answer });
    };
    onStage.run(actor, () => {
      let answer: unknown;
      try {
        answer = this.#start(actor, nth, before);
      } catch (error) {
        return ended('failed', error);
      }
      Promise.resolve(answer).then(
        (value) =>
          nth + 1 < actor.calls.length ? this.#call(actor, nth + 1, value) : ended('answered', value),
        (error: unknown) => ended('failed', error),
      );
    });
  }

  /** Nobody can move: gives work outside the stage a moment of real time. @returns whether something came of it */
  async #comesBack(): Promise<boolean> {
    for (let i = 0; i < GRACES; i++) {
      await new Promise<void>((done) => later(done, GRACE_MS));
      if (this.#unfinished().length === 0 || this.#options().options.length > 0) return true;
    }
    return false;
  }
}
