import type { Condition, Locator, Mistake, Severity, Structure, Vector } from './book.ts';
import { siteOf, type Fact, type Frame } from './facts.ts';
import { linesToAsk } from './question.ts';
import type { Suspect } from './suspects.ts';
import type { ProbeResult } from './verdict.ts';

/** What explains a lost move. Plain data: it is stored in the log and shown again without running anything. */
export type Diagnosis = KnownMistake | OutOfBook | { status: 'none' };

export interface KnownMistake {
  status: 'known';
  mistake: string;
  severity: Severity;
  /** other mistakes whose evidence is there too, in the book's order, without those that follow from this one */
  behind: readonly string[];
  evidence: readonly Fact[];
  /** index into `evidence` of the fact that loses; -1 when there is no evidence */
  decisive: number;
  /** the result in one line */
  outcome: string;
  at: Frame | null;
  question: AskedLine | null;
  /** why it was that line */
  because: string | null;
  belief: string;
}

/** "Which of these lines did this?": choices in order of the file, at least two, with exactly one right. */
export interface AskedLine {
  ask: string;
  choices: readonly Frame[];
  answer: number;
}

/** No known mistake explains the loss: the smallest failing case speaks for itself. */
export interface OutOfBook {
  status: 'out-of-book';
  probe: string;
  evidence: readonly Fact[];
  at: Frame | null;
  /** lines that may be behind it, the likeliest first; where they were looked for */
  suspects?: readonly Suspect[];
}

const RANK: Record<Severity, number> = { '??': 3, '?': 2, '?!': 1 };

/** Facts that go into the log where no author has chosen any; all of them are in the snapshot of the verdict. */
const MOST_FACTS = 40;

/** The files of the move, for finding lines to show. */
export interface MoveText {
  /** text by path */
  files: Readonly<Record<string, string>>;
  entry: string;
  structure?: Structure;
}

/** The vector of a move: what conditions and evidence functions read. */
export function vectorOf(results: readonly ProbeResult[]): Vector {
  const byId = new Map(results.map((r) => [r.probe, r]));
  const facts = (probe: string, kind?: Fact['kind']): readonly Fact[] => {
    const all = byId.get(probe)?.facts ?? [];
    return kind ? all.filter((f) => f.kind === kind) : all;
  };
  return {
    results,
    probe: (id) => byId.get(id),
    facts: facts as Vector['facts'],
    saw: (probe, name) => {
      const seen = byId.get(probe)?.observations;
      return seen && Object.hasOwn(seen, name) ? seen[name] : undefined;
    },
  };
}

/** Whether a condition holds over a vector. */
export function matches(condition: Condition, v: Vector): boolean {
  if ('all' in condition) return condition.all.every((c) => matches(c, v));
  if ('any' in condition) return condition.any.some((c) => matches(c, v));
  if ('not' in condition) return !matches(condition.not, v);
  if ('probe' in condition) {
    const outcome = v.probe(condition.probe)?.outcome;
    return (
      outcome !== undefined &&
      (typeof condition.is === 'string' ? outcome === condition.is : condition.is.includes(outcome))
    );
  }
  const seen = v.saw(condition.in, condition.saw);
  if (seen === undefined) return false;
  if (condition.is instanceof RegExp) return String(seen).search(condition.is) >= 0;
  return typeof condition.is === 'function' ? condition.is(seen) : condition.is === seen;
}

/**
 * Names the one mistake that explains a move, by the rules of the book: candidates are mistakes whose condition holds;
 * masked and implied ones are struck out; of those left the gravest counts, a sorter decides between equals, then the
 * book's order. A crash or a time-out is never blamed on a named mistake, since conditions see them as such.
 * @returns `none` when every judged probe held; `out-of-book` when no condition holds
 */
