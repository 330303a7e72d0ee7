import type { Mistake } from './book.ts';
import type { Brief } from './brief.ts';
import { changes, type Files, type Hunk } from './designs.ts';
import type { AskedLine } from './diagnosis.ts';
import type { Fact, Frame } from './facts.ts';
import { lastThatHeld, type Game, type Move } from './game.ts';
import type { Glyph } from './glyph.ts';
import type { Suspect } from './suspects.ts';
import type { Example, Outcome } from './verdict.ts';

/** One numbered line of the learner's code. */
export interface CodeLine {
  file: string;
  line: number;
  text: string;
  /** the line the analysis is about */
  marked: boolean;
  /** columns of the marked part, from 0, end exclusive */
  span?: readonly [number, number];
}

/** Everything an analysis screen shows, ready to be laid out; rich and plain screens are made from this one object. */
export interface AnalysisView {
  kata: string;
  /** 0 for code that was judged outside of any game */
  move: number;
  verdict: string;
  /** position before the move */
  before: number;
  position: number;
  glyph: Glyph;
  held: readonly string[];
  probes: number;
  /** probes that ended otherwise than by being refuted, with what was said of them */
  troubles: readonly { probe: string; plays: string; outcome: Outcome; message: string }[];
  known: KnownView | null;
  outOfBook: OutOfBookView | null;
  /** the first earlier moves with the same diagnosis */
  sameAs: number | null;
  read: { choice: number | null; right: boolean } | null;
  /**
   * A probe that held at an earlier move, 0 being the starter, and does not now, with what changed since; no hunks when
   * that is too much to be told here.
   */
  heldBefore: { probe: string; at: number; hunks: readonly Omit<Hunk, 'reason'>[] } | null;
}

export interface KnownView {
  mistake: string;
  title: string;
  evidence: readonly Fact[];
  decisive: number;
  outcome: string;
  question: { ask: string; answer: number; choices: readonly CodeLine[] } | null;
  at: Frame | null;
  frame: readonly CodeLine[];
  because: string | null;
  principle: string;
  belief: string;
  behind: number;
}

export interface OutOfBookView {
  probe: string;
  outcome: Outcome;
  sentence: { n: number; text: string } | null;
  plays: string;
  message: string;
  expected: string | null;
  actual: string | null;
  evidence: readonly Fact[];
  frame: readonly CodeLine[];
  frames: readonly Frame[];
  /** the code of a test of an imported kata, the line marked at which it stopped */
  example: readonly CodeLine[];
  /** lines that may be behind it, the likeliest first */
  suspects: readonly SuspectLine[];
}

export type SuspectLine = CodeLine & Omit<Suspect, 'at'>;

/** What a probe said, as far as a screen needs it. */
export interface ProbeWords {
  probe: string;
  plays: string;
  sentence: number;
  expected?: string;
  actual?: string;
  frames?: readonly Frame[];
  example?: Example;
}

const CONTEXT = 2;
/** Columns of a line that are marked at most. */
const MOST_MARKED = 48;
/** Suspected lines that are shown. */
const MOST_SUSPECTS = 3;
/** A changed hunk is worth showing while it is small. */
const MOST_HUNKS = 3;

/**
 * Builds the analysis of a lost move.
 * @param files text of the move's files
 * @param earlier files of an earlier move by number, for "this held at move 4"
 */
export function analysisOf(
  game: Game,
  move: Move,
  book: readonly Mistake[],
  brief: Brief,
  probes: readonly ProbeWords[],
  files: Files,
  earlier: (n: number) => Files,
): AnalysisView {
  const { judgement } = move;
  const { diagnosis, outcomes, messages } = judgement;
  const lost = Object.keys(outcomes).filter((id) => outcomes[id] !== 'held');
  const words = (id: string): ProbeWords =>
    probes.find((p) => p.probe === id) ?? { probe: id, plays: id, sentence: 0 };
  const named = diagnosis.status === 'known' ? book.find((m) => m.id === diagnosis.mistake) : undefined;
  return {
    kata: game.kata,
    move: move.n,
    verdict: judgement.verdict,
    before: move.before,
    position: judgement.position,
    glyph: move.glyph,
    held: Object.keys(outcomes).filter((id) => outcomes[id] === 'held'),
    probes: Object.keys(outcomes).length,
    troubles: lost
      .filter((id) => outcomes[id] === 'crashed' || outcomes[id] === 'timed-out')
      .map((id) => ({
        probe: id,
        plays: words(id).plays,
        outcome: outcomes[id]!,
        message: messages[id] ?? '',
      })),
    known:
      diagnosis.status === 'known'
        ? {
            mistake: diagnosis.mistake,
            title: named?.title ?? diagnosis.mistake,
            evidence: diagnosis.evidence,
            decisive: diagnosis.decisive,
            outcome: diagnosis.outcome,
            question: diagnosis.question && askedLines(diagnosis.question, files),
            at: diagnosis.at,
            frame: frameAround(diagnosis.at, diagnosis.question?.choices ?? [], files),
            because: diagnosis.because,
            principle: named?.principle ?? '',
            belief: diagnosis.belief,
            behind: diagnosis.behind.length,
          }
        : null,
    outOfBook:
      diagnosis.status === 'out-of-book'
        ? {
            probe: diagnosis.probe,
            outcome: outcomes[diagnosis.probe] ?? 'refuted',
            sentence: brief.sentences.find((s) => s.n === words(diagnosis.probe).sentence) ?? null,
            plays: words(diagnosis.probe).plays,
            message: messages[diagnosis.probe] ?? '',
            expected: words(diagnosis.probe).expected ?? null,
            actual: words(diagnosis.probe).actual ?? null,
            evidence: diagnosis.evidence,
            frame: frameAround(diagnosis.at, [], files),
            frames: words(diagnosis.probe).frames ?? [],
            example: exampleLines(words(diagnosis.probe).example),
            suspects: (diagnosis.suspects ?? [])
              .slice(0, MOST_SUSPECTS)
              .map(({ at, ...why }) => ({ ...codeLine(at.file, at.line, files, false), ...why })),
          }
        : null,
    sameAs: game.moves.find((m) => m.n < move.n && sameName(m, move))?.n ?? null,
    read: move.read,
    heldBefore: heldBefore(game, move, files, earlier, words),
  };
}

