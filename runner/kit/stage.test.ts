import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AsyncDb } from './async-db.ts';
import { VirtualClock, type Clock } from './clock.ts';
import { StageKit, type Exploration, type Explored } from './explore.ts';
import type { StageFile } from './stage-file.ts';
import type * as InMemory from './fixtures/stage/in-memory.ts';
import { Stage } from './stage.ts';
import { setTable } from './table.ts';

type Open = (db: AsyncDb, clock: Clock) => { book(seat: string, guest: string): Promise<boolean> };

const SCHEMA = `CREATE TABLE seat(id TEXT PRIMARY KEY, taken_by TEXT);
  CREATE TABLE lock(seat TEXT PRIMARY KEY);
  INSERT INTO seat VALUES ('A1', NULL)`;

const folder = path.join(import.meta.dirname, 'fixtures/stage');
setTable({ root: folder, entry: '', sources: null, scorer: null, known: new Map(), seed: 1 });
// loaded natively: only then are lines those of the file
const load = createRequire(path.join(folder, 'index.js'));
const version = (name: string): Open => (load(`./${name}.ts`) as { openBooking: Open }).openBooking;

const kits: { stage: Stage; kit: StageKit }[] = [];
const newKit = (): StageKit => {
  const clock = new VirtualClock();
  const stage = new Stage(clock);
  const kit = new StageKit({ stage, clock });
  kits.push({ stage, kit });
  return kit;
};
afterEach(() => {
  for (const { stage, kit } of kits.splice(0)) {
    stage.dispose();
    kit.dispose();
  }
});

/** Guests who want one seat, each through a process of their own. */
const oneSeat = (
  open: Open,
  guests: readonly string[],
  o: Partial<Exploration> = {},
  check?: (file: StageFile) => string | null,
): Promise<Explored> =>
  newKit().explore({
    world(s) {
      const file = s.file(SCHEMA);
      const tasks = guests.map((guest) => {
        const booking = open(s.db(file), s.clock);
        return [guest, () => booking.book('A1', guest)] as const;
      });
      return {
        tasks: Object.fromEntries(tasks),
        check(end) {
          if (check) return check(file);
          const yes = end.answered(true);
          const owner = file.table('seat')[0]?.taken_by;
          if (end.cut === null && yes.length === 1 && owner === yes[0]) return null;
          if (end.cut !== null && (yes.length === 0 || (yes.length === 1 && owner === yes[0]))) return null;
          return `told yes: ${yes.join(' and ')}; the seat is ${String(owner)}'s`;
        },
      };
    },
    ...o,
  });

const printed = ({ steps }: Explored): string[] =>
  steps.map((s) => `${s.task}: ${s.label}${s.site ? ` <- ${s.site.near.file}:${s.site.near.line}` : ''}`);

const THREE = ['Ann', 'Bob', 'Cy'];

describe('seats that are sold twice', () => {
  it('look-then-book breaks with one switch, and the trace can be read', async () => {
    const result = await oneSeat(version('look-then-book'), THREE);
    expect(result).toMatchObject({
      violation: "told yes: Ann and Bob; the seat is Ann's",
      preemptions: 1,
      exhausted: false,
      stuck: [],
      cut: null,
    });
    expect(printed(result)).toEqual([
      "Ann: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = null <- look-then-book.ts:6",
      "Bob: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = null <- look-then-book.ts:6",
      "Bob: UPDATE seat SET taken_by = 'Bob' WHERE id = 'A1' → 1 changed <- look-then-book.ts:8",
      "Ann: UPDATE seat SET taken_by = 'Ann' WHERE id = 'A1' → 1 changed <- look-then-book.ts:8",
      "Cy: SELECT taken_by FROM seat WHERE id = 'A1' → taken_by = 'Ann' <- look-then-book.ts:6",
    ]);
    expect(result.steps.map((s) => s.at)).toEqual([1, 2, 3, 4, 5]);
  });

  it('looking twice moves the gap and closes nothing', async () => {
    const result = await oneSeat(version('look-twice'), THREE);
    expect(result).toMatchObject({ violation: "told yes: Ann and Bob; the seat is Ann's", preemptions: 1 });
    expect(result.steps.map((s) => s.task)).toEqual(['Ann', 'Ann', 'Bob', 'Bob', 'Bob', 'Ann', 'Cy']);
  });

  it('what is done before the first await is done by all before anybody’s first step, too', async () => {
    const result = await newKit().explore({
      world(s) {
        const file = s.file(SCHEMA);
        const { book } = version('in-memory')(s.db(file), s.clock);
        return {
          tasks: { Ann: () => book('A1', 'Ann'), Bob: () => book('A1', 'Bob') },
          check: (end) => (end.answered(true).length === 1 ? null : 'both told yes'),
        };
      },
    });
    expect(result).toMatchObject({ violation: 'both told yes', preemptions: 0 });
    expect(printed(result).slice(0, 2)).toEqual(['Ann: calls', 'Bob: calls']);
  });

  it('two runs say the same', async () => {
    const [a, b] = [await oneSeat(version('look-twice'), THREE), await oneSeat(version('look-twice'), THREE)];
    expect(a).toEqual(b);
  });
});

