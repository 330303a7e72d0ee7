import type { Buffer } from 'node:buffer';
import { tampering, tooLarge } from './errors.ts';
import { fill } from './fill.ts';
import { LIMITS } from './limits.ts';
import { shadowOf, unchanged, weightOf, type Shadow } from './shadow.ts';
import { close, levelOf, type Level, type Shape } from './shapes.ts';

interface Entry {
  value: object;
  id: number;
  /** true: this side made it, false: it is the copy of one that the other side made */
  ours: boolean;
  shadow: Shadow;
}

/** One piece of shared data that no longer is what both sides agreed on. */
export interface Change {
  id: number;
  ours: boolean;
  shape: Shape;
  value: object;
  /** Call once the other side has been told. */
  agree(): void;
}

/**
 * Data that exists as a real object on both sides, because no stand-in could pass for it: the arbiter's plain
 * data in the player, and each side's Maps, Sets, Dates and bytes. Whoever hands the turn over compares every
 * piece with its shadow and sends what differs. That costs time for each piece at each call, so there is a
 * limit, and reaching it is an error: to stop following silently would be a wrong verdict.
 */
export class InStep {
  #ours = new Map<number, Entry>();
  #theirs = new Map<number, Entry>();
  #weight = 0;

  /** True when a piece of ours is followed. */
  hasOurs(id: number): boolean {
    return this.#ours.has(id);
  }

  /**
   * Follows a piece of data from now on.
   * @returns what it holds now
   * @throws RangeError at the limit
   */
  follow(value: object, id: number, ours: boolean, shape: Shape): Shadow {
    const shadow = shadowOf(value, shape);
    const weight = this.#weight + weightOf(shadow);
    // The side that makes a piece must notice the limit first: for the other one it is a sign of tampering.
    if (weight > LIMITS.entriesInStep * (ours ? 1 : 2)) {
      throw tooLarge(
        `more than ${LIMITS.entriesInStep} entries of shared data (arrays, maps, dates, bytes …) in one player`,
      );
    }
    this.#weight = weight;
    (ours ? this.#ours : this.#theirs).set(id, { value, id, ours, shadow });
    return shadow;
  }

  /** Stops following a piece of ours that was never sent. */
  forget(id: number): void {
    const entry = this.#ours.get(id);
    if (!entry) return;
    this.#weight -= weightOf(entry.shadow);
    this.#ours.delete(id);
  }

  /** Follows nothing any more. @returns what was followed: ours, then theirs */
  clear(): { ours: object[]; theirs: object[] } {
    const values = (entries: Map<number, Entry>): object[] => [...entries.values()].map((e) => e.value);
    const was = { ours: values(this.#ours), theirs: values(this.#theirs) };
    this.#ours.clear();
    this.#theirs.clear();
    this.#weight = 0;
    return was;
  }

  /** What changed on this side since the last hand-over. */
  changes(): Change[] {
    const out: Change[] = [];
    for (const entries of [this.#ours, this.#theirs]) {
      for (const entry of entries.values()) {
        if (unchanged(entry.value, entry.shadow)) continue;
        const { id, ours, value, shadow } = entry;
        out.push({ id, ours, value, shape: shadow.shape, agree: () => this.#agree(entry) });
      }
    }
    return out;
  }

  /**
   * Takes over a change that the other side made.
   * @throws Tampering when it is not about a followed piece of that shape
   */
  apply(id: number, ours: boolean, shape: Shape, entries: unknown[] | Buffer, level: Level): void {
    const entry = (ours ? this.#ours : this.#theirs).get(id);
    if (entry?.shadow.shape !== shape) return tampering('a change of data that is not shared');
    if (levelOf(entry.value) < 3) fill(entry.value, shape, entries);
    if (level > levelOf(entry.value)) close(entry.value, level);
    this.#agree(entry);
  }

  #agree(entry: Entry): void {
    this.#weight -= weightOf(entry.shadow);
    entry.shadow = shadowOf(entry.value, entry.shadow.shape);
    this.#weight += weightOf(entry.shadow);
  }
}
