import { expect, test } from 'vitest';
import type { Fact } from '../core/facts.ts';
import type { Observation, Outcome, ProbeSpec } from '../core/verdict.ts';
import type { AmbientKit } from './ambient.ts';
import type { VirtualClock } from './clock.ts';
import { CrowdKit } from './crowd.ts';
import type { CryptoKit } from './crypto.ts';
import { StageKit } from './explore.ts';
import type { HandleKit } from './handles.ts';
import { HtmlKit } from './html.ts';
import { HttpKit } from './http.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { LoadError } from './load.ts';
import type { Provider } from './provider.ts';
import type { SeededRandom } from './random.ts';
import type { Reads } from './reads.ts';
import { SqlWorld } from './sql.ts';
import { table, type Host, type ProbeEnd } from './table.ts';

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
  readonly stage: StageKit;
  readonly provider: Provider;
  readonly crowd: CrowdKit;
  readonly http: HttpKit;
  readonly crypto: CryptoKit;
  readonly handles: HandleKit;
}

// taken before any learner code can replace them
const later = setTimeout;
const cancel = clearTimeout;

/** Learner code in this process, as under plain vitest. */
const here: Host = {
  begin: () => createInstruments(table().seed),
  copy: (value) => value,
  end: async (_probe, end) => end,
};

type Body<M> = (t: ProbeContext<M>) => void | Promise<void>;

const outcomes = new Map<string, Outcome>();
const declarations: { spec: ProbeSpec; body: Body<never> }[] = [];

/** Every probe of the files loaded so far, in order. */
export function declared(): ProbeSpec[] {
  return declarations.map((d) => d.spec);
}

/** Forgets all probes: the engine calls it before it loads a kata. */
export function clearProbes(): void {
  declarations.length = 0;
}

/** Makes vitest tests of all probes again, for a further run in a process that has loaded them already. */
export function repeatProbes(): void {
  for (const { spec, body } of declarations) asTest(spec, body);
}

/** Forgets how probes ended, before a run. */
export function clearOutcomes(): void {
  outcomes.clear();
}

/**
 * Declares a probe: a plain vitest test that tries to refute the move.
 * @param spec what the probe stands for; see ProbeSpec
 * @param body plays against `t.mod` and calls `t.hold` or `t.equal`
 */
export function probe<M = Record<string, unknown>>(spec: ProbeSpec, body: Body<M>): void {
  declarations.push({ spec, body: body as Body<never> });
  asTest(spec, body);
}

function asTest<M>(spec: ProbeSpec, body: Body<M>): void {
  test(spec.id, { timeout: 2 * (spec.budgetMs ?? DEFAULT_BUDGET_MS) + 60_000 }, async ({ task, skip }) => {
    const { known, scorer, host } = table();
    const before = known.get(spec.id);
    if (before !== undefined) {
      outcomes.set(spec.id, before);
      return skip('judged before');
    }
    const end = async (e: ProbeEnd): Promise<ProbeEnd> => {
      const last = await (host ?? here).end(spec, e);
      outcomes.set(spec.id, last.outcome);
      scorer?.finished(spec.id, last);
      return last;
    };
    const gates = declarations.filter((d) => d.spec.role === 'gate').map((d) => d.spec.id);
    const needed = [...(spec.needs ?? []), ...(spec.role === 'gate' ? [] : gates)];
    if (needed.some((id) => outcomes.get(id) !== 'held')) {
      outcomes.set(spec.id, 'unreached');
      scorer?.finished(spec.id, { outcome: 'unreached' });
      return skip('not judged: a probe it needs did not hold');
    }
    const record: Symptoms = { observations: {}, facts: [] };
    (task.meta as Record<string, unknown>).kibitzer = record;
    try {
      // not awaited without need: each stretch of ours that ends costs a hand-over to the player and back
      const begun = (host ?? here).begin(spec);
      const instruments = begun instanceof Promise ? await begun : begun;
      scorer?.started(spec);
      await inTime(play(spec, record, body, instruments, host ?? here), spec.budgetMs ?? DEFAULT_BUDGET_MS);
      const last = await end({ outcome: 'held' });
      if (last.outcome !== 'held') expect.fail(last.message ?? last.outcome);
    } catch (thrown) {
      const error = presentable(thrown);
      if (outcomes.has(spec.id)) throw error;
      if (error instanceof NeverSettled) {
        await end({ outcome: 'timed-out', message: error.message });
        throw error;
      }
      const refuted = isAssertion(error);
      await end({
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
    timer = later(
      () => fail(new NeverSettled(`still waiting after ${ms / 1000} s: a promise never settled`)),
      ms,
    );
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

async function play<M>(
  spec: ProbeSpec,
  record: Symptoms,
  body: Body<M>,
  instruments: Instruments,
  host: Host,
): Promise<void> {
  const { scorer } = table();
  const worlds: SqlWorld[] = [];
  // fetched now: what lives in the player is read anew after each stretch
  const { clock, random, ambient, reads, crypto, handles, serve, dispose } = instruments;
  const { record: connect, load: loadIn } = instruments;
  const http = new HttpKit(serve, clock.now);
  const stage = new StageKit(instruments);
  const crowd = new CrowdKit(instruments.crowd);
  const load = async (): Promise<{ mod: M }> => {
    try {
      return (await loadIn()) as { mod: M };
    } catch (cause) {
      throw new LoadError(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  };
  try {
    const context: ProbeContext<M> = {
      mod: (await load()).mod,
      fresh: async () => (await load()).mod,
      see(name, value) {
        record.observations[name] = value;
        scorer?.saw(spec.id, name, value);
      },
      fact(fact) {
        const copy = host.copy(fact);
        record.facts.push(copy);
        scorer?.fact(spec.id, copy);
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
          const world = new SqlWorld(connect, schema, o, host.worlds);
          worlds.push(world);
          return world;
        },
      },
      clock,
      random,
      ambient,
      html: new HtmlKit(),
      reads,
      stage,
      provider: instruments.provider,
      crowd,
      http,
      crypto,
      handles,
    };
    const played = body(context);
    if (played instanceof Promise) await played;
  } finally {
    http.dispose();
    // the learner's connection goes first: a file that is open cannot be removed everywhere
    try {
      dispose();
    } finally {
      for (const world of worlds) world.dispose();
      stage.dispose();
    }
  }
}

/** chai's assertion errors and ours; an error of node:assert in the learner's code has a `code` and is a crash. */
function isAssertion(error: unknown): boolean {
  return error instanceof Error && error.name === 'AssertionError' && !('code' in error);
}

/** A value as text for a diff: one line per member. */
function print(value: unknown): string {
  try {
    return (
      JSON.stringify(
        value,
        (_key, v: unknown) => (typeof v === 'bigint' || v === undefined ? String(v) : v),
        2,
      ) ?? String(value)
    );
  } catch {
    return String(value);
  }
}
