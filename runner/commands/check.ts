import { checkKata } from '../authoring/check-kata.ts';
import { createLanes } from '../engine/lanes.ts';
import type { Io } from '../io.ts';
import { paragraph } from '../screen/layout.ts';
import { problemWords } from '../screen/problems.ts';
import { readWorkspace } from '../workspace.ts';

/**
 * Checks katas as their authors declared them: starters, accepted designs, bad moves, briefs.
 * @returns 0 without problems, else 1
 */
export async function check(io: Io, ids: readonly string[]): Promise<number> {
  const ws = await readWorkspace();
  const katas = ids.length === 0 ? ws.katas : ids.map((id) => ws.kata(id));
  const engine = createLanes();
  const report: {
    id: string;
    moves: number;
    designs: number;
    problems: { code: string; where: string; args: object; says: string }[];
  }[] = [];
  try {
    for (const kata of katas) {
      if (!io.json) process.stderr.write(`checking ${kata.id}…\n`);
      const { judged, problems } = await checkKata(engine, kata);
      const of = (what: string): number => judged.filter((j) => j.what === what).length;
      report.push({
        id: kata.id,
        moves: of('move'),
        designs: of('design'),
        problems: problems.map((p) => ({ ...p, says: problemWords(p) })),
      });
    }
  } finally {
    engine.close();
  }
  const found = report.reduce((n, r) => n + r.problems.length, 0);
  if (io.json) io.document({ schema: 'kibitzer/check@1', katas: report });
  else {
    for (const r of report) {
      io.print([` ${r.id}: ${r.moves} moves, ${r.designs} designs, ${r.problems.length} problems`]);
      for (const p of r.problems) io.print(paragraph(`${p.where}: ${p.says}`, io.look(), '   '));
    }
  }
  return found === 0 ? 0 : 1;
}
