import path from 'node:path';
import { nameFor, newMove } from '../authoring/new-move.ts';
import { createEngine } from '../engine/arbiter-engine.ts';
import { KibitzerError } from '../errors.ts';
import type { Io } from '../io.ts';
import { judge } from '../judging.ts';
import { bytesOf } from '../play.ts';
import { readProgram } from '../program/program.ts';
import { paragraph } from '../screen/layout.ts';
import { readBook, readMoves, type Kata } from '../store/katas.ts';
import { storeMove } from '../store/move-folder.ts';
import { readWorkspace } from '../workspace.ts';
import { readTarget } from './judge.ts';

/**
 * Stores a file or folder as a bad move of a kata, under the mistake that it is diagnosed as.
 * @returns 0 when it is stored
 * @throws KibitzerError for what is no bad move, see `newMove`; what is stored is never overwritten
 */
export async function storeNewMove(
  io: Io,
  id: string,
  target: string,
  o: { mistake?: string | undefined; name?: string | undefined },
): Promise<number> {
  const ws = await readWorkspace();
  const kata = ws.kata(id);
  const { root, files } = readTarget(kata, target);
  const book = await readBook(kata);
  const engine = createEngine();
  try {
    const judged = await judge(engine, kata, book, root, files);
    const move = newMove(kata, book, judged, textsOf(files), {
      name: o.name ?? nameFor(target, kata.entry),
      as: o.mistake,
      stored: storedIn(kata),
    });
    const folder = path.join(kata.folder, 'moves', move.mistake, move.name);
    if (!storeMove(folder, move.files, move.expect))
      throw new KibitzerError(
        'MOVE_EXISTS',
        `there is a folder ${path.relative(ws.home, folder)} already; nothing was changed`,
        'choose another name: --name <name>',
      );
    const where = path.relative(ws.home, folder).replaceAll('\\', '/');
    if (io.json) {
      const { mistake, name, diagnosed, expect } = move;
      io.document({
        schema: 'kibitzer/new-move@1',
        kata: kata.id,
        mistake,
        name,
        folder: where,
        diagnosed,
        ...expect,
      });
    } else {
      io.print([
        ...paragraph(`Stored in ${where}.`, io.look()),
        ...paragraph(words(move), io.look()),
        ...paragraph(`\`kibitzer check ${kata.id}\` looks at everything else.`, io.look()),
      ]);
    }
    return 0;
  } finally {
    engine.close();
  }
}

function words({ mistake, diagnosed, expect }: ReturnType<typeof newMove>): string {
  const line = expect.line === '' ? 'no line is pointed at' : `the line is “${expect.line}”`;
  if (diagnosed === mistake)
    return `Diagnosed as ${mistake}; ${line}; behind it: ${expect.behind.join(', ') || 'nothing'}.`;
  return `It is ${diagnosed === null ? 'out of book' : `diagnosed as ${diagnosed}`} until the book names it ${mistake}; ${line} so far.`;
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  // a folder that was a stored move has one of these
  const code = [...files].filter(([file]) => file !== 'expect.json');
  return Object.fromEntries(code.map(([file, bytes]) => [file, Buffer.from(bytes).toString('utf8')]));
}

function storedIn(kata: Kata): { mistake: string; name: string; hash: string }[] {
  return readMoves(kata).map(({ mistake, name, files }) => {
    const read = readProgram(bytesOf(files), { entry: kata.entry, exports: kata.exports });
    return { mistake, name, hash: 'illegality' in read ? '' : read.program.hash };
  });
}
