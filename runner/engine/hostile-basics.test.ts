import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome, Verdict, VerdictKind } from '../core/verdict.ts';
import type { Engine, Position } from './engine.ts';
import { createEngine } from './arbiter-engine.ts';

const PROBES = fileURLToPath(new URL('./fixtures/echo-probes.ts', import.meta.url));
const GOOD = 'export const ask = text => `${text}!`;';
/** A clear verdict comes within seconds; the rest is room for a busy machine. */
const SECONDS = 20_000;

let folder: string;
let engine: Engine;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kibitzer-hostile-'));
  engine = createEngine();
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const position = (source: string): Position => ({
  root: path.join(folder, 'echo'),
  entry: 'echo.ts',
  sources: { 'echo.ts': source },
  probes: PROBES,
});

/** Processes of this file's engine, or started by one of them. */
function leftOver(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        if (/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))) return false;
        // the folder of the engine's players, named in the environment or the arguments of all of them
        const all = ['environ', 'cmdline']
          .map((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1'))
          .join();
        return all.includes(`kibitzer-worlds-${process.pid}-`);
      } catch {
        return false; // ended meanwhile
      }
    })
    .map((pid) => `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')}`);
}

/** Nothing is left but the one arbiter of `engine`, which stays warm. */
async function noneLeft(): Promise<void> {
  if (process.platform !== 'linux') return;
  const deadline = performance.now() + 10_000;
  const besides = (): string[] => {
    const all = leftOver();
    const arbiter = all.findIndex((line) => line.includes('/arbiter.ts '));
    return all.filter((_, i) => i !== arbiter);
  };
  while (besides().length > 0 && performance.now() < deadline)
    await new Promise((next) => setTimeout(next, 20));
  expect(besides()).toEqual([]);
}

const outcomes = (v: Verdict): Record<string, Outcome> =>
  Object.fromEntries(v.results.map((r) => [r.probe, r.outcome]));
const resultOf = (v: Verdict, probe: string) => v.results.find((r) => r.probe === probe)!;

/** A module that behaves, except for one question, where it runs `deed` first. */
const askedTwo = (deed: string, before = ''): string => `${before}
export async function ask(text) {
  if (text === 'two') {
    ${deed}
  }
  return text + '!';
}`;
const LINE_OF_DEED = 4;

interface Case {
  name: string;
  source: string;
  /** null: whichever follows from the outcomes */
  kind: VerdictKind | null;
  outcomes: Record<string, Outcome | readonly Outcome[]>;
  /** the probe that is blamed, what is said of it, and the line it names */
  blamed: string;
  says: RegExp;
  line?: number;
}

const onlyTwo = (outcome: Outcome | readonly Outcome[]): Case['outcomes'] => ({
  gate: 'held',
  one: 'held',
  two: outcome,
  three: 'held',
});
/** A slow machine may run out of time before it runs out of memory. */
const CRASHED_OR_SLOW: readonly Outcome[] = ['crashed', 'timed-out'];
const onlyGate = (outcome: Outcome): Case['outcomes'] => ({
  gate: outcome,
  one: 'unreached',
  two: 'unreached',
  three: 'unreached',
});

