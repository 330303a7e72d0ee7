import { tampering, tooLarge } from './errors.ts';
import { LIMITS } from './limits.ts';

/** What can have a number: everything with identity. */
export type Thing = object | symbol;

/** The numbers of the things that crossed: ours, and the stand-ins for theirs. */
export class Registry {
  #ours = new Map<number, Thing>();
  #oursIds = new Map<Thing, number>();
  #theirs = new Map<number, Thing>();
  #theirsIds = new Map<Thing, number>();
  #next = 0;

  /** The number under which a thing of ours is known there, or undefined. */
  idOfOurs(thing: Thing): number | undefined {
    return this.#oursIds.get(thing);
  }

  /**
   * Gives a thing of ours a number.
   * @throws RangeError when there are too many
   */
  add(thing: Thing): number {
    if (this.#ours.size >= LIMITS.handles) throw tooLarge(`more than ${LIMITS.handles} objects`);
    const id = this.#next++;
    this.#ours.set(id, thing);
    this.#oursIds.set(thing, id);
    return id;
  }

  /** Takes a number back: the other side has not heard of it, or forgets it too. */
  remove(thing: Thing): void {
    const id = this.#oursIds.get(thing);
    if (id === undefined) return;
    this.#ours.delete(id);
    this.#oursIds.delete(thing);
  }

  /** Takes back the number of a stand-in: from now on it is a thing of this side. */
  disown(standIn: Thing): void {
    const id = this.#theirsIds.get(standIn);
    if (id === undefined) return;
    this.#theirs.delete(id);
    this.#theirsIds.delete(standIn);
  }

  /** The thing of ours with that number. @throws Tampering when we never handed it out */
  ours(id: unknown): Thing {
    return this.#ours.get(id as number) ?? tampering('an object that was never handed out');
  }

  /** The number that a stand-in has on its own side, or undefined when the thing is not a stand-in. */
  idOfTheirs(thing: Thing): number | undefined {
    return this.#theirsIds.get(thing);
  }

  /** The stand-in with that number. @throws Tampering when it was never defined */
  theirs(id: unknown): Thing {
    return this.#theirs.get(id as number) ?? tampering('an object that was never defined');
  }

  /** The stand-in with that number, or undefined. */
  findTheirs(id: number): Thing | undefined {
    return this.#theirs.get(id);
  }

  /** Takes in a stand-in. @throws Tampering when the number is taken or there are too many */
  adopt(id: number, standIn: Thing): void {
    if (this.#theirs.has(id)) tampering('an object defined twice');
    if (this.#theirs.size >= LIMITS.handles) tampering('too many objects');
    this.#theirs.set(id, standIn);
    this.#theirsIds.set(standIn, id);
  }
}
