import path from 'node:path';
import type { Mistake } from '../core/book.ts';
import type { Kata } from '../store/katas.ts';
import { confusionOf, type Answer, type Confusion } from './confusion.ts';
import { matchEquivalents, type EntryProblem, type Equivalent } from './equivalents.ts';
import type { JudgedMutant } from './judge-mutants.ts';
import { vectorText } from './outcome.ts';

/** A mutant as it is listed. */
export interface Listed {
  design: string;
  /** below the folder of the checkout, with forward slashes */
  file: string;
  line: number;
  kind: string;
  within: string;
  original: string;
  replacement: string;
  /** the lines around the change before and after: what equivalents.json takes */
  was: string;
  becomes: string;
  /** why it lost: the messages of the probes that did not hold */
  lost: readonly string[];
}

/** Mutants that lose in the same way, and for which the book has no name. */
export interface Novelty {
  vector: string;
  mutants: readonly Listed[];
}

/** What came of a kata's mutants. `mutants` = `killed` + `equivalent` + `survived`; `killed` = `named` + `outOfBook` + `crashed`. */
export interface KataReport {
  id: string;
  /** when not all candidates were judged: how many there are, and how many were */
  sampled: { candidates: number; judged: number } | null;
  mutants: number;
  killed: number;
  /** survivors that no caller can tell from their design, by equivalents.json */
  equivalent: number;
  survived: number;
  named: number;
  outOfBook: number;
  crashed: number;
  /** not counted: they differ only in what no sentence of the brief speaks of, by equivalents.json */
  unpromised: number;
  /** not counted: they do not load, or fail the ordinary case */
  illegal: number;
  /** share of the mutants that could be killed, from 0 to 1 */
  score: number;
  /** shares of the killed, from 0 to 1 */
  shares: { named: number; outOfBook: number; crashed: number };
  survivors: readonly Listed[];
  /** the commonest first */
  outOfBookVectors: readonly Novelty[];
  crashes: readonly Listed[];
  confusion: Confusion;
  problems: readonly EntryProblem[];
}

/** A stored move that was judged. */
export interface AnsweredMove {
  declared: string;
  answer: Answer;
}

/**
 * Sums up what came of a kata's mutants and stored moves.
 * @param candidates how many mutants there are, judged or not
 */
export function reportOf(
  kata: Pick<Kata, 'id'>,
  home: string,
  book: readonly Mistake[],
  entries: readonly Equivalent[],
  judged: readonly JudgedMutant[],
  moves: readonly AnsweredMove[],
  candidates = judged.length,
): KataReport {
  const tried = judged.map((j) => ({ ...j, survived: j.judgement.fate === 'survived' }));
  const { of, problems } = matchEquivalents(entries, tried);
  const answered = tried.map((one) => ({ ...one, answer: answerOf(one, of.get(one)) }));
  const are = (answer: Exclude<Answer, object>): typeof answered =>
    answered.filter((one) => one.answer === answer);
  const named = answered.filter(({ answer }) => typeof answer === 'object').length;
  const [outOfBook, crashes, survivors] = [are('out-of-book'), are('crashed'), are('survived')];
  const killed = named + outOfBook.length + crashes.length;
  const list = (all: readonly JudgedMutant[]): Listed[] => all.map((one) => listed(one, home));
  return {
    id: kata.id,
    sampled: candidates === judged.length ? null : { candidates, judged: judged.length },
    mutants: killed + are('equivalent').length + survivors.length,
    killed,
    equivalent: are('equivalent').length,
    survived: survivors.length,
    named,
    outOfBook: outOfBook.length,
    crashed: crashes.length,
    unpromised: are('unpromised').length,
    illegal: are('illegal').length,
    score: share(killed, killed + survivors.length),
    shares: {
      named: share(named, killed),
      outOfBook: share(outOfBook.length, killed),
      crashed: share(crashes.length, killed),
    },
    survivors: list(survivors),
    outOfBookVectors: noveltiesIn(outOfBook, home),
    crashes: list(crashes),
    confusion: confusionOf(
      book,
      moves,
      answered.map(({ mutant, answer }) => ({ kind: mutant.kind, answer })),
    ),
    // of a sample, what an entry is about may not be among the judged
    problems: candidates === judged.length ? problems : problems.filter((p) => p.code !== 'stale'),
  };
}

function answerOf({ judgement }: JudgedMutant, entry: Equivalent | undefined): Answer {
  const { fate, mistake } = judgement;
  if (fate === 'named') return { mistake: mistake! };
  if (fate === 'survived' && entry) return entry.is === 'same' ? 'equivalent' : 'unpromised';
  return fate;
}

/** Without anything to share, all of it. Three decimals. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((1000 * part) / whole) / 1000;
}

function noveltiesIn(all: readonly JudgedMutant[], home: string): Novelty[] {
  const byVector = Map.groupBy(all, ({ judgement }) => vectorText(judgement.lost));
  return [...byVector]
    .map(([vector, mutants]) => ({ vector, mutants: mutants.map((one) => listed(one, home)) }))
    .toSorted((a, b) => b.mutants.length - a.mutants.length);
}

function listed({ design, folder, mutant, judgement }: JudgedMutant, home: string): Listed {
  const { text: _text, column: _column, file, ...shown } = mutant;
  return {
    design,
    ...shown,
    file: path.relative(home, path.join(folder, file)).replaceAll('\\', '/'),
    lost: judgement.lost.map(({ probe, message, outcome }) => `${probe}: ${message || outcome}`),
  };
}