export function diagnose(
  results: readonly ProbeResult[],
  book: readonly Mistake[],
  text: MoveText,
): Diagnosis {
  const judged = results.filter((r) => r.role === 'gate' || r.role === 'probe');
  if (judged.every((r) => r.outcome === 'held')) return { status: 'none' };
  const v = vectorOf(results);
  const candidates = book.filter((m) => matches(m.when, v));
  const masked = struckOut(candidates, (m) => m.masks);
  const implied = struckOut(candidates, (m) => m.implies);
  const free = candidates.filter((m) => !masked.has(m.id) && !implied.has(m.id));
  // mistakes that strike out each other are a fault of the book; better one of them than none
  const left = free.length > 0 ? free : candidates;
  const gravest = Math.max(0, ...left.map((m) => RANK[m.severity]));
  const equals = left.filter((m) => RANK[m.severity] === gravest);
  const sorted = equals.length > 1 ? equals.filter((m) => m.sorter && matches(m.sorter, v)) : [];
  const named = sorted[0] ?? equals[0];
  if (!named) return outOfBook(judged);
  const behind = candidates.filter((m) => m.id !== named.id && !implied.has(m.id)).map((m) => m.id);
  return known(named, behind, v, text);
}

/** Ids struck out by the candidates' lists; a candidate that is itself struck out still strikes, so chains hold. */
function struckOut(
  candidates: readonly Mistake[],
  list: (m: Mistake) => readonly string[] | undefined,
): Set<string> {
  return new Set(candidates.flatMap((m) => list(m) ?? []));
}

function known(m: Mistake, behind: readonly string[], v: Vector, text: MoveText): KnownMistake {
  const evidence = m.evidence(v);
  const decisive = m.decisive ? m.decisive(v) : evidence.length - 1;
  const at = m.point(v, locatorOf(text));
  const question = m.question(v, at);
  return {
    status: 'known',
    mistake: m.id,
    severity: m.severity,
    behind,
    evidence,
    decisive,
    outcome: m.outcome(v),
    at,
    question: at
      ? linesToAsk(
          question.ask,
          at,
          [...(question.among ?? []), ...framesOf(evidence)],
          text.files,
          alsoRight(at, evidence),
        )
      : null,
    because: at && m.because ? m.because(v, at) : null,
    belief: typeof m.belief === 'string' ? m.belief : m.belief(v, at),
  };
}

function framesOf(facts: readonly Fact[]): Frame[] {
  return facts.flatMap((f) => {
    const site = siteOf(f);
    return site ? [site.near, site.cause] : [];
  });
}

/** Where one statement has two lines, the one that sends it and the one that led to it, either answers for the other. */
function alsoRight(at: Frame, evidence: readonly Fact[]): Frame[] {
  const here = (f: Frame): boolean => f.file === at.file && f.line === at.line;
  return evidence
    .map(siteOf)
    .flatMap((s) => (s && here(s.cause) ? [s.near] : s && here(s.near) ? [s.cause] : []));
}

/** The first probe in the kata's order that did not hold, with its own facts and the learner's frame nearest to the trouble. */
function outOfBook(judged: readonly ProbeResult[]): OutOfBook {
  const lost =
    judged.find((r) => r.outcome !== 'held' && r.outcome !== 'unreached') ??
    judged.find((r) => r.outcome !== 'held')!;
  const lastSite = lost.facts.map(siteOf).findLast((s) => s !== null);
  return {
    status: 'out-of-book',
    probe: lost.probe,
    evidence: lost.facts.slice(0, MOST_FACTS),
    at: lost.frames[0] ?? lastSite?.near ?? null,
  };
}

const NO_STRUCTURE: Structure = { constant: () => null, asksOnly: () => false, keptOutside: () => null };

/** Finds lines; see Locator. */
export function locatorOf({ files, entry, structure = NO_STRUCTURE }: MoveText): Locator {
  const line = (pattern: RegExp): Frame | null => {
    for (const [file, text] of Object.entries(files)) {
      const at = text.split(/\r?\n/).findIndex((l) => l.search(pattern) >= 0);
      if (at >= 0) return { file, line: at + 1, column: 1, fn: null, isAsync: false };
    }
    return null;
  };
  return {
    ...structure,
    line,
    exported: (name) =>
      line(
        new RegExp(
          `export\\s+(?:default\\s+)?(?:async\\s+)?(?:function\\*?|class|const|let|var)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`,
        ),
      ) ?? {
        file: entry,
        line: 1,
        column: 1,
        fn: null,
        isAsync: false,
      },
  };
}
