import { changes, type Files } from './core/designs.ts';
import type { Diagnosis, OutOfBook } from './core/diagnosis.ts';
import type { Frame } from './core/facts.ts';
import { keyOf, scoredLines, suspectsOf, type CountedPlace, type Mends } from './core/suspects.ts';
import type { ProbeResult, Verdict } from './core/verdict.ts';
import type { Engine, Position } from './engine/engine.ts';
import { counted, type Counted } from './program/counted.ts';
import { original } from './program/javascript.ts';
import type { Program } from './program/program.ts';
import { whatIfs } from './program/what-ifs.ts';

/** Time for finding out which small change would mend a failing test. */
const WHAT_IFS_MS = 1000;
const OTHERWISE_PREFIX = 'otherwise/';

/** Code that counts which of its places run, and the way back from it. */
interface CountedProgram {
  sources: Record<string, string>;
  places: CountedPlace[];
  original(at: Frame): Frame;
}

/**
 * Finds the lines behind a loss that no known mistake explains: the probes play once more, on code that counts what
 * each of them runs. The verdict stays that of the code as it is.
 * @param before files of the last move that held a probe, or null
 * @returns the diagnosis with suspects, and the verdict with what the failing test called; unchanged where the second
 * run cannot tell anything: after a time-out, or when it ends otherwise
 */
export async function locate(
  engine: Engine,
  position: Position,
  program: Program,
  found: { verdict: Verdict; diagnosis: Diagnosis },
  before: (probe: string) => Files | null,
  signal?: AbortSignal,
): Promise<{ verdict: Verdict; diagnosis: Diagnosis }> {
  const { verdict, diagnosis } = found;
  if (diagnosis.status !== 'out-of-book' || verdict.kind === 'tampering') return found;
  const slow = verdict.results.flatMap((r) => (r.outcome === 'timed-out' ? [r.probe] : []));
  // what took all its time would take it again; tests of an imported kata can do without each other
  if (slow.length > 0 && (!position.suite || slow.includes(diagnosis.probe))) return found;
  const suite = position.suite && {
    ...position.suite,
    leftOut: [...position.suite.leftOut, ...slow],
  };
  const code = countedProgram(program);
  const otherwise = position.suite ? otherwiseProgram(program) : null;
  const again = await judgedAgain(
    engine,
    {
      ...position,
      ...(suite ? { suite } : {}),
      sources: { ...code.sources, ...otherwise?.sources },
      original: code.original,
      places: code.places.length,
      ...(otherwise
        ? {
            whatIf: {
              probe: diagnosis.probe,
              places: code.places,
              prefix: OTHERWISE_PREFIX,
              ways: otherwise.ways,
              limitMs: WHAT_IFS_MS,
            },
          }
        : {}),
    },
    signal,
  );
  if (!again) return found;
  const failing = again.results.find((r) => r.probe === diagnosis.probe);
  if (failing?.ran === undefined || failing.outcome !== outcomeOf(verdict, diagnosis.probe)) return found;
  const runs = again.results.flatMap((r) =>
    r.ran && r !== failing ? [{ outcome: r.outcome, ran: r.ran }] : [],
  );
  const scored = scoredLines(
    code.places,
    { outcome: failing.outcome, ran: failing.ran },
    runs,
    changedSince(before(diagnosis.probe), program.sources),
  );
  const mends = otherwise ? mendsOf(again.results, otherwise.ways) : new Map<string, Mends>();
  return {
    diagnosis: withSuspects(diagnosis, suspectsOf(scored, mends), failing),
    verdict: {
      ...verdict,
      results: verdict.results.map((r) => (r.probe === failing.probe ? told(r, failing) : r)),
    },
  };
}

/** The second run is for the analysis only: when it fails, the verdict stands without it. */
async function judgedAgain(
  engine: Engine,
  position: Position,
  signal: AbortSignal | undefined,
): Promise<Verdict | null> {
  try {
    return await engine.judge(position, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && error.name === 'ArbiterError') return null;
    throw error;
  }
}

/** Code that can go otherwise, and the ways in which it can. */
interface OtherwiseProgram {
  sources: Record<string, string>;
  ways: Record<string, number[]>;
}

