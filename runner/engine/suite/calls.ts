import { chai } from '@vitest/expect';
import type { Listener } from '../../board/remote.ts';
import type { CallFact } from '../../core/facts.ts';
import { placeInSuite } from './modules.ts';

/** Calls kept of one test: its beginning and its end; what comes between in a long loop is left out. */
const MOST_FIRST = 4;
const MOST_LAST = 12;
/** A loop of more calls than this is listened to no further. */
const MOST_HEARD = 2000;
const MOST_TEXT = 160;

/** What names and numbers need to know of a player. */
interface Numbered {
  idOf(value: unknown): number | undefined;
}

/**
 * Notes what a test does with the learner's code: calls, `new`, properties that are read, each with what came back.
 * Only what the suite itself does counts, not what an assertion looks at.
 */
export class Calls implements Listener {
  #player: Numbered;
  #names = new Map<number, string>();
  #noted: CallFact[] = [];
  #heard = 0;
  /** printing a value asks for its properties: that is not the test */
  #deaf = false;

  constructor(player: Numbered) {
    this.#player = player;
  }

  /** Gives a thing of the learner's its name. */
  name(value: unknown, name: string): void {
    const id = this.#player.idOf(value);
    if (id !== undefined && !this.#names.has(id)) this.#names.set(id, name);
  }

  /** Forgets what was noted, before a test. */
  begin(): void {
    this.#noted = [];
    this.#heard = 0;
  }

  /** What was noted since, as facts. */
  facts(): CallFact[] {
    const all = this.#noted;
    if (all.length <= MOST_FIRST + MOST_LAST) return all;
    return [...all.slice(0, MOST_FIRST), ...all.slice(-MOST_LAST)];
  }

  called(id: number, self: unknown, args: readonly unknown[], call: () => unknown): unknown {
    const at = this.#listen();
    if (!at) return call();
    const owner = this.#nameOf(self);
    const fn = this.#names.get(id) ?? 'the function';
    return this.#note(at, `${owner === null ? '' : `${owner}.`}${fn}(${this.#list(args)})`, call);
  }

  constructed(id: number, args: readonly unknown[], construct: () => object): object {
    const at = this.#listen();
    if (!at) return construct();
    const name = this.#names.get(id) ?? 'the class';
    const made = this.#note(at, `new ${name}(${this.#list(args)})`, construct, true) as object;
    this.name(made, lowerFirst(name));
    return made;
  }

  got(id: number, key: PropertyKey, get: () => unknown): unknown {
    const at = typeof key === 'string' && this.#names.has(id) ? this.#listen() : null;
    if (!at) return get();
    const path = `${this.#names.get(id)}.${String(key)}`;
    let back: unknown;
    try {
      back = get();
    } catch (error) {
      this.#keep({ kind: 'call', call: path, ...thrown(error), at, site: null });
      throw error;
    }
    // a method is about to be called: the call is what is told
    if (typeof back === 'function') this.name(back, String(key));
    else if (typeof back !== 'symbol')
      this.#keep({ kind: 'call', call: path, back: this.#show(back), at, site: null });
    return back;
  }

  #note(at: number, call: string, work: () => unknown, isNew = false): unknown {
    const fact: CallFact = { kind: 'call', call, back: '', at, site: null };
    this.#keep(fact);
    try {
      const back = work();
      if (isNew) return back;
      if (back instanceof Promise) this.#settles(fact, back);
      else fact.back = this.#show(back);
      this.name(back, call.length > 40 ? 'it' : call);
      return back;
    } catch (error) {
      Object.assign(fact, thrown(error));
      throw error;
    }
  }

  #settles(fact: CallFact, promise: Promise<unknown>): void {
    fact.back = 'a promise that has not settled';
    promise.then(
      (value) => (fact.back = `a promise of ${this.#show(value)}`),
      (error: unknown) => Object.assign(fact, thrown(error)),
    );
  }

  #keep(fact: CallFact): void {
    this.#noted.push(fact);
  }

  /** The line of the suite that is doing this; null when it is somebody else. */
  #listen(): number | null {
    if (this.#deaf || this.#heard >= MOST_HEARD) return null;
    const line = lineOfSuite();
    if (line !== null) this.#heard++;
    return line;
  }

  #nameOf(self: unknown): string | null {
    const id = self === undefined || self === null ? undefined : this.#player.idOf(self);
    return id === undefined ? null : (this.#names.get(id) ?? 'it');
  }

  #list(args: readonly unknown[]): string {
    return args.map((a) => this.#show(a)).join(', ');
  }

  #show(value: unknown): string {
    const before = this.#deaf;
    this.#deaf = true;
    try {
      const text =
        typeof value === 'string'
          ? JSON.stringify(value)
          : String(chai.util.inspect(value as object, false, 3));
      return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
    } catch {
      return 'a value that cannot be printed';
    } finally {
      this.#deaf = before;
    }
  }
}

function thrown(error: unknown): { back: string; threw: true } {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { back: text.split('\n')[0]!.slice(0, MOST_TEXT), threw: true };
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Frames of the membrane that lie between the suite and the learner's code. */
const OURS = /\/runner\/(?:board|engine)\//;

/** The line, when the nearest frame that is not the membrane's lies in the suite; null when an assertion is looking. */
function lineOfSuite(): number | null {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 20;
  Error.prepareStackTrace = (_error, sites) => sites;
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, lineOfSuite);
  const sites = holder.stack as NodeJS.CallSite[];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  const places = sites
    .filter((site) => !OURS.test(site.getFileName() ?? ''))
    .map((s) => placeInSuite(s.getFileName() ?? '', s.getLineNumber() ?? 1, s.getColumnNumber() ?? 1));
  // a helper may do it for the test: the test's own line is told
  return places[0] ? (places.findLast((p) => p !== null) ?? places[0]).line : null;
}