describe('seats that are sold once', () => {
  it('a guarded UPDATE holds in all schedules', async () => {
    // one step each: 3! orders, once with each guest calling when it is their turn and once with all calling first
    expect(await oneSeat(version('guarded-update'), THREE)).toEqual({
      schedules: 12,
      preemptions: 0,
      exhausted: true,
      violation: null,
      stuck: [],
      cut: null,
      steps: [],
    });
  });

  it('an immediate transaction holds in all schedules: the second waits for the lock', async () => {
    const result = await oneSeat(version('immediate'), ['Ann', 'Bob'], { maxPreemptions: 20 });
    expect(result).toMatchObject({ violation: null, exhausted: true });
    // see the count by hand below
    expect(result.schedules).toBe(countImmediate());
  });

  it('three guests, within three switches', async () => {
    const result = await oneSeat(version('immediate'), THREE);
    expect(result).toMatchObject({ violation: null, preemptions: 3 });
  });
});

/** BEGIN, SELECT, (UPDATE,) COMMIT for each of two guests. */
function countImmediate(): number {
  // The one who begins has three steps to go, UPDATE included; the other may try BEGIN, once, before any of them (3
  // ways), waiting then until COMMIT, or never (1). Two guests may be the first, and calls are made in two ways.
  return 2 * (3 + 1) * 2;
}

describe('the number of schedules', () => {
  /** Tasks of so many steps that never wait. */
  const steps = (counts: Record<string, number>, o: Partial<Exploration> = {}): Promise<Explored> =>
    newKit().explore({
      world: (s) => ({
        tasks: Object.fromEntries(
          Object.entries(counts).map(([name, n]) => [
            name,
            Array.from({ length: n }, (_, i) => () => s.point(`step ${i}`, () => null)),
          ]),
        ),
        check: () => null,
      }),
      ...o,
    });

  it.each([
    // (2 + 2)! / (2! 2!) = 6 orders
    [{ a: 2, b: 2 }, 6],
    // 5! / (2! 3!) = 10
    [{ a: 2, b: 3 }, 10],
    // 6! / (2! 2! 2!) = 90
    [{ a: 2, b: 2, c: 2 }, 90],
  ])('of %o is twice %i', async (counts, orders) => {
    expect(await steps(counts, { maxPreemptions: 9 })).toMatchObject({
      schedules: 2 * orders,
      exhausted: true,
    });
  });

  it('is bounded by the switches: 2 orders without one, 2 more with one, for two tasks of two steps', async () => {
    // aabb bbaa | abba baab | abab baba: the last two need two switches away from a task that could go on
    expect(await steps({ a: 2, b: 2 }, { maxPreemptions: 0 })).toMatchObject({ schedules: 4 });
    expect(await steps({ a: 2, b: 2 }, { maxPreemptions: 1 })).toMatchObject({ schedules: 8 });
    expect(await steps({ a: 2, b: 2 }, { maxPreemptions: 2 })).toMatchObject({
      schedules: 12,
      exhausted: true,
    });
  });

  it('is bounded by the limit', async () => {
    const result = await steps({ a: 4, b: 4, c: 4 }, { limit: 100, maxPreemptions: 9 });
    expect(result).toMatchObject({ schedules: 100, exhausted: false });
  });
});

