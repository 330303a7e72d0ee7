import { checkKata, type Checked } from '../authoring/check-kata.ts';
import { createCheckingEngine } from '../authoring/checking-engine.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { progressOn } from '../progress.ts';
import { checkScreen, type CheckView } from '../screen/check.ts';
import { checkSayings, problemWords } from '../screen/problems.ts';
import type { Kata } from '../store/katas.ts';
import { readWorkspace } from '../workspace.ts';

export interface CheckCommandOptions {
  /** judges everything anew, whatever is remembered */
  fresh?: boolean | undefined;
  /** stays, and checks again what a change touches */
  watch?: boolean | undefined;
  /** lists mutants that survive and losses without a name instead */
  novelties?: boolean | undefined;
}

/**
 * Checks katas as their authors declared them: starters, accepted designs, bad moves, briefs, cards.
 * @returns 0 without problems, else 1
 */
export async function check(io: Io, ids: readonly string[], o: CheckCommandOptions = {}): Promise<number> {
  if (o.novelties) return (await import('./novelties.ts')).novelties(io, ids, { fresh: o.fresh });
  const katas = await chosenKatas(ids);
  if (o.watch) return (await import('./check-watch.ts')).checkWatch(io, katas, { fresh: o.fresh ?? false });
  const progress = progressOn();
  const engine = createCheckingEngine({ fresh: o.fresh ?? false });
  const all: Checked[] = [];
  try {
    for (const kata of katas) {
      const since = performance.now();
      const checked = await checkKata(engine, kata, {
        onProgress: (done, total) => progress.now(checkSayings.progress(kata.id, done, total)),
      });
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      progress.say(checkSayings.through(kata.id, seconds));
      all.push(checked);
    }
  } finally {
    progress.end();
    engine.close();
  }
  const views = all.map(checkView);
  if (io.json) io.document({ schema: 'kibitzer/check@1', katas: views.map(checkDocument) });
  else io.print(views.flatMap((view) => checkScreen(view, io.look())));
  return all.every((one) => one.problems.length === 0) ? 0 : 1;
}

/**
 * The katas to check: those named, or all of our own.
 * @throws KATA_NOT_FOUND, KATA_IMPORTED
 */
export async function chosenKatas(ids: readonly string[]): Promise<readonly Kata[]> {
  const ws = await readWorkspace();
  if (ids.length === 0) return ws.katas.filter((k) => !k.imported);
  const katas = [...new Set(ids)].map((id) => ws.kata(id));
  const imported = katas.find((k) => k.imported);
  if (!imported) return katas;
  throw new KibitzerError(
    'KATA_IMPORTED',
    `${imported.id} is imported: it has no book that could be checked`,
    'name a kata of katas/, or none for all of them',
  );
}

/** What is told of a checked kata. */
export function checkView({ parts, judged, problems, translations, variants }: Checked): CheckView {
  const count = (what: string): number => judged.filter((one) => one.what === what).length;
  return {
    id: parts.kata.id,
    moves: count('move'),
    designs: count('design'),
    cards: { all: parts.cards.length, executed: parts.cards.filter((c) => c.executes).length },
    variants: {
      runs: variants.runs,
      skipped: variants.skipped.map(({ where, way, why }) => ({ where, way, why: why.skipped })),
    },
    translations,
    problems,
  };
}

/** One kata in the document kibitzer/check@1. */
export function checkDocument(view: CheckView): object {
  return { ...view, problems: view.problems.map((p) => ({ ...p, says: problemWords(p) })) };
}
