import path from 'node:path';
import { createLanes } from '../engine/lanes.ts';
import { findCandidates } from '../import/find.ts';
import { importKatas } from '../import/import-katas.ts';
import type { Io } from '../io.ts';
import { progressOn } from '../progress.ts';
import { importScreen, skipWords } from '../screen/imported.ts';
import { openWorkspace } from '../workspace.ts';

export interface ImportOptions {
  /** name of the track that the katas are put into */
  track?: string | undefined;
  /** folder with accepted code, for a plain folder of tests */
  solution?: string | undefined;
}

/**
 * Makes katas of exercises that were written for other runners, and says at the end which and which not.
 * @returns 0 when all were imported, 1 when some were skipped, 2 when nothing could be imported
 */
export async function importSuites(io: Io, from: string, o: ImportOptions): Promise<number> {
  const solution = o.solution === undefined ? undefined : path.resolve(o.solution);
  const found = findCandidates(path.resolve(from), { track: o.track, solution });
  // nobody plays while katas are exchanged
  const ws = await openWorkspace();
  const engine = createLanes();
  const progress = progressOn(process.stderr, process.stderr.isTTY && !io.plain);
  try {
    const report = await importKatas(found, ws.practice, engine, (done, of, slug) => {
      progress.now(`importing: ${done} of ${of}, ${slug}`);
    });
    progress.end();
    const folder = path.relative(process.cwd(), report.folder) || '.';
    if (io.json) {
      const skipped = report.skipped.map(({ slug, code, args, kept }) => ({
        slug,
        code,
        why: skipWords({ code, args }),
        kept,
      }));
      io.document({
        schema: 'kibitzer/import@1',
        track: report.track,
        folder,
        katas: report.imported,
        skipped,
      });
    } else io.print(importScreen({ ...report, folder }, io.look()));
    if (report.imported.length === 0) return 2;
    return report.skipped.length > 0 ? 1 : 0;
  } finally {
    engine.close();
    ws.close();
  }
}