function sameName(a: Move, b: Move): boolean {
  const [x, y] = [a.judgement.diagnosis, b.judgement.diagnosis];
  return x.status === 'known' && y.status === 'known' && x.mistake === y.mistake;
}

function askedLines(q: AskedLine, files: Files): { ask: string; answer: number; choices: CodeLine[] } {
  return {
    ask: q.ask,
    answer: q.answer,
    choices: q.choices.map((f) => codeLine(f.file, f.line, files, false)),
  };
}

/** The marked line with the other lines of the question, or with its neighbours when the question has none near. */
function frameAround(at: Frame | null, others: readonly Frame[], files: Files): CodeLine[] {
  if (!at) return [];
  const near = others.filter((f) => f.file === at.file && Math.abs(f.line - at.line) <= 6).map((f) => f.line);
  const numbers =
    near.length > 1 ? near : Array.from({ length: 2 * CONTEXT + 1 }, (_, i) => at.line - CONTEXT + i);
  const count = files[at.file]?.split('\n').length ?? 0;
  return [...new Set([...numbers, at.line])]
    .filter((n) => n >= 1 && n <= count)
    .sort((a, b) => a - b)
    .map((n) => codeLine(at.file, n, files, n === at.line, at.column));
}

function codeLine(file: string, line: number, files: Files, marked: boolean, column = 1): CodeLine {
  const text = (files[file]?.split('\n')[line - 1] ?? '').replace(/\r$/, '');
  const span = marked ? spanOf(text, column) : null;
  return span ? { file, line, text, marked, span } : { file, line, text, marked };
}

/** The part of a line to mark: the whole of a short one without what ends it, of a longer one the call at the column. */
function spanOf(text: string, column: number): [number, number] | null {
  const start = text.search(/\S/);
  if (start < 0) return null;
  const code = text.replace(/\s\/\/ [^'"`]*$/, '');
  const end = Math.max(code.replace(/[\s;,{(]*$/, '').length, start + 1);
  if (end - start <= MOST_MARKED) return [start, end];
  const from = column - 1 > start && column - 1 < end ? column - 1 : start;
  return [from, Math.min(endOfCall(text, from), end, from + MOST_MARKED)];
}

/** End of the name at a column and of the brackets that follow it; the end of the line when they stay open. */
function endOfCall(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if ('([{'.includes(text[i]!)) depth++;
    else if (')]}'.includes(text[i]!) && --depth <= 0) return depth === 0 ? i + 1 : i;
    else if (depth === 0 && i > from && /[;,]/.test(text[i]!)) return i;
  }
  return text.length;
}

function exampleLines(example: Example | undefined): CodeLine[] {
  if (!example) return [];
  const { file, line, lines, at } = example;
  return lines.map((text, i) => {
    const marked = line + i === at;
    const span = marked ? spanOf(text, 1) : null;
    return { file, line: line + i, text, marked, ...(span ? { span } : {}) };
  });
}

/** The probe that an analysis out of the book is about, or the first that was lost by this move, and what changed since it held. */
function heldBefore(
  game: Game,
  move: Move,
  files: Files,
  earlier: (n: number) => Files,
  words: (id: string) => ProbeWords,
): AnalysisView['heldBefore'] {
  const { diagnosis } = move.judgement;
  if (diagnosis.status === 'out-of-book') {
    const held = lastThatHeld(game, diagnosis.probe, move.n);
    if (!held) return null;
    // a test of an imported kata is known by its name
    const { probe, plays, example } = words(diagnosis.probe);
    return { probe: example ? plays : probe, at: held.n, hunks: hunksSince(earlier(held.n), files) };
  }
  const played = [game.start!, ...game.moves.filter((m) => m.n < move.n)];
  const before = played.at(-1)!;
  const probe = Object.keys(move.judgement.outcomes).find(
    (id) =>
      before.judgement.outcomes[id] === 'held' &&
      move.judgement.outcomes[id] !== 'held' &&
      move.judgement.outcomes[id] !== 'unreached',
  );
  if (!probe || before.n === 0) return null;
  return { probe, at: before.n, hunks: hunksSince(earlier(before.n), files) };
}

function hunksSince(before: Files, files: Files): readonly Omit<Hunk, 'reason'>[] {
  const hunks = changes(before, files, 0);
  return hunks.length <= MOST_HUNKS ? hunks : [];
}
