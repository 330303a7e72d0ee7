import type sqliteModule from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import type { Fact, Site } from '../core/facts.ts';
import type { VirtualClock } from './clock.ts';
import { learnerSite } from './frames.ts';
import { mentionsAny } from './table.ts';

export type HandleFact = Extract<Fact, { kind: 'handle' }>;

/** What learner code had opened at one moment, and how much of it was open then. */
export interface HandleCount {
  readonly connections: number;
  readonly timers: number;
  readonly listeners: number;
  /** how many had ever been opened: what comes later is new */
  readonly ever: { readonly connections: number; readonly timers: number; readonly listeners: number };
}

interface Opened {
  db: DatabaseSync;
  location: string;
  site: Site | null;
  /** the line that closed it, if learner code did */
  closedAt: Site | null;
}

interface Listening {
  event: string | symbol;
  listener: unknown;
  site: Site | null;
}

type Sqlite = { -readonly [K in keyof typeof sqliteModule]: (typeof sqliteModule)[K] };
type Listen = NodeJS.Process['on'];

/**
 * Watches what learner code opens and forgets to close: connections to databases that it opens itself, timers on the
 * virtual clock, listeners on the process. It watches from its construction until `restore`.
 */
export class HandleKit {
  readonly #clock: VirtualClock;
  readonly #opened: Opened[] = [];
  readonly #listeners: Listening[] = [];
  readonly #undo: (() => void)[] = [];
  /** names on the global object before learner code was loaded */
  readonly #globals = new Set(Object.getOwnPropertyNames(globalThis));

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    // each probe pays for them, so only where the code can do what they watch for
    if (mentionsAny('sqlite')) this.#watchConnections();
    if (mentionsAny('process')) this.#watchListeners();
  }

  /** Connections that learner code opened itself so far, closed ones too, oldest first. */
  get opened(): readonly { location: string; isOpen: boolean; site: Site | null; closedAt: Site | null }[] {
    return this.#opened.map(({ db, location, site, closedAt }) => ({
      location,
      isOpen: db.isOpen,
      site,
      closedAt,
    }));
  }

  snapshot(): HandleCount {
    return {
      connections: this.#opened.filter((o) => o.db.isOpen).length,
      timers: this.#clock.pending().filter((p) => p.site).length,
      listeners: this.#listeners.filter(isListening).length,
      ever: {
        connections: this.#opened.length,
        timers: this.#clock.planned(),
        listeners: this.#listeners.length,
      },
    };
  }

  /** What was opened after the snapshot and still is, a fact for each. A timer that repeats is new with each firing. */
  leaked({ ever }: HandleCount): readonly HandleFact[] {
    const fact = (what: string, site: Site | null): HandleFact => ({ kind: 'handle', what, open: 1, site });
    return [
      ...this.#opened
        .slice(ever.connections)
        .filter((o) => o.db.isOpen)
        .map((o) => fact(`connection to ${o.location}`, o.site)),
      ...this.#clock
        .pending()
        .filter((p) => p.site && p.order >= ever.timers)
        .map((p) => fact(`timer ${p.what}`, p.site)),
      ...this.#listeners
        .slice(ever.listeners)
        .filter(isListening)
        .map((l) => fact(`listener on process '${String(l.event)}'`, l.site)),
    ];
  }

  /** Closes what learner code left open, takes away what it left on the global object, and stops watching. */
  restore(): void {
    for (const { db } of this.#opened) if (db.isOpen) db.close();
    for (const { event, listener } of this.#listeners.filter(isListening))
      process.removeListener(event as string, listener as () => void);
    for (const name of Object.getOwnPropertyNames(globalThis))
      // under plain vitest its own names may have come meanwhile
      if (!this.#globals.has(name) && !name.startsWith('__vite')) Reflect.deleteProperty(globalThis, name);
    for (const undo of this.#undo.splice(0).toReversed()) undo();
  }

  #watchConnections(): void {
    const sqlite = process.getBuiltinModule('node:sqlite') as unknown as Sqlite;
    const before = sqlite.DatabaseSync;
    const opened = this.#opened;
    sqlite.DatabaseSync = new Proxy(before, {
      construct(target, args: [string, ...[]], newTarget) {
        const db = Reflect.construct(target, args, newTarget) as DatabaseSync;
        const site = learnerSite();
        if (site) opened.push({ db, location: String(args[0]), site, closedAt: null });
        // nobody will pull the plug: waiting for the disk would be most of a probe's time
        if (site && db.isOpen) db.exec('PRAGMA synchronous = OFF');
        return db;
      },
    });
    this.#undo.push(() => void (sqlite.DatabaseSync = before));
    const { prototype } = before;
    for (const way of ['close', Symbol.dispose] as const) {
      const own = Object.getOwnPropertyDescriptor(prototype, way);
      if (!own) continue;
      Object.defineProperty(prototype, way, {
        ...own,
        value(this: DatabaseSync) {
          const closing = opened.find((o) => o.db === this && this.isOpen);
          if (closing) closing.closedAt = learnerSite();
          return Reflect.apply(own.value as () => void, this, []);
        },
      });
      this.#undo.push(() => Object.defineProperty(prototype, way, own));
    }
  }

  #watchListeners(): void {
    const listeners = this.#listeners;
    for (const way of ['on', 'addListener', 'once', 'prependListener'] as const) {
      const before = process[way] as Listen;
      const own = Object.getOwnPropertyDescriptor(process, way);
      process[way] = function (this: NodeJS.Process, event: string, listener: () => void) {
        const site = learnerSite();
        if (site) listeners.push({ event, listener, site });
        return Reflect.apply(before, this, [event, listener]);
      } as never;
      this.#undo.push(() => {
        if (own) Object.defineProperty(process, way, own);
        else delete (process as unknown as Record<string, unknown>)[way];
      });
    }
  }
}

function isListening({ event, listener }: Listening): boolean {
  return process.listeners(event as 'exit').includes(listener as never);
}
