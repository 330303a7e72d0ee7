import type { Choice } from './stage-run.ts';

/** A schedule still to be played: these choices, then the first possibility each time. */
export interface Branch {
  choices: readonly number[];
  preemptions: number;
}

/** A branch before it is written out: the one it leaves, where, and for which other possibility. */
interface Sketch {
  trunk: readonly number[];
  at: number;
  to: number;
  preemptions: number;
}

/**
 * The schedules that are known and not yet played. Those with the fewest pre-emptions come first, so that the first
 * one that breaks is one a person can follow; among them those in which each task starts when it is first picked;
 * among these the ones found first. Each schedule is played once: it is the choices up to the last one that is not
 * the first possibility, and it branches off the schedule that lacks this choice.
 */
export class Frontier {
  /** a schedule was left out: too many pre-emptions, or beyond the limit */
  leftOut = false;
  #queues: { waiting: Sketch[]; next: number }[] = [];
  #played = 0;
  #most: number;
  #limit: number;

  constructor(maxPreemptions: number, limit: number) {
    this.#most = maxPreemptions;
    this.#limit = limit;
    this.#add({ trunk: [], at: 0, to: 0, preemptions: 0 }, 0);
  }

  /** The next schedule; undefined when there is none or the limit is reached. */
  take(): Branch | undefined {
    const queue = this.#queues.find((q) => q && q.next < q.waiting.length);
    if (!queue) return undefined;
    if (this.#played >= this.#limit) {
      this.leftOut = true;
      return undefined;
    }
    const { trunk, at, to, preemptions } = queue.waiting[queue.next]!;
    if (++queue.next > 1000) {
      queue.waiting.splice(0, queue.next);
      queue.next = 0;
    }
    this.#played++;
    return { choices: to === 0 ? [] : [...trunk.slice(0, at), to], preemptions };
  }

  /** A branch was played: its further possibilities wait from now on. */
  played(branch: Branch, choices: readonly Choice[]): void {
    const trunk = choices.map(([chosen]) => chosen);
    for (let at = branch.choices.length; at < choices.length; at++) {
      const [chosen, options, free] = choices[at]!;
      for (let to = chosen + 1; to < options; to++) {
        const preemptions = branch.preemptions + (to >= free ? 1 : 0);
        const together = at === 0 ? to : trunk[0]!;
        if (preemptions > this.#most) this.leftOut = true;
        else this.#add({ trunk, at, to, preemptions }, together);
      }
    }
  }

  #add(sketch: Sketch, together: number): void {
    const rank = 2 * sketch.preemptions + together;
    const earlier = this.#queues
      .slice(0, rank + 1)
      .reduce((sum, queue) => sum + (queue ? queue.waiting.length - queue.next : 0), 0);
    // its turn would never come
    if (earlier >= this.#limit - this.#played) this.leftOut = true;
    else (this.#queues[rank] ??= { waiting: [], next: 0 }).waiting.push(sketch);
  }
}
