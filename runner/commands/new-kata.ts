import { asked } from '../authoring/scaffold/scaffold.ts';
import { storeScaffold } from '../authoring/scaffold/store-scaffold.ts';
import type { Io } from '../io.ts';
import { paragraph } from '../screen/layout.ts';
import { places, readWorkspace, type Places } from '../workspace.ts';

/**
 * Makes a kata that plays and lacks only what its author writes.
 * @returns 0 when it is there
 * @throws KibitzerError for an id, a track or a title that cannot be, and for an id that is taken: see `asked`
 */
export async function newKata(
  io: Io,
  id: string,
  o: { track: string; title?: string | undefined },
  at: Places = places(),
): Promise<number> {
  const { katas } = await readWorkspace(at);
  const last = Math.max(0, ...katas.filter((k) => !k.imported).map((k) => k.order));
  const made = asked(
    { id, ...o },
    katas.map((k) => k.id),
    last + 1,
  );
  const folders = storeScaffold(at.home, made);
  if (io.json) {
    io.document({ schema: 'kibitzer/new-kata@1', ...made, folders });
    return 0;
  }
  const look = io.look();
  io.print([
    ...paragraph(
      `${id} is in ${folders.kata} and ${folders.solutions}: a small kata that plays already.`,
      look,
    ),
    '',
    ...paragraph('Next:', look),
    ...paragraph(`\`kibitzer check ${id}\` lists what is to be written, file by file.`, look, ' 1. '),
    ...paragraph(
      'Begin with brief.md, the starter and probes.ts; then the book, moves and designs.',
      look,
      ' 2. ',
    ),
    ...paragraph(`\`kibitzer check --watch ${id}\` judges again what a change touches.`, look, ' 3. '),
    ...paragraph('docs/writing-katas.md builds a kata from here, step by step.', look),
  ]);
  return 0;
}