describe('tasks that wait for ever', () => {
  it('a statement beside the transaction waits for a lock that the task itself holds', async () => {
    const result = await oneSeat(version('beside-the-transaction'), ['Ann', 'Bob']);
    expect(result.stuck).toEqual(['Ann', 'Bob']);
    expect(result.violation).toBe(
      "deadlock: Ann waits for ever at UPDATE seat SET taken_by = 'Ann' WHERE id = 'A1', Bob waits for ever at BEGIN IMMEDIATE",
    );
    expect(printed(result)).toEqual([
      'Ann: BEGIN IMMEDIATE <- beside-the-transaction.ts:7',
      "Ann: UPDATE seat SET taken_by = 'Ann' WHERE id = 'A1' (waits) <- beside-the-transaction.ts:8",
      'Bob: BEGIN IMMEDIATE (waits) <- beside-the-transaction.ts:7',
    ]);
  });

  it('locks in memory, taken crosswise', async () => {
    const { openLocks } = load('./in-memory.ts') as typeof InMemory;
    const result = await newKit().explore({
      world(s) {
        const locks = openLocks();
        const between = (): Promise<void> => s.point('works', () => {});
        return {
          tasks: { Ann: () => locks.both('A', 'B', between), Bob: () => locks.both('B', 'A', between) },
          check: () => null,
        };
      },
    });
    expect(result).toMatchObject({
      violation: 'deadlock: Ann waits for ever, Bob waits for ever',
      stuck: ['Ann', 'Bob'],
    });
  });
});

describe('tasks that are cut off', () => {
  it('an orphaned lock row keeps the next one waiting for ever', async () => {
    expect(await oneSeat(version('lock-row'), ['Ann', 'Bob'], { maxPreemptions: 0 })).toMatchObject({
      violation: null,
    });
    const result = await oneSeat(version('lock-row'), ['Ann', 'Bob'], { maxPreemptions: 0, crash: true });
    expect(result).toMatchObject({
      violation: 'Ann was cut off, and Bob never comes to an end',
      cut: 'Ann',
      stuck: ['Bob'],
    });
    expect(printed(result).slice(0, 4)).toEqual([
      "Ann: INSERT OR IGNORE INTO lock VALUES ('A1') → 1 changed <- lock-row.ts:9",
      "Ann: is cut off before SELECT taken_by FROM seat WHERE id = 'A1' <- lock-row.ts:13",
      "Bob: INSERT OR IGNORE INTO lock VALUES ('A1') → 0 changed <- lock-row.ts:9",
      'clock: 100 ms pass: sleep(100)',
    ]);
  });

  it('a transaction is rolled back with its process: four steps each are cut once, and nobody waits', async () => {
    const plain = await oneSeat(version('immediate'), ['Ann', 'Bob'], { maxPreemptions: 0 });
    const crash = await oneSeat(version('immediate'), ['Ann', 'Bob'], { maxPreemptions: 0, crash: true });
    expect(crash.violation).toBeNull();
    expect(crash.schedules).toBe(plain.schedules + 2 * 4);
  });
});