/** What could have been mistyped can go otherwise. */
function otherwiseProgram(program: Program): OtherwiseProgram {
  const sources: Record<string, string> = {};
  const ways: Record<string, number[]> = {};
  let first = 0;
  for (const [file, { code, map }] of Object.entries(program.javascript)) {
    const made = whatIfs(code, first);
    sources[OTHERWISE_PREFIX + file] = made.code;
    for (const [i, line] of made.lines.entries()) {
      const key = keyOf({ file, line: original(map, line, 1)?.line ?? line });
      (ways[key] ??= []).push(first + i);
    }
    first += made.lines.length;
  }
  return { sources, ways };
}

/** What holds when something on a line goes otherwise, by line. */
function mendsOf(results: readonly ProbeResult[], ways: OtherwiseProgram['ways']): Map<string, Mends> {
  const held = new Map(
    results.flatMap(({ probe, outcome, observations }) =>
      outcome === 'held' && probe.startsWith('if:') ? [[probe, observations.all === true] as const] : [],
    ),
  );
  const mends = new Map<string, Mends>();
  for (const [line, numbers] of Object.entries(ways)) {
    const here = numbers.flatMap((n) => held.get(`if:${n}`) ?? []);
    if (here.length > 0) mends.set(line, here.includes(true) ? 'all' : 'probe');
  }
  return mends;
}

function countedProgram(program: Program): CountedProgram {
  const sources: Record<string, string> = {};
  const places: CountedPlace[] = [];
  const back = new Map<string, ReturnType<typeof counted>['original']>();
  const inText = (file: string, line: number, column: number): { line: number; column: number } =>
    original(program.javascript[file]!.map, line, column) ?? { line, column };
  for (const [file, { code }] of Object.entries(program.javascript)) {
    const first = places.length;
    const made = counted(code, first);
    sources[file] = made.code;
    back.set(file, made.original);
    places.push(...countedPlaces(file, made, first, (line, column) => inText(file, line, column)));
  }
  return {
    sources,
    places,
    original(at) {
      const here = back.get(at.file)?.(at.line, at.column);
      return here ? { ...at, ...inText(at.file, here.line, here.column) } : at;
    },
  };
}

/** The places of one file with their lines in the learner's text, and the numbers that they have in the program. */
export function countedPlaces(
  file: string,
  { places, positionOf }: Counted,
  first: number,
  inText: (line: number, column: number) => { line: number; column: number },
): CountedPlace[] {
  return places.map(({ start, logic, decidedBy, usedBy }) => {
    const lines = new Map<number, { at: Frame; logic: number }>();
    for (const { at: offset, weight } of [{ at: start, weight: 0 }, ...logic]) {
      const { line, column } = positionOf(offset);
      const at: Frame = { file, ...inText(line, column), fn: null, isAsync: false };
      const known = lines.get(at.line);
      if (known) known.logic += weight;
      else lines.set(at.line, { at, logic: weight });
    }
    return {
      lines: [...lines.values()],
      decidedBy: decidedBy === null ? null : first + decidedBy,
      usedBy: usedBy.map((place) => first + place),
    };
  });
}

const outcomeOf = (verdict: Verdict, probe: string): string | undefined =>
  verdict.results.find((r) => r.probe === probe)?.outcome;

/** Whether a line was added or altered since. */
function changedSince(before: Files | null, now: Files): (at: Frame) => boolean {
  if (before === null) return () => false;
  const lines = new Set<string>();
  for (const hunk of changes(now, before, 0)) {
    // from the code as it is: lines that go are those that came
    let line = hunk.line;
    for (const text of hunk.lines) {
      if (text.startsWith('-')) lines.add(`${hunk.file}:${line}`);
      if (!text.startsWith('+')) line++;
    }
  }
  return (at) => lines.has(`${at.file}:${at.line}`);
}

/** Where the code threw is where to look first; otherwise the first suspect is. */
function withSuspects(
  diagnosis: OutOfBook,
  suspects: OutOfBook['suspects'],
  failing: ProbeResult,
): OutOfBook {
  const at = diagnosis.at ?? suspects?.[0]?.at ?? null;
  const calls = failing.facts.filter((f) => f.kind === 'call');
  return { ...diagnosis, at, ...(suspects ? { suspects } : {}), evidence: [...diagnosis.evidence, ...calls] };
}

/** What only the second run tells: what was called, and where in the test it stopped. */
function told(result: ProbeResult, again: ProbeResult): ProbeResult {
  const { example } = again;
  const calls = again.facts.filter((f) => f.kind === 'call');
  return { ...result, facts: [...result.facts, ...calls], ...(example ? { example } : {}) };
}
