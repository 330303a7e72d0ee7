/**
 * Entry of the process that judges one move: it loads the test runtime ahead of need, then sits in a blocking read
 * until a job comes, plays the kata's probes against the learner's code, and is thrown away.
 */
import { readSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startTests, type VitestRunner } from '@vitest/runner';
import { framesOfError, learnerFrames } from '../kit/frames.ts';
import { LoadError } from '../kit/load.ts';
import { setTable, type Scorer } from '../kit/table.ts';
import type { Job, Message } from './protocol.ts';
import { startWatchdog } from './watchdog.ts';

const WIRE = 3;
/** How long errors of left-over timers are waited for when all probes are through. */
const AFTERMATH_MS = 150;
const DEFAULT_BUDGET_MS = 2000;

// taken before any learner code can replace them
const later = setTimeout;
const now = performance.now.bind(performance);
/** ends the process without exit handlers, which could be the learner's */
const quit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process);

function say(message: Message): void {
  const bytes = Buffer.from(JSON.stringify(message) + '\n');
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(WIRE, bytes, sent);
}

function hear(): Job {
  const chunk = Buffer.alloc(65536);
  const parts: Buffer[] = [];
  for (;;) {
    const n = readSync(WIRE, chunk, 0, chunk.length, null);
    if (n === 0) quit(0);
    parts.push(Buffer.from(chunk.subarray(0, n)));
    if (chunk[n - 1] === 10) return JSON.parse(Buffer.concat(parts).toString('utf8')) as Job;
  }
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vitest') return next(specifier, context);
    return { url: new URL('./vitest-shim.ts', import.meta.url).href, shortCircuit: true };
  },
});
// loaded after the hook, so that the kit and the probes share the shim
const shim = await import('./vitest-shim.ts');
const { clearProbes, declared } = await import('../kit/probe.ts');
const watchdog = await startWatchdog();
say({ type: 'ready' });
const job = hear();

let running: { id: string; since: number } | null = null;

const scorer: Scorer = {
  started(spec) {
    running = { id: spec.id, since: now() };
    say({ type: 'started', probe: spec.id });
    watchdog.arm(spec.budgetMs ?? DEFAULT_BUDGET_MS);
  },
  saw(probe, name, value) {
    say({ type: 'saw', probe, name, value });
  },
  fact(probe, fact) {
    say({ type: 'fact', probe, fact });
  },
  finished(probe, end) {
    watchdog.disarm();
    const loading = end.error instanceof LoadError;
    const error = loading ? (end.error as LoadError).cause : end.error;
    say({
      type: 'finished',
      probe,
      outcome: end.outcome,
      message: end.message ?? (end.error === undefined ? undefined : describe(error)),
      expected: end.expected,
      actual: end.actual,
      frames: framesOfError(error),
      loading: loading || undefined,
      ms: running?.id === probe ? Math.round(now() - running.since) : 0,
    });
    running = null;
  },
};

/** An error in one line; never throws, whatever was thrown. */
function describe(error: unknown): string {
  try {
    if (error instanceof Error) return `${error.name}: ${error.message}`.split('\n').slice(0, 3).join(' ').slice(0, 400);
    return `threw ${String(error)}`.slice(0, 400);
  } catch {
    return 'threw a value that cannot be printed';
  }
}

for (const way of ['exit', 'reallyExit', 'abort'] as const) {
  const exits = process as unknown as Record<string, (code?: number) => never>;
  const real = exits[way]!.bind(process);
  exits[way] = (code?: number): never => {
    say({ type: 'leaving', how: way === 'abort' ? 'process.abort()' : `process.${way}(${code ?? ''})`, frames: learnerFrames() });
    return real(code);
  };
}
process.on('uncaughtException', error => {
  say({ type: 'uncaught', message: describe(error), frames: framesOfError(error) });
  quit(1);
});

function runner(): VitestRunner {
  const config = {
    root: job.root,
    name: '',
    setupFiles: [],
    passWithNoTests: false,
    allowOnly: true,
    includeTaskLocation: false,
    testTimeout: 10_000,
    hookTimeout: 10_000,
    maxConcurrency: 1,
    retry: 0,
    diffOptions: {},
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
    sequence: { shuffle: false, concurrent: false, seed: job.seed, hooks: 'stack', setupFiles: 'list' },
  };
  return {
    pool: 'kibitzer',
    config: config as unknown as VitestRunner['config'],
    async importFile(file) {
      clearProbes();
      await import(pathToFileURL(file).href);
      say({ type: 'collected', probes: declared });
    },
    onBeforeTryTask: () => shim.resetExpect(),
    onTaskUpdate: async () => {},
  };
}

setTable({
  root: job.root,
  entry: job.entry,
  sources: new Map(Object.entries(job.sources)),
  scorer,
  known: new Map(Object.entries(job.known)),
  seed: job.seed,
});
const files = await startTests([job.probes], runner());
const failed = files[0]?.result?.errors?.[0];
if (failed) say({ type: 'broken', message: failed.stack ?? failed.message });
if (process.getActiveResourcesInfo().includes('Timeout')) await new Promise(done => later(done, AFTERMATH_MS));
say({ type: 'done' });
quit(0);
