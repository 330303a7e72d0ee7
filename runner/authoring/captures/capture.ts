import type { Engine } from '../../engine/engine.ts';
import { lookOf } from '../../screen/look.ts';
import { symptomLines } from '../../screen/start.ts';
import type { Kata, StoredMove } from '../../store/katas.ts';
import { analysisText } from '../analysis-of.ts';
import { judgeFiles, toJudge, type Judged, type ToJudge } from '../judged.ts';
import { readParts, type Parts } from '../parts.ts';

/** What a page about a kata shows, played anew. */
export interface Capture {
  kata: Kata;
  /** what the starter does, as on the first screen */
  symptom: readonly string[];
  /** the stored move that lost */
  move: StoredMove;
  /** its analysis: unread, then what is told when its question has been answered rightly */
  screen: readonly string[];
}

/** Wide enough for a statement and what it gave; pages have no colour. */
const LOOK = lookOf({ width: 100, colour: false, plain: false });

/** What code calls that draws its own chance: what it shows may be another text each time. */
const CHANCE = /\b(?:random(?:Bytes|FillSync|Int|UUID)|getRandomValues|Math\.random)\b/;

/**
 * Plays the starter of a kata and a bad move of it, and captures what a learner would see.
 *
 * The move makes the mistake of the starter, which is the one the kata is about. Those that draw no chance of their own
 * come first, then those that lose by the case the kata opens with, those with the fewest mistakes behind it, those that
 * do exactly what the starter does in that case, and at last the order of their names.
 * @throws Error when the kata is not so far that a page can be made of it
 */
export async function capture(engine: Engine, kata: Kata): Promise<Capture> {
  const parts = await readParts(kata, (_code, where, args) => {
    throw new Error(`${kata.id}: ${where} cannot be read: ${String(args?.says ?? '')}`);
  });
  const [first, ...others] = toJudge(parts);
  const starter = await judged(engine, parts, first!);
  const symptom = symptomOf(parts, starter);
  const move = await chosenMove(engine, parts, starter, others);
  return { kata, symptom, move: move.stored!, screen: analysisText(parts, starter, move, LOOK) };
}

async function chosenMove(
  engine: Engine,
  parts: Parts,
  starter: Judged,
  all: readonly ToJudge[],
): Promise<Judged> {
  const { kata } = parts;
  const moves = all.filter(({ stored }) => stored?.mistake === kata.starter);
  const sure = moves.filter(({ files }) => !Object.values(files).some((text) => CHANCE.test(text)));
  const byRest = Map.groupBy(sure.length > 0 ? sure : moves, ({ stored }) => stored!.expect.behind.length);
  let first: Judged | undefined;
  for (const [, alike] of [...byRest].toSorted(([a], [b]) => a - b)) {
    const played = await Promise.all(alike.map((one) => judged(engine, parts, one)));
    for (const { name, diagnosis } of played) {
      if (diagnosis.status !== 'known' || diagnosis.mistake !== kata.starter)
        throw new Error(
          `${kata.id}: ${name} is not diagnosed as declared; \`kibitzer check ${kata.id}\` tells more`,
        );
    }
    const lost = played.filter((one) => lostBy(kata, one) !== undefined);
    if (lost.length > 0) return lost.find((one) => lostBy(kata, one) === lostBy(kata, starter)) ?? lost[0]!;
    first ??= played[0];
  }
  if (!first)
    throw new Error(`${kata.id}: no move is stored under ${kata.starter}, the mistake of the starter`);
  return first;
}

/** What a move did in the case the kata opens with; undefined when it did not lose by it. */
function lostBy(kata: Kata, { verdict }: Judged): string | undefined {
  const result = verdict.results.find((r) => r.probe === kata.symptom);
  return result?.outcome === 'refuted' ? result.message : undefined;
}

function symptomOf({ kata, brief }: Parts, starter: Judged): string[] {
  const { id, promise, track, level } = kata;
  const plays = starter.verdict.results.find((r) => r.probe === kata.symptom)?.plays;
  const message = lostBy(kata, starter);
  if (plays === undefined || message === undefined)
    throw new Error(`${id}: the starter does not show its symptom`);
  const [, ...lines] = symptomLines(
    {
      tracks: [],
      kata: { id, promise, track, level, state: 'new' },
      story: brief.story[0] ?? '',
      symptom: { plays, message },
      moves: 0,
      position: null,
      file: kata.entry,
    },
    LOOK,
  );
  // below it stands what to do next
  return lines.slice(0, lines.indexOf(''));
}

const judged = async (engine: Engine, parts: Parts, one: ToJudge): Promise<Judged> => ({
  ...one,
  ...(await judgeFiles(engine, parts, one)),
});
