import { expect, test } from 'vitest';
import type { Fact } from '../core/facts.ts';
import type { Observation, Outcome, ProbeSpec } from '../core/verdict.ts';
import { AmbientKit } from './ambient.ts';
import { VirtualClock } from './clock.ts';
import { HtmlKit } from './html.ts';
import { loadLearner } from './load.ts';
import { SeededRandom } from './random.ts';
import { Reads } from './reads.ts';
import { SqlWorld } from './sql.ts';
import { table, type ProbeEnd } from './table.ts';

const DEFAULT_BUDGET_MS = 2000;

/** What a probe's body gets. Everything is new for each probe and cleaned up after it. */
export interface ProbeContext<M> {
  /** the learner's module, loaded fresh for this probe */
  readonly mod: M;
  /** one more module graph of the same files, with module-level state of its own */
  fresh(): Promise<M>;
  /** an observation: small and enumerable, it goes into the vector that diagnosis reads */
  see(name: string, value: Observation): void;
  /** evidence, shown to the learner if this probe does not hold */
  fact(fact: Fact): void;
  /** the assertion; `otherwise` is the symptom in one line, said when it does not hold */
  hold(condition: unknown, otherwise: string): void;
  /** deep equality; expected and actual are shown as a diff where no mistake explains the loss */
  equal<T>(actual: T, expected: T, otherwise: string): void;
  readonly sql: { open(schema: string, o?: { wal?: boolean; foreignKeys?: boolean }): SqlWorld };
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly ambient: AmbientKit;
  readonly html: HtmlKit;
  readonly reads: Reads;
}

// taken before any learner code can replace them
const later = setTimeout;
const cancel = clearTimeout;

const outcomes = new Map<string, Outcome>();
const gates: string[] = [];

/** Every probe of the files loaded so far, in order. */
export const declared: ProbeSpec[] = [];

/** Forgets all probes and outcomes: the engine calls it before it loads a kata. */
export function clearProbes(): void {
  outcomes.clear();
  gates.length = 0;
  declared.length = 0;
}

/**
 * Declares a probe: a plain vitest test that tries to refute the move.
 * @param spec what the probe stands for; see ProbeSpec
 * @param body plays against `t.mod` and calls `t.hold` or `t.equal`
 */
export function probe<M = Record<string, unknown>>(
  spec: ProbeSpec,
  body: (t: ProbeContext<M>) => void | Promise<void>,
): void {
  declared.push(spec);
  if (spec.role === 'gate') gates.push(spec.id);
  test(spec.id, { timeout: 2 * (spec.budgetMs ?? DEFAULT_BUDGET_MS) }, async ({ task, skip }) => {
    const { known, scorer } = table();
    const before = known.get(spec.id);
    if (before !== undefined) {
      outcomes.set(spec.id, before);
      return skip('judged before');
    }
    const end = (e: ProbeEnd): void => {
      outcomes.set(spec.id, e.outcome);
      scorer?.finished(spec.id, e);
    };
    const needed = [...(spec.needs ?? []), ...(spec.role === 'gate' ? [] : gates)];
    if (needed.some(id => outcomes.get(id) !== 'held')) {
      end({ outcome: 'unreached' });
      return skip('not judged: a probe it needs did not hold');
    }
    scorer?.started(spec);
    const record: Symptoms = { observations: {}, facts: [] };
    (task.meta as Record<string, unknown>).kibitzer = record;
    try {
      await inTime(play(spec, record, body), spec.budgetMs ?? DEFAULT_BUDGET_MS);
      end({ outcome: 'held' });
    } catch (thrown) {
      const error = presentable(thrown);
      if (error instanceof NeverSettled) {
        end({ outcome: 'timed-out', message: error.message });
        throw error;
      }
      const refuted = isAssertion(error);
      end({
        outcome: refuted ? 'refuted' : 'crashed',
        message: refuted ? record.symptom : undefined,
        expected: record.expected,
        actual: record.actual,
        error,
      });
      throw error;
    }
  });
}

/** What was thrown, or an error in its place when looking at it throws again, as a proxy or an accessor can. */
function presentable(thrown: unknown): unknown {
  try {
    const parts = thrown instanceof Error ? [thrown.name, thrown.message, thrown.stack] : [thrown];
    return parts.map(String) && thrown;
  } catch {
    return new Error('a value that cannot be printed was thrown');
  }
}

class NeverSettled extends Error {
  override name = 'NeverSettled';
}

/** Rejects when the work still waits after `ms`: the thread is free then, so nothing will ever settle it. */
async function inTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const up = new Promise<never>((_done, fail) => {
    timer = later(() => fail(new NeverSettled(`still waiting after ${ms / 1000} s: a promise never settled`)), ms);
  });
  try {
    await Promise.race([work, up]);
  } finally {
    cancel(timer);
  }
}

interface Symptoms {
  observations: Record<string, Observation>;
  facts: Fact[];
  symptom?: string;
  expected?: string;
  actual?: string;
}

async function play<M>(spec: ProbeSpec, record: Symptoms, body: (t: ProbeContext<M>) => void | Promise<void>) {
  const { scorer, seed } = table();
  const cleanups: (() => void)[] = [];
  const clock = new VirtualClock();
  const ambient = new AmbientKit(clock);
  cleanups.push(() => ambient.restore());
  const load = async (): Promise<M> => (await loadLearner()) as M;
  try {
    const context: ProbeContext<M> = {
      mod: await load(),
      fresh: load,
      see(name, value) {
        record.observations[name] = value;
        scorer?.saw(spec.id, name, value);
      },
      fact(fact) {
        record.facts.push(fact);
        scorer?.fact(spec.id, fact);
      },
      hold(condition, otherwise) {
        if (condition) return;
        record.symptom = otherwise;
        expect.fail(otherwise);
      },
      equal(actual, expected, otherwise) {
        try {
          expect(actual, otherwise).toEqual(expected);
        } catch (error) {
          record.symptom = otherwise;
          record.expected = print(expected);
          record.actual = print(actual);
          throw error;
        }
      },
      sql: {
        open(schema, o) {
          const world = new SqlWorld(schema, o);
          cleanups.push(() => world.dispose());
          return world;
        },
      },
      clock,
      random: new SeededRandom(seed),
      ambient,
      html: new HtmlKit(),
      reads: new Reads(),
    };
    await body(context);
  } finally {
    for (const clean of cleanups.reverse()) clean();
  }
}

/** chai's assertion errors and ours; an error of node:assert in the learner's code has a `code` and is a crash. */
function isAssertion(error: unknown): boolean {
  return error instanceof Error && error.name === 'AssertionError' && !('code' in error);
}

/** A value as text for a diff: one line per member. */
function print(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' || v === undefined ? String(v) : v), 2) ?? String(value);
  } catch {
    return String(value);
  }
}