describe('worlds', () => {
  it('a plan makes the world that direct calls make', async () => {
    const module = { openBooking: version('look-then-book') };
    const planned = await newKit().explore({
      world(s) {
        const file = s.file(SCHEMA);
        const tasks = THREE.map((guest) => {
          const booking = s.make(module, 'openBooking', file, new VirtualClock());
          return [guest, s.call(booking, 'book', 'A1', guest)] as const;
        });
        return {
          tasks: Object.fromEntries(tasks),
          check: (end) => (end.answered(true).length === 1 ? null : end.answered(true).join()),
        };
      },
    });
    const direct = await oneSeat(module.openBooking, THREE);
    expect(planned.violation).toBe('Ann,Bob');
    expect(planned.steps).toEqual(direct.steps);
  });

  it('what a plan will make cannot be used before', async () => {
    const module = { make: () => ({ size: 1 }) };
    const world: Exploration['world'] = (s) => {
      const made = s.make(module, 'make');
      return { tasks: {}, check: () => String(made.size) };
    };
    await expect(newKit().explore({ world })).rejects.toThrow('use it in s.make and s.call only');
  });

  it('an error while the world is made is the error of the search', async () => {
    const module = {
      make: (): never => {
        throw new Error('no such world');
      },
    };
    const world: Exploration['world'] = (s) => ({
      tasks: { a: s.call(s.make(module, 'make') as { x(): void }, 'x') },
      check: () => null,
    });
    await expect(newKit().explore({ world })).rejects.toThrow('no such world');
  });

  it.each([
    ['plain', ''],
    ['with a trigger', 'CREATE TRIGGER t AFTER INSERT ON n BEGIN UPDATE n SET v = v + 1; END'],
  ])('each schedule finds the file as it was at the beginning: %s', async (_name, more) => {
    const before: unknown[] = [];
    const result = await newKit().explore({
      world(s) {
        const file = s.file(`CREATE TABLE n(id INTEGER PRIMARY KEY AUTOINCREMENT, v INTEGER);
          INSERT INTO n(v) VALUES (7); ${more}`);
        before.push(file.table('n'));
        const db = s.db(file);
        const add = (v: number) => db.run('INSERT INTO n(v) VALUES (?)', v);
        return {
          tasks: { a: () => add(1), b: () => add(2), c: () => db.run('CREATE TABLE own(x)') },
          check: () =>
            file
              .table('n')
              .map((row) => row.id)
              .join() === '1,2,3'
              ? null
              : 'other rows',
        };
      },
    });
    expect(result).toMatchObject({ violation: null, schedules: 12, exhausted: true });
    expect(new Set(before.map((rows) => JSON.stringify(rows)))).toEqual(new Set(['[{"id":1,"v":7}]']));
  });

  it('a deferred transaction that read before somebody wrote fails, as it does with a write-ahead log', async () => {
    const failed = await newKit().explore({
      world(s) {
        const file = s.file(SCHEMA);
        const [one, other] = [s.db(file), s.db(file)].map((db) => version('deferred')(db, s.clock));
        return {
          tasks: { Ann: () => one!.book('A1', 'Ann'), Bob: () => other!.book('A1', 'Bob') },
          check: (end) => {
            const bob = end.tasks['Bob'];
            return bob?.how === 'failed' ? String((bob.error as Error).message) : null;
          },
        };
      },
    });
    expect(failed).toMatchObject({ violation: 'database is locked', preemptions: 1 });
    expect(printed(failed).at(-1)).toMatch(/^Bob: UPDATE .* → fails: database is locked/);
  });
});

describe('time, barriers and calls in a row', () => {
  it('time passes when nobody can move, and earlier only at the price of a switch', async () => {
    const seen = new Set<string>();
    const explored = await newKit().explore({
      world(s) {
        const log: string[] = [];
        const sleeper = async (): Promise<void> => {
          await s.clock.sleep(50);
          log.push(`woke at ${s.clock.now() % 1000}`);
        };
        const worker = async (): Promise<void> => {
          await s.point('first', () => log.push('first'));
          await s.point('second', () => log.push('second'));
        };
        return {
          tasks: { sleeper: () => sleeper(), worker: () => worker() },
          check() {
            seen.add(log.join(', '));
            return null;
          },
        };
      },
    });
    expect(explored.exhausted).toBe(true);
    expect([...seen].sort()).toEqual([
      'first, second, woke at 50',
      'first, woke at 50, second',
      'woke at 50, first, second',
    ]);
  });

  it('a barrier lets nobody pass before all are there, and each call gets the answer before it', async () => {
    const explored = await newKit().explore({
      world(s) {
        const gate = s.barrier('gate', 2);
        const log: string[] = [];
        const go = (name: string) => [
          async () => {
            await s.point('comes', () => log.push(`${name} comes`));
            await gate.arrive();
            return name;
          },
          (before?: unknown) => s.point('goes', () => log.push(`${String(before)} goes`)),
        ];
        return {
          // async functions here stand for the learner's
          tasks: {
            a: go('a').map((f) => (b?: unknown) => f(b)),
            b: go('b').map((f) => (b?: unknown) => f(b)),
          },
          check: () => (log.slice(0, 2).every((l) => l.endsWith('comes')) ? null : log.join()),
        };
      },
    });
    expect(explored).toMatchObject({ violation: null, exhausted: true });
  });

  it('an async function in the place of a call is refused', async () => {
    await expect(
      newKit().explore({ world: () => ({ tasks: { a: async () => {} }, check: () => null }) }),
    ).rejects.toThrow('a task returns the promise of one call');
  });
});