const cases: Case[] = [
  {
    name: 'an endless loop at load',
    source: `let n = 0;\nfor (;;) {\n  n++;\n}\n${GOOD}`,
    kind: 'lost-on-time',
    outcomes: onlyGate('timed-out'),
    blamed: 'gate',
    says: /still running when its time was up/,
    line: 2,
  },
  {
    name: 'an endless loop in a call',
    source: askedTwo('while (true);'),
    kind: 'lost-on-time',
    outcomes: onlyTwo('timed-out'),
    blamed: 'two',
    says: /still running when its time was up/,
    line: LINE_OF_DEED,
  },
  {
    name: 'an endless loop of microtasks',
    source: askedTwo('await (async () => { for (;;) await null; })();'),
    kind: 'lost-on-time',
    outcomes: onlyTwo('timed-out'),
    blamed: 'two',
    says: /still running when its time was up/,
    line: LINE_OF_DEED,
  },
  {
    name: 'a promise that never settles',
    source: askedTwo('await new Promise(() => {});'),
    kind: 'lost-on-time',
    outcomes: onlyTwo('timed-out'),
    blamed: 'two',
    says: /a promise never settled/,
  },
  {
    name: 'a top-level await that never settles',
    source: `await new Promise(() => {});\n${GOOD}`,
    kind: 'lost-on-time',
    outcomes: onlyGate('timed-out'),
    blamed: 'gate',
    says: /never settled/,
  },
  {
    name: 'process.exit at load',
    source: `process.exit(0);\n${GOOD}`,
    kind: 'illegal',
    outcomes: onlyGate('crashed'),
    blamed: 'gate',
    says: /ended the program itself with process\.exit\(0\)/,
    line: 1,
  },
  {
    name: 'process.exit in a call',
    source: askedTwo('process.exit(0);'),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /ended the program itself with process\.exit\(0\)/,
    line: LINE_OF_DEED,
  },
  {
    name: 'process.abort',
    source: askedTwo('process.abort();'),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /ended the program itself with process\.abort\(\)/,
    line: LINE_OF_DEED,
  },
  {
    name: 'a signal to itself',
    source: askedTwo("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /the process ended/,
  },
  {
    name: 'an uncaught error in a timer',
    source: askedTwo("setTimeout(() => { throw new Error('too late'); }, 100); await new Promise(() => {});"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /Error: too late/,
    line: LINE_OF_DEED,
  },
  {
    name: 'an uncaught error in an immediate',
    source: askedTwo("setImmediate(() => { throw new Error('too late'); }); await new Promise(() => {});"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /an error nobody caught: Error: too late/,
    line: LINE_OF_DEED,
  },
  {
    name: 'an unhandled rejection',
    source: askedTwo("void Promise.reject(new Error('nobody asked')); await new Promise(() => {});"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /an error nobody caught: Error: nobody asked/,
    line: LINE_OF_DEED,
  },
  {
    name: 'a flood of output',
    source: askedTwo("for (;;) console.log('x'.repeat(100_000));"),
    kind: null,
    outcomes: onlyTwo(CRASHED_OR_SLOW),
    blamed: 'two',
    says: /printed more than 8 MB|its time was up/,
  },
  {
    name: 'a memory bomb in the heap',
    source: askedTwo('for (;;) heap.push(new Array(100_000).fill({}));', 'const heap = [];'),
    kind: null,
    outcomes: onlyTwo(CRASHED_OR_SLOW),
    blamed: 'two',
    says: /memory|its time was up/,
  },
  {
    name: 'a memory bomb beside the heap',
    source: askedTwo('for (;;) heap.push(Buffer.alloc(32 << 20, 1));', 'const heap = [];'),
    kind: null,
    outcomes: onlyTwo(CRASHED_OR_SLOW),
    blamed: 'two',
    says: /memory|its time was up/,
  },
  {
    name: 'null thrown',
    source: askedTwo('throw null;'),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /threw null/,
  },
  {
    name: 'a thrown proxy whose every trap throws',
    source: askedTwo('throw trap;', TRAP()),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /hands off|cannot be printed/,
  },
  {
    name: 'a returned proxy whose every trap throws',
    source: `${TRAP()}\nexport const ask = text => (text === 'two' ? trap : text + '!');`,
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /./,
  },
  {
    name: 'an error whose message is a getter that throws',
    source: askedTwo("throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } });"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /threw 1|cannot be printed/,
  },
  {
    name: 'a process left running',
    source: askedTwo("(await import('node:child_process')).spawn('sleep', ['600']).unref(); return 'no';"),
    kind: 'lost',
    outcomes: onlyTwo('crashed'),
    blamed: 'two',
    says: /restricted|not allowed/,
  },
];

/** Declares `trap`: every operation on it throws. */
function TRAP(): string {
  return `const no = () => { throw new Error('hands off'); }; const trap = new Proxy(class {}, new Proxy({}, { get: () => no }));`;
}

test.for(cases)('$name ends in a clear verdict', { timeout: 90_000 }, async (c) => {
  const verdict = await engine.judge(position(c.source));
  for (const { probe, outcome, message } of verdict.results) {
    expect([c.outcomes[probe]].flat(), `${probe}: ${message}`).toContain(outcome);
  }
  expect(verdict.kind).toEqual(c.kind ?? expect.stringMatching(/^lost/));
  const blamed = resultOf(verdict, c.blamed);
  expect(blamed.message).toMatch(c.says);
  if (c.line !== undefined) expect(blamed.frames[0]).toMatchObject({ file: 'echo.ts', line: c.line });
  expect(verdict.durationMs).toBeLessThan(SECONDS);
  await noneLeft();
});

test('after all that the engine judges as before', async () => {
  const verdict = await engine.judge(position(GOOD));
  expect(verdict).toMatchObject({ kind: 'won', position: 100, ended: null, illegality: null, output: '' });
});

test('an illegal move says what to do', async () => {
  const verdict = await engine.judge(position(`process.exit(0);\n${GOOD}`));
  expect(verdict.illegality).toMatchObject({ code: 'gate', frame: { file: 'echo.ts', line: 1 } });
  expect(verdict.illegality!.message).toContain('process.exit(0)');
  expect(verdict.illegality!.hint).not.toBe('');
});

test('an error at load is illegal, with its line', async () => {
  const verdict = await engine.judge(position(`const missing = undefined;\nmissing.x;\n${GOOD}`));
  expect(verdict).toMatchObject({
    kind: 'illegal',
    illegality: { code: 'load-error', frame: { file: 'echo.ts', line: 2 } },
  });
});

test('what the learner prints is kept apart, and its control characters are made harmless', async () => {
  const nasty = String.raw`\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\u0000\rdone`;
  const verdict = await engine.judge(
    position(askedTwo(`console.log("${nasty}"); console.error("to stderr"); throw new Error("${nasty}");`)),
  );
  expect(outcomes(verdict)).toEqual(onlyTwo('crashed'));
  expect(verdict.output).toContain(String.raw`\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{0}\u{d}done`);
  expect(verdict.output).toContain('to stderr');
  const { message } = resultOf(verdict, 'two');
  for (const text of [verdict.output, message])
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(message).toContain('done');
});

test('a learner who writes to the wire of the engine is told so, and breaks nothing', async () => {
  for (const forged of [
    '{"type":\\n[]\\nnull\\n1\\n"x"\\n',
    '{"type":"done"}\\n',
    '\\x04\\x00\\x00\\x00null',
  ]) {
    const verdict = await engine.judge(
      position(askedTwo(`(await import('node:fs')).writeSync(3, '${forged}'); await new Promise(() => {});`)),
    );
    expect(verdict.kind).toBe('tampering');
    expect(resultOf(verdict, 'two').outcome).toBe('crashed');
  }
  await noneLeft();
});

test('an aborted judgement ends at once and leaves nothing behind', async () => {
  const abort = new AbortController();
  const judged = engine.judge(position('for (;;);\nexport const ask = 1;'), { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('a newer save')), 300);
  await expect(judged).rejects.toThrow('a newer save');
  await noneLeft();
  expect((await engine.judge(position(GOOD))).kind).toBe('won');
});

test('closing the engine ends processes that wait ready', async () => {
  const waiting = createEngine({ spares: 2 });
  waiting.close();
  await noneLeft();
});
