import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Io } from '../io.ts';
import { confusionPage, printOf } from '../mutants/confusion-page.ts';
import { createMutantsEngine } from '../mutants/mutants-engine.ts';
import { mutantsOfKata } from '../mutants/mutants-of-kata.ts';
import type { KataReport } from '../mutants/report.ts';
import { progressOn } from '../progress.ts';
import { mutantsScreen } from '../screen/mutants.ts';
import { places } from '../workspace.ts';
import { chosenKatas } from './check.ts';

export const INTERRUPTED = 130;

export interface MutantsOptions {
  /** judges everything anew, whatever is remembered */
  fresh?: boolean | undefined;
  /** writes docs/confusion.md; where katas are named, only their sections are new */
  docs?: boolean | undefined;
  /** judges at most so many mutants of each kata */
  sample?: number | undefined;
}

/**
 * Judges mutants of katas' accepted designs and tells which of them no probe kills, and which the book names.
 * @returns 0 when each kata kills nine in ten and its list of equivalents is right, else 1; 130 when interrupted
 */
export async function mutants(io: Io, ids: readonly string[], o: MutantsOptions): Promise<number> {
  const reports = await reportsOf(ids, o);
  if (reports === null) return INTERRUPTED;
  if (io.json) io.document({ schema: 'kibitzer/mutants@1', katas: reports });
  else io.print(reports.flatMap((r) => mutantsScreen(r, io.look())));
  return reports.every((r) => r.score >= 0.9 && r.problems.length === 0) ? 0 : 1;
}

/** Judges the mutants of katas, all of them when none is named; null when Ctrl-C came: what was judged until then is remembered. */
export async function reportsOf(ids: readonly string[], o: MutantsOptions): Promise<KataReport[] | null> {
  const katas = await chosenKatas(ids);
  const { home } = places();
  const progress = progressOn();
  const engine = createMutantsEngine({ fresh: o.fresh ?? false });
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const reports: KataReport[] = [];
    for (const kata of katas) {
      const since = performance.now();
      reports.push(
        await mutantsOfKata(engine, kata, home, {
          signal: interrupt.signal,
          ...(o.sample === undefined ? {} : { sample: o.sample }),
          onProgress: (done, total) => progress.now(`${kata.id}: ${done} of ${total} judged`),
        }),
      );
      progress.say(`${kata.id}: mutants judged in ${((performance.now() - since) / 1000).toFixed(1)} s`);
    }
    if (o.docs) {
      const all = await chosenKatas([]);
      const prints = new Map(await Promise.all(all.map(async (k) => [k.id, await printOf(k)] as const)));
      const page = path.join(home, 'docs', 'confusion.md');
      const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
      writeFileSync(page, confusionPage(reports, prints, before));
      progress.say('docs/confusion.md written');
    }
    return reports;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    progress.say('stopped; what was judged so far is remembered');
    return null;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    progress.end();
    engine.close();
  }
}
